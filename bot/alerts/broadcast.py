"""From the alert queue to Telegram: 25 messages a second at most, until everybody was told."""

import asyncio
import logging
import time
from collections.abc import Callable
from datetime import date
from typing import Any

from aiogram import Bot
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)

from bot.alerts.queue import Alert, AlertQueue
from bot.describe import headline, short
from bot.telegram.outbound import NotSentError
from bot.telegram.pace import Window
from knowledge.content.calendar import moment
from knowledge.content.models import Content
from knowledge.dates.alert_letter import AlertLetter
from knowledge.dates.alerts import reminders

logger = logging.getLogger(__name__)

_AT_ONCE = 4  # a message takes 50 ms or more on the way: one after the other would not reach 25 a second
_LOOK = 5.0  # seconds between two looks at the queue, which another process fills
_FAREWELL = 4.0  # seconds at the end for what is in hand
_PAUSES = (5, 30, 120, 600, 3600)  # seconds before each new try of one alert; the last one for ever
_AWAY = 30.0  # seconds without a try when Telegram does not know the bot any more: not this person's fault
_MORNING = 9  # o'clock, in Paris
_GONE = ("chat not found", "user not found", "user is deactivated")


class Broadcaster:
    """Sends what is queued, and queues the reminders that are due.

    `bot`: it must not wait by itself when Telegram asks for patience: the whole broadcast does.
    `show`: the arguments of `send_message` for an announcement. `rate`: messages a second, at most.
    """

    def __init__(
        self,
        bot: Bot,
        queue: AlertQueue,
        content: Content,
        show: Callable[[str], dict[str, Any]],
        clock: Callable[[], date],
        hour: Callable[[], int],
        rate: int = 25,
    ) -> None:
        self._bot = bot
        self._queue = queue
        self._content = content
        self._show = show
        self._clock = clock
        self._hour = hour
        # What is on its way when a second ends may arrive with what follows.
        self._window = Window(rate - _AT_ONCE, 1.0)
        self._closed_until = 0.0  # after a 429
        self._stop = asyncio.Event()

    async def run(self) -> None:
        """Send what is due, now and later, until stopped."""
        while not self._stop.is_set():
            try:
                await self.remind()
                await self.send_all()
            except Exception as error:  # the database is away: the next look tries again
                logger.error("alerts: %s", short(error))
            await self._wait(_LOOK)

    async def stop(self, running: "asyncio.Task[None]") -> None:
        """End `running`, when what is in hand is sent or four seconds have passed."""
        self._stop.set()
        await asyncio.wait({running}, timeout=_FAREWELL)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

    async def remind(self) -> None:
        """Queue today's reminders, in the morning: nobody is woken up for a date a fortnight away."""
        words, published = self._content.calendar, await self._queue.published()
        if words is None or published is None or self._hour() < _MORNING:
            return
        now = moment(self._clock())
        letter = AlertLetter(self._content, words.alerts, now)
        for due in reminders(published.calls, self._content.calls, now):
            assert due.closing.known is not None  # only a full date is recalled
            told = await self._queue.remind(due.id, letter.reminder(due), due.closing.known.first_day)
            if told is not None:
                logger.info("reminder queued: %s", due.id)

    async def send_all(self) -> None:
        """Send everything that is due."""
        await self._queue.tidy_up(moment(self._clock()).date())
        async with asyncio.TaskGroup() as group:
            for _ in range(_AT_ONCE):
                group.create_task(self._send_one_by_one())

    async def _send_one_by_one(self) -> None:
        while await self._turn():
            alert = await self._queue.claim(moment(self._clock()).date())
            if alert is None:
                return
            await self._send(alert)

    async def _turn(self) -> bool:
        """Wait until one more message may be sent; False when stopped."""
        at = max(self._window.take(time.monotonic()), self._closed_until)
        while (seconds := max(at, self._closed_until) - time.monotonic()) > 0 and not self._stop.is_set():
            await self._wait(seconds)
        return not self._stop.is_set()

    async def _send(self, alert: Alert) -> None:
        pause = _PAUSES[min(alert.attempts, len(_PAUSES) - 1)]
        try:
            await self._bot.send_message(alert.chat, **self._show(alert.body))
        except TelegramRetryAfter as error:
            self._close(error.retry_after + 0.5)
            await self._queue.put_off(alert, error.retry_after + 1)
        except TelegramForbiddenError:
            await self._queue.drop(alert)
        except TelegramBadRequest as error:
            is_gone = any(text in error.message for text in _GONE)
            await (self._queue.drop(alert) if is_gone else self._queue.fail(alert, headline(error)))
        except (TelegramServerError, NotSentError):  # Telegram says itself that it failed, or was not reached
            await self._queue.put_off(alert, pause)
        except TelegramNetworkError:
            await self._queue.doubt(alert)
        except TelegramAPIError as error:  # the token, mostly
            logger.error("alerts: %s", headline(error))
            self._close(_AWAY)
            await self._queue.put_off(alert, _AWAY)
        else:
            await self._queue.sent(alert)

    def _close(self, seconds: float) -> None:
        self._closed_until = max(self._closed_until, time.monotonic() + seconds)

    async def _wait(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._stop.wait()
        except TimeoutError:
            return
