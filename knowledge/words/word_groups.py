"""Groups of words that are known together, found among the words of a text: the longest first, none within another."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, TypeVar

_Value = TypeVar("_Value")
FoundExpression = tuple[int, int, _Value]
"""First word, the one after the last, and what the words mean."""


class Expressions(Generic[_Value]):
    """Expressions of one or more words, found in a text longest first. Of two equal ones the last counts."""

    def __init__(self, known: Iterable[tuple[Sequence[str], _Value]]) -> None:
        self._known = {tuple(expression): value for expression, value in known if expression}
        self.words = frozenset(word for expression in self._known for word in expression)
        """All those of which they are made."""
        self.longest: dict[str, int] = {}
        """The words that begin an expression, and the number of words of the longest of each."""
        for expression in self._known:
            self.longest[expression[0]] = max(len(expression), self.longest.get(expression[0], 0))

    def exactly(self, text: Sequence[str]) -> _Value | None:
        """What a text means that is one of them."""
        return self._known.get(tuple(text))

    def at(self, start: int, text: Sequence[str]) -> tuple[_Value | None, int]:
        """The longest expression that begins there and its number of words; None and 1 without one."""
        longest = self.longest.get(text[start])
        if longest is None:
            return None, 1
        for size in range(min(longest, len(text) - start), 0, -1):
            value = self._known.get(tuple(text[start : start + size]))
            if value is not None:
                return value, size
        return None, 1


def scan(known: Expressions[_Value], words: list[str]) -> Iterator[FoundExpression[_Value]]:
    """The expressions found, longest first at each place, never overlapping."""
    begins = known.longest
    if begins.keys().isdisjoint(words):  # most texts
        return
    at = 0
    while at < len(words):
        if words[at] not in begins:  # most words: a call for each was a tenth of a reading
            at += 1
            continue
        value, size = known.at(at, words)
        if value is not None:
            yield at, at + size, value
        at += size


def replaced(typed: list[str], known: Expressions[list[str]]) -> list[str]:
    """The words of a text, each expression as the words that it stands for: none, where it is left out."""
    begins = known.longest
    if begins.keys().isdisjoint(typed):  # most texts
        return typed
    meant: list[str] = []
    at = 0
    while at < len(typed):
        stands_for, size = known.at(at, typed) if typed[at] in begins else (None, 1)
        meant += typed[at : at + 1] if stands_for is None else stands_for
        at += size
    return meant


def left_out(expressions: Iterable[Sequence[str]]) -> Expressions[list[str]]:
    """Expressions that stand for nothing: `replaced` takes them out."""
    return Expressions((expression, []) for expression in expressions)
