"""From Telegram to the handlers, losing nothing: written down first, then handled in order for each person.

What happens to an update:
- handled: its body is erased;
- the handler failed and the errors handler told the person: quarantine, not tried again (it would answer twice);
- the handler failed and nobody could be told, Telegram being away: tried again after a pause, a few times;
- it is unreadable, takes too long, or failed for good: quarantine, and the person gets the errors handler's answer;
- the process was killed: begun once more at the next start. If that ends the process again: quarantine.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Self

from aiogram import Bot, Dispatcher
from aiogram.exceptions import (
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.types import ErrorEvent, TelegramObject, Update

from bot.describe import short
from bot.sentences import tell
from bot.telegram import updates
from bot.telegram.inbox import Entry, Inbox
from bot.telegram.lanes import Lanes

logger = logging.getLogger(__name__)

MOST_WAITING = 1000
"""Updates taken in ahead of the handlers; more stay with Telegram, so that memory is bounded."""

_PASSING = (TelegramNetworkError, TelegramServerError, TelegramRetryAfter)
"""Why the person could not be told. Of anything else, the database included, the errors handler tells at once."""

_PAUSES = (2.0, 10.0, 30.0, 60.0)  # seconds before each new try of an update, when Telegram is away
_GRACE = 4.0  # seconds that a stop leaves to what was begun; the whole stop must take less than 8
_MOST_TOLD = 200  # reasons; beyond, the team has long been told that something is wrong
_ROUND = 30.0  # seconds between two looks at what the database refused


@dataclass(frozen=True)
class Failure:
    """An update that was not handled. `told`: the person was answered by the errors handler."""

    error: Exception
    told: bool
    cause: Exception | None = None
    """What failed first, when telling the person failed as well."""

    @property
    def reason(self) -> str:
        """Class and place, for the team; never what the person wrote."""
        return short(self.cause or self.error)


class Intake:
    """Takes updates in and has the dispatcher handle them. Use as `async with`: the end is a clean stop."""

    def __init__(
        self,
        dispatcher: Dispatcher,
        bot: Bot,
        inbox: Inbox,
        *,
        tell_team: Callable[[str], Awaitable[None]] | None = None,
        people_at_once: int = 32,
        seconds_per_update: float = 20.0,
    ) -> None:
        self._dispatcher = dispatcher
        self._bot = bot
        self._inbox = inbox
        self._lanes = Lanes(people_at_once)
        self._tell_team = tell_team
        self._seconds = seconds_per_update
        self._tries: dict[int, int] = {}  # of updates that failed for a passing reason
        self._failed: dict[int, Exception] = {}  # by update: what the errors handler has just answered
        self._told: set[str] = set()  # reasons that the team knows
        self._chores: set[asyncio.Task[None]] = set()
        dispatcher.errors.outer_middleware(self._note_failure)

    async def __aenter__(self) -> Self:
        for entry in await self._inbox.unfinished():
            self._schedule(entry)
        self._in_background(self._note_refused())
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._lanes.close(_GRACE)
        for chore in self._chores:
            chore.cancel()
        await asyncio.gather(*self._chores, return_exceptions=True)
        with contextlib.suppress(Exception):  # what cannot be saved now is begun again at the next start
            async with asyncio.timeout(1):
                await self._inbox.note_refused()
                await self._inbox.note_stop()

    @property
    def is_full(self) -> bool:
        """Whether to leave further updates with Telegram for now."""
        return self._lanes.waiting >= MOST_WAITING

    async def room(self) -> None:
        """Wait until it is no longer full."""
        while self.is_full:
            self._lanes.progress.clear()
            await self._lanes.progress.wait()

    async def accept(self, raws: Sequence[object]) -> None:
        """Write these updates down, then have them handled. Once it returns, they cannot be lost.

        Raises what the database raises; then none of them was taken.
        """
        for entry in await self._inbox.add(raws):
            self._schedule(entry)

    def _schedule(self, entry: Entry) -> None:
        person = updates.person_of(entry.raw)
        lane = ("alone", entry.update_id) if person is None else person
        self._lanes.put(lane, lambda: self._settle(entry))

    async def _settle(self, entry: Entry) -> float | None:
        """Handle one update to its end; or the seconds after which to try again."""
        try:
            update = updates.read(entry.raw, self._bot)
        except updates.UnreadableError as error:
            await self._put_aside(entry, updates.sketch(entry.raw, self._bot), error, str(error))
            return None
        if entry.is_replay and not await self._begin_again(entry, update):
            return None
        failure = await self._feed(update)
        if failure is None or isinstance(failure.error, TelegramForbiddenError):  # blocked: nobody is left to answer
            await self._inbox.finish(entry)
            self._tries.pop(entry.update_id, None)
            return None
        if not failure.told and (pause := self._pause_after(entry, failure.error)) is not None:
            await self._inbox.pause(entry)
            return pause
        logger.error("update %s failed: %s", entry.update_id, failure.reason)
        await self._put_aside(entry, None if failure.told else update, failure.error, failure.reason)
        return None

    async def _begin_again(self, entry: Entry, update: Update) -> bool:
        if entry.replays:
            reason = "ended the process twice"
            await self._put_aside(entry, update, RuntimeError(reason), reason)
            return False
        await self._inbox.begin_again(entry)
        return True

    async def _feed(self, update: Update) -> Failure | None:
        try:
            async with asyncio.timeout(self._seconds):
                await self._dispatcher.feed_update(self._bot, update)
        except Exception as error:  # whatever a handler raises ends here, and the next update is handled
            return Failure(error, told=False, cause=self._failed.pop(update.update_id, None))
        error_told = self._failed.pop(update.update_id, None)
        return Failure(error_told, told=True) if error_told else None

    def _pause_after(self, entry: Entry, error: Exception) -> float | None:
        """Seconds before the next try, if trying again may help."""
        tries = self._tries.get(entry.update_id, 0)
        if not isinstance(error, _PASSING) or tries >= len(_PAUSES):
            self._tries.pop(entry.update_id, None)
            return None
        self._tries[entry.update_id] = tries + 1
        asked = error.retry_after + 1.0 if isinstance(error, TelegramRetryAfter) else 0.0
        return max(_PAUSES[tries], asked)

    async def _put_aside(self, entry: Entry, author_of: Update | None, error: Exception, reason: str) -> None:
        """Quarantine; answer the author of `author_of` if there is one; tell the team once for each reason."""
        await self._inbox.quarantine(entry, reason)
        if author_of is not None:
            await self._apologise(author_of, error)
        if self._tell_team is None or reason in self._told or len(self._told) >= _MOST_TOLD:
            return
        self._told.add(reason)
        sentence = tell("team_quarantine", update_id=entry.update_id, reason=reason)
        self._in_background(_quietly(self._tell_team(sentence)))

    async def _apologise(self, update: Update, error: Exception) -> None:
        """Have the errors handlers answer for what never reached them."""
        data: dict[str, Any] = {
            **self._dispatcher.workflow_data,
            "dispatcher": self._dispatcher,
            "bot": self._bot,
        }
        event = ErrorEvent(update=update, exception=error)
        try:
            async with asyncio.timeout(self._seconds):
                await self._dispatcher.propagate_event(update_type="error", event=event, **data)
        except Exception as failed:  # it was the last resort
            logger.error("nobody could be told about update %s: %s", update.update_id, short(failed))
        self._failed.pop(update.update_id, None)

    async def _note_failure(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        """Around the errors handlers: aiogram forgets an error that they answered."""
        assert isinstance(event, ErrorEvent)
        self._failed[event.update.update_id] = event.exception
        return await handler(event, data)

    async def _note_refused(self) -> None:
        while True:
            await asyncio.sleep(_ROUND)
            try:
                await self._inbox.note_refused()
            except Exception as error:  # the next round tries again
                logger.error("outcomes still not noted: %s", short(error))

    def _in_background(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._chores.add(task)
        task.add_done_callback(self._chores.discard)


async def _quietly(work: Awaitable[None]) -> None:
    try:
        await work
    except Exception as error:  # telling the team is a courtesy: the person is served all the same
        logger.error("team not told: %s", short(error))
