"""The team is reminded, by e-mail, of the questions that only an answer in their conversation can answer."""

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime

from bot.describe import short
from bot.dossiers.reply_queue import ReplyQueue, TeamQuestion
from bot.dossiers.smtp import DoubtError, Send
from knowledge.content.calendar import PARIS
from knowledge.content.dossier import MailWords
from knowledge.content.models import Content

logger = logging.getLogger(__name__)

_WORKING_DAYS = 2
_MORNING = 9  # o'clock, in Paris
_LOOK = 900.0  # seconds
_SATURDAY = 5


class MorningMail:
    """Writes one e-mail a morning, if there is something to recall."""

    def __init__(
        self,
        queue: ReplyQueue,
        content: Callable[[], Content],
        sender: str,
        send: Send,
        now: Callable[[], datetime],
    ) -> None:
        self._queue = queue
        self._content = content
        self._sender = sender
        self._send = send
        self._now = now

    async def run(self) -> None:
        """Look every quarter of an hour, until cancelled."""
        while True:
            try:
                await self.remind()
            except Exception as error:  # the mail server or the database is away: the next look tries again
                logger.warning("team not reminded: %s", short(error))
            await asyncio.sleep(_LOOK)

    async def remind(self) -> None:
        """Recall what has waited two working days. Whatever is recalled twice has the same number, and shows once."""
        now = self._now().astimezone(PARIS)
        late = [asked for asked in await self._queue.not_reminded() if _is_late(asked, now.date())]
        if not late or now.hour < _MORNING:
            return
        try:
            await self._send(self._mail(late, now), _handing)
        except DoubtError:  # perhaps they have it: that is enough
            logger.warning("the reminder to the team was perhaps sent")
        await self._queue.reminded([asked.reference for asked in late])

    def _mail(self, late: list[TeamQuestion], now: datetime) -> EmailMessage:
        content, mail = self._content(), EmailMessage()
        assert content.dossier is not None  # questions were sent
        words = content.dossier.mail
        mail["From"], mail["To"] = self._sender, content.email
        mail["Subject"] = words.subject_reminder.format(n=len(late))
        mail["Date"] = format_datetime(now.astimezone(UTC))
        mail["Message-ID"] = f"<rappel-{now:%Y-%m-%d}-{late[0].reference}@{self._sender.rpartition('@')[2]}>"
        lines = [words.reminder_line.format(reference=asked.reference, filed=self._day(asked, words)) for asked in late]
        mail.set_content("\n\n".join([words.reminder, "\n".join(lines), words.reminder_closing]) + "\n")
        return mail

    @staticmethod
    def _day(asked: TeamQuestion, words: MailWords) -> str:
        return datetime.fromtimestamp(asked.asked_at, PARIS).strftime(words.day)


async def _handing() -> None:
    """Nothing needs to be noted before the mail server has it."""


def _is_late(asked: TeamQuestion, today: date) -> bool:
    """Whether two working days have gone by since the team had it; public holidays count as any day."""
    assert asked.sent_at is not None  # it was sent
    day, left = datetime.fromtimestamp(asked.sent_at, PARIS).date(), _WORKING_DAYS
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < _SATURDAY
    return today >= day
