"""What every kind of question can do, and what kinds share."""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from knowledge.content.questionnaire import UNKNOWN, Bounds, Question
from knowledge.content.questionnaire_words import QuestionnaireWords
from knowledge.questionnaire.condition import Test
from knowledge.questionnaire.typed_answer import says_loosely

LONGEST_NAME = 200
"""Characters of a name."""

LETTERS = re.compile(r"[^\W\d_]{2}")
"""What a name holds at least."""

SOMETHING = "…"
"""Stands for whatever may be typed."""


@dataclass(frozen=True)
class QuestionKind(ABC):
    """What is known of a question from its kind alone."""

    question: Question

    is_read_by_rules: ClassVar[bool] = True
    """Whether conditions look at its answers; else only people do."""
    takes_words: ClassVar[bool] = False
    """Whether any words may be its answer, those of a question too."""
    tells_how_to_reach: ClassVar[bool] = False
    """Whether its answer says how to reach a person."""

    @property
    def may_be_unknown(self) -> bool:
        """Whether « je ne sais pas » is an answer."""
        return any(option.id == UNKNOWN for option in self.question.options)

    def read(self, text: str, dont_know: tuple[str, ...]) -> Any:
        """The answer that a text is, None when it is none. `dont_know`: the ways to say « je ne sais pas »."""
        return UNKNOWN if self.may_be_unknown and says_loosely(text, *dont_know) else self._read(text)

    @abstractmethod
    def _read(self, text: str) -> Any:
        """The answer that a text is, where it is not « je ne sais pas »."""

    @abstractmethod
    def valid(self, value: Any) -> Any:
        """The answer as it is kept, None for what is no answer."""

    def possible(self, compared: Iterable[tuple[str, Test]]) -> list[Any]:
        """Answers that stand for all that conditions tell apart.

        `compared`: which part of the answer each condition looks at (empty: all of it), and what it compares it with.
        """
        return [SOMETHING]

    def said(self, value: Any, words: QuestionnaireWords) -> str:
        """An answer in words."""
        return words.dont_know if value == UNKNOWN else str(value)

    def is_told_in(self, text: str) -> bool:
        """Whether a text that looks like something else surely holds an answer: « on a déposé le dossier »."""
        return False

    def is_in_its_words(self, text: str) -> bool:
        """Whether a text says an answer as the question itself does, and nothing more."""
        return False

    def completed(self, value: Any, doubted: Iterable[Any]) -> Any:
        """An answer with what was typed just before, and doubted."""
        return value

    @abstractmethod
    def sorry(self, words: QuestionnaireWords) -> str:
        """What is said to who typed something else."""

    def doubt(self, value: Any, words: QuestionnaireWords) -> str:
        """What is asked before this answer, valid but odd, is taken; empty when it is taken at once."""
        return ""

    def change(self, values: tuple[Any, ...], words: QuestionnaireWords) -> str:
        """« que le pays devienne … »: one of these answers would do."""
        answers = (words.change_answer.format(answer=self.said(value, words)) for value in values)
        return words.change_one.format(question=self.question.label, answers=words.either.join(answers))


def named_in(wanted: str, compared: Iterable[tuple[str, Test]]) -> set[str]:
    """The values that conditions compare one part of an answer with."""
    return {one for part, test in compared if part == wanted and not isinstance(test, Bounds) for one in test}


def around(compared: Iterable[Test]) -> list[int]:
    """A number on either side of each bound."""
    bounds = {
        b for test in compared if isinstance(test, Bounds) for b in (test.at_least, test.at_most) if b is not None
    }
    return sorted({0, *bounds, *(bound + 1 for bound in bounds), *(max(0, bound - 1) for bound in bounds)})
