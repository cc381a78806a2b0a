"""PostgreSQL's lock of the one assistant: it lives in a connection, which can be cut."""

import asyncio
import logging
from collections.abc import Callable

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.util import greenlet_spawn

from bot.describe import short

logger = logging.getLogger(__name__)

_LOOK = 2.0  # seconds between two looks: as long as two assistants could run side by side after a cut


class Lock:
    """An advisory lock, by number, in a connection of its own."""

    def __init__(self, engine: Engine, number: int) -> None:
        self._engine = engine
        self._number = number
        self._connection: Connection | None = None
        self.is_lost = False
        """Whether another assistant has it now."""

    async def take(self) -> bool:
        """Whether it is ours. Raises what the database raises."""
        connection = await greenlet_spawn(self._engine.connect)
        connection.detach()  # the lock lasts as long as this connection, which the pool must not keep
        if await greenlet_spawn(connection.scalar, text(f"SELECT pg_try_advisory_lock({self._number})")):
            self._connection = connection
            return True
        await greenlet_spawn(connection.close)
        return False

    async def watch(self, stop: Callable[[], None], look: float = _LOOK) -> None:
        """Take it again when its connection was cut; call `stop` when another assistant was faster."""
        while not self.is_lost:
            await asyncio.sleep(look)
            try:
                await self._check()
            except (SQLAlchemyError, OSError) as error:  # the database is away: nothing can be taken from it either
                logger.warning("lock of the database not seen: %s", short(error))
        logger.error("another assistant has taken the database")
        stop()

    async def let_go(self) -> None:
        """With its connection."""
        connection, self._connection = self._connection, None
        if connection is not None:
            await greenlet_spawn(connection.invalidate if connection.invalidated else connection.close)

    async def _check(self) -> None:
        connection = self._connection
        if connection is not None:
            try:
                await greenlet_spawn(connection.scalar, text("SELECT 1"))
                return
            except (SQLAlchemyError, OSError):
                self._connection = None
        self.is_lost = not await self.take()
