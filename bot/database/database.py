"""The database: how one opens it, reads and writes. SQLite or PostgreSQL, the same code."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, Executable, Row, Table, make_url
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import (
    ArgumentError,
    DataError,
    DBAPIError,
    IntegrityError,
    NotSupportedError,
    ProgrammingError,
    SQLAlchemyError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.sql.dml import UpdateBase

from bot.database import migrations, unit
from bot.database.connections import DatabaseError, Way, connect, is_damaged
from bot.database.lock import Lock
from bot.database.unit import Unit, Work
from bot.sentences import tell

__all__ = ["Database", "DatabaseError", "Run", "is_passing", "is_there", "open_database"]

T = TypeVar("T")

Run = Callable[[Work[Any]], Awaitable[Any]]
"""Has a piece of work done in a transaction that is open meanwhile."""

_ASSISTANT = 7303015
"""PostgreSQL's advisory lock of whoever serves from a database; `migrations` has the number before."""

_MOST_TOGETHER = 64  # transactions that share one commit


class Database:
    """Transactions to write, one at a time; reads beside them.

    Writes that meet share one commit, hence one wait for the disk. If one of them fails, each is done by itself.
    """

    def __init__(self, writer: Way, reader: Way) -> None:
        self._writer = writer
        self._reader = reader
        self._turn = asyncio.Lock()  # of whoever writes
        self._queue: list[tuple[Work[Any], asyncio.Future[Any]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def read(self, statement: Executable, values: dict[str, Any] | None = None) -> list[Row[Any]]:
        """The rows of a SELECT: as last committed, and as changed by the unit that is open."""

        def rows(connection: Connection) -> list[Row[Any]]:
            return list(connection.execute(statement, values).all())

        def fetch() -> list[Row[Any]]:
            with self._reader.engine.connect() as connection:
                return rows(connection)

        of_update = unit.current()
        if of_update is None:
            return await self._reader.run(fetch)
        return await (of_update.run(rows) if of_update.has_changes else of_update.waiting(self._reader.run(fetch)))

    async def execute(self, statement: Executable) -> list[Row[Any]]:
        """Run one statement as a transaction, or in the unit that is open; the rows of its RETURNING, if it has one."""

        def run(connection: Connection) -> list[Row[Any]]:
            result = connection.execute(statement)
            return list(result.all()) if result.returns_rows else []

        of_update = unit.current()
        if of_update and isinstance(statement, UpdateBase) and not statement.returning_column_descriptions:
            of_update.stage(run)
            return []
        return await self.write(run)

    async def write(self, work: Work[T]) -> T:
        """Run `work` in a transaction: committed at its end, undone by an exception. In a unit: with the unit.

        `work` may be run twice, if what shared its commit failed: it must change nothing but the database.
        """
        of_update = unit.current()
        return await (of_update.run(work) if of_update else self._write(work))

    async def later(self, work: Work[None]) -> None:
        """Run `work` with the commit of the unit that is open; at once where none is."""
        if of_update := unit.current():
            of_update.stage(work)
        else:
            await self._write(work)

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[Unit]:
        """A unit of work, the current one while this lasts. What is not committed by its end is undone."""
        opened = Unit(self._writer, self._turn, self._write)
        token = unit._open.set(opened)
        try:
            yield opened
        finally:
            unit._open.reset(token)
            await opened.undo()

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[Run]:
        """Read what is committed at one moment, however long that takes; others go on writing."""
        way = self._reader if self._is_sqlite else self._writer

        def begin() -> Connection:
            if not self._is_sqlite:
                return way.engine.execution_options(isolation_level="REPEATABLE READ").connect()
            connection = way.engine.connect()
            connection.exec_driver_sql("BEGIN")
            return connection

        connection = await way.run(begin)
        try:
            yield lambda work: way.run(partial(work, connection))
        finally:
            await way.run(connection.close)

    def insert(self, table: Table) -> sqlite.Insert:
        """An INSERT that knows ON CONFLICT, in this database's dialect."""
        if self._is_sqlite:
            return sqlite.insert(table)
        from sqlalchemy.dialects import postgresql  # noqa: PLC0415  (SQLite alone should not pay for it)

        return cast("sqlite.Insert", postgresql.insert(table))  # the same methods, for what we use

    async def tidy(self) -> None:
        """Empty the write-ahead log: it still holds the pages of erased rows. In a unit: once it is committed."""

        def checkpoint() -> None:
            with closing(self._writer.engine.raw_connection()) as connection:
                cursor = connection.cursor()
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                cursor.close()

        async def empty() -> None:
            async with self._turn:
                await self._writer.run(checkpoint)

        if not self._is_sqlite:
            return
        if of_update := unit.current():
            of_update.after(empty)
        else:
            await empty()

    @asynccontextmanager
    async def alone(self, stop: Callable[[], None] = lambda: None) -> AsyncIterator[None]:
        """Be the one assistant of this database: the inbox is one queue, and a second one would take from it.

        The lock is watched, and taken again after a cut; `stop` is called when another assistant was faster.
        Raises DatabaseError when another is, at once or at the end. SQLite's is told by the data folder, which
        `health.only_one` holds.
        """
        if self._is_sqlite:
            yield
            return
        lock = Lock(self._reader.engine, _ASSISTANT)
        if not await lock.take():
            raise DatabaseError(tell("database_taken"))
        watching = asyncio.create_task(lock.watch(stop))
        try:
            yield
        finally:
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)
            await lock.let_go()
        if lock.is_lost:
            raise DatabaseError(tell("database_taken"))

    async def close(self) -> None:
        """Wait for what is being written, then let the connections go."""
        if self._writing:
            await asyncio.wait([self._writing])
        async with self._turn:
            await self._writer.close()
            await self._reader.close()

    @property
    def _is_sqlite(self) -> bool:
        return self._writer.engine.dialect.name == "sqlite"

    async def _write(self, work: Work[T]) -> T:
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._queue.append((work, done))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_queued())
        return await done

    async def _write_queued(self) -> None:
        while self._queue:
            async with self._turn:
                batch, self._queue = self._queue[:_MOST_TOGETHER], self._queue[_MOST_TOGETHER:]
                await self._commit(batch)

    async def _commit(self, batch: "list[tuple[Work[Any], asyncio.Future[Any]]]") -> None:
        try:
            results = await self._writer.run(partial(self._transact, [work for work, _ in batch]))
        except Exception as error:  # whatever it is, who waits for it is told
            if len(batch) > 1 and not is_passing(error):
                for one in batch:
                    await self._commit([one])
                return
            for _, done in batch:
                if not done.done():
                    done.set_exception(error)
            return
        for (_, done), result in zip(batch, results, strict=True):
            if not done.done():  # whoever waited may have been cancelled
                done.set_result(result)

    def _transact(self, works: list[Work[Any]]) -> list[Any]:
        with self._writer.engine.begin() as connection:
            return [work(connection) for work in works]


def is_passing(error: BaseException) -> bool:
    """Whether the database is away, locked or full: the same may succeed later."""
    if isinstance(error, DBAPIError) and not error.connection_invalidated:
        return not isinstance(error, DataError | IntegrityError | NotSupportedError | ProgrammingError)
    return isinstance(error, DBAPIError | PoolTimeoutError)


def is_there(url: str) -> bool:
    """Whether there is a database at this URL; True as well where only opening it would tell."""
    try:
        parts = make_url(url)
        if parts.get_backend_name() == "sqlite" and parts.database:
            Path(parts.database).stat()
    except FileNotFoundError:
        return False
    except (ArgumentError, OSError):
        return True
    return True


@asynccontextmanager
async def open_database(url: str) -> AsyncIterator[Database]:
    """The database at this URL, its tables up to date, closed at the end.

    Raises DatabaseError when it cannot be reached or is damaged, SchemaError when it comes from a newer version.
    """
    with _told(is_away=True), _well_written():
        database = Database(*await connect(make_url(url)))
    try:
        with _told(is_away=True):
            await _bring_up_to_date(database)
        with _told(is_away=False):
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


@contextmanager
def _told(*, is_away: bool) -> Iterator[None]:
    """Of a damaged file, and where `is_away` of any database out of reach, what nobody met is one sentence."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        if not is_away and not is_damaged(error):
            raise
        sentence = "database_damaged" if is_damaged(error) else "database_unusable"
        raise DatabaseError(tell(sentence, reason=_first_line(error))) from None


async def _bring_up_to_date(database: Database) -> None:
    reader = database._reader

    def is_behind() -> bool:
        with reader.engine.connect() as connection:
            return migrations.are_needed(connection)

    with _well_written():  # drivers read what follows « ? » when they connect
        is_needed = await reader.run(is_behind)
    if is_needed:
        await database.write(migrations.bring_up_to_date)


def _first_line(error: Exception) -> str:
    lines = str(getattr(error, "orig", error) or error).splitlines()
    return lines[0] if lines else type(error).__name__
