"""How like the examples of distress a message is: an opinion learnt, beside the phrases.

Phrases say what they say and nothing near it; examples also tell what ordinary messages look like.
"""

import math
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, pairwise
from pathlib import Path

import numpy as np

from knowledge.distress.word_lists import DistressExamples
from knowledge.learning.classifier import softmax, train
from knowledge.learning.kept import Arrays
from knowledge.learning.scores import Scores, packed, rarity
from knowledge.learning.sparse import Floats, Sparse
from knowledge.words.text import normalise

_SIZE = 2**17
_RUNS = (2, 3, 4)
"""Lengths of the runs of signs looked at, over the edges of words: slips and short-hand leave most of them whole."""
_RIDGE = 0.05
_STEPS = 20
_MARKS = re.compile(r"[?!]+")

Words = Callable[[str], list[str]]
"""The words of a message as read: slips corrected, short-hand in full."""


class Likeness:
    """Learns from examples, or takes what was learnt before from `folder`, under `name`, and keeps it there.

    `ordinary`: what people who are well type, asked for when there is something to learn.
    """

    def __init__(
        self,
        examples: DistressExamples,
        words: Words,
        ordinary: Callable[[], Sequence[str]],
        folder: Path | None = None,
        name: str = "",
    ) -> None:
        self._families = sorted(examples.families)
        self._words = words

        def learn() -> Arrays:
            return _learnt(examples, self._families, ordinary(), words)

        self._scores = Scores(_SIZE, 2 + len(self._families), learn, folder, name)

    def of(self, text: str) -> float:
        """The probability that somebody is in distress."""
        return float(softmax(self._logits(text)[:2])[1])

    def family(self, text: str) -> str:
        """The family that a message is likest to, should it be of any."""
        return self._families[int(self._logits(text)[2:].argmax())]

    def _logits(self, text: str) -> Floats:
        return self._scores.of(*_features(text, self._words))


def _learnt(examples: DistressExamples, families: Sequence[str], ordinary: Sequence[str], words: Words) -> Arrays:
    """Two opinions side by side: whether it is distress, and, of what is, which."""
    distress = [(text, place) for place, family in enumerate(families) for text in examples.families[family]]
    told = [text for text, _ in distress]
    texts = Sparse.of((_features(text, words) for text in chain(told, examples.ordinary, ordinary)), _SIZE)
    idf = (rarity(texts.columns, texts.height, _SIZE) + 1).astype(np.float32)
    texts = texts.weighed(idf)
    whether = train(texts, [int(n < len(distress)) for n in range(texts.height)], 2, _RIDGE, _STEPS)
    of_distress = texts.first(len(distress))
    which = train(of_distress, [place for _, place in distress], len(families), _RIDGE, _STEPS)
    rows, weights = packed(np.concatenate([whether, which], axis=1))
    return {"idf": idf, "rows": rows, "weights": weights}


def _features(text: str, words: Words) -> tuple[list[int], list[float]]:
    """Places and weights of a message: its words, in pairs too, as typed and as read, and its runs of signs."""
    counted = Counter(zlib.crc32(part.encode()) % _SIZE for part in _parts(text, words))
    return list(counted), [1.0 + math.log(n) for n in counted.values()]


def _parts(text: str, words: Words) -> Iterator[str]:
    yield ""  # in every message: what is said of those that hold nothing known
    plain = normalise(text)
    typed = [*plain.split(), *(mark[0] for mark in _MARKS.findall(text))]
    yield from typed
    yield from (f"{one} {other}" for one, other in pairwise(typed))
    spaced = f" {plain} "
    for length in _RUNS:
        yield from (f"#{spaced[at : at + length]}" for at in range(len(spaced) - length + 1))
    read = [f"~{word}" for word in words(text)]
    yield from read
    yield from (f"{one} {other}" for one, other in pairwise(read))
    yield from (f"{one}_{other}" for one, other in zip(read, read[2:], strict=False))
