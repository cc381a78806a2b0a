"""What the team decided not to answer: by the digest of each wording, in the data folder. No text is kept."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from bot.private_files import append_private
from knowledge.words.text import normalise


class Decisions:
    """The wordings that are left unanswered on purpose."""

    def __init__(self, data: Path) -> None:
        self._path = data / "questions-ecartees"

    def note(self, wordings: Iterable[str]) -> None:
        """These are left as they are. Raises OSError."""
        append_private(self._path, "".join(f"{_digest(one)}\n" for one in wordings).encode())

    def noted(self) -> frozenset[str]:
        """The digests of all of them."""
        return frozenset(self._path.read_text("ascii").split()) if self._path.is_file() else frozenset()

    def has(self, wording: str, noted: frozenset[str]) -> bool:
        """Whether this wording is among them."""
        return bool(noted) and _digest(wording) in noted


def _digest(wording: str) -> str:
    return hashlib.sha256(normalise(wording).encode()).hexdigest()[:24]
