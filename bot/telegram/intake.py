"""From Telegram to the handlers and back, losing nothing: written down first, then handled in order for each person.

What happens to an update (docs/decisions/0001 says why):
- handled: what it changed, « done » and what is to be said are committed together; then it is said;
- the handler failed: undone and put aside, the apology being what is to be said;
- it is unreadable or takes too long: the same;
- the database or Telegram is away: it waits, in its person's order, as long as Telegram itself would keep it;
- the process was killed: what was committed is only said again; what was not is begun again, one at a time. What
  ends the process twice while it is alone in hand is put aside.
"""

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Self

from aiogram import Bot, Dispatcher
from aiogram.exceptions import TelegramAPIError, TelegramForbiddenError, TelegramRetryAfter
from aiogram.methods import AnswerCallbackQuery, SendMessage, TelegramMethod

from bot import metrics
from bot.describe import headline, short
from bot.sentences import tell
from bot.telegram import updates
from bot.telegram.handling import REFUSALS, AwayError, Handling
from bot.telegram.inbox import Entry, Inbox
from bot.telegram.lanes import Lanes
from bot.telegram.saying import SaidMethods

logger = logging.getLogger(__name__)

MOST_PEOPLE = 1000
"""People with something waiting, beyond whom updates stay with Telegram, so that memory is bounded."""

MOST_OF_ONE = 20
"""Updates of one person that may wait; beyond, the older ones are passed over, with a word."""

_WIDTH = 32  # people whose updates are handled at once
_GRACE = 4.0  # seconds that a stop leaves to what was begun; the whole stop must take less than 8
_LAST_NOTES = 1.0  # seconds that it leaves to the database after that
_MOST_TOLD = 200  # reasons; beyond, the team has long been told that something is wrong
_ROUND = 30.0  # seconds between two looks at what the database refused, or the operator put back


@dataclass(frozen=True)
class Patience:
    """How long is waited for what. Times in seconds."""

    compute: float = 20.0
    """That a handler may take; the database and the network do not count."""
    send: float = 75.0
    """That Telegram may take for one call: given up sooner, a message that was only slow would arrive twice."""
    pauses: tuple[float, ...] = (1.0, 2.0, 5.0, 10.0, 20.0, 30.0)
    """Before each new try, when Telegram or the database is away; the last one again and again."""


class Intake:
    """Takes updates in, has the dispatcher handle them, and answers. Use as `async with`: the end is a clean stop.

    `too_many`: what somebody is told whose older messages were passed over.
    """

    def __init__(
        self,
        dispatcher: Dispatcher,
        bot: Bot,
        inbox: Inbox,
        *,
        tell_team: Callable[[str], Awaitable[None]] | None = None,
        too_many: Callable[[], str] = str,
        patience: Patience = Patience(),
    ) -> None:
        self._bot = bot
        self._inbox = inbox
        self._handling = Handling(dispatcher, bot, inbox, patience.compute)
        self._lanes: Lanes[Entry] = Lanes(_WIDTH, self._settle, MOST_OF_ONE, self._pass_over)
        self._tell_team = tell_team
        self._too_many = too_many
        self._patience = patience
        self._left: set[int] = set()  # of a process before this one, not applied yet: one at a time until it is empty
        self._told: set[str] = set()  # reasons that the team knows
        self._chores: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        entries = await self._inbox.unfinished()
        self._left = {entry.update_id for entry in entries if entry.to_say is None}
        if self._left:
            await self._lanes.narrow()
        for entry in entries:
            self._schedule(entry)
        self._in_background(self._look_again())
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._lanes.close(_GRACE)
        for chore in self._chores:
            chore.cancel()
        await asyncio.gather(*self._chores, return_exceptions=True)
        with contextlib.suppress(Exception):  # what cannot be saved now is begun again at the next start
            async with asyncio.timeout(_LAST_NOTES):
                await self._inbox.note_refused()
                await self._inbox.note_stop()

    @property
    def is_full(self) -> bool:
        """Whether to leave further updates with Telegram for now."""
        return self._lanes.people >= MOST_PEOPLE

    @property
    def people(self) -> int:
        """How many have something waiting or in hand."""
        return self._lanes.people

    @property
    def waiting(self) -> int:
        """Updates taken in and not answered yet."""
        return self._lanes.waiting

    @property
    def oldest(self) -> int | None:
        """When the oldest of them was received, in seconds since 1970."""
        return min((entry.received_at for entry in self._lanes.first), default=None)

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
        person = _person(entry)
        self._lanes.put(("alone", entry.update_id) if person is None else person, entry)

    async def _settle(self, entry: Entry) -> float | None:
        """Handle one update, and answer; or the seconds after which to try again."""
        if entry.to_say is None:
            async with self._lanes.turn:
                if self._lanes.is_closing:
                    return 0.0
                try:
                    await self._apply(entry)
                except AwayError as error:
                    logger.warning("update %s waits: %s", entry.update_id, error)
                    metrics.UPDATES.labels("waits").inc()
                    await self._inbox.spare(entry)
                    return self._pause_after(entry)
                except Exception:  # a mistake in this package: the others must not wait for it
                    self._caught_up(entry)
                    raise
            self._caught_up(entry)
        return await self._say(entry)

    async def _apply(self, entry: Entry) -> None:
        reason = await self._handling.apply(entry)
        entry.tries = 0
        metrics.UPDATES.labels("applied" if reason is None else "put_aside").inc()
        if reason is not None:
            logger.error("update %s put aside: %s", entry.update_id, reason)
            self._alert(entry, reason)

    def _caught_up(self, entry: Entry) -> None:
        """One of those that a process left is over; after the last, people no longer wait for each other."""
        if entry.update_id in self._left:
            self._left.discard(entry.update_id)
            if not self._left:
                self._lanes.widen()

    async def _say(self, entry: Entry) -> float | None:
        """Send what is to be said of it; or the seconds after which to go on."""
        if not entry.to_say:
            return None
        while entry.to_say:
            method = entry.to_say[0]
            try:
                await self._bot(method, request_timeout=self._patience.send)  # type: ignore[arg-type]
            except TelegramForbiddenError:  # blocked: nobody is left to answer
                entry.to_say = []
            except REFUSALS as error:
                await self._instead(entry, method, error)
            except TelegramAPIError as error:
                if not self._inbox.is_late(entry):
                    return self._pause_after(entry, error)
                logger.error("update %s never answered: %s", entry.update_id, headline(error))
                entry.to_say = []
            else:
                entry.to_say = entry.to_say[1:]
                entry.tries = 0
                if entry.to_say and not isinstance(method, AnswerCallbackQuery):
                    await self._inbox.note_said(entry)  # a kill then repeats one message, not all of them
        await self._inbox.note_said(entry)
        metrics.ANSWERED.observe(time.monotonic() - entry.taken_at)
        return None

    async def _instead(self, entry: Entry, method: TelegramMethod[Any], error: TelegramAPIError) -> None:
        """Telegram will never take this: an apology instead, but for an edit, which changes little."""
        assert entry.to_say is not None
        logger.error("update %s: %s refused: %s", entry.update_id, type(method).__name__, headline(error))
        entry.to_say = entry.to_say[1:]
        if not type(method).__name__.startswith("Send") or entry.has_apologised:
            return
        entry.has_apologised = True
        entry.to_say = await self._handling.apology(entry, error)
        await self._inbox.note_said(entry)
        self._alert(entry, short(error))

    async def _pass_over(self, entries: list[Entry]) -> float | None:
        """Older messages of somebody who writes faster than can be read: a word for all of them."""
        last = entries[-1]
        if last.to_say is None:
            person, said_then = updates.correspondent_of(last.raw), self._too_many()
            said: SaidMethods = [SendMessage(chat_id=person, text=said_then)] if person and said_then else []
            try:
                async with self._inbox.database.unit() as unit:
                    unit.stage(self._inbox.passed_over(entries, said))
                    await unit.commit()
            except Exception as error:  # the database is away, what else
                logger.warning("updates up to %s wait: %s", last.update_id, short(error))
                return self._pause_after(last)
            last.to_say = list(said)
            metrics.UPDATES.labels("passed_over").inc(len(entries))
            for entry in entries:
                self._caught_up(entry)
        return await self._say(last)

    def _pause_after(self, entry: Entry, error: Exception | None = None) -> float:
        pauses = self._patience.pauses
        pause = pauses[min(entry.tries, len(pauses) - 1)]
        entry.tries += 1
        asked = error.retry_after + 1.0 if isinstance(error, TelegramRetryAfter) else 0.0
        return max(pause, asked)

    def _alert(self, entry: Entry, reason: str) -> None:
        """Tell the team, once for each reason."""
        if self._tell_team is None or reason in self._told or len(self._told) >= _MOST_TOLD:
            return
        self._told.add(reason)
        sentence = tell("team_quarantine", update_id=entry.update_id, reason=reason)
        self._in_background(_quietly(self._tell_team(sentence)))

    async def _look_again(self) -> None:
        while True:
            await asyncio.sleep(_ROUND)
            try:
                await self._inbox.note_refused()
                for entry in await self._inbox.asked_again():
                    self._schedule(entry)
            except Exception as error:  # the next round tries again
                logger.error("outcomes still not noted: %s", short(error))

    def _in_background(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._chores.add(task)
        task.add_done_callback(self._chores.discard)


def _person(entry: Entry) -> int | None:
    """Whose it is. Of what is only to be said, its message tells: the update itself is forgotten."""
    if entry.raw is None and entry.to_say:
        chats = [chat for method in entry.to_say if isinstance(chat := getattr(method, "chat_id", None), int)]
        return chats[0] if chats else None
    return updates.person_of(entry.raw)


async def _quietly(work: Awaitable[None]) -> None:
    try:
        await work
    except Exception as error:  # telling the team is a courtesy: the person is served all the same
        logger.error("team not told: %s", short(error))
