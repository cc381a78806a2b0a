"""Scores of messages by their features, which are hashed into places: learnt once, kept between starts."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.learning.kept import Arrays, found_or_learnt, is_index, keep_arrays, kept_arrays
from knowledge.learning.sparse import Floats, Ints, Sparse


@dataclass(frozen=True)
class Scores:
    """One classifier: its places, in order, how rare each is, its weight in each class; how rare any other place is."""

    places: Ints
    idf: Floats
    weights: NDArray[np.floating]
    other_idf: np.float32

    @classmethod
    def learnt(cls, idf: Floats, weights: NDArray[np.floating], least: float = 0.0) -> "Scores":
        """From what is learnt of every place.

        `least`: weight under which a place is left out, and taken for as rare as any other.
        """
        is_used = np.abs(weights).max(axis=1) > least
        used = np.flatnonzero(is_used if least else is_used | (idf < idf.max()))
        used = used if len(used) else np.zeros(1, np.intp)  # there is always one to look at
        return cls(used.astype(np.int32), idf[used], weights[used], idf.max())

    def of(self, places: Sequence[int], counts: Sequence[float]) -> Floats:
        """The logarithm of the odds of each class for one message; each place comes once."""
        at, is_known = self._found(np.array(places, np.int32))
        values: Floats = np.array(counts, np.float32) * np.where(is_known, self.idf[at], self.other_idf)
        values /= np.sqrt(values @ values)
        logits: Floats = values[is_known] @ self.weights[at[is_known]].astype(np.float32, copy=False)
        return logits

    def margins(self, rows: Ints, places: Ints, counts: Floats, height: int) -> Floats:
        """How much likelier the second class is than the first, of so many messages at once: logarithms of odds.

        `rows`: of each place, the message that holds it; each comes once in a message.
        """
        at, is_known = self._found(places)
        values = counts * np.where(is_known, self.idf[at], self.other_idf)
        told = np.where(is_known, self.weights[at, 1] - self.weights[at, 0], np.float32(0))
        norms = np.sqrt(np.bincount(rows, values**2, height))
        return np.asarray(np.bincount(rows, values * told, height) / norms, np.float32)

    def each(self, places: Ints) -> Floats:
        """The weight of each place in each class."""
        at, is_known = self._found(places)
        return np.where(is_known[:, None], self.weights[at], np.float32(0))

    def _found(self, places: Ints) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
        at = np.minimum(self.places.searchsorted(places), len(self.places) - 1)
        return at, self.places[at] == places


def kept_scores(
    classes: Sequence[int], learn: Callable[[], Iterable[Scores]], folder: Path | None, name: str
) -> list[Scores]:
    """Classifiers of so many classes each: taken from `folder`, under `name`, or else learnt now and kept there."""
    if folder is None:
        return list(_parted(_joined(list(learn())), classes))
    arrays = found_or_learnt(
        folder,
        find=partial(kept_arrays, folder, name, partial(_are_sound, classes=classes)),
        learn=lambda: _joined(list(learn())),
        keep=partial(keep_arrays, folder=folder, name=name),
    )
    return list(_parted(arrays, classes))


def _joined(scores: Sequence[Scores]) -> Arrays:
    return {
        "lengths": np.array([len(one.places) for one in scores], np.int32),
        "other_idf": np.array([one.other_idf for one in scores], np.float32),
        "places": np.concatenate([one.places for one in scores]),
        "idf": np.concatenate([one.idf for one in scores]),
        "weights": np.concatenate([one.weights.ravel() for one in scores]),  # the narrowest last: all stay aligned
    }


def _parted(arrays: Arrays, classes: Sequence[int]) -> Iterator[Scores]:
    lengths = arrays["lengths"].astype(np.int64)
    places = pairwise([0, *np.cumsum(lengths).tolist()])
    weights = pairwise([0, *np.cumsum(lengths * classes).tolist()])
    for (first, end), (start, stop), other_idf, width in zip(
        places, weights, arrays["other_idf"], classes, strict=True
    ):
        own = arrays["weights"][start:stop].reshape(-1, width)
        yield Scores(arrays["places"][first:end], arrays["idf"][first:end], own, other_idf)


def _are_sound(arrays: Arrays, classes: Sequence[int]) -> bool:
    """Whether they are those of so many classifiers, of so many classes. Raises KeyError when one is missing."""
    lengths, places, weights = arrays["lengths"], arrays["places"], arrays["weights"]
    return (
        is_index(lengths, len(classes), len(places) + 1)
        and bool((lengths > 0).all())
        and places.shape == arrays["idf"].shape == (lengths.sum(),)
        and weights.shape == ((lengths * np.array(classes, np.int64)).sum(),)
        and arrays["other_idf"].shape == lengths.shape
        and places.dtype == np.int32
        and {arrays[name].dtype.kind for name in ("idf", "weights", "other_idf")} == {"f"}
    )


def rarity(columns: Ints, height: int, size: int) -> Floats:
    """How rare each place is, of the `columns` of so many messages: the rarest weigh most."""
    seen = np.bincount(columns, minlength=size)
    return np.asarray(np.log((height + 1) / np.maximum(seen, 1)))


def idf_of(counts: Sparse) -> Floats:
    """What each place of some messages is weighed by: never nothing, even for what is in all of them."""
    return (rarity(counts.columns, counts.height, counts.width) + 1).astype(np.float32)
