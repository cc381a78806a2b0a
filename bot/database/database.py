"""The database: how one opens it, reads and writes. SQLite or PostgreSQL, the same code.

Every access runs in a task of its own, shielded: a handler that is cancelled (time over, stop) while
SQLite works would otherwise leave a connection behind that holds the write lock (measured).

The engines are SQLAlchemy's plain ones over asynchronous drivers, run by its `greenlet_spawn`: all that its
asyncio extension does for us, without the ORM which that imports (6 MB, measured).
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path
from typing import Any, TypeVar, cast

from sqlalchemy import URL, Connection, Engine, Executable, Row, Table, create_engine, event, make_url, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.util import greenlet_spawn

from bot.database import migrations
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


_ASSISTANT = 7303015
"""PostgreSQL's advisory lock of whoever serves from a database; `migrations` has the number before."""


class DatabaseError(TevoError):
    """The database cannot be used: one line for the operator."""


class Database:
    """Transactions to write, one at a time on SQLite; reads beside them."""

    def __init__(self, writer: Engine, reader: Engine) -> None:
        self._writer = writer
        self._reader = reader
        self._running: set[asyncio.Task[Any]] = set()

    async def read(self, statement: Executable) -> list[Row[Any]]:
        """The rows of a SELECT, as last committed."""

        def fetch() -> list[Row[Any]]:
            with self._reader.connect() as connection:
                return list(connection.execute(statement).all())

        return await self._whole(fetch)

    async def execute(self, statement: Executable) -> list[Row[Any]]:
        """Run one statement as a transaction; the rows of its RETURNING, if it has one."""

        def run(connection: Connection) -> list[Row[Any]]:
            result = connection.execute(statement)
            return list(result.all()) if result.returns_rows else []

        return await self.write(run)

    async def write(self, work: Callable[[Connection], T]) -> T:
        """Run `work` in a transaction: committed at its end, undone by an exception.

        Not from inside another: SQLite has one writing connection, and the inner one would wait in vain.
        """

        def transact() -> T:
            with self._writer.begin() as connection:
                return work(connection)

        return await self._whole(transact)

    def insert(self, table: Table) -> sqlite.Insert:
        """An INSERT that knows ON CONFLICT, in this database's dialect."""
        if self._is_sqlite:
            return sqlite.insert(table)
        from sqlalchemy.dialects import postgresql  # noqa: PLC0415  (SQLite alone should not pay for it)

        return cast("sqlite.Insert", postgresql.insert(table))  # the same methods, for what we use

    async def tidy(self) -> None:
        """Empty the write-ahead log: it still holds the pages of erased rows."""

        def checkpoint() -> None:
            with closing(self._writer.raw_connection()) as connection:
                _apply(connection, ("wal_checkpoint(TRUNCATE)",))

        if self._is_sqlite:
            await self._whole(checkpoint)

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[None]:
        """Be the one assistant of this database: the inbox is one queue, and a second one would take from it.

        Raises DatabaseError when another is. SQLite's is told by the data folder, which `health.only_one` holds.
        """
        if self._is_sqlite:
            yield
            return
        connection = await greenlet_spawn(self._reader.connect)
        try:
            connection.detach()  # the lock lasts as long as this connection, which the pool must not keep
            if not await greenlet_spawn(connection.scalar, text(f"SELECT pg_try_advisory_lock({_ASSISTANT})")):
                raise DatabaseError(tell("database_taken"))
            yield
        finally:
            await greenlet_spawn(connection.close)

    async def close(self) -> None:
        """Wait for what is being written, then let the connections go."""
        while self._running:
            await asyncio.wait(self._running)
        await greenlet_spawn(self._writer.dispose)
        if self._is_sqlite:  # on PostgreSQL the reader shares the writer's pool
            await greenlet_spawn(self._reader.dispose)

    @property
    def _is_sqlite(self) -> bool:
        return self._writer.dialect.name == "sqlite"

    async def _whole(self, work: Callable[[], T]) -> T:
        task = asyncio.create_task(greenlet_spawn(work))
        self._running.add(task)
        task.add_done_callback(self._done)
        return await asyncio.shield(task)

    def _done(self, task: "asyncio.Task[Any]") -> None:
        self._running.discard(task)
        if not task.cancelled():
            task.exception()  # looked at, even when whoever asked is gone: asyncio would log it in full


@asynccontextmanager
async def open_database(url: str) -> AsyncIterator[Database]:
    """The database at this URL, its tables up to date, closed at the end.

    Raises DatabaseError when it cannot be reached, SchemaError when it comes from a newer version.
    """
    with _well_written():
        parsed = make_url(url)
        database = _KINDS[parsed.get_backend_name()](parsed)
    try:
        try:
            await _bring_up_to_date(database)
        except (SQLAlchemyError, OSError) as error:
            raise DatabaseError(tell("database_unusable", reason=_first_line(error))) from None
        yield database
    finally:
        await database.close()


@contextmanager
def _well_written() -> Iterator[None]:
    """Whatever a URL may be wrong in, as SQLAlchemy and the drivers tell it, is one sentence that does not show it."""
    try:
        yield
    except (ArgumentError, ImportError, KeyError, TypeError, ValueError):
        raise DatabaseError(tell("database_url_wrong")) from None


async def _bring_up_to_date(database: Database) -> None:
    def is_behind() -> bool:
        with database._reader.connect() as connection:
            return migrations.are_needed(connection)

    if not database._writer.dialect.is_async:
        raise DatabaseError(tell("database_url_wrong"))
    with _well_written():  # drivers read what follows « ? » when they connect
        is_needed = await greenlet_spawn(is_behind)
    if is_needed:
        await database.write(migrations.bring_up_to_date)


def _on_sqlite(url: URL) -> Database:
    folder = Path(url.database or "").parent
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # personal data: for this account only
    except OSError:
        raise DatabaseError(tell("folder_unusable", folder=folder)) from None
    # One writing connection: writers queue here, in order, rather than on SQLite's lock.
    options: dict[str, Any] = {"connect_args": {"isolation_level": None}, "hide_parameters": True}
    writer = create_engine(url, pool_size=1, max_overflow=0, **options)
    reader = create_engine(url, pool_size=2, max_overflow=0, **options)
    event.listen(writer, "connect", lambda raw, _: _apply(raw, _PRAGMAS))
    event.listen(reader, "connect", lambda raw, _: _apply(raw, (*_PRAGMAS, "query_only=ON")))
    # Python and SQLAlchemy would begin late, or not at all: two read-modify-writes then lose one.
    event.listen(writer, "begin", lambda c: c.exec_driver_sql("BEGIN IMMEDIATE"))
    return Database(writer, reader)


def _on_postgresql(url: URL) -> Database:
    # pre_ping: a restart of the server costs a new connection, not an error
    writer = create_engine(url, pool_size=5, pool_pre_ping=True, hide_parameters=True)
    return Database(writer, writer.execution_options(isolation_level="AUTOCOMMIT"))


_KINDS: Mapping[str, Callable[[URL], Database]] = {"sqlite": _on_sqlite, "postgresql": _on_postgresql}


def _apply(connection: DBAPIConnection, pragmas: tuple[str, ...]) -> None:
    cursor = connection.cursor()
    for pragma in pragmas:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _first_line(error: Exception) -> str:
    lines = str(getattr(error, "orig", error) or error).splitlines()
    return lines[0] if lines else type(error).__name__
