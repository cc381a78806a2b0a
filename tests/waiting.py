"""Waiting for what happens elsewhere: another task, another process."""

import asyncio
from collections.abc import Callable


async def until(true: Callable[[], object], seconds: float = 10) -> None:
    """Return once `true()` is true. Raises TimeoutError after `seconds`."""
    async with asyncio.timeout(seconds):
        while not true():  # noqa: ASYNC110 (what is waited for has no event to give)
            await asyncio.sleep(0.01)
