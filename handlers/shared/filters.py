"""Which messages a handler may take. What lets least through is tried first: every filter tried is paid for."""

from aiogram import F
from aiogram.enums import ChatType
from aiogram.filters import Filter
from aiogram.types import Message

PRIVATE = F.chat.type == ChatType.PRIVATE


class Typed(Filter):
    """Lets through what the person wrote: a forwarded « /… » must not run with the forwarder's rights."""

    async def __call__(self, message: Message) -> bool:
        """Whether it was."""
        return bool(message.text) and message.forward_origin is None and message.via_bot is None


TYPED = Typed()
