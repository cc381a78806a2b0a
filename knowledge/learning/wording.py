"""What a short message looks like, as numbers: its words, its pairs of words, its runs of letters."""

import math
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

SIZE = 2**16
"""Features are hashed into this many places."""
_RUNS = (3, 4, 5)
"""Lengths of the runs of letters looked at, within a word and its edges: slips leave most of them whole."""


def features(words: Sequence[str]) -> tuple[list[int], list[float]]:
    """Places and weights of a message, word by word."""
    counted = Counter(_parts(words))
    return [_place(part) for part in counted], [1.0 + math.log(n) for n in counted.values()]


def _parts(words: Sequence[str]) -> Iterator[str]:
    yield ""  # in every message: what is said of those that hold nothing known
    yield from words
    yield from (f"{one} {other}" for one, other in pairwise(words))
    for word in words:
        yield from _runs(word)


def _runs(word: str) -> Iterator[str]:
    edged = f"<{word}>"
    for length in _RUNS:
        yield from (edged[at : at + length] for at in range(len(edged) - length + 1))


@lru_cache(maxsize=50_000)
def _place(part: str) -> int:
    return zlib.crc32(part.encode()) % SIZE
