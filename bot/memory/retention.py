"""What concerns people is forgotten in its time, by every store."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Iterable

from bot.database.database import Database
from bot.describe import short
from bot.keeping import Keeps, Retention
from bot.memory.erasures import Erasures
from bot.sentences import tell

logger = logging.getLogger(__name__)

_ROUND = 600.0  # seconds


async def purge(
    stores: Iterable[Keeps], database: Database, erasures: Erasures, now: float, retention: Retention
) -> list[str]:
    """Delete what is past its time, from the disk too. `now`: seconds since 1970.

    Returns the references of the dossiers that were never sent: nothing is dropped without a word.
    """
    unserved = [reference for store in stores for reference in await store.purge(now, retention)]
    await database.tidy()
    await erasures.purge(now)
    return unserved


async def keep_purging(
    stores: Iterable[Keeps],
    database: Database,
    erasures: Erasures,
    retention: Retention,
    tell_team: Callable[[str], Awaitable[None]],
) -> None:
    """Purge now, and every ten minutes, until cancelled."""
    while True:
        try:
            for reference in await purge(stores, database, erasures, time.time(), retention):
                await tell_team(tell("team_dossier_expired", reference=reference))
        except Exception as error:  # the database is away: the next round tries again
            logger.error("purge failed: %s", short(error))
        await asyncio.sleep(_ROUND)
