"""A question to the team is answered in the conversation that it came from: once, or the officer is told why not."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from aiosmtplib import SMTPConnectError
from sqlalchemy import select, update

from bot.cipher import Cipher
from bot.database.database import Database
from bot.database.tables import dossiers, replies
from bot.dossiers.outbox import SqlOutbox
from bot.dossiers.reminding import MorningMail
from bot.dossiers.reply_queue import LEASE, Reply, ReplyQueue, ReplyState
from bot.dossiers.replying import Replier
from bot.dossiers.smtp import smtp
from bot.settings import Settings
from bot.telegram.bot import build_bot
from knowledge.content.calendar import PARIS
from knowledge.content.models import Content
from tests.bot.dossiers import EMAIL, KEY, MAIL, Clock, dossier, folder_with, inquiry
from tests.bot.smtp_server import Mailbox
from tests.bot.test_running import pressing
from tests.bot_api import TOKEN, BotApi, Fault, markup
from tests.forks import tevo, tevo_run
from tests.keeping import purged
from tests.ports import free_port
from tests.waiting import PATIENCE, until

REF = "TV-QQQQ-QQQQ"
DAYS = 86400


@pytest.fixture
def queue(any_database: Database, clock: Clock) -> ReplyQueue:
    return ReplyQueue(any_database, Cipher(KEY), clock)


class Team:
    """Sends what is queued, through a real bot, and hears what the team is told."""

    def __init__(self, replier: Callable[[Callable[[str], Awaitable[None]]], Replier]) -> None:
        self.told: list[str] = []
        self.replier = replier(self._tell)

    async def _tell(self, sentence: str) -> None:
        self.told.append(sentence)

    async def sends(self) -> None:
        await self.replier.prepare()
        await self.replier.send_all()


@pytest.fixture
async def team(api: BotApi, queue: ReplyQueue) -> AsyncIterator[Team]:
    def show(reply: Reply) -> dict[str, Any]:
        return {"text": f"Réponse : {reply.body}"}

    async with build_bot(Settings(bot_token=TOKEN, telegram_api=api.url), max_wait=0) as bot:
        yield Team(lambda tell: Replier(bot, queue, show, tell))


async def left(database: Database, at: float) -> None:
    """The mail server took every question at that second."""
    await database.execute(update(dossiers).values(state="sent", sent_at=int(at)))


async def state(queue: ReplyQueue) -> ReplyState:
    asked = await queue.asked(REF)
    assert asked
    return asked.state


async def test_an_answer_is_read_once_in_the_conversation_and_kept_no_longer(
    outbox: SqlOutbox, queue: ReplyQueue, team: Team, api: BotApi, any_database: Database
) -> None:
    await outbox.put(7, inquiry(email=""))
    assert await queue.answer(REF, "Oui, les communes jumelées aussi.")
    assert (await outbox.export(7))["dossiers"][0]["answer"]["text"].startswith("Oui")  # type: ignore[index]

    for _ in range(2):
        await team.sends()

    assert [(sent["chat_id"], sent["text"]) for sent in api.sent()] == [
        ("7", "Réponse : Oui, les communes jumelées aussi.")
    ]
    (row,) = await any_database.read(select(replies))
    assert (row.state, row.body) == (ReplyState.SENT, None)
    assert (await outbox.statuses(7))[0].answered_at == 1_000_000
    assert team.told == []


async def test_a_second_answer_leaves_only_when_it_is_asked_for(
    outbox: SqlOutbox, queue: ReplyQueue, team: Team, api: BotApi
) -> None:
    await outbox.put(7, inquiry(email=""))
    put = await asyncio.gather(*(queue.answer(REF, "Oui.") for _ in range(3)))
    assert sorted(put) == [False, False, True]
    await team.sends()

    assert not await queue.answer(REF, "Oui.")
    assert await queue.answer(REF, "Et un complément.", again=True)
    await team.sends()

    assert api.texts == ["Réponse : Oui.", "Réponse : Et un complément."]


async def test_while_telegram_stumbles_the_answer_waits(
    outbox: SqlOutbox, queue: ReplyQueue, team: Team, api: BotApi, clock: Clock
) -> None:
    await outbox.put(7, inquiry(email=""))
    await queue.answer(REF, "Oui.")
    api.fails("sendMessage", Fault(502))

    await team.sends()

    assert await state(queue) is ReplyState.WAITING
    clock.now += 60
    await team.sends()
    assert await state(queue) is ReplyState.SENT
    assert len(api.sent()) == 1


@pytest.mark.parametrize(
    ("fault", "found", "told"),
    [
        (Fault(403, "Forbidden: bot was blocked by the user"), ReplyState.BLOCKED, "bloqué"),
        (Fault(400, "Bad Request: chat not found"), ReplyState.BLOCKED, "bloqué"),
        (Fault(400, "Bad Request: message is too long"), ReplyState.FAILED, "too long"),
        (Fault(200, cut=True), ReplyState.MAYBE, "peut-être"),
    ],
)
async def test_what_is_not_surely_read_is_told_to_the_team_and_not_sent_again(
    outbox: SqlOutbox, queue: ReplyQueue, team: Team, api: BotApi, fault: Fault, found: ReplyState, told: str
) -> None:
    await outbox.put(7, inquiry(email=""))
    await queue.answer(REF, "Oui.")
    api.fails("sendMessage", fault)

    for _ in range(2):
        await team.sends()

    assert await state(queue) is found
    (sentence,) = team.told
    assert told in sentence
    assert REF in sentence
    assert len(api.sent()) <= 1


async def test_what_a_killed_process_had_in_hand_is_told_and_not_sent_again(
    outbox: SqlOutbox, queue: ReplyQueue, team: Team, api: BotApi, clock: Clock
) -> None:
    await outbox.put(7, inquiry(email=""))
    await queue.answer(REF, "Oui.")
    assert await queue.claim()  # and then nothing: killed

    clock.now += LEASE + 1
    await team.sends()

    assert await state(queue) is ReplyState.MAYBE
    assert REF in team.told[0]
    assert api.sent() == []
    assert [asked.reference for asked in await queue.waiting()] == [REF]


async def test_erased_by_the_person_neither_the_question_nor_the_answer_is_anywhere(
    outbox: SqlOutbox, queue: ReplyQueue, team: Team, api: BotApi
) -> None:
    await outbox.put(7, inquiry(email=""))
    await queue.answer(REF, "Oui.")

    await outbox.erase(7)
    await team.sends()

    assert await queue.asked(REF) is None
    assert not await queue.answer(REF, "Oui.")
    assert api.sent() == []


async def test_after_a_fortnight_a_question_is_closed_and_what_had_no_address_is_erased(
    outbox: SqlOutbox, queue: ReplyQueue, any_database: Database, clock: Clock
) -> None:
    await outbox.put(7, inquiry(email=""))
    await outbox.put(7, inquiry("TV-BBBB-BBBB"))
    await outbox.put(7, dossier())
    await left(any_database, clock.now)

    await purged(any_database, clock.now + 14 * DAYS)
    assert await queue.asked(REF)

    await purged(any_database, clock.now + 14 * DAYS + 1)
    assert await queue.asked(REF) is None
    assert await queue.asked("TV-BBBB-BBBB") is None
    kept = [row.reference for row in await any_database.read(select(dossiers).order_by(dossiers.c.reference))]
    assert kept == ["TV-AAAA-AAAA", "TV-BBBB-BBBB"]
    assert await any_database.read(select(replies)) == []


async def test_a_question_that_never_left_is_not_closed(
    outbox: SqlOutbox, queue: ReplyQueue, any_database: Database, clock: Clock
) -> None:
    await outbox.put(7, inquiry(email=""))

    await purged(any_database, clock.now + 15 * DAYS)

    assert await queue.asked(REF)


FRIDAY = datetime(2026, 11, 20, 16, 0, tzinfo=PARIS)


async def test_after_two_working_days_the_team_is_reminded_once_by_mail(
    outbox: SqlOutbox, queue: ReplyQueue, any_database: Database, packaged: Content, mailbox: Mailbox
) -> None:
    await outbox.put(7, inquiry(email=""))
    await outbox.put(7, inquiry("TV-BBBB-BBBB"))  # an answer by mail is nothing that we know of
    await outbox.put(7, inquiry("TV-CCCC-CCCC", email=""))
    await left(any_database, FRIDAY.timestamp())
    await queue.answer("TV-CCCC-CCCC", "Oui.")
    now = FRIDAY
    reminder = MorningMail(queue, lambda: packaged, "assistant@exemple.fr", smtp(mailbox.url), lambda: now)

    for day, hour, number in ((21, 12, 0), (23, 12, 0), (24, 8, 0), (24, 9, 1), (24, 10, 1), (25, 12, 1)):
        now = datetime(2026, 11, day, hour, 0, tzinfo=PARIS)
        await reminder.remind()
        assert len(mailbox.raw) == number, now

    (mail,) = [message_from_bytes(raw, policy=default) for raw in mailbox.raw]
    body = mail.get_content()
    assert mail["To"] == packaged.email
    assert f"tevo reply {REF}" in body
    assert "jumelées" not in body  # nothing of what was asked
    assert "TV-BBBB-BBBB" not in body
    assert "TV-CCCC-CCCC" not in body


async def test_the_days_of_a_reminder_are_those_of_paris(
    outbox: SqlOutbox, queue: ReplyQueue, any_database: Database, packaged: Content, mailbox: Mailbox, clock: Clock
) -> None:
    """The night of a Thursday to a Friday: in Paris it is Friday, for a server's clock still Thursday."""
    clock.now = datetime(2026, 11, 20, 0, 30, tzinfo=PARIS).timestamp()
    await outbox.put(7, inquiry(email=""))
    await left(any_database, clock.now)
    now = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
    reminder = MorningMail(queue, lambda: packaged, "assistant@exemple.fr", smtp(mailbox.url), lambda: now)

    for day, hour, number in ((23, 12, 0), (24, 7, 0), (24, 8, 1)):
        now = datetime(2026, 11, day, hour, 0, tzinfo=UTC)
        await reminder.remind()
        assert len(mailbox.raw) == number, now

    (mail,) = [message_from_bytes(raw, policy=default) for raw in mailbox.raw]
    assert mail["Message-ID"] == f"<rappel-2026-11-24-{REF}@exemple.fr>"
    assert "20/11/2026 à 00" in mail.get_content()


async def test_a_reminder_that_did_not_leave_leaves_later(
    outbox: SqlOutbox, queue: ReplyQueue, any_database: Database, packaged: Content, mailbox: Mailbox
) -> None:
    await outbox.put(7, inquiry(email=""))
    await left(any_database, FRIDAY.timestamp())
    now = datetime(2026, 11, 24, 9, 0, tzinfo=PARIS)
    away = MorningMail(
        queue, lambda: packaged, "assistant@exemple.fr", smtp(f"smtp://127.0.0.1:{free_port()}"), lambda: now
    )
    with pytest.raises(SMTPConnectError):
        await away.remind()

    await MorningMail(queue, lambda: packaged, "assistant@exemple.fr", smtp(mailbox.url), lambda: now).remind()

    assert len(mailbox.raw) == 1


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with a question without an address, and one with."""
    asked = inquiry(email="")
    asked.details["question"] = "Je suis Mme Payet, 06 12 34 56 78 : et les communes jumelées ?"
    return folder_with(tmp_path / "data", asked, inquiry("TV-BBBB-BBBB"))


def test_without_a_reference_what_waits_is_listed_and_names_nobody(data: Path) -> None:
    done = tevo("reply", TEVO_DATA=str(data))

    (line,) = done.stdout.splitlines()
    assert line.startswith(f"{REF}  ")
    assert "(il y a 0 j)  à répondre" in line
    assert "communes jumelées" in line
    assert not {"Payet", "06 12"} & set(line.split())


def test_an_answer_is_shown_with_its_question_then_queued(data: Path, tmp_path: Path) -> None:
    (tmp_path / "reponse.txt").write_text("Oui, elles aussi.\n", "utf-8")
    answer = str(tmp_path / "reponse.txt")

    refused = tevo("reply", REF, answer, typed="non\n", TEVO_DATA=str(data))
    assert refused.returncode == 1
    assert "communes jumelées" in refused.stdout
    assert "Oui, elles aussi." in refused.stdout

    done = tevo("reply", REF.lower(), answer, typed="oui\n", TEVO_DATA=str(data))
    assert done.returncode == 0, done.stderr
    assert "en file" in done.stdout
    twice = tevo("reply", REF, answer, "--yes", TEVO_DATA=str(data))
    assert (twice.returncode, len(twice.stderr.splitlines())) == (1, 1)


def test_what_comes_through_a_pipe_leaves_only_with_yes(data: Path) -> None:
    piped: dict[str, Any] = {"typed": "Oui.", "TEVO_DATA": str(data)}

    assert "--yes" in tevo("reply", "TV-BBBB-BBBB", **piped).stderr
    done = tevo("reply", "TV-BBBB-BBBB", "-", "--yes", **piped)
    assert "en file" in done.stdout
    assert EMAIL in done.stdout  # who gave an address waits for an e-mail


@pytest.mark.parametrize(
    ("arguments", "typed", "said"),
    [
        (("TV-ZZZZ-ZZZZ", "-"), "Oui.", "TV-ZZZZ-ZZZZ"),
        ((REF, "-"), "  \n", "vide"),
        ((REF, "-"), "é" * 3001, "3000"),
        ((REF, "/nonexistent.txt"), "", "/nonexistent.txt"),
    ],
)
def test_what_cannot_be_sent_is_one_line(data: Path, arguments: tuple[str, ...], typed: str, said: str) -> None:
    done = tevo("reply", *arguments, "--yes", typed=typed, TEVO_DATA=str(data))

    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert said in line


async def test_a_question_sent_from_the_phone_is_answered_there(api: BotApi, tmp_path: Path, mailbox: Mailbox) -> None:
    steps = ["askteam", "consent:1:1", "Et les communes jumelées ?", "skip:email"]
    async with tevo_run(tmp_path, api.url, **MAIL, TEVO_SMTP_URL=mailbox.url) as process:
        for number, step in enumerate(steps, 1):
            api.says(number, step) if " " in step else api.put(pressing(number, step))
            await until(lambda number=number: len(api.sent()) >= number)  # type: ignore[misc]
        rows = json.loads(api.sent()[-1]["reply_markup"])["inline_keyboard"]
        api.put(pressing(9, rows[0][0]["callback_data"]))
        await until(lambda: mailbox.raw)
        plain = message_from_bytes(mailbox.raw[0], policy=default).get_body(("plain",))
        assert plain
        body = plain.get_content()
        (reference,) = set(re.findall(r"tevo reply (TV-\S{9})", body))

        answering = partial(tevo, "reply", reference, "--yes", typed="Oui, elles aussi.", TEVO_DATA=str(tmp_path))
        done = await asyncio.to_thread(answering, patches={"bot.commands.reply._PATIENCE": PATIENCE})
        logged = await process.stopped()

    assert "réponse remise" in done.stdout
    assert "Réponse de l’équipe à votre question du" in api.texts[-1]
    assert "Oui, elles aussi." in api.texts[-1]
    assert "Transmettre ma question" in markup(api.sent()[-1])
    assert "jumelées" not in logged
    assert "elles aussi" not in logged
