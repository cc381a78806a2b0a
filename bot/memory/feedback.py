"""Opinions and unanswered questions, in the database: without names, masked."""

import re
from collections.abc import Callable
from datetime import date

from sqlalchemy import delete, select

from bot.cipher import Cipher
from bot.database.database import Database
from bot.database.tables import missed_questions, votes
from bot.pseudonyms import Pseudonyms
from bot.sentences import tell
from knowledge.questionnaire.typed_answer import clean

_MAX_QUESTION = 300  # characters: beyond, it is a document

_EMAIL = re.compile(r"[\w.+'-]{1,64}\s?(?:@|\(at\)|\[at\]|\barobase\b)\s?[\w-]{1,63}(?:\s?\.\s?[\w-]{2,63})*", re.I)
_ACCOUNT = re.compile(r"(?<!\w)@\w{3,}")
_NUMBER = re.compile(r"\+?\d(?:[\s.,()/_-]{0,3}\d){6,}")
"""Seven digits or more, however spaced: telephones, SIRET… « 120 000 habitants » stays readable."""


class SqlFeedback:
    """`knowledge.feedback.Feedback`, kept in the database."""

    def __init__(self, database: Database, pseudonyms: Pseudonyms, cipher: Cipher, clock: Callable[[], date]) -> None:
        self._database = database
        self._pseudonyms = pseudonyms
        self._cipher = cipher
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
        """Keep a question that found no answer, masked: a name may be left in it, so sealed as well."""
        row = {"question": self._cipher.seal(mask(question)), "day": self._clock()}
        await self._database.execute(missed_questions.insert().values(row))

    async def missed_questions(self) -> list[tuple[date, str]]:
        """The questions kept, with their day: for the team."""
        rows = await self._database.read(select(missed_questions).order_by(missed_questions.c.id))
        return [(row.day, question) for row in rows if (question := self._cipher.unseal(row.question)) is not None]


def mask(question: str) -> str:
    """The question without e-mail addresses, Telegram accounts, long numbers and control characters."""
    question = clean(question[: 2 * _MAX_QUESTION]).replace("\n", " ")
    question = _EMAIL.sub(tell("masked_email"), question)
    question = _ACCOUNT.sub(tell("masked_account"), question)
    question = _NUMBER.sub(tell("masked_number"), question)
    return question[:_MAX_QUESTION].strip()
