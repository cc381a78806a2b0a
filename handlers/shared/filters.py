"""Which messages a handler may take."""

from aiogram import F
from aiogram.enums import ChatType

PRIVATE = F.chat.type == ChatType.PRIVATE

TYPED = F.text & ~F.forward_origin & ~F.via_bot
"""Written by the person: a forwarded « /… » must not run with the forwarder's rights."""
