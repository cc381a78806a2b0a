"""Words → weighted features, as numbers: stems, pairs of stems, sounds, letter runs, synonyms."""

import math
import zlib
from functools import lru_cache

from knowledge.lexicon import Lexicon
from knowledge.sparse import Floats
from knowledge.text import sound

SIZE = 1 << 15
"""Features are hashed into this many places; at ten thousand distinct features few collide."""

STEM, PAIR, SOUND, RUN, CONCEPT = 1.0, 0.6, 0.5, 0.3, 0.8


def features(lexicon: Lexicon, text: str) -> dict[int, float]:
    """The features of a text with their weights, before IDF."""
    return features_of(lexicon, lexicon.spelled_out(text))


def features_of(lexicon: Lexicon, typed: list[str]) -> dict[int, float]:
    """The same, from the words as typed."""
    read = [lexicon.corrected(word) for word in typed]
    counts = lexicon.weights(read)
    found: dict[int, float] = {}
    for word, meant, count in zip(typed, read, counts, strict=True):
        for place, weight in _of_word(word, meant, lexicon.stem(meant)):
            found[place] = found.get(place, 0.0) + weight * count
    stems = [lexicon.stem(word) for word in read]
    for first, second, count in zip(stems, stems[1:], map(min, counts, counts[1:]), strict=False):
        found[_place(f"2{first} {second}")] = PAIR * count
    for concept in lexicon.concepts(read):
        found[_place(f"k{concept}")] = CONCEPT
    return found


def weighed(row: dict[int, float], idf: Floats) -> dict[int, float]:
    """Features times IDF, scaled to length 1."""
    values = {place: weight * float(idf[place]) for place, weight in row.items()}
    norm = math.sqrt(sum(value * value for value in values.values())) or 1.0
    return {place: value / norm for place, value in values.items()}


@lru_cache(maxsize=20_000)
def _of_word(word: str, meant: str, stemmed: str) -> tuple[tuple[int, float], ...]:
    parts = [(_place(f"s{stemmed}"), STEM), (_place(f"o{sound(meant)}"), SOUND)]
    padded = f"^{word}$"
    parts += [
        (_place(f"n{padded[at : at + size]}"), RUN)
        for size in (3, 4)
        for at in range(len(padded) - size + 1)
        if len(word) > 3
    ]
    return tuple(parts)


def _place(feature: str) -> int:
    return zlib.crc32(feature.encode()) & (SIZE - 1)
