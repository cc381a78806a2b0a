"""Asking Telegram for updates. An update is confirmed by the next request, once it is written down."""

import asyncio
import logging
import random
from collections.abc import Awaitable
from typing import Any, TypeVar, cast

from aiogram import Bot
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramConflictError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)

from bot.describe import headline
from bot.health import Heartbeat
from bot.sentences import tell
from bot.settings import SettingsError
from bot.telegram import updates
from bot.telegram.intake import Intake

logger = logging.getLogger(__name__)
T = TypeVar("T")

_LONG_POLL = 25  # seconds that Telegram keeps a request open when it has nothing
_LONGEST_PAUSE = 30.0  # seconds between two tries when Telegram cannot be reached
_CONFIRM = 1.5  # seconds for the last request of a stop


class Poller:
    """Brings updates to the intake until it is told to stop."""

    def __init__(self, intake: Intake, bot: Bot, heartbeat: Heartbeat) -> None:
        self._intake = intake
        self._bot = bot
        self._heartbeat = heartbeat
        self._offset: int | None = None  # the first update that is not written down yet
        self._failures = 0  # in a row
        self._was_heard = False

    async def run(self, stop: asyncio.Event) -> None:
        """Poll until `stop` is set, then confirm what was written down.

        Without network it waits. Raises SettingsError when the very first answer is that the token is wrong.
        """
        while not stop.is_set():
            try:
                await self._take(stop)
                self._failures = 0
            except Exception as error:  # Telegram or the database is away: anything but stop listening
                await unless(stop, asyncio.sleep(self._pause_after(error)))
            await unless(stop, self._intake.room())
        await self._confirm()

    async def _take(self, stop: asyncio.Event) -> None:
        if not self._was_heard:  # a webhook left behind would make every poll a conflict
            await unless(stop, self._bot.delete_webhook(drop_pending_updates=False))
        request = updates.GetRawUpdates(
            offset=self._offset, timeout=_LONG_POLL, allowed_updates=updates.ALLOWED_UPDATES
        )
        # Only the request is abandoned by a stop, never what follows.
        raws = cast("list[Any] | None", await unless(stop, self._bot(request, request_timeout=_LONG_POLL + 10)))
        if raws is None:
            return
        self._was_heard = True
        await self._intake.accept(raws)
        self._heartbeat.beat()  # served, not only heard: with the disk full or the database away, it stops
        numbers = [updates.number_of(raw) for raw in raws]
        if numbers and max(numbers) < (self._offset or 0):  # none has a number: they would come back at once
            raise ValueError("updates without update_id")
        self._offset = max([self._offset or 0, *(number + 1 for number in numbers)]) or None

    async def _confirm(self) -> None:
        if self._offset is None:
            return
        try:
            async with asyncio.timeout(_CONFIRM):
                await self._bot(updates.GetRawUpdates(offset=self._offset, timeout=0, limit=1))
        except (TelegramAPIError, TimeoutError) as error:  # they come again, and are known by their number
            logger.info("last updates not confirmed: %s", headline(error))

    def _pause_after(self, error: Exception) -> float:
        """Say what is wrong, once each time it begins; the seconds to wait."""
        self._failures += 1
        if self._failures == 1:
            logger.warning("no updates: %s", headline(error))
        match error:
            case TelegramUnauthorizedError() | TelegramNotFound():
                if not self._was_heard:
                    raise SettingsError(tell("token_refused")) from None
                self._tell(tell("trouble_token"))
                return _LONGEST_PAUSE
            case TelegramConflictError():
                self._tell(tell("trouble_conflict"))
            case TelegramRetryAfter(retry_after=seconds):
                return float(seconds)
        return min(_LONGEST_PAUSE, 2.0 ** min(self._failures, 6) / 2) * random.uniform(0.8, 1.2)  # noqa: S311

    def _tell(self, trouble: str) -> None:
        """What the operator has to do: in the logs the first time, and in `tevo health` while it lasts."""
        self._heartbeat.trouble(trouble)
        if self._failures == 1:
            logger.error(trouble)


async def unless(stop: asyncio.Event, work: Awaitable[T]) -> T | None:
    """The result of `work`, or None as soon as `stop` is set; `work` is then cancelled."""
    task = asyncio.ensure_future(work)
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({task, stopping}, return_when=asyncio.FIRST_COMPLETED)
        return task.result() if task.done() else None
    finally:
        for one in (task, stopping):
            one.cancel()
        await asyncio.gather(task, stopping, return_exceptions=True)
