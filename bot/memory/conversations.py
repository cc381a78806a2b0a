"""Where each person is in a conversation, kept in the database: a restart loses nothing."""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from aiogram.fsm.state import State
from aiogram.fsm.storage.base import (
    BaseStorage,
    DefaultKeyBuilder,
    StateType,
    StorageKey,
)
from sqlalchemy import Connection, bindparam, delete, or_, select

from bot.cipher import Cipher, place
from bot.database.database import Database
from bot.database.tables import fsm
from bot.database.unit import current
from bot.keeping import Retention, Rotation, Whose, before
from handlers.shared.set_apart import ASKED, CANCELLED

_Row = tuple[str | None, str]
"""State, and data as JSON."""
_EMPTY: _Row = (None, "{}")


_OWN = fsm.c.key == bindparam("of")
_LOCK = select(fsm.c.state, fsm.c.data).where(_OWN).with_for_update()
_OF_PERSON = select(fsm.c.key, fsm.c.state, fsm.c.data).where(fsm.c.person == bindparam("of"))
_DELETE = delete(fsm).where(_OWN)


class SqlStorage(BaseStorage):
    """State and data of each conversation. Data must be JSON (no sets, no dates); TypeError otherwise.

    Within a unit of work all that is kept of a person is read once, and what changes written once, with the unit.
    """

    tables = (fsm,)
    sealed = (fsm.c.data,)
    purpose = None  # a conversation is found by its number

    def __init__(self, database: Database, cipher: Cipher) -> None:
        self._database = database
        self._cipher = cipher
        self._keys = DefaultKeyBuilder(
            with_bot_id=True, with_business_connection_id=True, with_destiny=True, separator="|"
        )
        upsert = database.insert(fsm)
        changed = {name: upsert.excluded[name] for name in ("state", "data", "updated_at")}
        self._upsert = upsert.on_conflict_do_update(index_elements=[fsm.c.key], set_=changed)
        # A row to lock, even the first time: on PostgreSQL two first changes would both start from nothing.
        self._claim = upsert.on_conflict_do_nothing()

    async def get_state(self, key: StorageKey) -> str | None:
        """The state, None at rest."""
        return (await self._read(key))[0]

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        """The data; the caller's to change."""
        return dict(json.loads((await self._read(key))[1]))

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        """Replace the state; the data stays."""
        name = state.state if isinstance(state, State) else state
        await self._change(key, lambda row: (name, row[1]))

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        """Replace the data; the state stays."""
        text = json.dumps(dict(data))
        await self._change(key, lambda row: (row[0], text))

    async def update_data(self, key: StorageKey, data: Mapping[str, Any]) -> dict[str, Any]:
        """Add to the data, in one transaction; all of it then."""
        after = await self._change(key, lambda row: (row[0], json.dumps({**json.loads(row[1]), **data})))
        return dict(json.loads(after[1]))

    async def close(self) -> None:
        """Nothing: the database is closed by whoever opened it."""

    async def export(self, person: int) -> dict[str, object]:
        """Where the person is, and the answers taken away that can still be put back."""
        rows = await self._database.read(select(fsm).where(fsm.c.person == person))
        held = {row.key.rpartition("|")[2]: self._opened(row.key, row.state, row.data) for row in rows}
        told = {name: {k: v for k, v in json.loads(data).items() if v} for name, (_, data) in held.items()}
        return {"conversation": shown} if (shown := {name: data for name, data in told.items() if data}) else {}

    async def erase_all(self, whose: Whose, until: int) -> int:
        """As promised by Keeps; nobody else holds a copy."""
        old = fsm.c.updated_at <= until
        rows = await self._database.read(select(fsm.c.person).where(old).distinct())
        own = [row.person for row in rows if whose.is_person(row.person)]
        await self._database.execute(delete(fsm).where(fsm.c.person.in_(own), old))
        return 0

    async def purge(self, now: float, retention: Retention) -> Sequence[str]:
        """As promised by Keeps: what nobody came back to, answers taken away, the last questions."""
        cancelled = fsm.c.key.endswith(f"|{CANCELLED}") & (fsm.c.updated_at < before(now, retention.cancelled))
        asked = fsm.c.key.endswith(f"|{ASKED}") & (fsm.c.updated_at < before(now, retention.asked))
        old = fsm.c.updated_at < before(now, retention.drafts)
        await self._database.execute(delete(fsm).where(or_(old, cancelled, asked)))
        return ()

    def rotate(self, connection: Connection, rotation: Rotation) -> None:
        """As promised by Keeps."""
        rotation.reseal(connection, fsm.c.data, lambda row: place(fsm.c.data, row["key"]))

    async def _read(self, key: StorageKey) -> _Row:
        unit = current()
        known = unit.known if unit else {}
        if key not in known:
            rows_of_person = ("rows", key.user_id)
            if rows_of_person not in known:
                rows = await self._database.read(_OF_PERSON, {"of": key.user_id})
                known[rows_of_person] = {row.key: row for row in rows}
            row = known[rows_of_person].get(self._key(key))
            known[key] = self._opened(row.key, row.state, row.data) if row else _EMPTY
        found: _Row = known[key]
        return found

    def _opened(self, key: str, state: str | None, sealed: str) -> _Row:
        data = self._cipher.unseal(sealed, place(fsm.c.data, key))
        return _EMPTY if data is None else (state, data)  # another key's: begun again

    async def _change(self, key: StorageKey, change: Callable[[_Row], _Row]) -> _Row:
        unit = current()
        if unit is None:
            return await self._database.write(partial(self._change_at_once, key, change))
        before = await self._read(key)
        after = unit.known[key] = change(before)
        if after != _EMPTY or before != _EMPTY or key in unit.last:
            unit.last[key] = partial(self._put, key, after)
        return after

    def _change_at_once(self, key: StorageKey, change: Callable[[_Row], _Row], connection: Connection) -> _Row:
        connection.execute(self._claim, self._row(key, _EMPTY))
        found = connection.execute(_LOCK, {"of": self._key(key)}).first()
        after = change(self._opened(self._key(key), found.state, found.data) if found else _EMPTY)
        self._put(key, after, connection)
        return after

    def _put(self, key: StorageKey, row: _Row, connection: Connection) -> None:
        if row == _EMPTY:  # nothing to remember: no trace of the person either
            connection.execute(_DELETE, {"of": self._key(key)})
        else:
            connection.execute(self._upsert, self._row(key, row))

    def _row(self, key: StorageKey, row: _Row) -> dict[str, Any]:
        state, data = row
        return {
            "key": self._key(key),
            "person": key.user_id,
            "state": state,
            "data": self._cipher.seal(data, place(fsm.c.data, self._key(key))),
            "updated_at": int(time.time()),
        }

    def _key(self, key: StorageKey) -> str:
        return self._keys.build(key)
