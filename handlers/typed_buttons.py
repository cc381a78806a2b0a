"""A button's label typed instead of pressed does what the button does; « oui » does what was proposed."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram.types import CallbackQuery, Message, TelegramObject
from aiogram.utils.callback_answer import CallbackAnswerMiddleware

from handlers.shared.cues import PRESSED, cues_of_press
from handlers.shared.switchboard import Boards

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


def register(boards: Boards) -> None:
    """What is pressed is answered over the button, unless it was typed; what is typed for it is handled alike."""
    # Before the handler: a late answer would turn a success into an error (query too old).
    boards.presses.around.append(AnswerPresses(pre=True))

    async def press(message: Message, pressed: str, **data: Any) -> None:
        """Handle the press that the message stands for."""
        assert message.from_user is not None  # private chats only
        query = CallbackQuery(id=_TYPED_ID, from_user=message.from_user, chat_instance=_TYPED_ID, data=pressed).as_(
            message.bot
        )
        await boards.presses.take(query, **{**data, "cues": cues_of_press(query), "typed": message.text or ""})

    boards.talk.add(PRESSED, press)
