"""Work in order for each person, for several people at once. Nothing is kept of a person at rest."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Hashable

Work = Callable[[], Awaitable[float | None]]
"""Does something; the seconds after which to call it again before what follows, or None when it is done.

It deals with its own errors: one that escapes ends the lane's task, and the lane goes on with the next.
"""


class Lanes:
    """A queue for each person, at most `width` of them working at a time."""

    def __init__(self, width: int) -> None:
        self._width = asyncio.Semaphore(width)
        self._lanes: dict[Hashable, deque[Work]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._closing = asyncio.Event()
        self.waiting = 0
        """Pieces of work not done yet."""
        self.progress = asyncio.Event()
        """Set when one is done; whoever waits for it clears it first."""

    def put(self, person: Hashable, work: Work) -> None:
        """Do this after what this person already waits for."""
        self.waiting += 1
        if person in self._lanes:
            self._lanes[person].append(work)
            return
        self._lanes[person] = deque([work])
        self._start(person)

    async def close(self, grace: float) -> None:
        """Begin nothing new; give what was begun `grace` seconds, then cancel it."""
        self._closing.set()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=grace)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _start(self, person: Hashable) -> None:
        task = asyncio.create_task(self._drain(person))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _drain(self, person: Hashable) -> None:
        lane = self._lanes[person]
        try:
            while lane and not self._closing.is_set():
                await self._do(lane)
        finally:
            if lane and not self._closing.is_set():  # an error escaped: the others of this person remain
                self._start(person)
            else:
                self.waiting -= len(lane)
                self.progress.set()
                del self._lanes[person]

    async def _do(self, lane: deque[Work]) -> None:
        pause: float | None = None
        try:
            async with self._width:
                if self._closing.is_set():
                    return
                pause = await lane[0]()
        finally:
            if pause is None and not self._closing.is_set():
                lane.popleft()
                self.waiting -= 1
                self.progress.set()
        if pause is not None:  # outside: whoever waits takes nobody's place
            await self._pause(pause)

    async def _pause(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._closing.wait()
        except TimeoutError:
            pass
