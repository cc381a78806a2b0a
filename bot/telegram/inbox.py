"""The updates received, written down before anything else. After a stop, what is left is handled first."""

import json
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import Update, select, update

from bot.cipher import Cipher
from bot.database.database import Database
from bot.database.tables import inbox
from bot.describe import short
from bot.telegram import updates

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Entry:
    """One update that waits to be handled."""

    update_id: int
    raw: object
    """The JSON as received."""
    is_replay: bool = False
    """Whether it was already there when this process started."""
    replays: int = 0
    """How often earlier processes began it again."""


class Inbox:
    """The table of received updates, keyed by their number: the same one twice is kept once.

    What becomes of an update is noted without raising: when the database refuses (disk full, locked), the
    note is made later, and the update that was dealt with is not failed for it.
    """

    def __init__(self, database: Database, cipher: Cipher, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self._cipher = cipher
        self._clock = clock
        self._refused: list[Update] = []
        self._begun: set[int] = set()  # leftovers in hand

    async def add(self, raws: Sequence[object]) -> list[Entry]:
        """Commit these updates; those that were not there yet, by number. All of them or, if it fails, none."""
        bodies: dict[int, str] = {}
        for raw in raws:
            bodies.setdefault(updates.number_of(raw), updates.dump(raw))
        if not bodies:
            return []
        now = int(self._clock())
        rows = [
            {"update_id": number, "received_at": now, "state": "waiting", "replays": 0, "body": self._cipher.seal(body)}
            for number, body in bodies.items()
        ]
        insert = self._database.insert(inbox).values(rows).on_conflict_do_nothing()
        added = await self._database.execute(insert.returning(inbox.c.update_id))
        return [Entry(row.update_id, json.loads(bodies[row.update_id])) for row in sorted(added)]

    async def unfinished(self) -> list[Entry]:
        """What a process before this one left, by number."""
        waiting = select(inbox).where(inbox.c.state == "waiting").order_by(inbox.c.update_id)
        return [
            Entry(row.update_id, self._unsealed(row.body), is_replay=True, replays=row.replays)
            for row in await self._database.read(waiting)
        ]

    def _unsealed(self, body: str) -> object:
        """The update; None, which is no update and goes to quarantine, when it was sealed with a lost key."""
        text = self._cipher.unseal(body)
        return None if text is None else json.loads(text)

    async def begin_again(self, entry: Entry) -> None:
        """Note that a leftover is being tried, in case it ends this process as well."""
        self._begun.add(entry.update_id)
        await self._set(entry, replays=entry.replays + 1)

    async def pause(self, entry: Entry) -> None:
        """It did not end the process: it only waits for its next try."""
        if entry.update_id in self._begun:
            self._begun.discard(entry.update_id)
            await self._set(entry, replays=0)

    async def note_stop(self) -> None:
        """A clean stop, not the leftovers in hand, ends this process. Raises what the database raises."""
        if self._begun:
            in_hand = inbox.c.update_id.in_(self._begun) & (inbox.c.state == "waiting")
            await self._database.execute(update(inbox).where(in_hand).values(replays=0))

    async def finish(self, entry: Entry) -> None:
        """It was handled: nothing is kept but its number."""
        self._begun.discard(entry.update_id)
        await self._set(entry, state="done", body=None)

    async def quarantine(self, entry: Entry, reason: str) -> None:
        """It cannot be handled: put aside, body kept for the team."""
        self._begun.discard(entry.update_id)
        await self._set(entry, state="quarantined", reason=reason)

    async def erase(self, person: int) -> None:
        """Forget what was put aside of this person; the numbers stay, so that it is not handled again."""
        aside = (inbox.c.state == "quarantined") & inbox.c.body.is_not(None)
        rows = await self._database.read(select(inbox.c.update_id, inbox.c.body).where(aside))
        own = [row.update_id for row in rows if updates.person_of(self._unsealed(row.body)) == person]
        await self._database.execute(update(inbox).where(inbox.c.update_id.in_(own)).values(body=None))

    async def note_refused(self) -> None:
        """Make the notes that the database refused. Raises if it still does."""
        while self._refused:
            await self._database.execute(self._refused[0])
            self._refused.pop(0)

    async def _set(self, entry: Entry, **values: object) -> None:
        note = update(inbox).where(inbox.c.update_id == entry.update_id).values(**values)
        try:
            await self._database.execute(note)
        except Exception as error:  # any: whatever is wrong with the database, the next update must be handled
            logger.error("outcome of update %s not noted: %s", entry.update_id, short(error))
            self._refused.append(note)
