"""What a scenario is given, and what it gives back."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path


class NotHereError(Exception):
    """What a scenario needs is not on this machine."""


@dataclass
class Result:
    """What was tried, and what was not as promised: nothing, if all is well."""

    tried: str
    wrong: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Play:
    """What a scenario is given: where, the seed of all chance, and how much more than in a short run."""

    folder: Path
    seed: int
    scale: float
    """1 for a full run, less for a slice, more for a long one."""

    def times(self, full: int, least: int = 1) -> int:
        """How many, of what a full run does so many times."""
        return max(least, round(full * self.scale))


Scenario = Callable[[Play], Awaitable[Result]]
