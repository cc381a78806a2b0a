"""The updates received, written down before anything else. After a stop, what is left is handled first."""

import json
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from sqlalchemy import Connection, Executable, Row, bindparam, delete, or_, select, update

from bot.cipher import Cipher, place
from bot.database.database import Database
from bot.database.tables import inbox
from bot.describe import short
from bot.keeping import Retention, Rotation, Whose, before
from bot.telegram import updates
from bot.telegram.saying import SaidMethods, pack, unpack

logger = logging.getLogger(__name__)

KEPT = 24 * 3600
"""Seconds that Telegram keeps an update for us: as long do we try to answer one."""


@dataclass
class Entry:
    """One update in hand: first to be handled, then to be answered."""

    update_id: int
    raw: object
    """The JSON as received."""
    received_at: int
    """Seconds since 1970."""
    is_replay: bool = False
    """Whether it was already there when this process started."""
    replays: int = 0
    """How often earlier processes began it, alone, and ended."""
    to_say: SaidMethods | None = None
    """None until it is handled and what it changed is committed; then what is still to be said."""
    taken_at: float = field(default_factory=time.monotonic)
    """When this process took it in hand, for its own clock."""
    tries: int = 0
    """In a row, that failed for a passing reason."""
    has_apologised: bool = False
    """Whether Telegram refused the answer, so that an apology took its place."""


class Inbox:
    """The table of received updates, keyed by their number: the same one twice is kept once."""

    tables = (inbox,)
    sealed = (inbox.c.body, inbox.c.reply)
    purpose = None  # whose an update is, is in its sealed body

    def __init__(self, database: Database, cipher: Cipher, clock: Callable[[], float] = time.time) -> None:
        self.database = database
        self._cipher = cipher
        self._clock = clock
        self._add = database.insert(inbox).on_conflict_do_nothing()
        self._refused: list[Callable[[Connection], None]] = []
        self._begun: set[int] = set()  # leftovers that were taken in hand, and do not only wait

    async def add(self, raws: Sequence[object]) -> list[Entry]:
        """Commit these updates; those that were not there yet, by number. All of them or, if it fails, none."""
        bodies: dict[int, str] = {}
        for raw in raws:
            bodies.setdefault(updates.number_of(raw), updates.dump(raw))
        if not bodies:
            return []
        now = int(self._clock())
        fields = {"received_at": now, "state": "waiting", "replays": 0}
        rows = {number: {"body": self._seal_body(number, bodies[number]), **fields} for number in sorted(bodies)}

        def work(connection: Connection) -> list[int]:
            return [
                number
                for number, row in rows.items()
                if connection.execute(self._add, {"update_id": number, **row}).rowcount
            ]

        return [Entry(number, json.loads(bodies[number]), now) for number in await self.database.write(work)]

    async def unfinished(self) -> list[Entry]:
        """What a process before this one left, by number: to be handled, or only to be answered."""
        left = or_(inbox.c.state.in_(("waiting", "again")), inbox.c.reply.is_not(None))
        rows = await self.database.read(select(inbox).where(left).order_by(inbox.c.update_id))
        return [self._entry(row) for row in rows]

    async def asked_again(self) -> list[Entry]:
        """What the operator has put back, now waiting."""
        again = update(inbox).where(inbox.c.state == "again").values(state="waiting").returning(inbox)
        return [self._entry(row) for row in await self.database.execute(again)]

    def _entry(self, row: Row[Any]) -> Entry:
        entry = Entry(row.update_id, self._unsealed(row), row.received_at, is_replay=True, replays=row.replays)
        if row.reply is not None:
            try:
                entry.to_say = unpack(self._reply(row) or "[]")
            except ValueError:  # another version's: nobody can say it any more
                logger.error("what was to be said for update %s cannot be read", row.update_id)
                entry.to_say = []
        return entry

    def _seal_body(self, number: int, body: str) -> str:
        return self._cipher.seal(body, place(inbox.c.body, number))

    def _seal_reply(self, entry: Entry, said: SaidMethods | None) -> str | None:
        return self._cipher.seal(pack(said), place(inbox.c.reply, entry.update_id)) if said else None

    def _reply(self, row: Row[Any]) -> str | None:
        return self._cipher.unseal(row.reply, place(inbox.c.reply, row.update_id))

    def _unsealed(self, row: Row[Any]) -> object:
        """The update; None, which is no update and goes to quarantine, when it was sealed with a lost key."""
        text = self._cipher.unseal(row.body, place(inbox.c.body, row.update_id)) if row.body else None
        return None if text is None else json.loads(text)

    async def begin_again(self, entry: Entry) -> None:
        """Note that a leftover is being tried, in case it ends this process as well. Raises what the database does."""
        row = {"of": entry.update_id, "times": entry.replays + 1}
        await self.database.write(partial(_execute, _BEGUN, row))
        self._begun.add(entry.update_id)

    async def spare(self, entry: Entry) -> None:
        """It did not end the process: it only waits for its next try."""
        if entry.update_id in self._begun:
            self._begun.discard(entry.update_id)
            await self._note(partial(_execute, _BEGUN, {"of": entry.update_id, "times": entry.replays}))

    async def note_stop(self) -> None:
        """A clean stop, not the leftovers in hand, ends this process. Raises what the database raises."""
        if self._begun:
            in_hand = inbox.c.update_id.in_(self._begun) & (inbox.c.state == "waiting")
            await self.database.execute(update(inbox).where(in_hand).values(replays=0))

    def settled(self, entry: Entry, said: SaidMethods, reason: str | None) -> Callable[[Connection], None]:
        """For the unit of work: it is handled (nothing is kept but its number), or put aside for that reason.

        What was said in return is kept until it is sent.
        """
        reply = self._seal_reply(entry, said)
        row = {"of": entry.update_id, "to": "done", "why": reason, "answer": reply}
        return partial(_execute, _DONE if reason is None else _ASIDE, row | ({"to": "quarantined"} if reason else {}))

    def passed_over(self, entries: Sequence[Entry], said: SaidMethods) -> Callable[[Connection], None]:
        """For a unit of work: none of these is handled; the last carries what is said of it."""
        rows = [{"of": entry.update_id, "to": "done", "why": "passed over", "answer": None} for entry in entries]
        rows[-1]["answer"] = self._seal_reply(entries[-1], said)

        def work(connection: Connection) -> None:
            for row in rows:
                connection.execute(_DONE, row)

        return work

    async def note_said(self, entry: Entry) -> None:
        """What is still to be said of it, if anything.

        It never raises: when the database refuses, the note is made later, and nobody waits for it.
        """
        left = self._seal_reply(entry, entry.to_say)
        await self._note(partial(_execute, _SAID, {"of": entry.update_id, "answer": left}))

    async def export(self, person: int) -> dict[str, object]:
        """What was put aside of this person, as received, and what Telegram did not take yet for this person."""
        aside = [raw for row in await self._aside() if updates.person_of(raw := self._unsealed(row)) == person]
        rows = await self.database.read(select(inbox).where(inbox.c.reply.is_not(None)))
        to_say = [json.loads(self._reply(row) or "[]") for row in rows if person in self._told(row)]
        held = {"messages_aside": aside, "answers_to_come": to_say}
        return {name: found for name, found in held.items() if found}

    async def erase_all(self, whose: Whose, until: int) -> int:
        """Forget what was put aside of this person; the numbers stay, so that it is not handled again."""
        found = [(row.update_id, updates.person_of(self._unsealed(row))) for row in await self._aside()]
        aside = [number for number, person in found if person is not None and whose.is_person(person)]
        rows = await self.database.read(select(inbox).where(inbox.c.reply.is_not(None)))
        unsaid = [row.update_id for row in rows if any(whose.is_person(person) for person in self._told(row))]
        for numbers, nothing in ((aside, {"body": None}), (unsaid, {"reply": None})):
            old = inbox.c.update_id.in_(numbers) & (inbox.c.received_at <= until)
            await self.database.execute(update(inbox).where(old).values(nothing))
        return 0

    async def purge(self, now: float, retention: Retention) -> Sequence[str]:
        """As promised by Keeps; what waits to be handled has more time, for a bot that was stopped."""
        settled = (inbox.c.state != "waiting") & (inbox.c.received_at < before(now, retention.inbox))
        await self.database.execute(
            delete(inbox).where(or_(settled, inbox.c.received_at < before(now, retention.waiting)))
        )
        return ()

    def rotate(self, connection: Connection, rotation: Rotation) -> None:
        """As promised by Keeps."""
        for column in self.sealed:
            rotation.reseal(connection, column, lambda row, of=column: place(of, row["update_id"]))  # type: ignore[misc]

    async def _aside(self) -> list[Row[Any]]:
        aside = (inbox.c.state == "quarantined") & inbox.c.body.is_not(None)
        return await self.database.read(select(inbox).where(aside))

    def _told(self, row: Row[Any]) -> set[int]:
        """Who is to be told what Telegram did not take yet."""
        said = json.loads(self._reply(row) or "[]")
        return {fields["chat_id"] for _, fields in said if isinstance(fields.get("chat_id"), int)}

    def is_late(self, entry: Entry) -> bool:
        """Whether it is so old that Telegram itself would have dropped it."""
        return self._clock() - entry.received_at > KEPT

    async def note_refused(self) -> None:
        """Make the notes that the database refused. Raises if it still does."""
        while self._refused:
            await self.database.write(self._refused[0])
            self._refused.pop(0)

    async def _note(self, work: Callable[[Connection], None]) -> None:
        try:
            await self.database.write(work)
        except Exception as error:  # any: whatever is wrong with the database, the next update must be handled
            logger.error("not noted: %s", short(error))
            self._refused.append(work)


_ONE = update(inbox).where(inbox.c.update_id == bindparam("of"))
_BEGUN = _ONE.values(replays=bindparam("times"))
_SAID = _ONE.values(reply=bindparam("answer"))
_ASIDE = _ONE.values(state=bindparam("to"), reason=bindparam("why"), reply=bindparam("answer"))
_DONE = _ONE.values(state=bindparam("to"), reason=bindparam("why"), reply=bindparam("answer"), body=None)


def _execute(statement: Executable, row: dict[str, Any], connection: Connection) -> None:
    connection.execute(statement, row)
