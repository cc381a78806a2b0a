"""How like the examples of distress a message is: an opinion learnt, beside the phrases.

Phrases say what they say and nothing near it; examples also tell what ordinary messages look like.
"""

import re
import zlib
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.distress.word_lists import DistressExamples
from knowledge.learning.classifier import softmax, train
from knowledge.learning.kept import Arrays
from knowledge.learning.scores import Scores, packed, rarity
from knowledge.learning.sparse import Floats, Sparse
from knowledge.words.text import normalise

_BITS = 17
_SIZE = 2**_BITS
"""Features are hashed into this many places."""
_RIDGE = 0.05
_STEPS = 20
_WEIGHTY = 0.1
"""Weight from which a word speaks for distress: on 64 messages met by their likeness alone, none had less."""
_MARKS = re.compile(r"[?!]+")
_SPREAD = 2654435761
"""An odd number near 2^32 divided by the golden ratio: what is multiplied by it spreads over all the places (Knuth)."""

Hashes = NDArray[np.uint32]
_Words = Callable[[str], list[str]]
"""The words of a message as read: slips corrected, short-hand in full."""


class DistressLikeness:
    """Learns from examples, or takes what was learnt before from `folder`, under `name`, and keeps it there.

    `ordinary`: what people who are well type, asked for when there is something to learn. `light`: words, as read,
    that tell nothing by themselves; `heavy`: those that always do.
    """

    def __init__(
        self,
        examples: DistressExamples,
        words: _Words,
        ordinary: Callable[[], Sequence[str]],
        light: frozenset[str],
        heavy: frozenset[str],
        folder: Path | None = None,
        name: str = "",
    ) -> None:
        self._families = sorted(examples.families)
        self._words = words
        self._light, self._heavy = light, heavy

        def learn() -> Arrays:
            return _learnt(examples, self._families, ordinary(), words)

        self._scores = Scores(_SIZE, 2 + len(self._families), learn, folder, name)

    def of(self, text: str) -> float:
        """The probability that somebody is in distress."""
        return float(softmax(self._logits(text)[:2])[1])

    def is_weighty(self, text: str) -> bool:
        """Whether a word that is not light speaks for distress: « elle a 38 ans » is as short as « elle saigne »."""
        said = [word for word in self._words(text) if word not in self._light and not word.isdigit()]
        well, ill, *_ = self._scores.each(_places(_hashed([f"~{word}" for word in said]))).T
        return not self._heavy.isdisjoint(said) or bool((ill - well >= _WEIGHTY).any())

    def family(self, text: str) -> str:
        """The family that a message is likest to, should it be of any."""
        return self._families[int(self._logits(text)[2:].argmax())]

    def _logits(self, text: str) -> Floats:
        return self._scores.of(*_features(text, self._words))


def _learnt(examples: DistressExamples, families: Sequence[str], ordinary: Sequence[str], words: _Words) -> Arrays:
    """Two opinions side by side: whether it is distress, and, of what is, which."""
    distress = [(text, place) for place, family in enumerate(families) for text in examples.families[family]]
    told = [text for text, _ in distress]
    texts = Sparse.of((_counted(text, words) for text in chain(told, examples.ordinary, ordinary)), _SIZE)
    texts = Sparse(texts.rows, texts.columns, np.log(texts.values) + np.float32(1), texts.height, texts.width)
    idf = (rarity(texts.columns, texts.height, _SIZE) + 1).astype(np.float32)
    texts = texts.weighed(idf)
    whether = train(texts, [int(n < len(distress)) for n in range(texts.height)], 2, _RIDGE, _STEPS)
    of_distress = texts.first(len(distress))
    which = train(of_distress, [place for _, place in distress], len(families), _RIDGE, _STEPS)
    rows, weights = packed(np.concatenate([whether, which], axis=1))
    return {"idf": idf, "rows": rows, "weights": weights}


def _features(text: str, words: _Words) -> tuple[list[int], list[float]]:
    """Places and weights of a message."""
    places, counts = np.unique(_found(text, words), return_counts=True)
    return places.tolist(), (np.log(counts) + 1).tolist()


def _counted(text: str, words: _Words) -> tuple[list[int], list[float]]:
    """The places of a message, each as often as it comes: of many messages they are counted together."""
    places = _found(text, words).tolist()
    return places, [1.0] * len(places)


def _found(text: str, words: _Words) -> Hashes:
    """The places of a message: its words, in pairs too, as typed and as read, and its runs of three signs."""
    plain = normalise(text)
    typed = _hashed([*plain.split(), *(mark[0] for mark in _MARKS.findall(text))])
    read = _hashed([f"~{word}" for word in words(text)])
    signs = np.frombuffer(f" {plain} ".encode(), np.uint8).astype(np.uint32)
    parts = (
        _ALWAYS,
        typed,
        read,
        typed[:-1] * 31 + typed[1:] * 17,
        read[:-1] * 31 + read[1:] * 17,
        read[:-2] * 37 + read[2:] * 19,
        # Slips and short-hand leave most runs of signs whole, over the edges of words too.
        signs[:-2] | signs[1:-1] << 8 | signs[2:] << 16,
    )
    return _places(np.concatenate(parts))


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
