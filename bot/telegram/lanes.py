"""Work in order for each person, for several people at once. Nothing is kept of a person at rest."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Hashable, Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from bot.waits import is_set_within

S = TypeVar("S")
T = TypeVar("T")

Settle = Callable[[T], Awaitable[float | None]]
"""Does something; the seconds after which to call it again before what follows, or None when it is done.

It deals with its own errors: one that escapes ends the lane's task, and the lane goes on with the next.
It takes `Lanes.turn` for as long as it computes, not while it waits for the network.
"""


@dataclass
class _Lane(Generic[T]):
    waiting: deque[T]
    passed_over: list[T] = field(default_factory=list)


class Lanes(Generic[T]):
    """A queue for each person, at most `width` of them working at a time, each in its turn.

    Beyond `most` that wait, a person's older ones are passed over: `settle_many` is called with them, once they
    would have come.
    """

    def __init__(self, width: int, settle: Settle[T], most: int, settle_many: Settle[list[T]]) -> None:
        self.turn = asyncio.Semaphore(width)
        """First come, first served: who has many messages goes to the end after each."""
        self._width = width
        self._settle = settle
        self._most = most
        self._settle_many = settle_many
        self._lanes: dict[Hashable, _Lane[T]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._closing = asyncio.Event()
        self.progress = asyncio.Event()
        """Set when somebody has nothing waiting any more; whoever waits for it clears it first."""

    @property
    def people(self) -> int:
        """How many have something waiting or in hand."""
        return len(self._lanes)

    @property
    def waiting(self) -> int:
        """Pieces of work not done yet."""
        return sum(len(lane.waiting) + len(lane.passed_over) for lane in self._lanes.values())

    @property
    def first(self) -> Iterator[T]:
        """What each person waits for first."""
        return (lane.waiting[0] for lane in self._lanes.values() if lane.waiting)

    @property
    def is_closing(self) -> bool:
        """Whether nothing new is to be begun."""
        return self._closing.is_set()

    def put(self, person: Hashable, item: T) -> None:
        """Do this after what this person already waits for."""
        lane = self._lanes.get(person)
        if lane is None:
            self._lanes[person] = _Lane(deque([item]))
            self._start(person)
            return
        lane.waiting.append(item)
        if len(lane.waiting) > self._most + 1:  # the first is perhaps in hand
            lane.passed_over.append(lane.waiting[1])
            del lane.waiting[1]

    async def narrow(self) -> None:
        """From now on one at a time, until `widen`."""
        for _ in range(self._width - 1):
            await self.turn.acquire()

    def widen(self) -> None:
        """Undo `narrow`."""
        for _ in range(self._width - 1):
            self.turn.release()

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
            while lane.waiting and not self.is_closing:
                await self._do(lane)
        finally:
            if lane.waiting and not self.is_closing:  # an error escaped: the others of this person remain
                self._start(person)
            else:
                del self._lanes[person]
                self.progress.set()

    async def _do(self, lane: _Lane[T]) -> None:
        try:
            await self._until_done(self._settle, lane.waiting[0])
        finally:
            if not self.is_closing:
                lane.waiting.popleft()
        if lane.passed_over:
            passed_over, lane.passed_over = lane.passed_over, []
            await self._until_done(self._settle_many, passed_over)

    async def _until_done(self, settle: Settle[S], what: S) -> None:
        while not self.is_closing and (pause := await settle(what)) is not None:
            await is_set_within(self._closing, pause)
