"""Two detours of aiogram that cost more than the rest of a message, avoided by its public parts."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import Dispatcher
from aiogram.methods import EditMessageText, Response, SendMessage, SetWebhook
from magic_filter import MagicFilter

ANSWERS = tuple(Response[method.__returning__] for method in (SendMessage, EditMessageText, SetWebhook))  # type: ignore[name-defined]
"""Held, else pydantic forgets the class between two answers, and builds it again: milliseconds each time."""


def filter_at_once(dispatcher: Dispatcher) -> None:
    """Have the filters written with `F` run where they are: aiogram sends each to a thread, twenty a message."""
    for router in dispatcher.chain_tail:
        for observer in router.observers.values():
            for handler in observer.handlers:
                for one in handler.filters or ():
                    if one.magic is not None:
                        one.callback, one.awaitable = _resolving(one.magic), True


def _resolving(magic: MagicFilter) -> Callable[..., Awaitable[Any]]:
    async def resolve(event: Any) -> Any:
        return magic.resolve(event)

    return resolve
