"""Questions that are alike, joined: average linkage, found by chains of nearest neighbours (Murtagh, 1983)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.learning.sparse import Floats

Likeness = NDArray[np.uint8]
"""How alike each is to each other, from 0 to `SAME`; to itself, 0."""

SAME = 255
_HARDLY = 0.1
"""Less is by chance: it counts for nothing."""
_BLOCK = 256


def likeness(words: Sequence[Mapping[str, float]], asked: Floats) -> Likeness:
    """By the words that tell, and as much by what is asked of our entries: of what is not ours, by words alone.

    `words`: of each, vectors of length 1; `asked`: rows, the longer the likelier it is that one of ours is meant.
    """
    using: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for place, weights in enumerate(words):
        for word, weight in weights.items():
            using[word].append((place, weight))
    postings = {
        word: (np.array([at for at, _ in found]), _floats(w for _, w in found)) for word, found in using.items()
    }
    ours = np.square(asked).sum(axis=1)
    found = np.empty((len(words), len(words)), np.uint8)
    for start in range(0, len(words), _BLOCK):
        here = slice(start, start + _BLOCK)
        block = np.zeros((len(words[here]), len(words)), np.float32)
        block[:, start:] = asked[here] @ asked[start:].T  # those before are known
        for row, weights in zip(block, words[here], strict=True):
            for word, weight in weights.items():
                places, shares = postings[word]
                row[places] += shares * np.float32(weight)
        block = block[:, start:] / (1 + np.maximum.outer(ours[here], ours[start:]))
        block[block < _HARDLY] = 0
        found[here, start:] = np.rint(block * SAME)
        found[start:, here] = found[here, start:].T
    np.fill_diagonal(found, 0)
    return found


def merged(alike: Likeness, least: int) -> NDArray[np.int32]:
    """The group of each: two groups are one while their members are, on average, `least` alike or more.

    The same whatever the order, but for equal likenesses. What is in `alike` is lost.
    """
    group = np.arange(len(alike), dtype=np.int32)
    sizes = np.ones(len(alike), np.float32)
    waiting = list(range(len(alike)))[::-1]
    while waiting:
        chain = [waiting.pop()]
        if not sizes[chain[0]]:
            continue  # in another group by now
        while True:
            row = alike[chain[-1]]
            nearest = int(row.argmax())
            if row[nearest] < least:
                break
            if len(chain) == 1 or row[chain[-2]] < row[nearest]:
                chain.append(nearest)
                continue
            kept, lost = sorted(chain[-2:])  # each is the other's nearest
            _join(alike, sizes, kept, lost)
            group[group == lost] = kept
            chain = chain[:-2] or [kept]
    return group


def _join(alike: Likeness, sizes: Floats, kept: int, lost: int) -> None:
    """One group of two: as like each other as they were on average."""
    size = sizes[kept] + sizes[lost]
    mean = np.rint((alike[kept] * sizes[kept] + alike[lost] * sizes[lost]) / size).astype(np.uint8)
    mean[[kept, lost]] = 0
    touched = np.flatnonzero(alike[kept] | alike[lost])  # a small part of them
    alike[touched, kept] = mean[touched]
    alike[touched, lost] = 0
    alike[kept], alike[lost] = mean, 0
    sizes[kept], sizes[lost] = size, 0


def _floats(values: Iterable[float]) -> Floats:
    return np.fromiter(values, np.float32)
