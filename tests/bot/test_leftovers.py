"""What a process leaves to the next, and notes that the database refuses: nothing suspected wrongly, nothing lost."""

import asyncio
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import SendMessage
from aiogram.types import ErrorEvent, Message
from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError

from bot.cipher import place
from bot.database.database import Database
from bot.database.tables import inbox
from bot.telegram.aside import Aside
from bot.telegram.inbox import Inbox
from bot.telegram.intake import Patience
from tests.bot.test_intake import CIPHER, QUICK, Seen, leave, replays, running, settled, states
from tests.bot_api import BotApi, Fault, message
from tests.waiting import PATIENCE, until


async def test_a_note_that_is_refused_again_is_still_made(database: Database, tmp_path: Path) -> None:
    kept = Inbox(database, CIPHER)
    (entry,) = await kept.add([message(1, "?")])
    await database.write(kept.settled(entry, [SendMessage(chat_id=7, text="oui")], None))
    await database.write(lambda connection: connection.exec_driver_sql("PRAGMA busy_timeout=5"))
    other = sqlite3.connect(tmp_path / "tevo.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    entry.to_say = []

    await kept.note_said(entry)
    with pytest.raises(OperationalError):
        await kept.note_refused()
    other.execute("ROLLBACK")
    other.close()
    await kept.note_refused()

    (row,) = await database.read(select(inbox))
    assert row.reply is None


async def test_what_was_put_back_while_no_assistant_ran_is_handled_at_the_start(bot: Bot, database: Database) -> None:
    kept, seen = Inbox(database, CIPHER), Seen()
    (entry,) = await kept.add([message(1, "?")])
    await database.write(kept.settled(entry, [], "KeyError"))
    await Aside(database, CIPHER).retry(1)

    async with running(seen, bot, database) as intake:
        await settled(intake)

    assert seen.texts == ["?"]
    assert await states(database) == {1: "done"}


async def test_what_ended_the_process_once_is_begun_again(bot: Bot, database: Database) -> None:
    seen = Seen()
    await leave(database, 5, "?", replays=1)

    async with running(seen, bot, database) as intake:
        await settled(intake)

    assert seen.texts == ["?"]
    assert await states(database) == {5: "done"}


async def test_a_leftover_that_waits_for_telegram_is_not_suspected_of_what_ends_the_process_then(
    bot: Bot, database: Database
) -> None:
    async def fail(_: Message) -> None:
        raise TelegramNetworkError(SendMessage(chat_id=7, text="?"), "away")

    seen = Seen()
    seen.reactions["?"] = fail
    await leave(database, 5, "?", replays=1)

    async with running(seen, bot, database, patience=Patience(pauses=(PATIENCE,))):
        await until(lambda: seen.texts)
        async with asyncio.timeout(PATIENCE):
            while await replays(database) != 1:  # noqa: ASYNC110 (what is waited for has no event to give)
                await asyncio.sleep(0)


async def test_what_was_said_is_not_said_again_by_the_next_process(bot: Bot, api: BotApi, database: Database) -> None:
    tries: list[str] = []

    def away_for_the_second(_: str, payload: dict[str, Any]) -> Fault | None:
        if payload.get("text") != "deux":
            return None
        tries.append("deux")
        return Fault(502, "Bad Gateway")

    async def answer(message: Message) -> None:
        await message.answer("un")
        await message.answer("deux")

    seen = Seen()
    seen.reactions["?"] = answer
    api.mood = away_for_the_second
    async with running(seen, bot, database, patience=QUICK) as intake:
        await intake.accept([message(1, "?")])
        await until(lambda: tries)

    api.mood = None
    async with running(seen, bot, database) as intake:
        await settled(intake)
    assert api.texts == ["un", "deux"]


async def test_what_telegram_refused_is_not_tried_by_the_next_process_which_apologises(
    bot: Bot, api: BotApi, database: Database
) -> None:
    tries: list[str] = []

    def refusing_then_away(method: str, payload: dict[str, Any]) -> Fault | None:
        if method != "sendMessage":
            return None
        tries.append(payload["text"])
        return Fault(400, "Bad Request: what") if payload["text"] == "non" else Fault(502, "Bad Gateway")

    async def answer(message: Message) -> None:
        await message.answer("non")

    seen = Seen()
    seen.reactions["?"] = answer
    api.mood = refusing_then_away
    async with running(seen, bot, database, patience=QUICK) as intake:
        await intake.accept([message(1, "?")])
        await until(lambda: "pardon" in tries)

    api.mood = None
    async with running(seen, bot, database) as intake:
        await settled(intake)
    assert tries.count("non") == 1
    assert api.texts == ["pardon"]


async def test_an_apology_that_telegram_refuses_too_is_the_last_word(bot: Bot, api: BotApi, database: Database) -> None:
    tries: list[str] = []

    def refusing(method: str, payload: dict[str, Any]) -> Fault | None:
        if method != "sendMessage":
            return None
        tries.append(payload["text"])
        return Fault(400, "Bad Request: what")

    async def answer(message: Message) -> None:
        await message.answer("non")

    seen = Seen()
    seen.reactions["?"] = answer
    api.mood = refusing
    async with running(seen, bot, database) as intake:
        await intake.accept([message(1, "?")])
        await until(lambda: not intake.waiting or len(tries) > 2)

    assert tries == ["non", "pardon"]
    assert await states(database) == {1: "done"}


async def test_what_waited_once_makes_what_follows_wait_no_longer(bot: Bot, api: BotApi, database: Database) -> None:
    failed: set[str] = set()

    def away_once_for_each(method: str, payload: dict[str, Any]) -> Fault | None:
        if method != "sendMessage" or payload["text"] in failed:
            return None
        failed.add(payload["text"])
        return Fault(502, "Bad Gateway")

    async def answer(message: Message) -> None:
        await message.answer("un")
        await message.answer("deux")

    seen = Seen()
    seen.reactions["?"] = answer
    api.mood = away_once_for_each
    async with running(seen, bot, database, patience=Patience(pauses=(0.01, 3600.0))) as intake:
        await intake.accept([message(1, "?")])
        await settled(intake)

    assert api.texts == ["un", "deux"]


async def test_a_round_that_the_database_refuses_is_followed_by_others(
    bot: Bot, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.telegram.intake._ROUND", 0.02)
    kept, seen = Inbox(database, CIPHER), Seen()
    (entry,) = await kept.add([message(1, "?")])
    await database.write(kept.settled(entry, [], "KeyError"))
    await database.write(lambda connection: connection.exec_driver_sql("PRAGMA busy_timeout=5"))
    other = sqlite3.connect(tmp_path / "tevo.db", isolation_level=None)

    async with running(seen, bot, database) as intake:
        other.execute("BEGIN IMMEDIATE")
        await until(lambda: "still not noted" in caplog.text)
        other.execute("ROLLBACK")
        other.close()
        await Aside(database, CIPHER).retry(1)
        await until(lambda: seen.texts)
        await settled(intake)

    assert seen.texts == ["?"]


async def test_an_answer_that_another_version_left_to_be_said_holds_up_nobody(
    bot: Bot, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    kept, seen = Inbox(database, CIPHER), Seen()
    (entry,) = await kept.add([message(1, "?")])
    await database.write(kept.settled(entry, [SendMessage(chat_id=7, text="oui")], None))
    unknown = CIPHER.seal('[["SendHologram", {}]]', place(inbox.c.reply, 1))
    await database.write(lambda connection: connection.execute(update(inbox).values(reply=unknown)))

    async with running(seen, bot, database) as intake:
        await intake.accept([message(2, "ensuite")])
        await settled(intake)

    assert seen.texts == ["ensuite"]
    assert await states(database) == {1: "done", 2: "done"}
    assert "what was to be said for update 1 cannot be read" in caplog.text


async def test_a_team_that_cannot_be_told_of_a_failure_costs_nobody_the_apology(
    bot: Bot, api: BotApi, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(_: object) -> None:
        raise ConnectionError

    seen = Seen()
    seen.reactions["aïe"] = fail
    async with running(seen, bot, database, tell_team=fail) as intake:
        await intake.accept([message(1, "aïe"), message(2, "ensuite")])
        await settled(intake)
        await until(lambda: "team not told" in caplog.text)

    assert seen.texts == ["aïe", "ensuite"]
    assert api.texts == ["pardon"]


async def test_a_failure_that_nobody_can_apologise_for_holds_up_nobody(
    bot: Bot, api: BotApi, database: Database
) -> None:
    class Speechless(Seen):
        async def apologise(self, event: ErrorEvent, bot: Bot) -> None:
            raise KeyError

    async def fail(_: Message) -> None:
        raise ValueError

    seen = Speechless()
    seen.reactions["?"] = fail
    async with running(seen, bot, database) as intake:
        await intake.accept([message(1, "?"), message(2, "ensuite")])
        await settled(intake)

    assert seen.texts == ["?", "ensuite"]
    assert await states(database) == {1: "quarantined", 2: "done"}
    assert api.texts == []


async def test_whom_the_database_keeps_waiting_is_served_later_without_an_apology(
    bot: Bot, api: BotApi, database: Database, tmp_path: Path
) -> None:
    other = sqlite3.connect(tmp_path / "tevo.db", isolation_level=None)
    tries: list[str] = []

    async def answer(message: Message) -> None:
        tries.append("?")
        if len(tries) == 1:
            other.execute("BEGIN IMMEDIATE")
            asyncio.get_running_loop().call_later(0.8, other.execute, "ROLLBACK")
        nothing = update(inbox).where(inbox.c.update_id == 0).values(replays=0)
        await database.execute(nothing.returning(inbox.c.update_id))
        await message.answer("oui")

    seen = Seen()
    seen.reactions["?"] = answer
    async with running(seen, bot, database, patience=Patience(compute=0.3, pauses=(0.01,))) as intake:
        await intake.accept([message(1, "?")])
        await settled(intake)
    other.close()

    assert api.texts == ["oui"]
    assert await states(database) == {1: "done"}


async def test_what_is_still_to_be_said_to_somebody_comes_before_the_next_answer(
    bot: Bot, api: BotApi, database: Database
) -> None:
    kept, seen, failed = Inbox(database, CIPHER), Seen(), list[str]()
    (entry,) = await kept.add([message(1, "?")])
    await database.write(kept.settled(entry, [SendMessage(chat_id=7, text="un")], None))

    def away_at_first(method: str, payload: dict[str, Any]) -> Fault | None:
        if method != "sendMessage" or payload["text"] != "un" or len(failed) > 2:
            return None
        failed.append("un")
        return Fault(502, "Bad Gateway")

    async def answer(message: Message) -> None:
        await message.answer("deux")

    seen.reactions["ensuite"] = answer
    api.mood = away_at_first
    async with running(seen, bot, database, patience=QUICK) as intake:
        await intake.accept([message(2, "ensuite")])
        await settled(intake)

    assert failed
    assert api.texts == ["un", "deux"]
