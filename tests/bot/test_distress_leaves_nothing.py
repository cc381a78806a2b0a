"""From Telegram to the last table: after a message of distress, no word of it is left anywhere."""

import logging
import sqlite3
from pathlib import Path

import pytest
from aiogram import Bot

from bot.app import build_live
from bot.cipher import Cipher
from bot.database.database import Database, open_database
from bot.telegram.intake import Intake
from knowledge.content.models import Content
from knowledge.understanding.understanding import Understanding
from tests.bot_api import BotApi, message
from tests.conftest import TODAY
from tests.keeping import all_of_a_person, stores_of
from tests.waiting import until

PLANTED = "zanzibar"
DISTRESS = f"je veux mourir à {PLANTED}"
ORDINARY = f"peut-on élever des autruches à {PLANTED} pendant la mission ?"


class Clear(Cipher):
    """Seals nothing, so that what is kept can be read in the file itself."""

    def seal(self, text: str, place: str) -> str:
        return text

    def unseal(self, sealed: str, place: str) -> str | None:
        return sealed


def intake(content: Content, understanding: Understanding, database: Database, bot: Bot) -> Intake:
    stores = stores_of(database, cipher=Clear(b"key"))
    everything = all_of_a_person(database, Path("/nonexistent"))
    live = build_live(content, understanding, stores, everything, lambda: TODAY)
    return Intake(live.dispatcher, bot, stores.inbox)


async def handled(update: object, path: Path, content: Content, understanding: Understanding, bot: Bot) -> None:
    async with (
        open_database(f"sqlite+aiosqlite:///{path}") as database,
        intake(content, understanding, database, bot) as taking,
    ):
        await taking.accept([update])
        await until(lambda: not taking._lanes.waiting)  # the first message learns what is not yet learnt


def everything(path: Path) -> dict[str, list[str]]:
    """All the rows of every table of the file, as SQLite itself lists them."""
    connection = sqlite3.connect(path)
    try:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: [repr(row) for row in connection.execute(f'SELECT * FROM "{name}"')] for name in names}
    finally:
        connection.close()


def holding(path: Path, word: str) -> set[str]:
    """The tables in which the word is."""
    return {name for name, found in everything(path).items() if any(word in row for row in found)}


@pytest.mark.parametrize("kind", ["message", "edited_message", "caption"])
async def test_no_table_and_no_log_holds_a_word_of_it(
    kind: str,
    packaged: Content,
    packaged_understanding: Understanding,
    bot: Bot,
    api: BotApi,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    path = tmp_path / "tevo.db"
    update = message(1, DISTRESS)
    match kind:
        case "edited_message":
            update = {"update_id": 1, kind: update["message"] | {"edit_date": 1}}
        case "caption":
            del update["message"]["text"]
            picture = {"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}
            update["message"] |= {"photo": [picture], "caption": DISTRESS}
    await handled(update, path, packaged, packaged_understanding, bot)

    tables = everything(path)
    assert "3114" in api.texts[0]
    assert len(api.texts) == 1
    assert tables["inbox"] != []
    assert all("'done'" in row for row in tables["inbox"])
    assert holding(path, PLANTED) == set()
    assert {name for name, found in tables.items() if found} == {"inbox", "alembic_version"}
    assert PLANTED not in caplog.text


async def test_such_a_search_does_find_what_an_ordinary_message_leaves(
    packaged: Content, packaged_understanding: Understanding, bot: Bot, api: BotApi, tmp_path: Path
) -> None:
    path = tmp_path / "tevo.db"
    await handled(message(1, ORDINARY), path, packaged, packaged_understanding, bot)

    assert "fsm" in holding(path, PLANTED)
