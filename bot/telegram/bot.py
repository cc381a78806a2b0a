"""The Bot: where it calls, how, and what Telegram shows of it."""

import logging
from collections.abc import Mapping

from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramAPIError
from aiogram.types import BotCommand

from bot.describe import headline
from bot.sentences import tell
from bot.settings import Settings, SettingsError
from bot.telegram.outbound import MAX_WAIT, Outbound
from bot.telegram.pace import Pace
from bot.telegram.saying import Collector
from bot.telegram.session import Session

logger = logging.getLogger(__name__)

_SECONDS_PER_CALL = 10.0  # well within what the intake gives to one update


def build_bot(settings: Settings, pace: Pace | None = None, max_wait: float = MAX_WAIT) -> Bot:
    """The Bot of these settings; close it with `await bot.session.close()`, or use `async with bot:`.

    `pace`: shared by bots of one token. `max_wait`: seconds that a call may be made to wait by Telegram.

    Raises SettingsError when there is no token.
    """
    if settings.bot_token is None:
        raise SettingsError(tell("token_missing"))
    session = Session(api=TelegramAPIServer.from_base(settings.telegram_api), timeout=_SECONDS_PER_CALL)
    session.middleware(Collector())
    session.middleware(Outbound(pace, max_wait=max_wait))
    return Bot(settings.bot_token.get_secret_value(), session=session)


async def introduce(bot: Bot, commands: Mapping[str, str], description: str, about: str) -> None:
    """Set the commands menu (name → description), the text of an empty chat (512 characters) and of the
    profile (120).

    A failure is logged only: people can be answered without a menu.
    """
    menu = [BotCommand(command=name, description=text) for name, text in commands.items()]
    try:
        await bot.set_my_commands(menu)
        await bot.set_my_description(description[:512])
        await bot.set_my_short_description(about[:120])
    except TelegramAPIError as error:
        logger.warning("commands menu or descriptions not set: %s", headline(error))
