"""One update, one unit of work: all that it changes is committed together, or not at all.

While a unit is open, every store writes into it without knowing: what returns nothing waits for the end; what
must return something (a vote that may be the second) begins the transaction at once, and holds it until the end.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Hashable
from contextvars import ContextVar
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import Connection

from bot.database.connections import Way
from bot.describe import short

logger = logging.getLogger(__name__)

T = TypeVar("T")
Work = Callable[[Connection], T]
"""Statements of one transaction. It may be run again from the start: it changes nothing but the database."""

_open: "ContextVar[Unit | None]" = ContextVar("unit", default=None)


def current() -> "Unit | None":
    """The unit of the update being handled, if one is."""
    return _open.get()


class Unit:
    """Made by `Database.unit()`. Left without a commit, it has changed nothing."""

    def __init__(self, writer: Way, turn: asyncio.Lock, write: Callable[[Work[None]], Awaitable[None]]) -> None:
        self._writer = writer
        self._turn = turn
        self._write = write
        self._has_turn = False
        self._connection: Connection | None = None
        self._doing: asyncio.Future[Any] | None = None
        self._staged: list[Work[Any]] = []
        self._after: list[Callable[[], Awaitable[None] | None]] = []
        self.known: dict[Hashable, Any] = {}
        """What was read once and needs not be read again."""
        self.last: dict[Hashable, Work[None]] = {}
        """What is written at the end; of two under one name, the later."""
        self.was_waiting = False
        """Whether it was the database that somebody lost patience with."""

    @property
    def has_changes(self) -> bool:
        """Whether a read must see more than what is committed."""
        return bool(self._staged) or self._has_turn

    def stage(self, work: Work[Any]) -> None:
        """Do this with the commit."""
        self._staged.append(work)

    def after(self, then: Callable[[], Awaitable[None] | None]) -> None:
        """Do this once it is committed, and only then."""
        self._after.append(then)

    async def run(self, work: Work[T]) -> T:
        """Do this now, after what was staged, in the transaction that ends with the unit."""
        if not self._has_turn:
            await self.waiting(self._turn.acquire())
            self._has_turn = True
            await self._do(self._begin)
        staged, self._staged = self._staged, []

        def now() -> T:
            assert self._connection is not None
            _all(staged, self._connection)
            return work(self._connection)

        return await self._do(now)

    async def commit(self) -> None:
        """Make it all true. Raises what the database raises; then nothing of it is."""
        works = [*self._staged, *self.last.values()]
        self._staged, self.last = [], {}
        if self._has_turn:
            await self._finish(partial(self._end, works))
        elif works:
            await self.waiting(self._write(partial(_all, works)))
        after, self._after = self._after, []
        for then in after:
            await _in_any_case(then)

    async def undo(self) -> None:
        """Forget it all; the unit can be used again."""
        self._staged, self._after = [], []
        self.known, self.last = {}, {}
        if self._has_turn:
            await self._finish(self._abandon)

    async def waiting(self, work: Awaitable[T]) -> T:
        """Wait for the database; remember when somebody loses patience with it."""
        try:
            return await work
        except asyncio.CancelledError:
            self.was_waiting = True
            raise

    async def _do(self, work: Callable[[], T]) -> T:
        doing = self._doing = asyncio.ensure_future(self._writer.run(work))
        return await self.waiting(asyncio.shield(doing))

    async def _finish(self, work: Callable[[], None]) -> None:
        if self._doing is not None:  # perhaps its caller was cancelled
            await asyncio.wait([self._doing])
        try:
            await self._do(work)
        finally:
            self._connection, self._has_turn = None, False
            self._turn.release()

    def _begin(self) -> None:
        connection = self._writer.engine.connect()
        try:
            connection.begin()
        except BaseException:
            connection.close()
            raise
        self._connection = connection

    def _end(self, works: list[Work[Any]]) -> None:
        assert self._connection is not None
        with self._connection as connection:  # closed without a commit, it is undone
            _all(works, connection)
            connection.commit()

    def _abandon(self) -> None:
        if self._connection is not None:
            self._connection.close()


async def _in_any_case(then: Callable[[], Awaitable[None] | None]) -> None:
    try:
        if (more := then()) is not None:
            await more
    except Exception as error:  # the unit is committed: whatever follows must not make it seem otherwise
        logger.error("after a commit: %s", short(error))


def _all(works: list[Work[Any]], connection: Connection) -> None:
    for work in works:
        work(connection)
