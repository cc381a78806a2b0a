"""The team's answers on their way to Telegram; what could not be delivered is told to the team."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import Bot

from bot.dossiers.reply_queue import Reply, ReplyQueue
from bot.sentences import tell
from bot.telegram.sender import Sender


class Replier(Sender[Reply]):
    """Sends the answers that are queued. `show`: the arguments of `send_message` for one."""

    def __init__(
        self,
        bot: Bot,
        queue: ReplyQueue,
        show: Callable[[Reply], dict[str, Any]],
        tell_team: Callable[[str], Awaitable[None]],
    ) -> None:
        super().__init__(bot, _Told(queue, tell_team))
        self._queue = queue
        self._show = show
        self._tell_team = tell_team

    async def prepare(self) -> None:
        """Tell what a killed process had in hand."""
        for reference in await self._queue.left_in_hand():
            await self._tell_team(tell("team_reply_maybe", reference=reference))

    async def claim(self) -> Reply | None:
        """The next answer."""
        return await self._queue.claim()

    def show(self, letter: Reply) -> dict[str, Any]:
        """The answer, and what it answers."""
        return self._show(letter)


class _Told:
    """The queue; the team is told of what will not be delivered: the officer may have left."""

    def __init__(self, queue: ReplyQueue, tell_team: Callable[[str], Awaitable[None]]) -> None:
        self.sent = queue.sent
        self.put_off = queue.put_off
        self._queue = queue
        self._tell_team = tell_team

    async def doubt(self, reply: Reply) -> None:
        await self._queue.doubt(reply)
        await self._tell_team(tell("team_reply_maybe", reference=reply.reference))

    async def fail(self, reply: Reply, reason: str) -> None:
        await self._queue.fail(reply, reason)
        await self._tell_team(tell("team_reply_failed", reference=reply.reference, reason=reason))

    async def drop(self, reply: Reply) -> None:
        await self._queue.drop(reply)
        await self._tell_team(tell("team_reply_blocked", reference=reply.reference))
