"""How long a dossier waits before it is tried again."""

import random

_PAUSES = (60, 300, 900, 1800, 3600, 7200, 21600)  # seconds before each new attempt; the last one for ever
_SPREAD = 0.2  # by which each is drawn longer or shorter: what failed together is not tried again together
LONGEST_PAUSE = int(_PAUSES[-1] * (1 + _SPREAD))
"""Seconds. Only a clock that was set back leaves a next attempt beyond."""


def pause_after(attempts: int) -> float:
    """Seconds to wait after an attempt that failed, `attempts` having failed before it."""
    return _PAUSES[min(attempts, last_step())] * random.uniform(1 - _SPREAD, 1 + _SPREAD)  # noqa: S311


def last_step() -> int:
    """Attempts that failed before the one from which pauses grow no more."""
    return len(_PAUSES) - 1
