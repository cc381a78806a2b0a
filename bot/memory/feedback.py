"""Opinions and unanswered questions, in the database: without names, masked."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Connection, case, delete, func, select, update

from bot.cipher import Cipher, place
from bot.database.database import Database
from bot.database.tables import missed_questions, votes
from bot.keeping import Retention, Rotation, Whose
from bot.memory.masking import mask
from bot.pseudonyms import Pseudonyms
from knowledge.content.calendar import moment
from knowledge.feedback import Missed, Vain


class SqlFeedback:
    """`knowledge.feedback.Feedback`, kept in the database."""

    tables = (votes, missed_questions)
    sealed = (missed_questions.c.question,)
    purpose = "votes"

    def __init__(self, database: Database, pseudonyms: Pseudonyms, cipher: Cipher, clock: Callable[[], date]) -> None:
        self._database = database
        self._name = pseudonyms.of_purpose(self.purpose)
        self._cipher = cipher
        self._clock = clock

    async def vote(self, person: int, topic: str, message_id: int, useful: bool, version: str) -> bool:
        """Keep an opinion. False when that person already gave one on that entry: the first stays."""
        row = {
            "person": self._name(person),
            "topic": topic,
            "message_id": message_id,
            "useful": useful,
            "version": version,
            "day": moment(self._clock()).date(),
        }
        given = select(votes.c.topic).where(votes.c.person == row["person"], votes.c.topic == topic)
        if await self._database.read(given):
            return False
        insert = self._database.insert(votes).values(row).on_conflict_do_nothing().returning(votes.c.topic)
        return bool(await self._database.execute(insert))

    def masked(self, question: str) -> str:
        """The question without what names somebody."""
        return mask(question)

    async def missed(self, missed: Missed, row: int | None = None) -> int:
        """Keep a question asked in vain, masked: a name may be left in it, so sealed as well."""
        day = moment(self._clock()).date()
        kept = {
            "question": self._cipher.seal(mask(missed.question), _place(day)),
            "day": day,
            "why": missed.why,
            "answered": "+".join(missed.answered),
            "nearest": "+".join(missed.nearest),
        }
        if row is not None:
            await self.settled(row)
        insert = missed_questions.insert().values(kept).returning(missed_questions.c.id)
        return int((await self._database.execute(insert))[0].id)

    async def settled(self, row: int) -> None:
        """Forget a question: the person found what was meant."""
        await self._database.execute(delete(missed_questions).where(missed_questions.c.id == row))

    async def missed_questions(self) -> list[tuple[date, Missed]]:
        """The questions kept, with their day: for the team."""
        rows = await self._database.read(select(missed_questions).order_by(missed_questions.c.id))
        return [
            (row.day, Missed(question, Vain(row.why), _ids(row.answered), _ids(row.nearest)))
            for row in rows
            if (question := self._cipher.unseal(row.question, _place(row.day))) is not None
        ]

    async def opinions(self) -> list[tuple[str, int, int]]:
        """Each entry with how many people found it useful, and how many not; the least useful first."""
        useful, all_of_it = func.sum(case((votes.c.useful, 1), else_=0)), func.count()
        counted = select(votes.c.topic, useful.label("useful"), all_of_it.label("n")).group_by(votes.c.topic)
        rows = await self._database.read(counted.order_by((all_of_it - useful).desc(), votes.c.topic))
        return [(row.topic, row.useful, row.n - row.useful) for row in rows]

    async def export(self, person: int) -> dict[str, object]:
        """As promised by Keeps. A question without an answer is nobody's."""
        rows = await self._database.read(select(votes).where(votes.c.person == self._name(person)))
        told = [{"topic": row.topic, "useful": row.useful, "day": row.day.isoformat()} for row in rows]
        return {"votes": told} if told else {}

    async def erase_all(self, whose: Whose, until: int) -> int:
        """As promised by Keeps; nobody else holds a copy."""
        day = datetime.fromtimestamp(until, UTC).date() + timedelta(days=1)  # a day of Paris may be one further
        own = votes.c.person == whose.name(self.purpose)
        await self._database.execute(delete(votes).where(own, votes.c.day <= day))
        return 0

    async def purge(self, now: float, retention: Retention) -> Sequence[str]:
        """As promised by Keeps."""
        today = datetime.fromtimestamp(now, UTC).date()
        await self._database.execute(delete(votes).where(votes.c.day < today - retention.votes))
        late = missed_questions.c.day < today - retention.questions
        await self._database.execute(delete(missed_questions).where(late))
        return ()

    def rotate(self, connection: Connection, rotation: Rotation) -> None:
        """As promised by Keeps. Opinions cannot follow: their names lead to nobody any more."""
        rotation.reseal(connection, missed_questions.c.question, lambda row: _place(row["day"]))
        for name in connection.execute(select(votes.c.person).distinct()).scalars().all():
            anonymous = rotation.new.pseudonyms.of(name, "former votes")
            connection.execute(update(votes).where(votes.c.person == name).values(person=anonymous))


def _place(day: date) -> str:
    return place(missed_questions.c.question, day)


def _ids(joined: str) -> tuple[str, ...]:
    return tuple(joined.split("+")) if joined else ()
