"""Conversation states: what was said is still there tomorrow."""

import asyncio

import pytest
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.base import StorageKey
from sqlalchemy import select

from bot.cipher import Cipher
from bot.database.database import Database
from bot.database.tables import fsm
from bot.memory.conversations import SqlStorage

CIPHER = Cipher(b"key")
KEY = StorageKey(bot_id=42, chat_id=7, user_id=7)


class Steps(StatesGroup):
    asking = State()


async def test_state_and_data_come_back(any_database: Database) -> None:
    storage = SqlStorage(any_database, CIPHER)

    await storage.set_state(KEY, Steps.asking)
    await storage.set_data(KEY, {"commune": "Saint-Pré-d’Œuvre", "lone": "\ud800"})

    assert await SqlStorage(any_database, CIPHER).get_state(KEY) == "Steps:asking"
    assert await SqlStorage(any_database, CIPHER).get_data(KEY) == {"commune": "Saint-Pré-d’Œuvre", "lone": "\ud800"}


async def test_each_person_has_their_own(any_database: Database) -> None:
    storage = SqlStorage(any_database, CIPHER)
    await storage.set_data(KEY, {"a": 1})

    assert await storage.get_data(StorageKey(bot_id=42, chat_id=8, user_id=8)) == {}


async def test_updates_at_once_are_all_kept(any_database: Database) -> None:
    storage = SqlStorage(any_database, CIPHER)

    await asyncio.gather(*(storage.update_data(KEY, {str(n): n}) for n in range(20)))

    assert len(await storage.get_data(KEY)) == 20


async def test_nothing_to_remember_leaves_no_trace(any_database: Database) -> None:
    storage = SqlStorage(any_database, CIPHER)
    await storage.set_state(KEY, Steps.asking)
    await storage.set_data(KEY, {"a": 1})

    await storage.set_state(KEY, None)
    await storage.set_data(KEY, {})

    assert await any_database.read(select(fsm)) == []


async def test_what_is_not_json_is_refused_at_once(any_database: Database) -> None:
    with pytest.raises(TypeError):
        await SqlStorage(any_database, CIPHER).set_data(KEY, {"set": {1}})


async def test_what_is_kept_cannot_be_read_without_the_key(any_database: Database) -> None:
    await SqlStorage(any_database, CIPHER).set_data(KEY, {"name": "planted-name"})

    (row,) = await any_database.read(select(fsm))
    assert "planted-name" not in row.data
    assert await SqlStorage(any_database, Cipher(b"another")).get_data(KEY) == {}
