"""A button's label typed instead of pressed does what the button does; « oui » does what was proposed."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message, TelegramObject
from aiogram.utils.callback_answer import CallbackAnswerMiddleware

from handlers.shared.filters import TYPED

_TYPED_ID = "typed"
"""The id of a press that Telegram does not know: there is nothing to answer over the button."""


class AnswerPresses(CallbackAnswerMiddleware):
    """aiogram's, which answers every pressed button, but for those that were typed."""

    async def __call__(
        self, handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]], event: Any, data: dict[str, Any]
    ) -> Any:
        """Around the handler."""
        if event.id == _TYPED_ID:
            return await handler(event, data)
        return await super().__call__(handler, event, data)


class IsButton(Filter):
    """Lets a message through that is a label, or agrees to what was proposed."""

    async def __call__(self, _: Message, pressed: str | None = None) -> bool:
        """Whether it is."""
        return pressed is not None


def register(router: Router, root: Router) -> None:
    """The press is handled by `root`, as any other."""

    async def press(message: Message, pressed: str, **data: Any) -> None:
        """Handle the press that the message stands for."""
        assert message.from_user is not None  # private chats only
        query = CallbackQuery(id=_TYPED_ID, from_user=message.from_user, chat_instance=_TYPED_ID, data=pressed).as_(
            message.bot
        )
        await root.propagate_event("callback_query", query, pressed=pressed, **data)

    router.message.register(press, IsButton(), TYPED)
