"""How long what concerns people is kept, in one place (docs/rgpd.md says the same in French)."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import delete, select

from bot.database.database import Database
from bot.database.tables import announcements, dossiers, fsm, handovers, inbox, missed_questions, subscriptions, votes
from bot.describe import short
from bot.dossiers.mail_files import forget_files, references_in
from bot.sentences import tell
from bot.settings import Settings
from knowledge.dossier import Delivery
from knowledge.questionnaire.engine import UNDO_SECONDS

logger = logging.getLogger(__name__)

INBOX = timedelta(hours=48)
"""Telegram delivers again for 24 h at most: twice that, then even the number is forgotten."""

VOTES = timedelta(days=365)
"""Opinions: long enough for the team to mend the content."""

SUBSCRIPTIONS = timedelta(days=3 * 365)
"""Since the person asked to be told, or asked again."""

ALERTS = timedelta(days=90)
"""Who was told of what: as long as the team may ask how it went."""

CANCELLED = timedelta(seconds=UNDO_SECONDS)
"""Answers that somebody took away: time for a change of mind."""


@dataclass(frozen=True)
class Retention:
    """What the operator may shorten."""

    dossiers: timedelta = timedelta(days=365)
    """Since it was sent, or corrected; whatever became of it."""
    drafts: timedelta = timedelta(days=30)
    """A conversation that nobody came back to."""
    questions: timedelta = timedelta(days=90)
    """Those that found no answer."""

    @classmethod
    def of(cls, settings: Settings) -> "Retention":
        """As these settings say."""
        days = (settings.keep_dossiers_days, settings.keep_drafts_days, settings.keep_questions_days)
        return cls(*(timedelta(days=number) for number in days))


async def purge(database: Database, now: float, retention: Retention, files: Path) -> list[str]:
    """Delete what is past its time, from the disk too. `now`: seconds since 1970; `files`: messages never sent.

    Returns the references of the dossiers that were never sent: nothing is dropped without a word.
    """

    def before(term: timedelta) -> int:
        return int(now - term.total_seconds())

    def day_before(term: timedelta) -> object:
        return datetime.fromtimestamp(now, UTC).date() - term

    settled = inbox.c.state != "waiting"
    await database.execute(delete(inbox).where(settled, inbox.c.received_at < before(INBOX)))
    await database.execute(delete(fsm).where(fsm.c.updated_at < before(retention.drafts)))
    too_late = fsm.c.key.endswith("|cancelled") & (fsm.c.updated_at < before(CANCELLED))
    await database.execute(delete(fsm).where(too_late))
    await database.execute(delete(handovers).where(handovers.c.ends_at <= int(now)))
    await database.execute(delete(votes).where(votes.c.day < day_before(VOTES)))
    await database.execute(delete(missed_questions).where(missed_questions.c.day < day_before(retention.questions)))
    await database.execute(delete(subscriptions).where(subscriptions.c.created_at < before(SUBSCRIPTIONS)))
    # With their alerts, else everybody would seem to have left.
    await database.execute(delete(announcements).where(announcements.c.created_at < before(ALERTS)))
    old = delete(dossiers).where(dossiers.c.changed_at < before(retention.dossiers))
    gone = await database.execute(old.returning(dossiers.c.reference, dossiers.c.state))
    await database.tidy()
    await _sweep(database, files)
    return [row.reference for row in gone if row.state not in (Delivery.SENT, Delivery.KEPT)]


async def _sweep(database: Database, files: Path) -> None:
    """Delete the messages without a row, whatever stopped before their turn."""
    found = await asyncio.to_thread(references_in, files)  # first: a row is there before its file
    if found:
        kept = {row.reference for row in await database.read(select(dossiers.c.reference))}
        await asyncio.to_thread(forget_files, files, found - kept)


async def keep_purging(database: Database, settings: Settings, tell_team: Callable[[str], Awaitable[None]]) -> None:
    """Purge now, and every ten minutes, until cancelled."""
    while True:
        try:
            for reference in await purge(database, time.time(), Retention.of(settings), settings.mail_files):
                await tell_team(tell("team_dossier_expired", reference=reference))
        except Exception as error:  # the database is away: the next round tries again
            logger.error("purge failed: %s", short(error))
        await asyncio.sleep(600)
