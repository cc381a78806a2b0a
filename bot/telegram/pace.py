"""How fast one may write to Telegram: 30 messages a second in all unless more is paid for, one a second in a chat."""

import time
from collections import deque
from collections.abc import Awaitable, Callable

Clock = Callable[[], float]
"""Seconds, from any origin."""

Sleep = Callable[[float], Awaitable[None]]


class Window:
    """At most `count` calls in any `seconds`. Places are given in order, without waiting for each other."""

    def __init__(self, count: int, seconds: float) -> None:
        self._seconds = seconds
        self._given: deque[float] = deque(maxlen=count)

    def take(self, now: float) -> float:
        """The time from which the call may be made; that place is then taken."""
        full = len(self._given) == self._given.maxlen
        at = max(now, self._given[0] + self._seconds) if full else max(now, self._last)
        self._given.append(at)
        return at

    def is_idle(self, now: float) -> bool:
        """Whether forgetting this window would change nothing."""
        return self._last + self._seconds < now

    @property
    def _last(self) -> float:
        return self._given[-1] if self._given else float("-inf")


class Pace:
    """Holds calls back just as long as needed: a chat that is too fast makes only itself wait."""

    def __init__(self, sleep: Sleep, clock: Clock = time.monotonic, per_second: int = 30) -> None:
        self._sleep = sleep
        self._clock = clock
        self._overall = Window(per_second, 1.1)  # a tenth more than promised: the network shortens distances
        self._chats: dict[int | str, Window] = {}
        self._closed_until: dict[int | str, float] = {}  # after a 429
        self._swept_at = clock()

    async def wait(self, chat: int | str) -> None:
        """Return when a message may be sent in this chat."""
        self._sweep()
        window = self._chats.setdefault(chat, _window_of(chat))
        await self._until(window.take(self._clock()))
        while (until := self._closed_until.get(chat, 0.0)) > self._clock():
            await self._until(until)
        await self._until(self._overall.take(self._clock()))

    def close(self, chat: int | str, seconds: float) -> None:
        """Telegram said to leave this chat alone that long."""
        self._closed_until[chat] = self._clock() + seconds

    async def _until(self, at: float) -> None:
        if (seconds := at - self._clock()) > 0:
            await self._sleep(seconds)

    def _sweep(self) -> None:
        """Forget idle chats, once a minute: memory must not grow with the number of people."""
        now = self._clock()
        if now - self._swept_at < 60:
            return
        self._swept_at = now
        self._chats = {chat: window for chat, window in self._chats.items() if not window.is_idle(now)}
        self._closed_until = {chat: until for chat, until in self._closed_until.items() if until > now}


def _window_of(chat: int | str) -> Window:
    """Three messages at once then one a second in a private chat; 20 a minute in a group."""
    is_private = isinstance(chat, int) and chat > 0
    return Window(3, 3.2) if is_private else Window(20, 61.0)
