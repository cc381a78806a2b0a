"""From the outbox to a real mail server: nothing lost, nothing twice, faults told apart."""

import asyncio
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.cipher import Cipher, place
from bot.database.database import Database
from bot.database.tables import dossiers
from bot.dossiers.claim import Claim, LostClaimError
from bot.dossiers.courier import Courier
from bot.dossiers.desk import Desk
from bot.dossiers.outbox import SqlOutbox
from bot.dossiers.rows import HANDING_LEASE, LEASE
from bot.dossiers.smtp import LAST_SECONDS, DoubtError, Handing, SetupError, smtp
from bot.pseudonyms import Pseudonyms
from knowledge.content.models import Content
from knowledge.submission import Delivery
from knowledge.words.codes import new_code
from tests.bot.dossiers import KEY, Clock, Office, dossier, inquiry, states
from tests.bot.smtp_server import Mailbox, scripted
from tests.ports import free_port
from tests.waiting import PATIENCE, until


async def test_a_dossier_reaches_the_team_and_is_said_to_be_sent(
    office: Office, mailbox: Mailbox, any_database: Database
) -> None:
    await office.outbox.put(7, dossier())

    await office.courier(mailbox.url).send_all()

    (mail,) = mailbox.received
    assert "TV-AAAA-AAAA" in mail["Subject"]
    (status,) = await office.outbox.statuses(7)
    assert status is not None
    assert status.delivery == Delivery.SENT
    assert status.sent_at == 1_000_000


async def test_the_same_reference_is_kept_and_sent_once(office: Office, mailbox: Mailbox) -> None:
    await asyncio.gather(*(office.outbox.put(7, dossier()) for _ in range(5)))

    await office.courier(mailbox.url).send_all()

    assert len(mailbox.received) == 1


async def test_the_same_dossier_put_again_after_it_was_sent_leaves_no_second_time(
    office: Office, mailbox: Mailbox
) -> None:
    courier = office.courier(mailbox.url)
    await office.outbox.put(7, dossier())
    await courier.send_all()

    await office.outbox.put(7, dossier())
    await courier.send_all()

    assert len(mailbox.received) == 1
    (status,) = await office.outbox.statuses(7)
    assert status.delivery == Delivery.SENT


async def test_a_correction_is_sent_under_the_same_reference(office: Office, mailbox: Mailbox) -> None:
    courier = office.courier(mailbox.url)
    await office.outbox.put(7, dossier())
    await courier.send_all()
    for _ in range(2):
        await office.outbox.put(7, dossier(revision=1))
    await courier.send_all()

    numbers = [mail["Message-ID"] for mail in mailbox.received]
    assert numbers == ["<TV-AAAA-AAAA@exemple.fr>", "<TV-AAAA-AAAA.1@exemple.fr>"]


async def test_nobody_else_can_correct_a_dossier(office: Office, any_database: Database) -> None:
    await office.outbox.put(7, dossier())
    await office.outbox.put(8, dossier(revision=1))

    (row,) = await any_database.read(select(dossiers))
    assert row.revision == 0
    assert await office.outbox.statuses(8) == []


async def test_a_dossier_corrected_while_in_hand_leaves_corrected(office: Office, mailbox: Mailbox) -> None:
    await office.outbox.put(7, dossier())

    async def corrected_meanwhile(mail: EmailMessage, handing: Handing) -> None:
        await office.outbox.put(7, dossier(revision=1))
        await handing()
        raise AssertionError("handed over what is no longer meant")

    await Courier(office.outbox, office.compose, corrected_meanwhile, office.tell).send_next()
    await office.courier(mailbox.url).send_all()

    assert [mail["Message-ID"] for mail in mailbox.received] == ["<TV-AAAA-AAAA.1@exemple.fr>"]


@pytest.mark.parametrize("answer", ["421 busy", "450 later", "451 error", "452 full"])
async def test_a_passing_refusal_is_tried_again_later(
    answer: str, office: Office, mailbox: Mailbox, clock: Clock, any_database: Database
) -> None:
    mailbox.answers.append(answer)
    courier = office.courier(mailbox.url)
    await office.outbox.put(7, dossier())
    await courier.send_next()

    assert await states(any_database) == ["waiting"]
    assert not await courier.send_next()
    clock.now += 80
    await courier.send_next()

    assert await states(any_database) == ["sent"]
    assert len(mailbox.received) == 1


async def test_five_days_without_a_server_lose_nothing_and_are_told_once(
    office: Office, mailbox: Mailbox, clock: Clock, any_database: Database
) -> None:
    down = office.courier(f"smtp://127.0.0.1:{free_port()}")
    await office.outbox.put(7, dossier())
    attempts = 0
    end = clock.now + 5 * 86_400
    while clock.now < end:
        attempts += await down.send_next()
        clock.now += 1800

    assert 15 < attempts < 40  # growing pauses, the longest of six hours
    assert await states(any_database) == ["waiting"]
    assert len(office.told) == 1
    clock.now += 86_400
    await office.courier(mailbox.url).send_all()
    assert len(mailbox.received) == 1


@pytest.mark.parametrize("refusal", ["rcpt", "data"])
async def test_a_refusal_for_good_is_held_and_told_and_the_next_one_leaves(
    refusal: str, office: Office, mailbox: Mailbox, clock: Clock
) -> None:
    (mailbox.refusals if refusal == "rcpt" else mailbox.answers).append("550 no such user")
    await office.outbox.put(7, dossier())
    clock.now += 1
    await office.outbox.put(8, dossier("TV-BBBB-BBBB"))
    await office.courier(mailbox.url).send_all()

    (status,) = await office.outbox.statuses(7)
    assert status is not None
    assert status.delivery == Delivery.HELD
    assert "TV-AAAA-AAAA" in office.told[0]
    assert [mail["Message-ID"] for mail in mailbox.received] == ["<TV-BBBB-BBBB@exemple.fr>"]


async def test_a_setting_to_change_is_told_at_once_and_loses_nothing(office: Office, any_database: Database) -> None:
    async def misconfigured(mail: EmailMessage, handing: Handing) -> None:
        raise SetupError("STARTTLS")

    await office.outbox.put(7, dossier())
    await Courier(office.outbox, office.compose, misconfigured, office.tell).send_next()

    assert await states(any_database) == ["waiting"]
    assert "STARTTLS" in office.told[0]


async def test_a_message_that_cannot_be_laid_out_is_held_and_the_others_leave(
    office: Office, mailbox: Mailbox, any_database: Database, clock: Clock
) -> None:
    def broken(claim: Claim) -> EmailMessage:
        if claim.dossier.reference == "TV-AAAA-AAAA":
            raise ValueError
        return office.compose(claim)

    await office.outbox.put(7, dossier())
    clock.now += 1
    await office.outbox.put(8, dossier("TV-BBBB-BBBB"))
    await Courier(office.outbox, broken, smtp(mailbox.url), office.tell).send_all()

    assert await states(any_database) == ["held", "sent"]


async def test_a_dossier_sealed_with_another_key_is_held_and_told_and_does_not_stall_the_others(
    office: Office, mailbox: Mailbox, any_database: Database, clock: Clock
) -> None:
    await office.outbox.put(7, dossier())
    await any_database.execute(update(dossiers).values(body=Cipher(b"another").seal("{}", "")))
    clock.now += 1
    await office.outbox.put(8, dossier("TV-BBBB-BBBB"))
    await office.courier(mailbox.url).send_all()

    assert await states(any_database) == ["held", "sent"]
    assert len(office.told) == 1
    assert "TV-AAAA-AAAA" in office.told[0]
    assert "TEVO_DATA_KEY" in office.told[0]


async def test_killed_before_the_message_was_given_it_is_simply_sent(
    office: Office, mailbox: Mailbox, clock: Clock
) -> None:
    await office.outbox.put(7, dossier())
    assert await office.outbox.claim()  # and then nothing: killed

    courier = office.courier(mailbox.url)
    await courier.send_all()
    assert mailbox.received == []
    clock.now += LEASE + 1
    await courier.send_all()

    assert len(mailbox.received) == 1
    assert office.told == []


async def test_killed_while_the_message_was_given_it_is_perhaps_sent_and_sent_again_the_same(
    office: Office, mailbox: Mailbox, clock: Clock
) -> None:
    await office.outbox.put(7, dossier())
    claim = await office.outbox.claim()
    assert claim
    await office.outbox.handing(claim)
    before = office.compose(claim)  # the server had it, and then the process was killed

    (status,) = await office.outbox.statuses(7)
    assert status is not None
    assert status.delivery == Delivery.HANDING
    clock.now += HANDING_LEASE + 1
    await office.courier(mailbox.url).send_all()

    (again,) = mailbox.raw
    assert again.rstrip() == before.as_bytes().rstrip()


async def test_perhaps_sent_it_can_be_left_to_a_person(any_database: Database, packaged: Content, clock: Clock) -> None:
    held = SqlOutbox(any_database, Pseudonyms(KEY), Cipher(KEY), resends=False, clock=clock)
    office = Office(held, packaged)

    async def silent(mail: EmailMessage, handing: Handing) -> None:
        await handing()
        raise DoubtError

    courier = Courier(held, office.compose, silent, office.tell)
    await held.put(7, dossier())
    for _ in range(3):
        await courier.send_all()
        clock.now += 86_400

    assert await states(any_database) == ["maybe"]
    assert len(office.told) == 1
    assert "TV-AAAA-AAAA" in office.told[0]
    (status,) = await held.statuses(7)
    assert status is not None
    assert status.delivery == Delivery.MAYBE


async def test_a_server_as_slow_as_it_may_be_gets_it_once_though_another_courier_looks(
    office: Office, mailbox: Mailbox, clock: Clock, any_database: Database
) -> None:
    async def slow(mail: EmailMessage, handing: Handing) -> None:
        async def handed() -> None:
            await handing()
            clock.now += LAST_SECONDS
            await office.courier(mailbox.url).send_all()

        await smtp(mailbox.url)(mail, handed)

    await office.outbox.put(7, dossier())
    await Courier(office.outbox, office.compose, slow, office.tell).send_all()

    assert len(mailbox.received) == 1
    assert await states(any_database) == ["sent"]


async def test_a_server_that_takes_and_never_says_so_gets_it_three_times_at_most(office: Office, clock: Clock) -> None:
    async with scripted(at={".": None}) as (url, messages):
        await office.outbox.put(7, dossier())
        courier = office.courier(url)
        for _ in range(10):
            await courier.send_all()
            clock.now += 86_400

    assert len(messages) == 3
    assert len(set(messages)) == 1
    assert len(office.told) == 1


async def test_an_older_claim_changes_nothing_any_more(office: Office, clock: Clock, any_database: Database) -> None:
    await office.outbox.put(7, dossier())
    slow = await office.outbox.claim()
    clock.now += LEASE + 1
    assert slow
    quick = await office.outbox.claim()
    assert quick
    await office.outbox.sent(quick)

    await office.outbox.put_off(slow, 60, "too late")
    with pytest.raises(LostClaimError):
        await office.outbox.handing(slow)

    assert await states(any_database) == ["sent"]


async def test_several_couriers_share_one_outbox_and_nothing_leaves_twice(office: Office, mailbox: Mailbox) -> None:
    for number in range(12):
        await office.outbox.put(number, dossier(f"TV-{number:04d}-AAAA"))

    await asyncio.gather(*(office.courier(mailbox.url).send_all() for _ in range(4)))

    numbers = [mail["Message-ID"] for mail in mailbox.received]
    assert len(numbers) == 12
    assert len(set(numbers)) == 12


async def test_a_question_alone_leaves_the_same_way(office: Office, mailbox: Mailbox) -> None:
    await office.outbox.put(7, inquiry())

    await office.courier(mailbox.url).send_all()

    assert "Question" in mailbox.received[0]["Subject"]


async def idle(office: Office) -> None:
    """Once the courier has looked, and waits to be woken."""
    await until(lambda: office.outbox.news._waiters)


async def test_the_courier_sends_what_is_put_while_it_runs_and_stops_when_asked(
    office: Office, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.waits.FAREWELL", PATIENCE)
    courier = office.courier(mailbox.url)
    running = asyncio.create_task(courier.run())
    await idle(office)
    await office.outbox.put(7, dossier())
    await until(lambda: mailbox.raw)
    await courier.stop(running)

    assert running.done()
    (status,) = await office.outbox.statuses(7)
    assert status is not None
    assert status.delivery == Delivery.SENT


async def test_an_idle_courier_that_stops_begins_no_dossier(office: Office, any_database: Database) -> None:
    sent: list[EmailMessage] = []

    async def send(mail: EmailMessage, handing: Handing) -> None:
        sent.append(mail)

    courier = Courier(office.outbox, office.compose, send, office.tell)
    running = asyncio.create_task(courier.run())
    await idle(office)
    other = SqlOutbox(any_database, Pseudonyms(KEY), Cipher(KEY), clock=office.outbox._clock)
    await other.put(7, dossier())  # by another process: this one is not woken
    await courier.stop(running)

    assert sent == []
    assert await states(any_database) == ["waiting"]


async def test_what_is_kept_of_a_person_is_given_and_erased(office: Office, any_database: Database) -> None:
    await office.outbox.put(7, dossier())
    await office.outbox.put(8, dossier("TV-BBBB-BBBB"))

    kept: Any = await office.outbox.export(7)
    (held,) = kept["dossiers"]
    assert held["details"] == dossier().details
    assert await office.outbox.erase(7) == 1
    assert await office.outbox.export(7) == {}
    other: Any = await office.outbox.export(8)
    assert len(other["dossiers"]) == 1


async def test_an_erasure_that_is_cancelled_leaves_no_file_without_a_row(
    any_database: Database, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = SqlOutbox(any_database, Pseudonyms(KEY), Cipher(KEY), files=tmp_path / "courriels", clock=clock)
    await kept.put(7, dossier())
    (tmp_path / "courriels").mkdir()
    (tmp_path / "courriels" / "TV-AAAA-AAAA.eml").touch()
    tidying = asyncio.Event()

    async def never_ends() -> None:
        tidying.set()
        await asyncio.Event().wait()

    monkeypatch.setattr(any_database, "tidy", never_ends)
    erasing = asyncio.create_task(kept.erase(7))
    await tidying.wait()
    erasing.cancel()
    await asyncio.gather(erasing, return_exceptions=True)

    assert list((tmp_path / "courriels").iterdir()) == []


def test_references_are_easy_to_read_aloud_and_all_different() -> None:
    drawn = {new_code("TV") for _ in range(2000)}

    assert len(drawn) == 2000
    assert not set("".join(drawn)) & set("IO01L")


@pytest.mark.parametrize("is_in_hand", [True, False])
async def test_a_clock_set_back_by_a_day_does_not_delay_a_dossier_by_a_day(
    office: Office, mailbox: Mailbox, any_database: Database, clock: Clock, is_in_hand: bool
) -> None:
    await office.outbox.put(7, dossier())
    if is_in_hand:
        assert await office.outbox.claim()
    clock.now -= 86400

    await office.courier(mailbox.url).send_all()

    assert await states(any_database) == ["sent"]


async def test_what_opens_and_is_no_dossier_is_held_and_told_too(
    office: Office, mailbox: Mailbox, any_database: Database, clock: Clock
) -> None:
    await office.outbox.put(7, dossier())
    (row,) = await any_database.read(select(dossiers))
    body = Cipher(KEY).seal("[]", place(dossiers.c.body, row.reference, row.person))
    await any_database.execute(update(dossiers).values(body=body))
    clock.now += 1
    await office.outbox.put(8, dossier("TV-BBBB-BBBB"))

    await office.courier(mailbox.url).send_all()

    assert await states(any_database) == ["held", "sent"]
    assert "TV-AAAA-AAAA" in office.told[0]
    assert (await office.outbox.statuses(7))[0].dossier is None


async def test_what_was_kept_in_a_file_waits_again_once_it_can_be_sent(
    office: Office, mailbox: Mailbox, any_database: Database
) -> None:
    await office.outbox.put(7, dossier())
    await any_database.execute(update(dossiers).values(state="kept"))

    assert await Desk(any_database, Cipher(KEY), office.outbox._clock).wait_again() == 1
    await office.courier(mailbox.url).send_all()

    assert await states(any_database) == ["sent"]


async def test_a_dossier_that_has_waited_for_an_hour_is_stuck(
    office: Office, any_database: Database, clock: Clock
) -> None:
    desk = Desk(any_database, Cipher(KEY), clock)
    await office.outbox.put(7, dossier())
    assert not await desk.is_stuck()

    clock.now += 3601
    assert await desk.is_stuck()
    await any_database.execute(update(dossiers).values(state="held"))
    assert not await desk.is_stuck()


async def test_what_arrives_late_undoes_no_correction_and_a_dossier_keeps_its_day(
    office: Office, any_database: Database, clock: Clock
) -> None:
    await office.outbox.put(7, dossier())
    clock.now += 3600
    await office.outbox.put(7, dossier(revision=1))
    await office.outbox.put(7, dossier())  # repeated after a time-out
    await office.outbox.put(7, dossier(revision=3))  # of a correction that is not known

    (row,) = await any_database.read(select(dossiers))
    assert (row.revision, row.created_at, row.changed_at) == (1, 1_000_000, 1_003_600)


async def test_a_clock_set_back_leaves_no_dossier_with_the_mail_server_for_ever(
    office: Office, any_database: Database, clock: Clock
) -> None:
    await office.outbox.put(7, dossier())
    claim = await office.outbox.claim()
    assert claim
    await office.outbox.handing(claim)
    clock.now -= 86400

    await office.outbox.doubted()

    assert await states(any_database) == ["maybe"]
