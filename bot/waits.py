"""How what runs behind waits, and how it is ended."""

import asyncio

FAREWELL = 4.0
"""Seconds, at the end, for what is in hand."""


async def is_set_within(event: asyncio.Event, seconds: float) -> bool:
    """Wait until it is set, so many seconds at most; whether it is."""
    try:
        async with asyncio.timeout(seconds):
            return await event.wait()
    except TimeoutError:
        return False


async def end(running: "asyncio.Task[None]") -> None:
    """End what was told to stop, when what is in hand is done or four seconds have passed."""
    await asyncio.wait({running}, timeout=FAREWELL)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
