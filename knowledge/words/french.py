"""The common words of French, so that none of them is taken for a misspelling of another. See LISEZMOI.md."""

import gzip
from functools import cache
from pathlib import Path


@cache
def common_words() -> frozenset[str]:
    """Normalised, of four letters or more."""
    lines = gzip.decompress(Path(__file__).with_suffix(".txt.gz").read_bytes()).decode("ascii")
    return frozenset(lines.split())


def is_common(word: str) -> bool:
    """Whether a normalised word of four letters or more is common French."""
    return word in common_words()
