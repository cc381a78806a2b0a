"""What a person did that may be done so many times only, for as long as it counts: a day at most.

In memory, so that erasing one's data gives no new turn; and in the database, so that a restart gives none either.
What is kept there names the action and when its time is over, and tells nothing of what was done.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from sqlalchemy import Connection, Insert, delete, func, select

from bot.database.database import Database
from bot.database.tables import limits
from bot.keeping import Retention, Rotation, Whose
from bot.pseudonyms import Pseudonyms
from knowledge.content.calendar import PARIS
from knowledge.limits import MOST, Action

_PEOPLE = 10_000  # counted before those whose time is over are let go
_LONGEST = max(seconds for _, seconds in MOST.values())


@dataclass
class _Count:
    ends_at: float
    """By the clock of this process."""
    is_over_at: int
    """The same moment, in seconds since 1970."""
    done: set[str] = field(default_factory=set)


class SqlLimits:
    """`knowledge.limits.Limits`. `ticks`: seconds that a change of the time of day does not move."""

    tables = (limits,)
    sealed = ()
    purpose = "limits"

    def __init__(
        self,
        database: Database,
        pseudonyms: Pseudonyms,
        clock: Callable[[], float] = time.time,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database = database
        self._pseudonyms = pseudonyms
        self._name = pseudonyms.of_purpose(self.purpose)
        self._clock = clock
        self._ticks = ticks
        self._note = database.insert(limits).on_conflict_do_nothing()
        self._counts: dict[tuple[int, Action], _Count] = {}
        self._full_at = _PEOPLE

    async def allow(self, person: int, action: Action, key: str) -> bool:
        """As promised by Limits."""
        count = await self._count(person, action)
        what = self._pseudonyms.of(f"{person} {key}", self.purpose)
        if what not in count.done and len(count.done) >= MOST[action][0]:
            return False
        count.done.add(what)  # at once; the row, at each try: what was undone took the one before with it
        row = {"person": self._name(person), "action": action.value, "key": what, "ends_at": count.is_over_at}
        await self._database.later(partial(_execute, self._note.values(row)))
        return True

    async def are_reached(self, person: int, action: Action) -> bool:
        """As promised by Limits."""
        return len((await self._count(person, action)).done) >= MOST[action][0]

    async def export(self, person: int) -> dict[str, object]:
        """As promised by Keeps: how many of each, and until when they count."""
        times, until = func.count(), func.max(limits.c.ends_at)
        own = select(limits.c.action, times.label("times"), until.label("until"))
        own = own.where(limits.c.person == self._name(person)).group_by(limits.c.action).order_by(limits.c.action)
        rows = await self._database.read(own)
        told = [{"action": row.action, "times": row.times, "until": _moment(row.until)} for row in rows]
        return {"limits": told} if told else {}

    async def erase_all(self, whose: Whose, until: int) -> int:
        """As promised by Keeps. This process still knows how many there were."""
        old = limits.c.ends_at <= until + _LONGEST
        await self._database.execute(delete(limits).where(limits.c.person == whose.name(self.purpose), old))
        return 0

    async def purge(self, now: float, _: Retention) -> Sequence[str]:
        """As promised by Keeps. What would end later than all that is counted now was counted by another clock."""
        is_over = (limits.c.ends_at <= int(now)) | (limits.c.ends_at > int(now + _LONGEST))
        await self._database.execute(delete(limits).where(is_over))
        return ()

    def rotate(self, connection: Connection, _: Rotation) -> None:
        """As promised by Keeps: nobody knows any more whose they are."""
        connection.execute(delete(limits))

    async def _count(self, person: int, action: Action) -> _Count:
        now = self._ticks()
        count = self._counts.get((person, action))
        if count is None or count.ends_at <= now:
            self._let_go(now)
            kept = None if count else await self._kept(person, action)
            count = kept or _Count(now + MOST[action][1], int(self._clock() + MOST[action][1]))
            self._counts[person, action] = count
        return count

    async def _kept(self, person: int, action: Action) -> _Count | None:
        """What a process before this one counted."""
        now = int(self._clock())
        own = (limits.c.person == self._name(person)) & (limits.c.action == action.value) & (limits.c.ends_at > now)
        rows = await self._database.read(select(limits.c.key, limits.c.ends_at).where(own))
        if not rows:
            return None
        left = min(max(row.ends_at for row in rows) - now, MOST[action][1])  # the clock may have been set back
        return _Count(self._ticks() + left, int(now + left), {row.key for row in rows})

    def _let_go(self, now: float) -> None:
        if len(self._counts) >= self._full_at:
            self._counts = {key: one for key, one in self._counts.items() if one.ends_at > now and one.done}
            self._full_at = max(_PEOPLE, 2 * len(self._counts))


def _execute(statement: Insert, connection: Connection) -> None:
    connection.execute(statement)


def _moment(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, PARIS).isoformat()
