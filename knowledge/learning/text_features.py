"""What a short message looks like, as numbers: its words, its pairs of words, its runs of letters."""

import math
import zlib
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np

from knowledge.learning.sparse import Sparse

SIZE = 2**16
"""Features are hashed into this many places."""
_RUNS = (3, 4, 5)
"""Lengths of the runs of letters looked at, within a word and its edges: slips leave most of them whole."""


def features(words: Sequence[str]) -> tuple[list[int], list[float]]:
    """Places and weights of a message, word by word."""
    counted = Counter(_places(words))
    return list(counted), [1.0 if n == 1 else 1.0 + math.log(n) for n in counted.values()]


def features_of(messages: Iterable[Sequence[str]]) -> Sparse:
    """The same for many messages, a row each, far faster."""
    places, lengths = array("i"), array("i")
    for words in messages:
        found = _places(words)
        places.fromlist(found)
        lengths.append(len(found))
    rows = np.repeat(np.arange(len(lengths)), lengths)
    return Sparse.counted(rows, np.asarray(places), len(lengths), SIZE)


def whole(words: Sequence[str]) -> list[str]:
    """The words of a whole message: its first and last ones are known as such."""
    return ["^", *words, "$"]


def lot(text: str) -> int:
    """The number by which a text is drawn to be learnt from.

    It depends on what the text says, not on where it stands: one more or less moves hardly any other.
    """
    return zlib.crc32(text.encode())


def _places(words: Sequence[str]) -> list[int]:
    places = [_ALWAYS]
    for word in words:
        places += _places_of(word)
    places += map(_place_of_pair, words, words[1:])
    return places


@lru_cache(maxsize=20_000)
def _place_of_pair(one: str, other: str) -> int:
    return _place(f"{one} {other}")


@lru_cache(maxsize=20_000)
def _places_of(word: str) -> tuple[int, ...]:
    """A word and its runs of letters."""
    edged = f"<{word}>"
    runs = (edged[at : at + length] for length in _RUNS for at in range(len(edged) - length + 1))
    return tuple(map(_place, (word, *runs)))


def _place(part: str) -> int:
    return zlib.crc32(part.encode()) % SIZE


_ALWAYS = _place("")
"""In every message: what is said of those that hold nothing known."""
