"""The team's chat, where it is told what needs a person.

A group that becomes a supergroup gets another number: it is followed there, until the setting says so.
"""

import logging

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramMigrateToChat

from bot.describe import headline
from bot.sentences import tell

logger = logging.getLogger(__name__)


class Team:
    """`chat`: as the settings say, if they do."""

    def __init__(self, bot: Bot, chat: int | None) -> None:
        self._bot = bot
        self._chat = chat
        self.chats = set() if chat is None else {chat}
        """Every number that it is known by. Handlers add the one that a message of Telegram itself tells."""

    async def look(self) -> None:
        """At the start: under which number it is; if it cannot be told anything, the logs say so."""
        if self._chat is not None:
            try:
                await self._call(self._chat)
            except TelegramAPIError as error:
                logger.warning("team cannot be told: %s", headline(error))

    async def tell(self, sentence: str) -> None:
        """Tell the team, and the logs; never raises for Telegram's sake."""
        logger.warning("%s", sentence)
        if self._chat is None:
            return
        try:
            await self._call(self._chat, sentence)
        except TelegramAPIError as error:
            logger.warning("team not told: %s", headline(error))

    async def _call(self, chat: int, sentence: str = "") -> None:
        """Say it; nothing to say: « typing… », which Telegram refuses for the same reasons."""
        try:
            if sentence:
                await self._bot.send_message(chat, sentence)
            else:
                await self._bot.send_chat_action(chat, "typing")
        except TelegramMigrateToChat as error:
            logger.error(tell("team_chat_moved", new=error.migrate_to_chat_id))
            self.chats.add(error.migrate_to_chat_id)
            await self._call(error.migrate_to_chat_id, sentence)
