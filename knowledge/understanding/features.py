"""Words → weighted features, as numbers: stems, pairs of stems, sounds, letter runs, synonyms."""

import zlib
from functools import lru_cache
from itertools import pairwise

from knowledge.understanding.lexicon import Lexicon
from knowledge.words.text import sound

SIZE = 1 << 15
"""Features are hashed into this many places; at ten thousand distinct features few collide."""

STEM, PAIR, SOUND, RUN, CONCEPT = 1.0, 0.6, 0.5, 0.3, 0.8
_RUN = 4  # letters


def features(lexicon: Lexicon, typed: list[str]) -> tuple[list[int], list[float]]:
    """The features of the words as typed: their places and weights, before IDF. A place may come twice: it adds up."""
    read = [lexicon.corrected(word) for word in typed]
    stems = [lexicon.stem(word) for word in read]
    counts = lexicon.weights(read)
    places: list[int] = []
    weights: list[float] = []
    for word, meant, stem, count in zip(typed, read, stems, counts, strict=True):
        at, weight = _of_word(word, meant, stem)
        places += at
        weights += weight if count == 1.0 else [w * count for w in weight]
    once = {_pair(*pair): PAIR * min(least) for pair, least in zip(pairwise(stems), pairwise(counts), strict=True)}
    once |= {_place(f"k{concept}"): CONCEPT for concept in lexicon.concepts(read)}
    places += once
    weights += once.values()
    return places, weights


@lru_cache(maxsize=20_000)
def _of_word(word: str, meant: str, stemmed: str) -> tuple[list[int], list[float]]:
    padded = f"^{word}$"
    runs = [padded[at : at + _RUN] for at in range(len(padded) - _RUN + 1)] if len(word) >= _RUN else []
    places = [_place(f"s{stemmed}"), _place(f"o{sound(meant)}"), *(_place(f"n{run}") for run in runs)]
    return places, [STEM, SOUND, *([RUN] * len(runs))]


@lru_cache(maxsize=20_000)
def _pair(first: str, second: str) -> int:
    return _place(f"2{first} {second}")


def _place(feature: str) -> int:
    return zlib.crc32(feature.encode()) & (SIZE - 1)
