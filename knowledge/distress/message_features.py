"""What is looked at in messages to tell how like distress they are, as places among many.

Words tell what they are; their kinds tell who does what to whom: « le toit menace de s'effondrer » and « mon voisin
menace de me frapper » hold the same verb, and other kinds around it.
"""

import re
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from knowledge.words.text import normalise

PLACE_BITS = 18
PLACES = 2**PLACE_BITS
"""Features are hashed into this many places."""
_MARKS = re.compile(r"[?!]+|[\U0001f600-\U0001f64f]")
"""What is asked or cried, and faces."""
_SPREAD = 2654435761
"""An odd number near 2^32 divided by the golden ratio: what is multiplied by it spreads over all the places (Knuth)."""

Hashes = NDArray[np.uint32]
_Numbers = NDArray[np.int64]
_Words = Callable[[str], list[str]]
"""The words of a message as read: slips corrected, short-hand in full."""


@dataclass(frozen=True)
class _Run:
    """Numbers in a row, message after message; `of`: the number of the message of each."""

    numbers: Hashes
    of: _Numbers

    def where(self, kept: NDArray[np.bool_]) -> "_Run":
        return _Run(self.numbers[kept], self.of[kept])

    def beside(self, other: Hashes, far: int = 1) -> "_Run":
        """Each with the one of `other` that is so far on, in the same message."""
        within = self.of[:-far] == self.of[far:]
        return _Run((self.numbers[:-far] + other[far:])[within], self.of[:-far][within])

    def times(self, factor: int) -> "_Run":
        return _Run(self.numbers * np.uint32(factor), self.of)


class MessageFeatures:
    """`words` reads a message; `kinds` gives words, as read, their kind."""

    def __init__(self, words: _Words, kinds: Mapping[str, str]) -> None:
        self.words = words
        self._kinds = {word: _hash(f"#{kind}") for word, kind in kinds.items()}

    def places(self, texts: Sequence[str], said: Sequence[Sequence[str]]) -> tuple[_Numbers, Hashes]:
        """Where the parts of messages fall, one place for each time that it comes, with the number of its message.

        `said`: their words as read. Several messages cost little more than one.
        """
        plain = [normalise(text) for text in texts]
        marks = ((mark[0] for mark in _MARKS.findall(text)) for text in texts)
        typed = _run([[*map(_hash, line.split()), *map(_hash, ends)] for line, ends in zip(plain, marks, strict=True)])
        read = _run([[_hash(f"~{word}") for word in line] for line in said])
        kinds = np.fromiter((self._kinds.get(word, 0) for line in said for word in line), np.uint32)
        runs = [
            # In every message: what is said of those that hold nothing known.
            _Run(np.ones(len(texts), np.uint32), np.arange(len(texts))),
            typed,
            read,
            typed.times(31).beside(typed.numbers * 17),
            read.times(31).beside(read.numbers * 17),
            read.times(37).beside(read.numbers * 19, 2),
            *_of_kinds(_Run(np.where(kinds > 0, kinds, read.numbers), read.of)),
            _of_letters(plain),
        ]
        return np.concatenate([run.of for run in runs]), _spread(np.concatenate([run.numbers for run in runs]))


def places_of_words(said: Sequence[str]) -> Hashes:
    """Where words as read fall."""
    return _spread(np.array([_hash(f"~{word}") for word in said], np.uint32))


def _of_kinds(words: _Run) -> Iterator[_Run]:
    """Words in a row, those that have a kind told by it alone: « mon frère a pris … » says what « ma nièce a pris … »
    does."""
    yield words.times(331).beside(words.numbers * 317)
    yield words.times(337).beside(words.numbers * 319, 2)
    yield _three(words, 341, 343, 347)


def _of_letters(texts: Sequence[str]) -> _Run:
    """Every four letters in a row, across words: slips, short-hand and words never learnt share some with others."""
    lines = [f" {text} ".encode("ascii", "replace") for text in texts]
    letters = np.frombuffer(b"".join(lines), np.uint8).astype(np.uint32)
    of = np.repeat(np.arange(len(lines)), [len(line) for line in lines])
    four = letters[:-3] * np.uint32(1 << 24) + letters[1:-2] * np.uint32(1 << 16) + letters[2:-1] * np.uint32(1 << 8)
    four += letters[3:]
    return _Run(four, of[3:]).where(of[:-3] == of[3:])


def _three(run: _Run, one: int, two: int, three: int) -> _Run:
    """Every three in a row of a message."""
    numbers = (
        run.numbers[:-2] * np.uint32(one) + run.numbers[1:-1] * np.uint32(two) + run.numbers[2:] * np.uint32(three)
    )
    return _Run(numbers, run.of[2:]).where(run.of[:-2] == run.of[2:])


def _run(lines: Sequence[Sequence[int]]) -> _Run:
    of = np.repeat(np.arange(len(lines)), [len(line) for line in lines])
    return _Run(np.fromiter(chain.from_iterable(lines), np.uint32, len(of)), of)


def _spread(hashes: Hashes) -> Hashes:
    spread = hashes * np.uint32(_SPREAD)
    return np.asarray((spread ^ spread >> 15) * np.uint32(_SPREAD) >> (32 - PLACE_BITS), np.uint32)


@lru_cache(maxsize=20_000)
def _hash(part: str) -> int:
    return zlib.crc32(part.encode())
