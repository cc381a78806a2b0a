"""The words of a text with their places, and lists of expressions to be found among them."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any, NamedTuple, TypeVar

from knowledge.understanding.situation.situation import Span
from knowledge.words.module_lists import words_beside
from knowledge.words.text import unaccented
from knowledge.words.word_groups import Expressions

_WORD = re.compile(r"[^\W\d_]+|\d+")
_ENDS = re.compile(r"[.?!;:\n…,()]")
_ENDS_SENTENCE = re.compile(r"[.?!\n…]")

_Value = TypeVar("_Value")


class Token(NamedTuple):
    """A word as compared, where it stands, whether it has a capital, and the punctuation before it."""

    word: str
    start: int
    end: int
    capital: bool
    before: str
    opens: bool
    """Whether a clause begins here."""
    begins_sentence: bool
    """Whether a sentence does."""


@cache
def french_lists() -> dict[str, Any]:
    """The lists of `french.yaml`."""
    return words_beside(__file__, "french")


@lru_cache(maxsize=200)  # as many as situations are remembered: what is left of each is looked at again
def tokens(text: str) -> list[Token]:
    """The words of a text as typed: unaccented, not corrected, not stemmed."""
    found: list[Token] = []
    end = 0
    for match in _WORD.finditer(text):
        if word := unaccented(match[0]):  # a sign that does not show is no word
            start, before = match.start(), text[end : match.start()]
            opens = before != " " and bool(_ENDS.search(before))
            begins_sentence = opens and bool(_ENDS_SENTENCE.search(before))
            end = match.end()
            found.append(Token(word, start, end, match[0][0].isupper(), before, opens, begins_sentence))
    return found


def listed(text: str) -> list[list[str]]:
    """The expressions of a list written « a b|c|d e », as words."""
    return [[token.word for token in tokens(part)] for part in text.split("|") if part.strip()]


def expressions(lists: Iterable[tuple[str, _Value]]) -> Expressions[_Value]:
    """Expressions from lists written « a b|c »; of two equal ones the last counts."""
    return Expressions((words, value) for text, value in lists for words in listed(text))


def span(typed: list[Token], start: int, end: int) -> Span:
    """The characters of the words from `start` to before `end`."""
    return typed[start].start, typed[end - 1].end
