"""Where each person is in a conversation, kept in the database: a restart loses nothing."""

import asyncio
import json
import time
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

from aiogram.fsm.state import State
from aiogram.fsm.storage.base import (
    BaseEventIsolation,
    BaseStorage,
    DefaultKeyBuilder,
    StateType,
    StorageKey,
)
from sqlalchemy import Connection, delete, select

from bot.cipher import Cipher
from bot.database.database import Database
from bot.database.tables import fsm

_Row = tuple[str | None, dict[str, Any]]
_EMPTY: _Row = (None, {})


class SqlStorage(BaseStorage):
    """State and data of each conversation. Data must be JSON (no sets, no dates); TypeError otherwise."""

    def __init__(self, database: Database, cipher: Cipher) -> None:
        self._database = database
        self._cipher = cipher
        self._keys = DefaultKeyBuilder(
            with_bot_id=True, with_business_connection_id=True, with_destiny=True, separator="|"
        )

    async def get_state(self, key: StorageKey) -> str | None:
        """The state, None at rest."""
        return (await self._read(key))[0]

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        """The data; the caller's to change."""
        return (await self._read(key))[1]

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        """Replace the state; the data stays."""
        name = state.state if isinstance(state, State) else state
        await self._change(key, lambda row: (name, row[1]))

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        """Replace the data; the state stays."""
        await self._change(key, lambda row: (row[0], dict(data)))

    async def update_data(self, key: StorageKey, data: Mapping[str, Any]) -> dict[str, Any]:
        """Add to the data, in one transaction; all of it then."""
        _, after = await self._change(key, lambda row: (row[0], {**row[1], **data}))
        return after

    async def close(self) -> None:
        """Nothing: the database is closed by whoever opened it."""

    async def _read(self, key: StorageKey) -> _Row:
        rows = await self._database.read(select(fsm.c.state, fsm.c.data).where(fsm.c.key == self._key(key)))
        return self._opened(rows[0].state, rows[0].data) if rows else (None, {})

    def _opened(self, state: str | None, sealed: str) -> _Row:
        data = self._cipher.unseal(sealed)
        return (None, {}) if data is None else (state, json.loads(data))  # another key's: begun again

    async def _change(self, key: StorageKey, change: Callable[[_Row], _Row]) -> _Row:
        def work(connection: Connection) -> _Row:
            own = fsm.c.key == self._key(key)
            # A row to lock, even the first time: on PostgreSQL two first changes would both start from nothing.
            empty = self._database.insert(fsm).values(self._row(key, None, {}))
            connection.execute(empty.on_conflict_do_nothing())
            found = connection.execute(select(fsm.c.state, fsm.c.data).where(own).with_for_update()).first()
            state, data = change(self._opened(found.state, found.data) if found else _EMPTY)
            if state is None and not data:  # nothing to remember: no trace of the person either
                connection.execute(delete(fsm).where(own))
            else:
                self._put(connection, key, state, data)
            return state, data

        return await self._database.write(work)

    def _put(self, connection: Connection, key: StorageKey, state: str | None, data: dict[str, Any]) -> None:
        row = self._row(key, state, data)
        upsert = self._database.insert(fsm).values(row)
        connection.execute(upsert.on_conflict_do_update(index_elements=[fsm.c.key], set_=row))

    def _row(self, key: StorageKey, state: str | None, data: dict[str, Any]) -> dict[str, Any]:
        return {
            "key": self._key(key),
            "person": key.user_id,
            "state": state,
            "data": self._cipher.seal(json.dumps(data)),
            "updated_at": int(time.time()),
        }

    def _key(self, key: StorageKey) -> str:
        return self._keys.build(key)


class PersonIsolation(BaseEventIsolation):
    """One update of a person at a time. A lock lives only as long as somebody needs it."""

    def __init__(self) -> None:
        self._locks: dict[int, tuple[asyncio.Lock, int]] = {}

    @asynccontextmanager
    async def lock(self, key: StorageKey) -> AsyncGenerator[None, None]:
        """Hold the person's lock."""
        lock, users = self._locks.get(key.user_id, (asyncio.Lock(), 0))
        self._locks[key.user_id] = (lock, users + 1)
        try:
            async with lock:
                yield
        finally:
            lock, users = self._locks.pop(key.user_id)
            if users > 1:
                self._locks[key.user_id] = (lock, users - 1)

    async def close(self) -> None:
        """Nothing is held at rest."""
