"""What changed between two texts, word by word."""

from collections.abc import Iterator
from difflib import SequenceMatcher


def reworded(before: str, after: str) -> Iterator[tuple[str, str]]:
    """Pieces of both, in order: `same`, `gone` or `new`, and the text."""
    old, new = before.split(" "), after.split(" ")
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            yield "same", " ".join(old[a:b])
        if what in ("replace", "delete"):
            yield "gone", " ".join(old[a:b])
        if what in ("replace", "insert"):
            yield "new", " ".join(new[c:d])
