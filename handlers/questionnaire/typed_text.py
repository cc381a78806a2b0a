"""What was typed while a question is open, and the ways in which it can be read."""

import asyncio
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from aiogram.types import Message

from handlers.questionnaire.progress import Progress
from handlers.shared.hearing import Hearing
from knowledge.content.questionnaire import Question
from knowledge.conversation.follow_up import repaired
from knowledge.questionnaire import countries
from knowledge.questionnaire.kinds import AuthorityKind, CountryKind, NameKind, QuestionKind
from knowledge.questionnaire.typed_answer import NO, changes_mind, opens_bare, renamed, without_hesitation
from knowledge.register.authorities import FoundAuthorities, Register
from knowledge.register.mention import named_within
from knowledge.understanding.decision import Reading
from knowledge.understanding.segmentation import pieces
from knowledge.words.text import normalise

MOST_TYPED = 1_000  # characters of a typed answer that are read
CLEAR_NAME = 0.9
"""Score from which what is typed is the name of an authority."""
_CLAUSES = re.compile(r"[,;.!?]\s+")
_MOST_CLAUSES = 3


@dataclass(frozen=True)
class TypedText:
    """What was typed and what for; each way to read it is tried once, when it is first asked for."""

    message: Message
    text: str
    progress: Progress
    question: Question
    hearing: Hearing
    register: Callable[[], Register]
    instead_of: str = ""
    """In words, the answer that it is to take the place of: both are said."""
    asks_beside: bool = False
    """Whether a question that came with it is answered before what comes next is shown."""

    @cached_property
    def reading(self) -> Reading:
        """What it asks, as a question about the programme."""
        return self.hearing.understanding.read(self.text, today=self.hearing.replies.renderer.today)

    @cached_property
    def told(self) -> Mapping[str, Any]:
        """The answers that the whole of it gives."""
        return self.hearing.understanding.told(self.text)

    @property
    def kind(self) -> QuestionKind:
        """That of the question asked."""
        return self.progress.screens.questionnaire.kinds[self.question.id]

    @cached_property
    def asks(self) -> bool:
        """Whether it is a question that we can answer."""
        return asks_about_programme(self.text, self.reading)

    @cached_property
    def value(self) -> Any:
        """The answer that it is; None when it is none."""
        may_tell = isinstance(self.kind, CountryKind) or (opens_bare(self.text) and "?" not in self.text)
        is_told = may_tell and self.kind.is_told_in(self.text)  # « peut-être le Togo », « oui, il nous faut de l'aide »
        if self.asks and not self.kind.takes_words and not is_told:
            return None
        if self.question == self.first and self.question.id in self.told:
            return self.told[self.question.id]  # « commune de Dakar »: the whole says more than « commune »
        dont_know = self.progress.screens.words.dont_know_also
        value = self.kind.read(self.corrected, dont_know) if self.corrected else None
        if value is None:  # « non, on sait faire » answers « non », and corrects nothing
            value = self.kind.read(self.text, dont_know)
        is_asked = self.is_question and value == self.question.otherwise
        return None if is_asked or (isinstance(self.kind, NameKind) and asks_for_a_name(self.text)) else value

    @cached_property
    def is_question(self) -> bool:
        """Whether it has the form of a question, whatever it is about."""
        return any(one.asks for piece in pieces(without_hesitation(self.text)) for one in pieces(piece.text))

    @cached_property
    def corrected(self) -> str:
        """What is meant instead, where it corrects what was said before; else empty."""
        texts = self.progress.screens.content.conversation
        said = repaired(self.text, texts.follow_ups)
        if said == self.text:
            return renamed(said) if changes_mind(said) else ""
        return said

    @property
    def meant(self) -> str:
        """What it says, without the words that only say that it corrects something."""
        return self.corrected or self.text

    @property
    def begins_denying(self) -> bool:
        """Whether its first word is a « non » that may be the answer to what is asked."""
        is_first = normalise(self.text).split()[:1] == [NO]
        return is_first and not changes_mind(self.text) and self.kind.read(NO, ()) is not None

    @property
    def may_deny(self) -> bool:
        """Whether it begins so, and corrects nothing after that."""
        return self.begins_denying and normalise(self.corrected).split() == normalise(self.text).split()[1:]

    @property
    def first(self) -> Question:
        """The question that decides of the path: who one is."""
        return self.progress.screens.questionnaire.form.questions[0]

    @property
    def authority_option(self) -> str | None:
        """The answer to the first question that leads to the name of an authority."""
        return self.progress.screens.questionnaire.authority_path.get(self.first.id)

    async def named(self) -> FoundAuthorities | None:
        """The authorities that it may name, or the body that is none; None where no authority is asked for."""
        return await self.looked_up() if isinstance(self.kind, AuthorityKind) else None

    async def looked_up(self) -> FoundAuthorities:
        """The same, whatever is asked."""
        await asyncio.to_thread(self.register)  # read from its file, the first time
        return self._found

    @cached_property
    def _found(self) -> FoundAuthorities:
        """Looked for once, from whatever side it is looked at; where the whole names none, by its parts."""
        register, near = self.register(), self.progress.near
        found = register.look_up_near(self.text, near)
        if found.body or found.candidates:
            return found
        parts = (register.look_up_near(part, near) for part in _CLAUSES.split(self.text)[:_MOST_CLAUSES])
        clear = next((part for part in parts if part.candidates and part.candidates[0].score >= CLEAR_NAME), None)
        if clear or countries.is_place_in_one(self.text):  # « maire de Saint-Louis au Sénégal »
            return clear or found
        within = named_within(self.text, register)
        return register.look_up(within) if within else found


def asks_for_a_name(text: str) -> bool:
    """Whether what was typed for a name asks, by its words: « pourquoi vous demandez ça », not « Pierre Comment »."""
    asks = any(piece.asks for piece in pieces(text.rstrip(" ?")))
    return asks and not any(word[:1].isupper() and not word.isupper() for word in text.split()[1:])


def asks_about_programme(text: str, reading: Reading) -> bool:
    """Whether what was typed has the form of a question, and one that we can answer."""
    return reading.is_surely_ours and any(piece.asks for piece in pieces(without_hesitation(text)))
