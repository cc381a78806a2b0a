"""A dossier in hand, on its way to the mail server."""

from dataclasses import dataclass

from knowledge.submission import Dossier


class SealedError(Exception):
    """The dossier of this reference cannot be read, mostly for another key: it is held now."""

    def __init__(self, reference: str) -> None:
        super().__init__(reference)
        self.reference = reference


class LostClaimError(Exception):
    """Another process took the dossier over, or the person corrected it meanwhile."""


@dataclass(frozen=True)
class Claim:
    """A dossier in hand. Whoever holds an older claim on it can change nothing any more."""

    dossier: Dossier
    attempts: int
    """How often it was tried before."""
    filed_at: int
    """When the person first sent it: seconds since 1970."""
    changed_at: int
    """When the person sent this revision: seconds since 1970."""
    token: str
