"""What is said while something else is asked: the conversation answers it, then what was open is asked again."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram.types import Message

from handlers.shared.switchboard import Switchboard


def answered_aside(talk: Switchboard, ask_again: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
    """A handler that has the conversation answer, then calls `ask_again` with all that a handler may ask for."""

    async def answer_aside(message: Message, **data: Any) -> None:
        """« C'est quoi un VSI ? », « qui lira cela ? », in the midst of questions."""
        await talk.take(message, **data)
        await ask_again(message, **data)

    return answer_aside
