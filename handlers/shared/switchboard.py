"""Who takes an update: handlers are listed under what an update is known by, and tried in the order of the list.

aiogram tries every handler in turn, each with its filters, and a message pays for all those before its own: see
`docs/decisions/0002-who-takes-an-update-is-found.md`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiogram import BaseMiddleware
from aiogram.dispatcher.event.bases import UNHANDLED, SkipHandler
from aiogram.dispatcher.event.handler import FilterObject, HandlerObject
from aiogram.dispatcher.middlewares.manager import MiddlewareManager
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.state import State
from aiogram.types import TelegramObject
from magic_filter import MagicFilter


class Switchboard:
    """Handlers, each under one cue or several (`handlers/shared/cues.py`): an act, a command, a state, a button…"""

    def __init__(self) -> None:
        self._lines: list[tuple[frozenset[str], HandlerObject]] = []
        self.around: list[BaseMiddleware] = []
        """What goes around the handler that takes an update."""

    def add(
        self,
        cues: str | State | tuple[str, ...],
        handler: Callable[..., Any],
        *filters: Callable[..., Any],
        flags: dict[str, Any] | None = None,
    ) -> None:
        """List a handler after the others. It takes an update with any of these cues that its filters let through."""
        line = HandlerObject(handler, filters=[*map(FilterObject, filters)], flags=flags or {})
        named = (str(cues.state),) if isinstance(cues, State) else (cues,) if isinstance(cues, str) else cues
        self._lines.append((frozenset(named), line))

    def add_button(
        self,
        button: type[CallbackData],
        handler: Callable[..., Any],
        *filters: Callable[..., Any],
        rule: MagicFilter | None = None,
        flags: dict[str, Any] | None = None,
    ) -> None:
        """The same for a button, by its class. `rule`: of what it carries."""
        self.add(button.__prefix__, handler, button.filter(rule), *filters, flags=flags)

    async def take(self, event: TelegramObject, cues: frozenset[str], **data: Any) -> Any:
        """Have the first handler that takes it handle it. One that raises SkipHandler leaves it to the next."""
        for under, line in self._lines:
            if under.isdisjoint(cues):
                continue
            takes, known = await line.check(event, **{**data, "cues": cues, "handler": line})
            if takes:
                try:
                    result = await self._handled(line, event, known)
                except SkipHandler:
                    continue
                if result is not UNHANDLED:
                    return result
        return UNHANDLED

    async def _handled(self, line: HandlerObject, event: TelegramObject, data: dict[str, Any]) -> Any:
        if not self.around:
            return await line.call(event, **data)
        call: Callable[..., Any] = MiddlewareManager.wrap_middlewares(self.around, line.call)
        return await call(event, data)


@dataclass(frozen=True)
class Boards:
    """`messages`: all that is said, in the midst of a form too; `talk`: what no form takes; `presses`: buttons."""

    messages: Switchboard = field(default_factory=Switchboard)
    talk: Switchboard = field(default_factory=Switchboard)
    presses: Switchboard = field(default_factory=Switchboard)
