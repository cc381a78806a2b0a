"""From a queue to Telegram: so many messages a second at most, until everybody was told, each of them once."""

import asyncio
import logging
import time
from abc import ABC, abstractmethod
from typing import Any, Generic, Protocol, TypeVar

from aiogram import Bot
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)

from bot.describe import headline, short
from bot.telegram.outbound import NotSentError
from bot.telegram.pace import Window
from bot.waits import end, is_set_within

logger = logging.getLogger(__name__)

_AT_ONCE = 4  # a message takes 50 ms or more on the way: one after the other would not reach 25 a second
_LOOK = 5.0  # seconds between two looks at the queue, which another process fills
_PAUSES = (5, 30, 120, 600, 3600)  # seconds before each new try of one message; the last one for ever
_AWAY = 30.0  # seconds without a try when Telegram does not know the bot any more: not this person's fault
_GONE = ("chat not found", "user not found", "user is deactivated")


class Letter(Protocol):
    """One message in hand."""

    @property
    def chat(self) -> int:
        """Whose."""

    @property
    def attempts(self) -> int:
        """How often it was tried before."""


L = TypeVar("L", bound=Letter)
L_contra = TypeVar("L_contra", bound=Letter, contravariant=True)


class Queue(Protocol[L_contra]):
    """Where what becomes of each is written down. It was marked as in hand before."""

    async def sent(self, letter: L_contra, /) -> None:
        """Telegram has it."""

    async def put_off(self, letter: L_contra, seconds: float, /) -> None:
        """It was surely not sent: to be tried again."""

    async def doubt(self, letter: L_contra, /) -> None:
        """Perhaps sent: not sent again."""

    async def fail(self, letter: L_contra, reason: str, /) -> None:
        """Telegram will never take it."""

    async def drop(self, letter: L_contra, /) -> None:
        """The person blocked the bot or is gone."""


class Sender(ABC, Generic[L]):
    """Sends what is queued.

    `bot`: it must not wait by itself when Telegram asks for patience: the whole queue does.
    `rate`: messages a second, at most.
    """

    def __init__(self, bot: Bot, queue: Queue[L], rate: int = 25) -> None:
        self._bot = bot
        self._to = queue
        # What is on its way when a second ends may arrive with what follows.
        self._window = Window(rate - _AT_ONCE, 1.0)
        self._closed_until = 0.0  # after a 429
        self._stop = asyncio.Event()

    @abstractmethod
    async def prepare(self) -> None:
        """What is done before each look at the queue."""

    @abstractmethod
    async def claim(self) -> L | None:
        """The next one to send, marked as in hand; None when none is due."""

    @abstractmethod
    def show(self, letter: L) -> dict[str, Any]:
        """The arguments of `send_message`, but for the chat."""

    async def run(self) -> None:
        """Send what is due, now and later, until stopped."""
        while not self._stop.is_set():
            try:
                await self.prepare()
                await self.send_all()
            except Exception as error:  # the database is away: the next look tries again
                logger.error("%s: %s", type(self).__name__, short(error))
            await is_set_within(self._stop, _LOOK)

    async def stop(self, running: "asyncio.Task[None]") -> None:
        """End `running`, when what is in hand is sent or four seconds have passed."""
        self._stop.set()
        await end(running)

    async def send_all(self) -> None:
        """Send everything that is due."""
        async with asyncio.TaskGroup() as group:
            for _ in range(_AT_ONCE):
                group.create_task(self._send_one_by_one())

    async def _send_one_by_one(self) -> None:
        while await self._turn():
            letter = await self.claim()
            if letter is None:
                return
            await self._send(letter)

    async def _turn(self) -> bool:
        """Wait until one more message may be sent; False when stopped."""
        at = max(self._window.take(time.monotonic()), self._closed_until)
        while (seconds := max(at, self._closed_until) - time.monotonic()) > 0 and not self._stop.is_set():
            await is_set_within(self._stop, seconds)
        return not self._stop.is_set()

    async def _send(self, letter: L) -> None:
        pause = _PAUSES[min(letter.attempts, len(_PAUSES) - 1)]
        try:
            await self._bot.send_message(letter.chat, **self.show(letter))
        except TelegramRetryAfter as error:
            self._close(error.retry_after + 0.5)
            await self._to.put_off(letter, error.retry_after + 1)
        except TelegramForbiddenError:
            await self._to.drop(letter)
        except TelegramBadRequest as error:
            is_gone = any(text in error.message for text in _GONE)
            await (self._to.drop(letter) if is_gone else self._to.fail(letter, headline(error)))
        except (TelegramServerError, NotSentError):  # Telegram says itself that it failed, or was not reached
            await self._to.put_off(letter, pause)
        except TelegramNetworkError:
            await self._to.doubt(letter)
        except TelegramAPIError as error:  # the token, mostly
            logger.error("%s: %s", type(self).__name__, headline(error))
            self._close(_AWAY)
            await self._to.put_off(letter, _AWAY)
        else:
            await self._to.sent(letter)

    def _close(self, seconds: float) -> None:
        self._closed_until = max(self._closed_until, time.monotonic() + seconds)
