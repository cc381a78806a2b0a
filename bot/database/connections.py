"""How work reaches a database: a whole transaction at once, on SQLite's thread or PostgreSQL's pool.

SQLAlchemy's plain engines speak to both. On SQLite one is laid over a connection of aiosqlite, inside its thread:
a transaction costs one hop to that thread, not one for each call of a cursor. On PostgreSQL `greenlet_spawn` runs
it over asyncpg: all that SQLAlchemy's asyncio extension does for us, without the ORM which that imports.
"""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any, Protocol, TypeVar

import aiosqlite
from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import StaticPool
from sqlalchemy.util import greenlet_spawn

from bot.sentences import tell
from knowledge.words.errors import TevoError

T = TypeVar("T")

_PRAGMAS = (
    "busy_timeout=5000",  # milliseconds; first, so that the others wait as well
    "journal_mode=WAL",  # readers and the writer do not wait for each other
    "synchronous=FULL",  # what was acknowledged survives a power cut; NORMAL lost rows
    "foreign_keys=ON",
    "secure_delete=ON",  # erased personal data is overwritten
    "trusted_schema=OFF",
)


class DatabaseError(TevoError):
    """The database cannot be used: one line for the operator."""


def is_damaged(error: BaseException) -> bool:
    """Whether SQLite found that its file is no database, or not a whole one any more."""
    code = getattr(getattr(error, "orig", error), "sqlite_errorcode", 0)
    return code & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


class Way(Protocol):
    """A way to the database. `run` calls work that uses `engine`; once begun, it is not cut short."""

    @property
    def engine(self) -> Engine:
        """For use inside `run` only."""
        ...

    async def run(self, work: Callable[[], T]) -> T:
        """What `work` returns or raises. Whoever waits may be cancelled: the work goes on to its end."""
        ...

    async def close(self) -> None:
        """Once nothing runs."""
        ...


class SqliteThread:
    """One connection of aiosqlite, with its thread."""

    def __init__(self, connection: aiosqlite.Connection, pragmas: tuple[str, ...]) -> None:
        self._connection = connection
        self.engine = create_engine(
            "sqlite://", creator=lambda: connection._conn, poolclass=StaticPool, hide_parameters=True
        )
        event.listen(self.engine, "connect", lambda raw, _: _apply(raw, pragmas))

    async def run(self, work: Callable[[], T]) -> T:
        """As promised by Way: the thread goes on whoever waits."""
        result: T = await self._connection._execute(work)  # type: ignore[no-untyped-call]
        return result

    async def close(self) -> None:
        """Close the connection, which ends the thread."""
        await self._connection.close()


class PostgresPool:
    """Connections of asyncpg. Each piece of work runs in a task of its own: cancelled, it would leave one behind."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._running: set[asyncio.Task[Any]] = set()

    async def run(self, work: Callable[[], T]) -> T:
        """As promised by Way."""
        task = asyncio.create_task(greenlet_spawn(_connecting, work))
        self._running.add(task)
        task.add_done_callback(self._done)
        return await asyncio.shield(task)

    async def close(self) -> None:
        """Wait for what runs, then let the connections go."""
        while self._running:
            await asyncio.wait(self._running)
        await greenlet_spawn(self.engine.dispose)

    def _done(self, task: "asyncio.Task[Any]") -> None:
        self._running.discard(task)
        if not task.cancelled():
            task.exception()  # looked at, even when whoever asked is gone: asyncio would log it in full


def _connecting(work: Callable[[], T]) -> T:
    try:
        return work()
    except OSError as error:  # asyncpg's own when it finds no server: SQLAlchemy lets it through
        raise OperationalError(None, None, error, connection_invalidated=True) from None


async def connect(url: URL) -> tuple[Way, Way]:
    """To write and to read. Raises what SQLAlchemy and the drivers raise for a wrong URL."""
    return await _KINDS[url.get_backend_name()](url)


async def _to_sqlite(url: URL) -> tuple[Way, Way]:
    dialect = url.get_dialect()
    if not dialect.is_async or not url.database or url.database == ":memory:":
        raise ValueError("a file is needed, and an asynchronous driver")
    (path,), options = dialect().create_connect_args(url)
    folder = Path(path).parent
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # personal data: for this account only
    except OSError:
        raise DatabaseError(tell("folder_unusable", folder=folder)) from None
    # One writing connection: writers queue here, in order, rather than on SQLite's lock.
    writer = SqliteThread(await aiosqlite.connect(path, isolation_level=None, **options), _PRAGMAS)
    reader = SqliteThread(await aiosqlite.connect(path, isolation_level=None, **options), (*_PRAGMAS, "query_only=ON"))
    # Python and SQLAlchemy would begin late, or not at all: two read-modify-writes then lose one.
    event.listen(writer.engine, "begin", lambda c: c.exec_driver_sql("BEGIN IMMEDIATE"))
    return writer, reader


async def _to_postgresql(url: URL) -> tuple[Way, Way]:
    if not url.get_dialect().is_async:
        raise ValueError("an asynchronous driver is needed")
    # pre_ping: a restart of the server costs a new connection, not an error
    engine = create_engine(url, pool_size=5, pool_pre_ping=True, hide_parameters=True)
    return PostgresPool(engine), PostgresPool(engine.execution_options(isolation_level="AUTOCOMMIT"))


_KINDS: Mapping[str, Callable[[URL], Awaitable[tuple[Way, Way]]]] = {"sqlite": _to_sqlite, "postgresql": _to_postgresql}


def _apply(connection: DBAPIConnection, pragmas: tuple[str, ...]) -> None:
    cursor = connection.cursor()
    for pragma in pragmas:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
