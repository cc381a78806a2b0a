"""Just enough sparse matrix for numpy: rows of few features, products with dense matrices."""

from array import array
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]

_CHUNK = 2**18
"""Numbers multiplied at a time: the dense rows of the non-zeros stay in the processor's cache."""


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
            columns.extend(places)
            values.extend(weights)
            lengths.append(len(places))
        keys = np.repeat(np.arange(len(lengths), dtype=np.int64) * width, lengths) + np.asarray(columns)
        places_of, where = np.unique(keys, return_inverse=True)
        summed = np.bincount(where, np.asarray(values), len(places_of)).astype(np.float32)
        at, column = np.divmod(places_of, width)
        return cls(at.astype(np.int32), column.astype(np.int32), summed, len(lengths), width)

    @classmethod
    def row(cls, places: list[int], weights: list[float], width: int) -> "Sparse":
        """One row, as `of` makes it: for one text numpy's detours cost more than what they do."""
        summed: dict[int, float] = {}
        for place, weight in zip(places, weights, strict=True):
            summed[place] = summed.get(place, 0.0) + weight
        columns = sorted(summed)
        values = np.array([summed[column] for column in columns], np.float32)
        return cls(np.zeros(len(columns), np.int32), np.array(columns, np.int32), values, 1, width)

    def transposed(self) -> "Sparse":
        """Rows and columns exchanged."""
        order = np.argsort(self.columns, kind="stable")
        return Sparse(self.columns[order], self.rows[order], self.values[order], self.width, self.height)

    def first(self, height: int) -> "Sparse":
        """The first rows only."""
        end = int(np.searchsorted(self.rows, height))
        return Sparse(self.rows[:end], self.columns[:end], self.values[:end], height, self.width)

    def weighed(self, weights: Floats) -> "Sparse":
        """Each column times its weight, then each row scaled to length 1."""
        values = self.values * weights[self.columns]
        norms = np.sqrt(np.bincount(self.rows, values**2, self.height)).astype(np.float32)
        values /= np.maximum(norms, np.float32(1e-9))[self.rows]
        return Sparse(self.rows, self.columns, values, self.height, self.width)

    def dot(self, dense: Floats) -> Floats:
        """The product with a dense matrix of `width` rows."""
        result = np.zeros((self.height, dense.shape[1]), np.float32)
        size = max(1, _CHUNK // dense.shape[1])
        for start in range(0, len(self.rows), size):
            rows = self.rows[start : start + size]
            terms = dense[self.columns[start : start + size]]
            terms *= self.values[start : start + size, None]
            firsts = np.flatnonzero(np.diff(rows, prepend=-1))
            result[rows[firsts]] += np.add.reduceat(terms, firsts)
        return result
