"""What is next to be told to a subscriber, with the reminders that are due.

Sent by `bot/telegram/sender.py`, where the pauses are.
"""

import logging
from collections.abc import Callable
from datetime import date
from typing import Any

from aiogram import Bot

from bot.alerts.queue import Alert, AlertQueue
from bot.telegram.sender import Sender
from knowledge.content.calendar import moment
from knowledge.content.models import Content
from knowledge.dates.alert_letter import AlertLetter
from knowledge.dates.calendar_changes import reminders

logger = logging.getLogger(__name__)

_MORNING = 9  # o'clock, in Paris


class Broadcaster(Sender[Alert]):
    """Sends what is queued, and queues the reminders that are due.

    `show`: the arguments of `send_message` for an announcement.
    """

    def __init__(
        self,
        bot: Bot,
        queue: AlertQueue,
        content: Callable[[], Content],
        show: Callable[[str], dict[str, Any]],
        clock: Callable[[], date],
        hour: Callable[[], int],
    ) -> None:
        super().__init__(bot, queue)
        self._queue = queue
        self._content = content
        self._show = show
        self._clock = clock
        self._hour = hour

    async def prepare(self) -> None:
        """Queue the reminders; let go of what is over."""
        await self.remind()
        await self._queue.tidy_up(moment(self._clock()).date())

    async def claim(self) -> Alert | None:
        """The next alert that is not over."""
        return await self._queue.claim(moment(self._clock()).date())

    def show(self, letter: Alert) -> dict[str, Any]:
        """Its announcement."""
        return self._show(letter.body)

    async def remind(self) -> None:
        """Queue today's reminders, in the morning: nobody is woken up for a date a fortnight away."""
        published, content = await self._queue.published(), self._content()
        words = content.calendar
        if words is None or published is None or self._hour() < _MORNING:
            return
        now = moment(self._clock())
        letter = AlertLetter(content, words.alerts, now)
        for due in reminders(published.calls, content.calls, now):
            assert due.closing.known is not None  # only a full date is recalled
            told = await self._queue.remind(due.id, letter.reminder(due), due.closing.known.first_day)
            if told is not None:
                logger.info("reminder queued: %s", due.id)
