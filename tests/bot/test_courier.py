"""How long a dossier waits for what: another try, a process that was killed, a clock that was set back."""

import asyncio
from collections.abc import Sequence
from email.message import EmailMessage
from pathlib import Path

import pytest
from sqlalchemy import select, text

from bot.cipher import Cipher
from bot.database.database import Database
from bot.database.tables import dossiers
from bot.dossiers.courier import Courier
from bot.dossiers.outbox import SqlOutbox
from bot.dossiers.smtp import DoubtError, Handing, SetupError
from bot.keeping import Whose
from bot.pseudonyms import Pseudonyms
from knowledge.content.models import Content
from knowledge.submission import Delivery
from tests.bot.dossiers import KEY, Clock, Office, dossier, inquiry, states
from tests.bot.smtp_server import Mailbox
from tests.keeping import purged
from tests.waiting import PATIENCE, until

MINUTE, HOUR = 60, 3600


class Post:
    """What is handed over, and how it fares: an error each time, the last one again and again."""

    def __init__(self, *faults: Exception | None) -> None:
        self._faults: Sequence[Exception | None] = faults or (None,)
        self.handed = 0

    async def __call__(self, mail: EmailMessage, handing: Handing) -> None:
        await handing()
        self.handed += 1
        if fault := self._faults[min(self.handed, len(self._faults)) - 1]:
            raise fault


@pytest.fixture
def exactly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses as they are in the middle of their range."""
    monkeypatch.setattr("random.uniform", lambda least, most: (least + most) / 2)


def courier(office: Office, post: Post) -> Courier:
    return Courier(office.outbox, office.compose, post, office.tell)


async def killed_in_hand(office: Office, *, handing: bool = False) -> None:
    claim = await office.outbox.claim()
    assert claim
    if handing:
        await office.outbox.handing(claim)


async def test_pauses_grow_from_a_minute_to_six_hours_and_the_team_is_told_with_the_last(
    office: Office, clock: Clock, any_database: Database, exactly: None
) -> None:
    post = Post(OSError("away"))
    await office.outbox.put(7, dossier())
    waited, told = [], []
    for _ in range(9):
        await courier(office, post).send_all()
        (row,) = await any_database.read(select(dossiers.c.next_at))
        waited.append((row.next_at - clock.now) / MINUTE)
        told.append(len(office.told))
        clock.now = row.next_at

    assert waited == [1, 5, 15, 30, 60, 120, 360, 360, 360]
    assert told == [0] * 6 + [1] * 3


async def test_a_setting_that_stays_wrong_is_told_once(office: Office, clock: Clock) -> None:
    await office.outbox.put(7, dossier())
    for _ in range(9):
        await courier(office, Post(SetupError("STARTTLS"))).send_all()
        clock.now += 8 * HOUR

    assert len(office.told) == 1


async def test_what_was_perhaps_sent_is_said_to_be_and_sent_again_after_a_pause_only(
    office: Office, clock: Clock, any_database: Database, exactly: None
) -> None:
    post = Post(DoubtError("no answer"), None)
    await office.outbox.put(7, dossier())

    await courier(office, post).send_all()
    (row,) = await any_database.read(select(dossiers.c.state, dossiers.c.reason))
    assert (row.state, row.reason) == ("maybe", "no answer")

    clock.now += MINUTE - 1
    await courier(office, post).send_all()
    assert post.handed == 1
    clock.now += 1
    await courier(office, post).send_all()
    assert post.handed == 2
    assert await states(any_database) == ["sent"]


async def test_what_waits_again_after_a_doubt_is_said_to_be_perhaps_sent(office: Office, clock: Clock) -> None:
    post = Post(DoubtError(), OSError())
    await office.outbox.put(7, dossier())
    for _ in range(2):
        await courier(office, post).send_all()
        clock.now += HOUR

    assert [status.delivery for status in await office.outbox.statuses(7)] == [Delivery.MAYBE]


async def test_a_killed_process_leaves_what_it_had_in_hand_after_five_minutes(office: Office, clock: Clock) -> None:
    post = Post()
    await office.outbox.put(7, dossier())
    await killed_in_hand(office)

    clock.now += 5 * MINUTE - 1
    await courier(office, post).send_all()
    assert post.handed == 0
    clock.now += 1
    await courier(office, post).send_all()
    assert post.handed == 1


async def test_killed_three_times_while_the_server_had_it_a_dossier_is_left_to_a_person(
    office: Office, clock: Clock, any_database: Database
) -> None:
    post = Post()
    await office.outbox.put(7, dossier())
    for _ in range(3):
        await killed_in_hand(office, handing=True)
        clock.now += 15 * MINUTE - 1
        assert await office.outbox.doubted() == []
        assert await states(any_database) == ["handing"]
        clock.now += 1
        told = await office.outbox.doubted()

    assert told == ["TV-AAAA-AAAA"]
    await courier(office, post).send_all()
    assert post.handed == 0
    assert office.told == []


@pytest.mark.parametrize(("handing", "lease"), [(False, 5 * MINUTE), (True, 15 * MINUTE)])
async def test_a_clock_set_back_a_little_sends_nothing_that_is_in_hand(
    office: Office, clock: Clock, handing: bool, lease: int
) -> None:
    post = Post()
    await office.outbox.put(7, dossier())
    await killed_in_hand(office, handing=handing)

    clock.now -= lease
    await courier(office, post).send_all()
    assert post.handed == 0
    clock.now -= 1
    await courier(office, post).send_all()
    assert post.handed == 1


async def test_a_clock_set_back_a_little_shortens_no_pause(office: Office, clock: Clock, exactly: None) -> None:
    post = Post(OSError("away"))
    await office.outbox.put(7, dossier())
    for _ in range(7):
        await courier(office, post).send_all()
        clock.now += 6 * HOUR
    clock.now -= 6 * HOUR  # the pause of six hours has just begun

    clock.now -= 72 * MINUTE
    await courier(office, post).send_all()
    assert post.handed == 7
    clock.now -= 1
    await courier(office, post).send_all()
    assert post.handed == 8


async def test_the_longest_pause_that_may_be_drawn_is_not_taken_for_a_clock_set_back(
    office: Office, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("random.uniform", lambda least, most: most)
    post = Post(OSError("away"))
    await office.outbox.put(7, dossier())
    for _ in range(7):
        await courier(office, post).send_all()
        clock.now += 8 * HOUR
    clock.now -= 8 * HOUR

    await courier(office, post).send_all()
    assert post.handed == 7


async def test_what_is_left_to_a_person_stays_so_when_the_setting_changes(
    office: Office, any_database: Database, clock: Clock
) -> None:
    post = Post(DoubtError())
    held = Office(SqlOutbox(any_database, Pseudonyms(KEY), Cipher(KEY), resends=False, clock=clock), office.content)
    await held.outbox.put(7, dossier())
    for _ in range(2):
        await courier(held, post).send_all()
        clock.now += HOUR
    assert len(held.told) == 1
    assert post.handed == 1

    await courier(office, post).send_all()

    assert post.handed == 1
    assert office.told == []


async def test_a_trial_takes_only_what_its_own_person_sent(
    office: Office, any_database: Database, clock: Clock
) -> None:
    others = ("TV-AAAA-AAAA", "TV-BBBB-BBBB")
    for reference, handing in zip(others, (False, True), strict=True):
        await office.outbox.put(7, dossier(reference))
        await killed_in_hand(office, handing=handing)
    await office.outbox.put(8, dossier("TV-CCCC-CCCC"))
    clock.now += HOUR
    post = Post()

    own = office.outbox.only_of(8)
    await Courier(own, office.compose, post, office.tell).send_all()

    assert post.handed == 1
    assert await states(any_database) == ["sending", "handing", "sent"]


async def test_what_is_put_wakes_the_courier_once_it_is_committed(office: Office, any_database: Database) -> None:
    news = office.outbox.news
    await office.outbox.put(7, dossier())
    assert news.is_set()

    news.clear()
    async with any_database.unit() as unit:
        await office.outbox.put(7, dossier("TV-BBBB-BBBB"))
        assert not news.is_set()
        await unit.commit()
    assert news.is_set()


async def test_a_courier_at_rest_waits_and_looks_again_by_itself(
    office: Office, any_database: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    post, other = Post(), SqlOutbox(any_database, Pseudonyms(KEY), Cipher(KEY), clock=clock)
    one = courier(office, post)
    await office.outbox.put(7, dossier())
    running = asyncio.create_task(one.run())
    await until(lambda: post.handed == 1 and office.outbox.news._waiters)

    monkeypatch.setattr("bot.dossiers.courier._LOOK", 0.01)
    office.outbox.news.set()
    for reference in ("TV-BBBB-BBBB", "TV-CCCC-CCCC"):  # by another process: this one is not woken
        await other.put(8, dossier(reference))
        await until(lambda sent=post.handed: post.handed > sent)  # type: ignore[misc]
    await one.stop(running)


async def test_a_database_that_was_away_is_looked_at_again(
    office: Office, any_database: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.dossiers.courier._LOOK", 0.01)
    post = Post()
    one = courier(office, post)
    await office.outbox.put(7, dossier())
    await any_database.execute(text("ALTER TABLE dossiers RENAME TO away"))
    running = asyncio.create_task(one.run())
    await until(lambda: "outbox: " in caplog.text)

    await any_database.execute(text("ALTER TABLE away RENAME TO dossiers"))
    await until(lambda: post.handed)
    await one.stop(running)

    assert await states(any_database) == ["sent"]


async def test_what_is_in_hand_at_a_stop_is_finished_and_nothing_else_begun(
    office: Office, any_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.waits.FAREWELL", 3 * PATIENCE)
    begun, answer = asyncio.Event(), asyncio.Event()

    async def slow(mail: EmailMessage, handing: Handing) -> None:
        begun.set()
        await answer.wait()

    for reference in ("TV-AAAA-AAAA", "TV-BBBB-BBBB"):
        await office.outbox.put(7, dossier(reference))
    one = Courier(office.outbox, office.compose, slow, office.tell)
    running = asyncio.create_task(one.run())
    await begun.wait()
    stopping = asyncio.create_task(one.stop(running))
    await asyncio.sleep(0)
    answer.set()
    await until(stopping.done)

    assert sorted(await states(any_database)) == ["sent", "waiting"]


async def test_a_stop_waits_no_longer_than_its_time_and_then_cuts(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.waits.FAREWELL", 0.01)
    begun = asyncio.Event()

    async def never_ends(mail: EmailMessage, handing: Handing) -> None:
        begun.set()
        await asyncio.Event().wait()

    await office.outbox.put(7, dossier())
    one = Courier(office.outbox, office.compose, never_ends, office.tell)
    running = asyncio.create_task(one.run())
    await begun.wait()
    stopping = asyncio.create_task(one.stop(running))
    await until(stopping.done)

    assert stopping.exception() is None
    assert running.cancelled()


async def test_an_idle_courier_stops_at_once(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.waits.FAREWELL", 3 * PATIENCE)
    one = courier(office, Post())
    running = asyncio.create_task(one.run())
    await until(lambda: office.outbox.news._waiters)
    stopping = asyncio.create_task(one.stop(running))
    await until(stopping.done)


async def test_where_nothing_is_sent_what_waits_is_kept_and_what_is_held_is_said_to_be(
    any_database: Database, packaged: Content, clock: Clock, tmp_path: Path
) -> None:
    kept = SqlOutbox(any_database, Pseudonyms(KEY), Cipher(KEY), files=tmp_path, clock=clock)
    office = Office(kept, packaged)
    assert await kept.put(7, dossier()) == Delivery.KEPT
    assert [status.delivery for status in await kept.statuses(7)] == [Delivery.KEPT]
    claim = await kept.claim()
    assert claim

    await kept.hold(claim, "ValueError")

    assert [status.delivery for status in await office.outbox.statuses(7)] == [Delivery.HELD]


async def test_an_erasure_reaches_what_was_sent_in_its_own_second_and_nothing_later(
    office: Office, any_database: Database, clock: Clock
) -> None:
    for reference in ("TV-AAAA-AAAA", "TV-BBBB-BBBB"):
        await office.outbox.put(7, dossier(reference))
        clock.now += 1
    whose = Whose.of(7, Pseudonyms(KEY))

    assert await office.outbox.erase_all(whose, 1_000_000) == 1

    assert [status.reference for status in await office.outbox.statuses(7)] == ["TV-BBBB-BBBB"]


async def test_a_question_that_has_just_left_is_still_the_team_s_to_answer(
    office: Office, mailbox: Mailbox, any_database: Database, clock: Clock
) -> None:
    await office.outbox.put(7, inquiry(email=""))
    await office.courier(mailbox.url).send_all()

    await purged(any_database, clock.now)

    assert "answer" in str(await office.outbox.export(7))
