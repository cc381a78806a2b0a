"""A brake on what the team receives: many accounts together could otherwise bury its mailbox."""

import time
from collections import deque
from collections.abc import Callable
from enum import StrEnum

_HOUR = 3600.0
_MANY = 5  # a fifth of the most is worth a word


class TeamNotice(StrEnum):
    """What the team is to be told."""

    MANY = "team_mail_many"
    BRAKED = "team_mail_braked"


class Brake:
    """At most `most` messages an hour: what follows waits. `clock`: seconds that a change of time does not move."""

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.most = most
        self._clock = clock
        self._left: deque[float] = deque()  # when messages left, in the last hour
        self._told: set[TeamNotice] = set()

    @property
    def holds(self) -> bool:
        """Whether nothing may leave now."""
        return self._in_an_hour() >= self.most

    def note(self) -> None:
        """A message left, or perhaps did."""
        self._left.append(self._clock())

    def news(self) -> TeamNotice | None:
        """What the team does not know yet; told once, and again after an hour at rest."""
        left = self._in_an_hour()
        if left < max(self.most // _MANY, 1):
            self._told.clear()
            return None
        found = TeamNotice.BRAKED if left >= self.most else TeamNotice.MANY
        if found in self._told:
            return None
        self._told.add(found)
        return found

    def _in_an_hour(self) -> int:
        while self._left and self._left[0] <= self._clock() - _HOUR:
            self._left.popleft()
        return len(self._left)
