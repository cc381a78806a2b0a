"""Just enough sparse matrix for numpy: rows of few features, products with dense matrices."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]

_CHUNK = 16_384
"""Non-zeros multiplied at a time: their dense rows stay in the processor's cache."""


class Sparse:
    """A matrix of `height` × `width`, kept as its non-zeros sorted by row."""

    def __init__(self, rows: Ints, columns: Ints, values: Floats, height: int, width: int) -> None:
        self.rows, self.columns, self.values = rows, columns, values
        self.height, self.width = height, width

    @classmethod
    def of(cls, rows: Iterable[dict[int, float]], width: int) -> "Sparse":
        """From one dict (column → value) a row."""
        listed = list(rows)
        lengths = [len(row) for row in listed]
        return cls(
            np.repeat(np.arange(len(listed), dtype=np.int32), lengths),
            np.fromiter((c for row in listed for c in row), np.int32, sum(lengths)),
            np.fromiter((v for row in listed for v in row.values()), np.float32, sum(lengths)),
            len(listed),
            width,
        )

    def transposed(self) -> "Sparse":
        """Rows and columns exchanged."""
        order = np.argsort(self.columns, kind="stable")
        return Sparse(self.columns[order], self.rows[order], self.values[order], self.width, self.height)

    def dot(self, dense: Floats) -> Floats:
        """The product with a dense matrix of `width` rows."""
        result = np.zeros((self.height, dense.shape[1]), np.float32)
        for start in range(0, len(self.rows), _CHUNK):
            rows = self.rows[start : start + _CHUNK]
            terms = dense[self.columns[start : start + _CHUNK]]
            terms *= self.values[start : start + _CHUNK, None]
            firsts = np.flatnonzero(np.diff(rows, prepend=-1))
            result[rows[firsts]] += np.add.reduceat(terms, firsts)
        return result
