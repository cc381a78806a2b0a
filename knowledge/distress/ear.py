"""The pieces of a message as read, and how like distress each is: heard once, however often they come."""

from collections.abc import Sequence
from typing import NamedTuple

from knowledge.distress.likeness import DistressLikeness
from knowledge.distress.spelling import Spelling
from knowledge.words.templates import EDGE, STOP
from knowledge.words.text import unaccented


class HeardText(NamedTuple):
    """A message or a piece of one, its words as read, and how like distress it is: the logarithm of the odds."""

    text: str
    words: list[str]
    odds: float

    def less(self, odds: float) -> "HeardText":
        """As one that is less like it."""
        return self._replace(odds=self.odds - odds)

    def within(self) -> "HeardText":
        """As a piece that ends nothing: « crevée ce soir, je lirai demain » is not all that somebody says."""
        return self._replace(words=[word for word in self.words if word != EDGE])


class Ear:
    """Hears the pieces of one message, and forgets them with it.

    Most clauses are sentences too, and most of a message that is mended is as it was typed, but for accents.
    """

    def __init__(self, spelling: Spelling, likeness: DistressLikeness) -> None:
        self._spelling, self._likeness = spelling, likeness
        self._sentences: dict[str, list[str]] = {}
        self._heard: dict[str, HeardText] = {}

    def hears(self, texts: Sequence[str]) -> list[HeardText]:
        """Each text, as if it were all that is said."""
        keys = [unaccented(text).strip() for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._heard}
        if new:
            words = [self._spelling.message(text, self._sentences) for text in new.values()]
            each = self._likeness.of([*new.values()], list(map(without_ends, words)))
            for (key, text), said, odds in zip(new.items(), words, each, strict=True):
                self._heard[key] = HeardText(text, said, odds)
        return [self._heard[key]._replace(text=text) for key, text in zip(keys, texts, strict=True)]


def without_ends(words: Sequence[str]) -> list[str]:
    """Words as read, without the signs of where sentences end."""
    return [word for word in words if word not in (STOP, EDGE)]
