"""From the outbox to a real mail server: nothing lost, nothing twice, faults told apart."""

import asyncio
import json
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from bot.cipher import Cipher
from bot.courier import Courier
from bot.database import Database
from bot.mail import compose, smtp
from bot.outbox import SqlOutbox
from bot.pseudonym import Pseudonyms
from bot.tables import dossiers
from knowledge.content import Content
from knowledge.dossier import Delivery, Dossier, new_reference

KEY = b"key"
SENDER, RECIPIENT = "assistant@exemple.fr", "equipe@exemple.fr"


class Mailbox:
    """What the mail server received; `answers` are what it says to the next messages."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.answers: list[str] = []
        self.refusals: list[str] = []

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.refusals:
            return self.refusals.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith("250"):
            content = envelope.content if isinstance(envelope.content, bytes) else b""
            self.received.append(message_from_bytes(content, policy=default))  # type: ignore[arg-type]
        return answer


@pytest.fixture
def mailbox(unused_tcp_port: int) -> Any:
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=unused_tcp_port)
    controller.start()
    box.url = f"smtp://127.0.0.1:{unused_tcp_port}"  # type: ignore[attr-defined]
    yield box
    controller.stop()


class Clock:
    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


def dossier(reference: str = "TV-AAAA-AAAA", **changes: Any) -> Dossier:
    fields: dict[str, Any] = {
        "reference": reference,
        "authority": "Sainte-Rose-d’Œuvre (commune, 971, 17 700 hab.)",
        "verdict": "open",
        "answers": (("Pays", "Pas encore"),),
        "criteria": (("open", "Un pays de l’aide au développement", "Choisissez un pays."),),
        "contact": (("Nom", "Jeanne Œuvrée"), ("Courriel", "jeanne@mairie.fr")),
        "reply_to": "jeanne@mairie.fr",
    }
    return Dossier(**{**fields, **changes})


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def outbox(any_database: Database, clock: Clock) -> SqlOutbox:
    return SqlOutbox(any_database, Pseudonyms(KEY), Cipher(KEY), sends=True, clock=clock)


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def courier(outbox: SqlOutbox, mailbox: Any, packaged: Content, told: list[str]) -> Courier:
    async def tell(sentence: str) -> None:
        told.append(sentence)

    assert packaged.dossier is not None
    return Courier(outbox, smtp(mailbox.url), packaged.dossier, SENDER, RECIPIENT, tell)


async def state(database: Database) -> str:
    (row,) = await database.read(select(dossiers))
    return str(row.state)


async def test_the_team_receives_what_was_sent_field_by_field(
    outbox: SqlOutbox, courier: Courier, mailbox: Any, any_database: Database
) -> None:
    await outbox.put(7, dossier())

    assert await courier.send_next()
    assert not await courier.send_next()

    (mail,) = mailbox.received
    assert mail["Subject"] == "[TV-AAAA-AAAA] Sainte-Rose-d’Œuvre (commune, 971, 17 700 hab.) : points à confirmer"
    assert mail["Reply-To"] == "jeanne@mairie.fr"
    assert mail["To"] == RECIPIENT
    body = mail.get_body()
    assert body is not None
    text = body.get_content()
    assert "Nom : Jeanne Œuvrée" in text
    assert "[à confirmer] Un pays de l’aide au développement" in text
    (attachment,) = mail.iter_attachments()
    assert json.loads(attachment.get_content())["contact"]["Nom"] == "Jeanne Œuvrée"
    assert await state(any_database) == "sent"


async def test_the_same_reference_is_kept_and_sent_once(outbox: SqlOutbox, courier: Courier, mailbox: Any) -> None:
    await asyncio.gather(*(outbox.put(7, dossier()) for _ in range(5)))
    while await courier.send_next():
        pass

    assert len(mailbox.received) == 1


@pytest.mark.parametrize("answer", ["421 busy", "450 later", "451 error", "452 full"])
async def test_a_passing_refusal_is_tried_again_later(
    answer: str, outbox: SqlOutbox, courier: Courier, mailbox: Any, clock: Clock, any_database: Database
) -> None:
    mailbox.answers.append(answer)
    await outbox.put(7, dossier())
    await courier.send_next()

    assert await state(any_database) == "waiting"
    assert not await courier.send_next()
    clock.now += 80
    await courier.send_next()

    assert await state(any_database) == "sent"
    assert len(mailbox.received) == 1


@pytest.mark.parametrize("refusal", ["rcpt", "data"])
async def test_a_refusal_for_good_is_held_and_told_and_the_next_one_leaves(
    refusal: str, outbox: SqlOutbox, courier: Courier, mailbox: Any, told: list[str], clock: Clock
) -> None:
    (mailbox.refusals if refusal == "rcpt" else mailbox.answers).append("550 no such user")
    await outbox.put(7, dossier())
    clock.now += 1
    await outbox.put(8, dossier("TV-BBBB-BBBB"))
    while await courier.send_next():
        pass

    status = await outbox.status(7)
    assert status is not None
    assert status.delivery == Delivery.HELD
    assert "TV-AAAA-AAAA" in told[0]
    assert [mail["Message-ID"] for mail in mailbox.received] == ["<TV-BBBB-BBBB@exemple.fr>"]


async def test_a_server_that_is_down_loses_nothing(
    outbox: SqlOutbox, packaged: Content, unused_tcp_port: int, any_database: Database
) -> None:
    async def tell(_: str) -> None:
        raise AssertionError

    assert packaged.dossier is not None
    down = Courier(outbox, smtp(f"smtp://127.0.0.1:{unused_tcp_port}"), packaged.dossier, SENDER, RECIPIENT, tell)
    await outbox.put(7, dossier())
    await down.send_next()

    assert await state(any_database) == "waiting"


async def test_a_process_that_dies_with_a_dossier_in_hand_leaves_it_to_the_next(
    outbox: SqlOutbox, courier: Courier, mailbox: Any, clock: Clock
) -> None:
    await outbox.put(7, dossier())
    assert await outbox.claim()  # and then nothing: killed

    assert not await courier.send_next()
    clock.now += 301
    await courier.send_next()

    assert len(mailbox.received) == 1


async def test_two_processes_never_take_the_same_dossier(outbox: SqlOutbox) -> None:
    for number in range(20):
        await outbox.put(number, dossier(f"TV-{number:04d}-AAAA"))

    claimed = await asyncio.gather(*(outbox.claim() for _ in range(30)))

    references = [found[0].reference for found in claimed if found]
    assert len(references) == len(set(references))
    rest = 0
    while await outbox.claim():
        rest += 1
    assert len(references) + rest == 20


async def test_a_dossier_sealed_with_another_key_is_held_and_does_not_stall_the_others(
    outbox: SqlOutbox, courier: Courier, mailbox: Any, any_database: Database, clock: Clock
) -> None:
    await outbox.put(7, dossier())
    await any_database.execute(update(dossiers).values(body=Cipher(b"another").seal("{}")))
    clock.now += 1
    await outbox.put(8, dossier("TV-BBBB-BBBB"))
    while await courier.send_next():
        pass

    assert len(mailbox.received) == 1


async def test_without_tls_nothing_leaves_for_another_machine() -> None:
    send = smtp("smtp://192.0.2.1:25")
    sent: dict[str, Any] = {}

    async def fake(*_: Any, **options: Any) -> None:
        sent.update(options)

    import aiosmtplib

    original, aiosmtplib.send = aiosmtplib.send, fake  # type: ignore[assignment]
    try:
        mail = EmailMessage()
        mail["From"], mail["To"] = SENDER, RECIPIENT
        await send(mail)
    finally:
        aiosmtplib.send = original
    assert sent["start_tls"] is True


@given(typed=st.text(max_size=200))
def test_nothing_typed_ever_reaches_a_header(packaged: Content, typed: str) -> None:
    assert packaged.dossier is not None
    typed = typed.encode("utf-8", "replace").decode()
    mail = compose(
        dossier(answers=((typed, typed),), contact=(("Nom", typed),), criteria=(("met", typed, typed),)),
        packaged.dossier,
        SENDER,
        RECIPIENT,
    )
    received = message_from_bytes(mail.as_bytes(), policy=default)

    expected = {"From", "To", "Subject", "Message-ID", "Reply-To", "MIME-Version", "Content-Type"}
    assert set(received.keys()) == expected
    assert received["To"] == RECIPIENT


def test_references_are_easy_to_read_aloud_and_all_different() -> None:
    drawn = {new_reference() for _ in range(2000)}

    assert len(drawn) == 2000
    assert not set("".join(drawn)) & set("IO01L")
