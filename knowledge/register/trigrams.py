"""An inverted index of names by their trigrams, in numpy."""

import numpy as np
from numpy.typing import NDArray

from knowledge.learning.sparse import Floats


class Trigrams:
    """An inverted index: which names hold three letters in a row, and how telling those are."""

    _BASE = 38  # letters, digits, space, line break: a trigram fits 16 bits

    def __init__(self, names: list[str]) -> None:
        codes = self._codes(" " + " \n ".join(names) + " ")
        owners = np.cumsum(codes == self._BASE - 1, dtype=np.int32)[:-2]
        grams = self._grams(codes)
        inside = (codes[:-2] < self._BASE - 1) & (codes[1:-1] < self._BASE - 1) & (codes[2:] < self._BASE - 1)
        grams, owners = grams[inside], owners[inside]
        del codes, inside  # megabytes, while as many are needed
        counts = np.bincount(grams, minlength=self._BASE**3)
        self._starts = np.concatenate(([0], np.cumsum(counts)))
        self._weights = (np.log(len(names) / np.maximum(counts, 1)) ** 2).astype(np.float32)
        self._lengths = np.sqrt(np.bincount(owners, self._weights[grams], len(names)) + 1e-6).astype(np.float32)
        self._owners = owners[np.argsort(grams, kind="stable")]

    def likeness(self, name: str) -> Floats:
        """How much each name of the index looks like `name`: the cosine of their weighted trigrams."""
        grams = np.unique(self._grams(self._codes(f" {name} ")))
        held = [self._owners[self._starts[gram] : self._starts[gram + 1]] for gram in grams]
        weights = np.repeat(self._weights[grams], [len(owners) for owners in held])
        shared = np.bincount(np.concatenate(held, dtype=np.intp), weights, len(self._lengths)).astype(np.float32)
        likeness: Floats = shared / self._lengths / np.sqrt(self._weights[grams].sum() + 1e-6)
        return likeness

    def _codes(self, text: str) -> NDArray[np.uint16]:
        table = np.zeros(256, np.uint16)
        for code, letter in enumerate(b"abcdefghijklmnopqrstuvwxyz0123456789\n", start=1):
            table[letter] = code
        return table[np.frombuffer(text.encode("ascii"), np.uint8)]

    def _grams(self, codes: NDArray[np.uint16]) -> NDArray[np.uint16]:
        return codes[:-2] * np.uint16(self._BASE**2) + codes[1:-1] * np.uint16(self._BASE) + codes[2:]
