"""Spellings of one word, read as one: « télétravaile » is « teletravail », where that is written more often."""

from collections import Counter, defaultdict
from collections.abc import Iterable

import numpy as np
from rapidfuzz import process
from rapidfuzz.fuzz import ratio

_SAME = 86  # of 100, between two spellings of one word


def spellings(words: Iterable[str]) -> dict[str, str]:
    """Each word with the spelling that it counts as: the commonest of those that are alike, all with one initial."""
    counts = Counter(words)
    by_initial: defaultdict[str, list[str]] = defaultdict(list)
    for word in sorted(counts, key=lambda word: (-counts[word], word)):
        by_initial[word[:1]].append(word)
    found: dict[str, str] = {}
    for alike in by_initial.values():
        scores = process.cdist(alike, alike, scorer=ratio, score_cutoff=_SAME, dtype=np.uint8)
        for at, word in enumerate(alike):
            first = int(np.flatnonzero(scores[at])[0])  # itself, or a commoner one
            found[word] = found[alike[first]] if first < at else word
    return found
