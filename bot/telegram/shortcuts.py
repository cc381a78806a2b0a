"""Two detours of aiogram that cost more than the rest of a message, avoided by its public parts."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import Dispatcher
from aiogram.methods import EditMessageText, Response, SendMessage, SetWebhook

ANSWERS = tuple(Response[method.__returning__] for method in (SendMessage, EditMessageText, SetWebhook))  # type: ignore[name-defined]
"""Held, else pydantic forgets the class between two answers, and builds it again: milliseconds each time."""


def filter_at_once(dispatcher: Dispatcher) -> None:
    """Have filters that only look run where they are: aiogram sends each to a thread, twenty a message.

    Those are what is written with `F`, and states.
    """
    for router in dispatcher.chain_tail:
        for observer in router.observers.values():
            for handler in observer.handlers:
                for one in handler.filters or ():
                    if not one.awaitable:
                        one.callback, one.awaitable = _at_once(one.callback), True


def _at_once(look: Callable[..., Any]) -> Callable[..., Awaitable[Any]]:
    async def looked(*args: Any, **kwargs: Any) -> Any:
        return look(*args, **kwargs)

    return looked
