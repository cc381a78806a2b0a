"""Opinions and unanswered questions, in the database: without names, masked."""

import re
from collections.abc import Callable
from datetime import date

from sqlalchemy import delete

from bot.database import Database
from bot.operator_texts import tell
from bot.pseudonym import Pseudonyms
from bot.tables import missed_questions, votes

_MAX_QUESTION = 300  # characters: beyond, it is a document

_EMAIL = re.compile(r"[\w.+'-]{1,64}\s?(?:@|\(at\)|\[at\]|\barobase\b)\s?[\w-]{1,63}(?:\s?\.\s?[\w-]{2,63})*", re.I)
_ACCOUNT = re.compile(r"(?<!\w)@\w{3,}")
_NUMBER = re.compile(r"\+?\d(?:[\s.,()/_-]{0,3}\d){6,}")
"""Seven digits or more, however spaced: telephones, SIRET… « 120 000 habitants » stays readable."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u200b-\u200f\u202a-\u202e\u2066-\u2069]+")


class SqlFeedback:
    """`knowledge.feedback.Feedback`, kept in the database."""

    def __init__(self, database: Database, pseudonyms: Pseudonyms, clock: Callable[[], date]) -> None:
        self._database = database
        self._pseudonyms = pseudonyms
        self._clock = clock

    async def vote(self, person: int, topic: str, message_id: int, useful: bool, version: str) -> bool:
        """Keep an opinion. False when that person already gave one on that answer: the first stays."""
        row = {
            "person": self._pseudonyms.of(person, "votes"),
            "topic": topic,
            "message_id": message_id,
            "useful": useful,
            "version": version,
            "day": self._clock(),
        }
        insert = self._database.insert(votes).values(row).on_conflict_do_nothing().returning(votes.c.topic)
        return bool(await self._database.execute(insert))

    async def erase(self, person: int) -> None:
        """Forget the person's opinions."""
        own = votes.c.person == self._pseudonyms.of(person, "votes")
        await self._database.execute(delete(votes).where(own))

    async def missed(self, question: str) -> None:
        """Keep a question that found no answer, masked."""
        row = {"question": mask(question), "day": self._clock()}
        await self._database.execute(missed_questions.insert().values(row))


def mask(question: str) -> str:
    """The question without e-mail addresses, Telegram accounts, long numbers and control characters."""
    question = _CONTROL.sub(" ", question[: 2 * _MAX_QUESTION])
    question = _EMAIL.sub(tell("masked_email"), question)
    question = _ACCOUNT.sub(tell("masked_account"), question)
    question = _NUMBER.sub(tell("masked_number"), question)
    return question[:_MAX_QUESTION].strip()
