"""How like the examples of distress a message is: a second opinion, learnt, beside the phrases.

Phrases say what they say and nothing near it; examples also tell what ordinary messages look like.
"""

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from knowledge.distress.word_lists import DistressExamples
from knowledge.learning.classifier import softmax, train
from knowledge.learning.kept import Arrays, keep_arrays, kept_arrays
from knowledge.learning.sparse import Floats, Ints, Sparse
from knowledge.learning.wording import SIZE, features
from knowledge.words.text import normalise

_RIDGE = 0.01
_STEPS = 20
_EVERY = 16
"""Of the phrases of the programme one in so many is learnt from: enough to tell what ordinary messages are about."""
_TAKEN = 0.2
"""The chance from which an ordinary phrase is worth learning from."""
_MARKS = re.compile(r"[?!]+")


class Likeness:
    """Learns from examples, or takes what was learnt before from `folder`, under `name`, and keeps it there."""

    def __init__(
        self, examples: DistressExamples, phrases: Sequence[str], folder: Path | None = None, name: str = ""
    ) -> None:
        self._families = sorted(examples.families)
        arrays = kept_arrays(folder, name) if folder else None
        if arrays is None:
            arrays = _learnt(examples, self._families, phrases)
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
        row = Sparse.row(*_features(text), SIZE).weighed(self._idf)
        logits: Floats = row.values @ self._weights[self._rows[row.columns]]
        return logits


def _learnt(examples: DistressExamples, families: Sequence[str], phrases: Sequence[str]) -> Arrays:
    """Two opinions side by side: whether it is distress, and, of what is, which."""
    distress = [(text, place) for place, family in enumerate(families) for text in examples.families[family]]
    texts = [*(text for text, _ in distress), *examples.ordinary, *phrases]
    counts = Sparse.of(map(_features, texts), SIZE)
    seen = np.bincount(counts.columns, minlength=SIZE)
    idf = (np.log((counts.height + 1) / np.maximum(seen, 1)) + 1).astype(np.float32)
    whether = _whether(texts, len(distress), len(texts) - len(phrases), idf)
    told = Sparse.of((_features(text) for text, _ in distress), SIZE).weighed(idf)
    which = train(told, [place for _, place in distress], len(families), _RIDGE, _STEPS)
    weights = np.concatenate([whether, which], axis=1)
    used = np.flatnonzero(weights.any(axis=1))
    rows = np.zeros(SIZE, np.int32)
    rows[used] = np.arange(1, len(used) + 1)
    return {"idf": idf, "rows": rows, "weights": np.concatenate([np.zeros_like(weights[:1]), weights[used]])}


def _whether(texts: Sequence[str], distress: int, examples: int, idf: Floats) -> Floats:
    """Weights of the two classes. The first texts are of distress, then come ordinary examples, then phrases.

    Of the phrases a few are learnt from; then also those that were taken for distress.
    """
    chosen = [*range(examples), *range(examples, len(texts), _EVERY)]
    weights = _trained(texts, chosen, distress, idf)
    every = Sparse.of(map(_features, texts[examples:]), SIZE).weighed(idf)
    taken = np.flatnonzero(softmax(every.dot(weights))[:, 1] > _TAKEN) + examples
    return _trained(texts, sorted({*chosen, *map(int, taken)}), distress, idf)


def _trained(texts: Sequence[str], chosen: Sequence[int], distress: int, idf: Floats) -> Floats:
    rows = Sparse.of((_features(texts[n]) for n in chosen), SIZE).weighed(idf)
    return train(rows, [int(n < distress) for n in chosen], 2, _RIDGE, _STEPS)


def _features(text: str) -> tuple[list[int], list[float]]:
    """Places and weights of a message; « ? » and « ! » count as words."""
    marks = (mark[0] for mark in _MARKS.findall(text))
    return features([*normalise(text).split(), *marks])
