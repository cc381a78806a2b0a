"""How like the examples of distress a message is: an opinion learnt, beside the phrases.

Phrases say what they say and nothing near it; examples also tell what ordinary messages look like.
"""

import math
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain, pairwise
from pathlib import Path

import numpy as np

from knowledge.distress.word_lists import DistressExamples
from knowledge.learning.classifier import softmax, train
from knowledge.learning.kept import Arrays, are_weights, keep_arrays, kept_arrays
from knowledge.learning.sparse import Floats, Ints, Sparse
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
        is_sound = partial(are_weights, size=_SIZE, classes=2 + len(self._families))
        arrays = kept_arrays(folder, name, is_sound) if folder else None
        if arrays is None:
            arrays = _learnt(examples, self._families, ordinary(), words)
            if folder:
                keep_arrays(arrays, folder, name)
        self._idf: Floats = arrays["idf"]
        self._rows: Ints = arrays["rows"]
        self._weights: Floats = arrays["weights"]

    def of(self, text: str) -> float:
        """The probability that somebody is in distress."""
        return float(softmax(self._logits(text)[:2])[1])

    def family(self, text: str) -> str:
        """The family that a message is likest to, should it be of any."""
        return self._families[int(self._logits(text)[2:].argmax())]

    def _logits(self, text: str) -> Floats:
        places, weights = _features(text, self._words)
        values: Floats = np.array(weights, np.float32) * self._idf[places]
        values /= np.float32(np.linalg.norm(values))
        logits: Floats = values @ self._weights[self._rows[places]]
        return logits


def _learnt(examples: DistressExamples, families: Sequence[str], ordinary: Sequence[str], words: Words) -> Arrays:
    """Two opinions side by side: whether it is distress, and, of what is, which."""
    distress = [(text, place) for place, family in enumerate(families) for text in examples.families[family]]
    told = [text for text, _ in distress]
    texts = Sparse.of((_features(text, words) for text in chain(told, examples.ordinary, ordinary)), _SIZE)
    seen = np.bincount(texts.columns, minlength=_SIZE)
    idf = (np.log((texts.height + 1) / np.maximum(seen, 1)) + 1).astype(np.float32)
    texts = texts.weighed(idf)
    whether = train(texts, [int(n < len(distress)) for n in range(texts.height)], 2, _RIDGE, _STEPS)
    of_distress = texts.first(len(distress))
    which = train(of_distress, [place for _, place in distress], len(families), _RIDGE, _STEPS)
    weights = np.concatenate([whether, which], axis=1)
    used = np.flatnonzero(weights.any(axis=1))
    rows = np.zeros(_SIZE, np.int32)
    rows[used] = np.arange(1, len(used) + 1)
    return {"idf": idf, "rows": rows, "weights": np.concatenate([np.zeros_like(weights[:1]), weights[used]])}


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
