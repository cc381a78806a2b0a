"""What a turn came to is counted, for the team: how often, never who."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import CallbackQuery, Message, TelegramObject

from handlers.shared.turn import FORGETTING, Turn, heard
from knowledge.feedback import Counts

_SCREENS = frozenset({"consent", "sent", "dates"})
"""Screens that the team's report tells of."""


class Counting(BaseMiddleware):
    """Around whatever handles an event. What leaves no trace in the turn, as distress does, is not counted."""

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        """Handle it, then count."""
        with heard() as turn:
            result = await handler(event, data)
        person = event.from_user if isinstance(event, Message | CallbackQuery) else None
        if person and (names := counted(turn)):
            counts: Counts = data["counts"]
            await counts.add(person.id, names)
        return result


def counted(turn: Turn) -> set[str]:
    """Under which names a turn counts; nothing where the person has just had everything erased."""
    if turn.screen in FORGETTING:
        return set()
    names = set(turn.counted) | {f"entry:{topic}" for topic in turn.topics}
    if turn.kind:
        names.add(f"read:{turn.kind}")
    if turn.screen in _SCREENS:
        names.add(f"screen:{turn.screen}")
    return names or ({"used"} if turn.screen else set())
