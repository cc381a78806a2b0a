"""Scores of messages by their features, which are hashed into places: learnt once, kept between starts."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from knowledge.learning.kept import Arrays, are_weights, keep_arrays, kept_arrays
from knowledge.learning.sparse import Floats, Ints, Sparse


class Scores:
    """How rare each feature is, and its weight in each class: taken from `folder`, under `name`, or else learnt now.

    `learn`: gives `idf`, `rows` and `weights`, of `size` places and so many `classes`; they are then kept.
    """

    def __init__(self, size: int, classes: int, learn: Callable[[], Arrays], folder: Path | None, name: str) -> None:
        is_sound = partial(are_weights, size=size, classes=classes)
        arrays = kept_arrays(folder, name, is_sound) if folder else None
        if arrays is None:
            arrays = learn()
            if folder:
                keep_arrays(arrays, folder, name)
        self._idf: Floats = arrays["idf"]
        self._rows: Ints = arrays["rows"]
        self._weights: Floats = arrays["weights"]

    def of(self, places: Sequence[int], weights: Sequence[float]) -> Floats:
        """The logarithm of the odds of each class for one message; each place comes once."""
        values: Floats = np.array(weights, np.float32) * self._idf[places]
        values /= np.float32(np.linalg.norm(values))
        logits: Floats = values @ self._weights[self._rows[places]]
        return logits

    def each(self, places: "np.ndarray[Any, Any]") -> Floats:
        """The weight of each place in each class."""
        return np.asarray(self._weights[self._rows[places]])


def rarity(columns: Ints, height: int, size: int) -> Floats:
    """How rare each place is, of the `columns` of so many messages: the rarest weigh most."""
    seen = np.bincount(columns, minlength=size)
    return np.asarray(np.log((height + 1) / np.maximum(seen, 1)))


def idf_of(counts: Sparse) -> Floats:
    """What each place of some messages is weighed by: never nothing, even for what is in all of them."""
    return (rarity(counts.columns, counts.height, counts.width) + 1).astype(np.float32)


def packed(weights: Floats) -> tuple[Ints, Floats]:
    """The row of each place, and the rows that hold something, after one of zeros for all the others."""
    used = np.flatnonzero(weights.any(axis=1))
    rows = np.zeros(len(weights), np.int32)
    rows[used] = np.arange(1, len(used) + 1)
    return rows, np.concatenate([np.zeros_like(weights[:1]), weights[used]])
