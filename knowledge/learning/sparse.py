"""Just enough sparse matrix for numpy: rows of few features, products with dense matrices."""

from array import array
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]

_CHUNK = 2**18
"""Numbers multiplied at a time: the dense rows of the non-zeros stay in the processor's cache."""
_SMALL, _FULL = 2**21, 1 / 64
"""A matrix of fewer numbers, of which this share or more are not zero, is multiplied as a dense one."""


class Sparse:
    """A matrix of `height` × `width`, kept as its non-zeros sorted by row."""

    def __init__(self, rows: Ints, columns: Ints, values: Floats, height: int, width: int) -> None:
        self.rows, self.columns, self.values = rows, columns, values
        self.height, self.width = height, width

    @classmethod
    def of(cls, rows: Iterable[tuple[list[int], list[float]]], width: int) -> "Sparse":
        """From the columns and values of each row; what falls on the same place is added up."""
        columns, values, lengths = array("i"), array("f"), array("i")  # far smaller than lists: there are millions
        for places, weights in rows:
            columns.fromlist(places)
            values.fromlist(weights)
            lengths.append(len(places))
        keys = np.repeat(np.arange(len(lengths), dtype=np.int64) * width, lengths) + np.asarray(columns)
        order = np.argsort(keys)
        keys = keys[order]
        firsts = np.flatnonzero(np.diff(keys, prepend=-1))
        summed = np.add.reduceat(np.asarray(values)[order], firsts) if len(firsts) else np.zeros(0, np.float32)
        at, column = np.divmod(keys[firsts], width)
        return cls(at.astype(np.int32), column.astype(np.int32), summed, len(lengths), width)

    @classmethod
    def counted(cls, rows: NDArray[np.int64], places: "NDArray[np.integer]", height: int, width: int) -> "Sparse":
        """From places, as often as they come in their row: the value is 1 for once, and grows slowly."""
        keys, counts = np.unique(rows * width + places, return_counts=True)
        at, column = np.divmod(keys, width)
        return cls(at.astype(np.int32), column.astype(np.int32), damped(counts), height, width)

    @classmethod
    def row(cls, places: list[int], weights: list[float], width: int) -> "Sparse":
        """One row, as `of` makes it: for one text numpy's detours cost more than what they do."""
        summed: dict[int, float] = {}
        for place, weight in zip(places, weights, strict=True):
            summed[place] = summed.get(place, 0.0) + weight
        columns = sorted(summed)
        values = np.array([summed[column] for column in columns], np.float32)
        return cls(np.zeros(len(columns), np.int32), np.array(columns, np.int32), values, 1, width)

    @cached_property
    def bounds(self) -> NDArray[np.intp]:
        """Where each row begins among the non-zeros, and where the last one ends."""
        return np.searchsorted(self.rows, np.arange(self.height + 1))

    def transposed(self) -> "Sparse":
        """Rows and columns exchanged."""
        order = _order(self.columns)
        return Sparse(self.columns[order], self.rows[order], self.values[order], self.width, self.height)

    def chosen(self, rows: "NDArray[np.integer]") -> "Sparse":
        """Some of the rows only, in this order."""
        starts, lengths = self.bounds[rows], np.diff(self.bounds)[rows]
        ends = np.cumsum(lengths)
        at = np.arange(ends[-1] if len(ends) else 0) + np.repeat(starts - ends + lengths, lengths)
        of = np.repeat(np.arange(len(rows), dtype=np.int32), lengths)
        return Sparse(of, self.columns[at], self.values[at], len(rows), self.width)

    def narrowed(self, columns: NDArray[np.intp]) -> "Sparse":
        """Some of the columns only, in this order."""
        among = np.full(self.width, -1, np.int32)
        among[columns] = np.arange(len(columns))
        places = among[self.columns]
        kept = places >= 0
        return Sparse(self.rows[kept], places[kept], self.values[kept], self.height, len(columns))

    def weighed(self, weights: Floats) -> "Sparse":
        """Each column times its weight, then each row scaled to length 1."""
        values = self.values * weights[self.columns]
        norms = np.sqrt(np.bincount(self.rows, values**2, self.height)).astype(np.float32)
        values /= np.maximum(norms, np.float32(1e-9))[self.rows]
        return Sparse(self.rows, self.columns, values, self.height, self.width)

    def dot(self, dense: Floats) -> Floats:
        """The product with a dense matrix of `width` rows."""
        return Product(self, dense.shape[1]).of(dense)


class Product:
    """The products of a sparse matrix with dense ones of `classes` columns, prepared once.

    Rows of as many non-zeros are multiplied together, by the libraries that numpy has for it; one column is summed
    without them, and a small matrix is multiplied whole.
    """

    def __init__(self, matrix: Sparse, classes: int) -> None:
        self._height, self._classes = matrix.height, classes
        size = matrix.height * matrix.width
        if size <= _SMALL and len(matrix.values) >= _FULL * size:
            dense = np.zeros((matrix.height, matrix.width), np.float32)
            dense[matrix.rows, matrix.columns] = matrix.values
            self._products: Callable[[Floats], Floats] = dense.__matmul__
        elif classes == 1:
            self._firsts, self._matrix = np.flatnonzero(np.diff(matrix.rows, prepend=-1)), matrix
            self._products = self._summed
        else:
            self._groups = list(_groups(matrix, classes))
            widest = max((len(columns) for _, columns, _ in self._groups), default=0)
            self._taken = np.empty((widest, classes), np.float32)  # again and again: making it costs as much
            self._products = self._grouped

    def of(self, dense: Floats) -> Floats:
        """The product with a dense matrix."""
        return self._products(dense)

    def _summed(self, dense: Floats) -> Floats:
        result = np.zeros((self._height, 1), np.float32)
        each = self._matrix.values * dense[:, 0].take(self._matrix.columns)
        result[self._matrix.rows[self._firsts], 0] = np.add.reduceat(each, self._firsts)
        return result

    def _grouped(self, dense: Floats) -> Floats:
        result = np.zeros((self._height, self._classes), np.float32)
        for rows, columns, values in self._groups:
            taken = dense.take(columns, axis=0, out=self._taken[: len(columns)], mode="clip")  # « raise » would copy
            result[rows] = np.matmul(values, taken.reshape(len(rows), -1, self._classes))[:, 0]
        return result


def _groups(matrix: Sparse, classes: int) -> Iterator[tuple[NDArray[np.int64], NDArray[np.intp], Floats]]:
    """The numbers of rows of as many non-zeros, their columns one after the other, their values."""
    starts = matrix.bounds
    lengths = np.diff(starts)
    order = np.argsort(lengths, kind="stable")
    order = order[np.searchsorted(lengths[order], 1) :]
    bounds = np.flatnonzero(np.diff(lengths[order], prepend=-1, append=-1)).tolist()
    for first, end in pairwise(bounds):
        length = int(lengths[order[first]])
        size = max(1, _CHUNK // (classes * length))
        for start in range(first, end, size):
            rows = order[start : min(end, start + size)]
            at = starts[rows][:, None] + np.arange(length)
            yield rows, matrix.columns[at].ravel().astype(np.intp), matrix.values[at][:, None]


def damped(counts: NDArray[np.intp]) -> Floats:
    """What counts weigh: 1 for once, slowly more."""
    return (np.log(counts) + 1).astype(np.float32)


def _order(numbers: Ints) -> NDArray[np.intp]:
    """What sorts whole numbers, equal ones as they came: by lower bits, then by upper ones, is faster than at once."""
    first = np.argsort(numbers.astype(np.uint16), kind="stable")
    upper = (numbers >> 16)[first].astype(np.uint16)
    return first[np.argsort(upper, kind="stable")]
