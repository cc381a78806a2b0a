"""What a process leaves to the next, and notes that the database refuses: nothing suspected wrongly, nothing lost."""

import asyncio
import sqlite3
from pathlib import Path

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import SendMessage
from aiogram.types import Message
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from bot.database.database import Database
from bot.database.tables import inbox
from bot.telegram.aside import Aside
from bot.telegram.inbox import Inbox
from bot.telegram.intake import Patience
from tests.bot.test_intake import CIPHER, Seen, leave, replays, running, settled, states
from tests.bot_api import message
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
