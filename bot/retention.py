"""How long what concerns people is kept, in one place (docs/rgpd.md says the same in French)."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import delete

from bot.database import Database
from bot.tables import dossiers, fsm, inbox, missed_questions, votes

INBOX = timedelta(hours=48)
"""Telegram delivers again for 24 h at most: twice that, then even the number is forgotten."""

CONVERSATION = timedelta(days=30)
"""A conversation that nobody came back to."""

DOSSIER = timedelta(days=365)
"""A dossier that was sent, or only kept. One that still waits is never dropped."""

FEEDBACK = timedelta(days=365)
"""Opinions and unanswered questions: long enough for the team to mend the content."""


async def purge(database: Database, now: float) -> None:
    """Delete what is past its time, from the files too. `now`: seconds since 1970."""
    settled = inbox.c.state != "waiting"
    await database.execute(delete(inbox).where(settled, inbox.c.received_at < int(now - INBOX.total_seconds())))
    await database.execute(delete(fsm).where(fsm.c.updated_at < int(now - CONVERSATION.total_seconds())))
    sent_long_ago = dossiers.c.created_at < int(now - DOSSIER.total_seconds())
    await database.execute(delete(dossiers).where(sent_long_ago, dossiers.c.state.in_(["sent", "kept"])))
    too_old = datetime.fromtimestamp(now, UTC).date() - FEEDBACK
    await database.execute(delete(votes).where(votes.c.day < too_old))
    await database.execute(delete(missed_questions).where(missed_questions.c.day < too_old))
    await database.tidy()
