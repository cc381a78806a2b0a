"""What a person may do so many times only: what the team would have to read, votes, and guesses at a code.

Counted in memory: nothing is kept of anybody, erasing one's data gives no new turn, and a restart forgets.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

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

_PEOPLE = 10_000  # counted before those whose time is over are let go


@dataclass
class _Count:
    ends_at: float
    done: set[str] = field(default_factory=set)


class Limits:
    """Counts by person. `clock`: seconds that a change of the time of day does not move."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._counts: dict[tuple[int, Action], _Count] = {}
        self._full_at = _PEOPLE

    def allow(self, person: int, action: Action, key: str) -> bool:
        """Whether this one is within the limit. It counts once, however often it is tried: `key` tells it apart."""
        count = self._count(person, action)
        if key not in count.done and self.are_reached(person, action):
            return False
        count.done.add(key)
        return True

    def are_reached(self, person: int, action: Action) -> bool:
        """Whether another one would be too many."""
        return len(self._count(person, action).done) >= MOST[action][0]

    def _count(self, person: int, action: Action) -> _Count:
        now = self._clock()
        count = self._counts.get((person, action))
        if count is None or count.ends_at <= now:
            if len(self._counts) >= self._full_at:
                self._counts = {key: one for key, one in self._counts.items() if one.ends_at > now and one.done}
                self._full_at = max(_PEOPLE, 2 * len(self._counts))
            count = self._counts[person, action] = _Count(now + MOST[action][1])
        return count
