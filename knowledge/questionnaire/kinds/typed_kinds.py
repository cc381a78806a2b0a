"""Questions answered in one's own words: a number, a text, a name, an address, a telephone number."""

import itertools
from collections.abc import Iterable
from typing import Any

from knowledge.content.questionnaire_words import QuestionnaireWords
from knowledge.questionnaire.affirming import affirms
from knowledge.questionnaire.condition import Test
from knowledge.questionnaire.kinds.kind import LONGEST_NAME, QuestionKind, around
from knowledge.questionnaire.typed_answer import (
    clean,
    read_number,
    says,
    says_loosely,
    without_introduction,
)
from knowledge.questionnaire.ways_to_reach import nearest_domain, read_email, read_phone

LONGEST = 1_000
"""Characters of a free answer."""

_LARGEST = 10**9


class NumberKind(QuestionKind):
    """A whole number, from 0."""

    def _read(self, text: str) -> Any:
        return read_number(text)

    def valid(self, value: Any) -> Any:
        """A number below a thousand million."""
        is_number = isinstance(value, int) and not isinstance(value, bool)
        return value if is_number and 0 <= value < _LARGEST else None

    def possible(self, compared: Iterable[tuple[str, Test]]) -> list[Any]:
        """A number on either side of each bound."""
        return around(test for _, test in compared)

    def sorry(self, words: QuestionnaireWords) -> str:
        """An example."""
        return words.number_expected

    def change(self, values: tuple[Any, ...], words: QuestionnaireWords) -> str:
        """One example is enough: the others would do because they are larger or smaller."""
        return super().change(values[:1], words)


class TextKind(QuestionKind):
    """Whatever is typed."""

    is_read_by_rules = False
    takes_words = True

    def _read(self, text: str) -> Any:
        return clean(text)[:LONGEST] or None

    def valid(self, value: Any) -> Any:
        """A text of 1 to 1,000 characters."""
        return value if isinstance(value, str) and 0 < len(value) <= LONGEST else None

    def sorry(self, words: QuestionnaireWords) -> str:
        """A few words."""
        return words.text_expected


class NameKind(TextKind):
    """A person's or an organisation's name, or what somebody does there: letters, on one line."""

    takes_words = False

    def read(self, text: str, dont_know: tuple[str, ...]) -> Any:
        """A name; « je ne sais pas » is none."""
        return None if says_loosely(text, *dont_know) else self._read(text)

    def _read(self, text: str) -> Any:
        name = without_introduction(" ".join(clean(text).split()))
        return name[:LONGEST_NAME] or None

    def is_told_in(self, text: str) -> bool:
        """A capital within tells a name: « Fondation Exemple »."""
        return any(word[:1].isupper() for word in text.split()[1:])

    def sorry(self, words: QuestionnaireWords) -> str:
        """Some letters."""
        return words.name_expected

    def doubt(self, value: Any, words: QuestionnaireWords) -> str:
        """Whether « 12 » is a name, with no two letters in a row, or « et au Togo ? », a question, or « non ».

        One letter is, in a script without capitals, or as one: « 김 », « O ».
        """
        has_letters = any(one.isalpha() and other.isalpha() for one, other in itertools.pairwise(value))
        has_letters = has_letters or (value.isalpha() and not value.islower())
        is_name = has_letters and not value.endswith("?") and not says(value, *words.deny_also) and not affirms(value)
        return "" if is_name else words.name_doubted.format(name=value)


class EmailKind(TextKind):
    """An e-mail address."""

    takes_words = False
    tells_how_to_reach = True

    def _read(self, text: str) -> Any:
        return read_email(text)

    def sorry(self, words: QuestionnaireWords) -> str:
        """An example."""
        return words.email_expected

    def doubt(self, value: Any, words: QuestionnaireWords) -> str:
        """Whether a common address was meant."""
        meant = nearest_domain(value)
        return words.email_meant.format(email=meant) if meant else ""


class PhoneKind(TextKind):
    """A telephone number."""

    takes_words = False
    tells_how_to_reach = True

    def _read(self, text: str) -> Any:
        return read_phone(text)

    def sorry(self, words: QuestionnaireWords) -> str:
        """An example."""
        return words.phone_expected
