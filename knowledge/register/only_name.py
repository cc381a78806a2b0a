"""Whether somebody typed the name of a local authority, and nothing else: asked without the register's arrays."""

import gzip
from functools import cache

from knowledge.register.lines import REGISTER_FILE
from knowledge.words.text import normalise


def is_only_a_name(text: str) -> bool:
    """« Saint-André-le-Gaz » is; « je suis de Saint-André-le-Gaz » is not, nor a single word: Sos is a commune."""
    return normalise(text) in _names()


@cache
def _names() -> frozenset[str]:
    with gzip.open(REGISTER_FILE, "rt", encoding="utf-8") as file:
        next(file)  # the names of the columns
        return frozenset(name for line in file for name in line.rstrip("\n").split("\t")[-1].split("|") if " " in name)
