"""What happens, counted by day and by name, in the database: of nobody, and with nothing that anybody typed.

So that a person counts once a day, the day's pseudonyms are kept until midnight, with the day's own salt. Both are
then erased: what is left is a number, and nobody can tell whether two days had the same people.
"""

import secrets
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from sqlalchemy import Connection, Date, String, bindparam, delete, exists, literal, or_, select

from bot.database.database import Database
from bot.database.tables import counts, salts, visitors
from bot.database.unit import current
from bot.keeping import Retention, Rotation, Whose
from bot.pseudonyms import Pseudonyms
from knowledge.content.calendar import moment

PEOPLE = "people"
"""The count of the people of a day."""


@dataclass(frozen=True)
class Count:
    """How often something happened on a day."""

    day: date
    name: str
    n: int


@dataclass(frozen=True)
class _Day:
    """A day, and who was counted on it already: by a pseudonym that nobody can make without its salt."""

    day: date
    salt: str
    seen: set[str] = field(default_factory=set)
    """Where there is anybody, the salt is kept."""

    @property
    def purpose(self) -> str:
        return f"counts {self.salt}"


class SqlCounts:
    """`knowledge.feedback.Counts`, kept in the database."""

    tables = (counts, visitors, salts)
    sealed = ()
    purpose = None  # today's pseudonyms have a purpose of the day

    def __init__(self, database: Database, pseudonyms: Pseudonyms, clock: Callable[[], date]) -> None:
        self._database = database
        self._pseudonyms = pseudonyms
        self._clock = clock
        once = database.insert(counts).values(day=bindparam("day"), name=bindparam("name"), n=1)
        line, more = [counts.c.day, counts.c.name], {"n": counts.c.n + 1}
        self._add = once.on_conflict_do_update(index_elements=line, set_=more)
        today, person = bindparam("today", type_=Date), bindparam("who", type_=String)
        is_known = exists().where(visitors.c.day == today, visitors.c.person == person)
        one_more = select(today, literal(PEOPLE), literal(1)).where(~is_known)
        people = database.insert(counts).from_select(["day", "name", "n"], one_more)
        self._add_person = people.on_conflict_do_update(index_elements=line, set_=more)
        self._note = database.insert(visitors).values(day=today, person=person).on_conflict_do_nothing()
        drawn = database.insert(salts).values(day=today, salt=bindparam("drawn"))
        self._keep_salt = drawn.on_conflict_do_nothing()
        self._day = _Day(date.min, "")

    async def add(self, person: int, names: Collection[str]) -> None:
        """Count each of these once more today, and this person among those of the day."""
        today = await self._today()
        who = self._pseudonyms.of(person, today.purpose)
        of_first = () if today.seen else (self._keep_salt,)
        of_new = () if who in today.seen else (*of_first, self._add_person, self._note)
        rows = [{"day": today.day, "name": name} for name in sorted(names)]  # no two transactions lock crosswise
        of_person = {"today": today.day, "who": who, "drawn": today.salt}

        def count(connection: Connection) -> None:
            connection.execute(self._add, rows)
            for statement in of_new:
                connection.execute(statement, of_person)

        await self._database.later(count)
        if unit := current():
            unit.after(lambda: today.seen.add(who))
        else:
            today.seen.add(who)

    async def since(self, first: date) -> list[Count]:
        """Everything counted from that day on, oldest first."""
        rows = await self._database.read(select(counts).where(counts.c.day >= first).order_by(counts.c.day))
        return [Count(row.day, row.name, row.n) for row in rows]

    async def export(self, person: int) -> dict[str, object]:
        """As promised by Keeps. A count is nobody's; that somebody came today is forgotten at midnight."""
        own = visitors.c.person == self._pseudonyms.of(person, (await self._today()).purpose)
        rows = await self._database.read(select(visitors.c.day).where(own))
        return {"counted": [row.day.isoformat() for row in rows]} if rows else {}

    async def erase_all(self, whose: Whose, until: int) -> int:
        """As promised by Keeps. The number stays: nobody can tell any more who was among it."""
        today = await self._today()
        name = whose.name(today.purpose)
        await self._database.execute(delete(visitors).where(visitors.c.person == name))
        today.seen.discard(name)
        return 0

    async def purge(self, now: float, retention: Retention) -> Sequence[str]:
        """As promised by Keeps; of the days that are over, the pseudonyms and their salt."""
        today = moment(self._clock()).date()
        for table in (visitors, salts):
            await self._database.execute(delete(table).where(or_(table.c.day < today, table.c.day > today)))
        oldest = datetime.fromtimestamp(now, UTC).date() - retention.counts
        await self._database.execute(delete(counts).where(counts.c.day < oldest))
        return ()

    def rotate(self, connection: Connection, rotation: Rotation) -> None:
        """As promised by Keeps: whoever came on this day may be counted again."""
        connection.execute(delete(visitors))
        connection.execute(delete(salts))

    async def _today(self) -> "_Day":
        """With the salt that this day has already, or else one drawn now."""
        day = moment(self._clock()).date()  # the clock's moments are all different
        if self._day.day != day:
            rows = await self._database.read(select(salts.c.salt).where(salts.c.day == day))
            self._day = _Day(day, rows[0].salt if rows else secrets.token_hex(16))
        return self._day
