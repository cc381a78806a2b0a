"""What is looked at in a message to tell how like distress it is, as places among many.

Words tell what they are; their kinds tell who does what to whom: « le toit menace de s'effondrer » and « mon voisin
menace de me frapper » hold the same verb, and other kinds around it.
"""

import re
import zlib
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from knowledge.words.text import normalise

_BITS = 17
PLACES = 2**_BITS
"""MessageFeatures are hashed into this many places."""
_MARKS = re.compile(r"[?!]+|[\U0001f600-\U0001f64f]")
"""What is asked or cried, and faces."""
_SPREAD = 2654435761
"""An odd number near 2^32 divided by the golden ratio: what is multiplied by it spreads over all the places (Knuth)."""
_FURTHEST = 3
"""Kinds that follow one another are told together, up to this many on."""

Hashes = NDArray[np.uint32]
_Words = Callable[[str], list[str]]
"""The words of a message as read: slips corrected, short-hand in full."""


class MessageFeatures:
    """`words` reads a message; `kinds` gives words, as read, their kind."""

    def __init__(self, words: _Words, kinds: Mapping[str, str]) -> None:
        self.words = words
        self._kinds = {word: _hash(f"#{kind}") for word, kind in kinds.items()}

    def places(self, text: str) -> Hashes:
        """Where the parts of a message fall, one place for each time that it comes."""
        plain = normalise(text)
        said = self.words(text)
        typed = _hashed([*plain.split(), *(mark[0] for mark in _MARKS.findall(text))])
        read = _hashed([f"~{word}" for word in said])
        signs = np.frombuffer(f" {plain} ".encode(), np.uint8).astype(np.uint32)
        return _places(
            np.concatenate(
                (
                    _ALWAYS,
                    typed,
                    read,
                    typed[:-1] * 31 + typed[1:] * 17,
                    read[:-1] * 31 + read[1:] * 17,
                    read[:-2] * 37 + read[2:] * 19,
                    # Slips and short-hand leave most runs of signs whole, over the edges of words too.
                    signs[:-2] | signs[1:-1] << 8 | signs[2:] << 16,
                    *_of_kinds(read, np.fromiter((self._kinds.get(word, 0) for word in said), np.uint32, len(said))),
                )
            )
        )


def places_of_words(said: Sequence[str]) -> Hashes:
    """Where words as read fall."""
    return _places(_hashed([f"~{word}" for word in said]))


def _of_kinds(read: Hashes, kinds: Hashes) -> list[Hashes]:
    """Kinds alone, in the order said, and beside the words around them. `kinds`: of each word, 0 where it has none."""
    follow = kinds[kinds > 0]
    each = np.array(sorted(set(follow.tolist())), np.uint32)
    one, other = _pairs(len(each))
    return [
        follow,
        each[one] * 43 + each[other] * 47,
        *(follow[:-far] * 53 + follow[far:] * 59 for far in range(1, _FURTHEST + 1)),
        follow[:-2] * 61 + follow[1:-1] * 67 + follow[2:] * 71,
        (read[:-1] * 73 + kinds[1:] * 79)[kinds[1:] > 0],
        (kinds[:-1] * 83 + read[1:] * 89)[kinds[:-1] > 0],
    ]


@lru_cache(maxsize=32)
def _pairs(size: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The places of every two of so many."""
    one, other = np.triu_indices(size, 1)
    return one, other


_ALWAYS = np.ones(1, np.uint32)
"""In every message: what is said of those that hold nothing known."""


def _places(hashes: Hashes) -> Hashes:
    spread = hashes * np.uint32(_SPREAD)
    return np.asarray((spread ^ spread >> 15) * np.uint32(_SPREAD) >> (32 - _BITS), np.uint32)


def _hashed(parts: Sequence[str]) -> Hashes:
    return np.fromiter(map(_hash, parts), np.uint32, len(parts))


@lru_cache(maxsize=20_000)
def _hash(part: str) -> int:
    return zlib.crc32(part.encode())
