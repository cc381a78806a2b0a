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
        self.sizes: dict[str, tuple[int, ...]] = {}
        """The words that begin expressions, and of how many words these are, the most first."""
        for first, size in sorted({(expression[0], len(expression)) for expression in self._known}, reverse=True):
            self.sizes[first] = (*self.sizes.get(first, ()), size)

    def exactly(self, text: Sequence[str]) -> _Value | None:
        """What a text means that is one of them."""
        return self._known.get(tuple(text))

    def at(self, start: int, text: Sequence[str]) -> tuple[_Value | None, int]:
        """The longest expression that begins there and its number of words; None and 1 without one."""
        for size in self.sizes.get(text[start], ()):
            value = self._known.get(tuple(text[start : start + size]))
            if value is not None and start + size <= len(text):
                return value, size
        return None, 1


def scan(known: Expressions[_Value], words: list[str]) -> Iterator[FoundExpression[_Value]]:
    """The expressions found, longest first at each place, never overlapping."""
    begins = known.sizes
    if begins.keys().isdisjoint(words):  # most texts
        return
    done = 0
    for at, word in enumerate(words):
        if word in begins and at >= done:  # few: a call for each word was a tenth of a reading
            value, size = known.at(at, words)
            if value is not None:
                yield at, at + size, value
            done = at + size


def replaced(typed: list[str], known: Expressions[list[str]]) -> list[str]:
    """The words of a text, each expression as the words that it stands for: none, where it is left out."""
    meant: list[str] = []
    done = 0
    for start, end, stands_for in scan(known, typed):
        meant += typed[done:start]
        meant += stands_for
        done = end
    return meant + typed[done:] if done else typed


def left_out(expressions: Iterable[Sequence[str]]) -> Expressions[list[str]]:
    """Expressions that stand for nothing: `replaced` takes them out."""
    return Expressions((expression, []) for expression in expressions)
