"""One update, one unit of work: the handlers change and say things in memory, and all of it is committed at once.

Whatever they do, one of three things happens: it is applied, with what is to be said; it is undone and put aside,
with an apology to be said; or it is undone and nothing is noted, since the database or Telegram is away.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
)
from aiogram.types import ErrorEvent, TelegramObject, Update

from bot.database.database import is_passing
from bot.database.unit import Unit
from bot.describe import short
from bot.telegram import updates
from bot.telegram.inbox import Entry, Inbox
from bot.telegram.saying import SaidMethods, collecting

logger = logging.getLogger(__name__)

_MOST_REPLAYS = 2

REFUSALS = (TelegramBadRequest, TelegramForbiddenError, TelegramMigrateToChat, TelegramEntityTooLarge)
"""What Telegram will never take. Any other error passes: no network, 429, 5xx, not JSON, even a wrong token once
the operator has mended it."""


class AwayError(Exception):
    """The database, or Telegram, cannot be reached for now: nothing was changed, and the same may succeed later."""


class BlamedError(Exception):
    """The process ended twice while this update, alone, was in hand."""


class Handling:
    """Has the dispatcher handle updates. `seconds`: how long a handler may compute."""

    def __init__(self, dispatcher: Dispatcher, bot: Bot, inbox: Inbox, seconds: float) -> None:
        self._dispatcher = dispatcher
        self._bot = bot
        self._inbox = inbox
        self._seconds = seconds
        self._units: dict[int, tuple[Unit, SaidMethods]] = {}  # by update, while it is handled
        self._failed: dict[int, Exception] = {}  # by update: what the errors handlers have just answered
        dispatcher.errors.outer_middleware(self._note_failure)

    async def apply(self, entry: Entry) -> str | None:
        """Handle it, once and for all; what is to be said is then in `entry.to_say`. The reason if it was put aside.

        Raises AwayError.
        """
        try:
            if entry.is_replay:
                await self._inbox.begin_again(entry)
            return await self._apply(entry)
        except Exception as error:
            if _is_away(error):
                raise AwayError(short(error)) from None
            raise

    async def _apply(self, entry: Entry) -> str | None:
        async with self._inbox.database.unit() as unit:
            with collecting() as said:
                reason = await self._handled(entry, unit, said)
            try:
                unit.stage(self._inbox.settled(entry, said, reason))
                await unit.commit()
            except Exception as error:  # what a handler wants kept cannot be
                if _is_away(error):
                    raise
                reason = await self._undone(entry, unit, said, error)
                unit.stage(self._inbox.settled(entry, said, reason))
                await unit.commit()
        entry.to_say = said
        return reason

    async def _handled(self, entry: Entry, unit: Unit, said: SaidMethods) -> str | None:
        """Why it failed, an apology being among what is said; None when it did not."""
        if entry.replays >= _MOST_REPLAYS:
            return await self._undone(entry, unit, said, BlamedError("ended the process twice"))
        try:
            update = updates.read(entry.raw, self._bot)
        except updates.UnreadableError as error:
            return await self._undone(entry, unit, said, error)
        try:
            return await self._fed(update, unit, said)
        except TimeoutError as error:
            if unit.was_waiting:
                raise AwayError("the database does not answer") from None
            return await self._undone(entry, unit, said, error)
        except Exception as error:  # whatever a handler raises ends here, and the next update is handled
            if _is_away(error):
                raise
            return await self._undone(entry, unit, said, error)

    async def _fed(self, update: Update, unit: Unit, said: SaidMethods) -> str | None:
        """Why a handler failed, the errors handlers having apologised. Raises what they did not answer."""
        number = update.update_id
        self._units[number] = unit, said
        try:
            async with asyncio.timeout(self._seconds):
                await self._dispatcher.feed_update(self._bot, update)
        finally:
            del self._units[number]
            failed = self._failed.pop(number, None)
        if failed is not None and _is_away(failed):
            raise failed
        return None if failed is None else short(failed)

    async def _note_failure(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        """Around the errors handlers: what failed is undone, and aiogram forgets an error that they answered."""
        assert isinstance(event, ErrorEvent)
        number = event.update.update_id
        if number not in self._units:  # `_undone` has done it
            return await handler(event, data)
        self._failed[number] = event.exception
        if _is_away(event.exception):  # not ours to apologise for
            return None
        unit, said = self._units[number]
        await unit.undo()
        said.clear()
        return await handler(event, data)

    async def _undone(self, entry: Entry, unit: Unit, said: SaidMethods, error: Exception) -> str:
        """Undo what it did, and have the errors handlers answer; the reason, for the team."""
        await unit.undo()
        said.clear()
        said += await self.apology(entry, error)
        return str(error) if isinstance(error, updates.UnreadableError | BlamedError) else short(error)

    async def apology(self, entry: Entry, error: Exception) -> SaidMethods:
        """What the errors handlers say to the author; nothing when there is none, or they fail as well."""
        update = updates.sketch(entry.raw, self._bot)
        if update is None:
            return []
        data = {**self._dispatcher.workflow_data, "dispatcher": self._dispatcher, "bot": self._bot}
        event = ErrorEvent(update=update, exception=error)
        with collecting() as said:
            try:
                async with asyncio.timeout(self._seconds):
                    await self._dispatcher.propagate_event(update_type="error", event=event, **data)
            except Exception as failed:  # it was the last resort
                logger.error("nobody could be told about update %s: %s", entry.update_id, short(failed))
        return said


def _is_away(error: BaseException) -> bool:
    if isinstance(error, TelegramAPIError):
        return not isinstance(error, REFUSALS)
    return isinstance(error, AwayError) or is_passing(error)
