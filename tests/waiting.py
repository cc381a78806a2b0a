"""Waiting for what happens elsewhere: another task, another process."""

import asyncio
from collections.abc import Callable

PATIENCE = 120
"""Seconds that anything may take on a busy machine."""


async def until(true: Callable[[], object], seconds: float = PATIENCE) -> None:
    """Return once `true()` is true. Raises TimeoutError after `seconds`."""
    async with asyncio.timeout(seconds):
        while not true():  # noqa: ASYNC110 (what is waited for has no event to give)
            await asyncio.sleep(0.01)
