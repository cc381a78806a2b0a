"""What a person may do so many times only: what the team would have to read, votes, and guesses at a code."""

from enum import StrEnum
from typing import Protocol

_HOUR = 3600.0
_DAY = 24 * _HOUR


class Action(StrEnum):
    """What is counted."""

    QUESTION = "question"
    """Sent to the team."""
    DOSSIER = "dossier"
    CORRECTION = "correction"
    VOTE = "vote"
    CODE = "code"
    """Drawn for a colleague."""
    WRONG_CODE = "wrong code"
    """Typed, and nobody gave it."""


MOST = {
    Action.QUESTION: (10, _DAY),
    Action.DOSSIER: (10, _DAY),
    Action.CORRECTION: (20, _DAY),
    Action.VOTE: (60, _DAY),
    Action.CODE: (10, _DAY),
    Action.WRONG_CODE: (5, _HOUR),
}
"""How many times, within how many seconds of the first."""


class Limits(Protocol):
    """Counts by person."""

    async def allow(self, person: int, action: Action, key: str) -> bool:
        """Whether this one is within the limit. It counts once, however often it is tried: `key` tells it apart."""

    async def are_reached(self, person: int, action: Action) -> bool:
        """Whether another one would be too many."""
