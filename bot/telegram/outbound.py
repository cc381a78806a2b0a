"""Everything sent to Telegram passes here: its pace, what is tried again, which errors are none.

Handlers see a result or a TelegramAPIError, never anything else.
"""

import asyncio
import logging
from typing import Any, cast

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import EditMessageText, GetUpdates, SendMessage, SetWebhook, TelegramMethod
from aiogram.methods.base import Response, TelegramType
from aiohttp import ClientConnectorError

from bot.metrics import TELEGRAM_ERRORS
from bot.telegram.pace import Pace, Sleep

logger = logging.getLogger(__name__)

MAX_WAIT = 15.0
"""Seconds that a handler is made to wait for a 429; a longer one is an error, which the intake retries."""

_PAUSES = (0.5, 2.0)  # seconds before the second and the third try
_HARMLESS = (
    "message is not modified",
    "query is too old",
    "message to edit not found",
    "message to delete not found",
)
_REPEATABLE = ("get", "set", "edit", "delete", "answerCallbackQuery")
"""Twice is as once. A message is not: after a time-out nobody knows whether it arrived."""

_PACED = ("send", "edit")


_ANSWERS = tuple(Response[method.__returning__] for method in (SendMessage, EditMessageText, SetWebhook))  # type: ignore[name-defined]
"""Held, else pydantic forgets the class between two answers, and builds it again: milliseconds each time."""


class Outbound(BaseRequestMiddleware):
    """The last middleware of the Bot's session: what reaches it is on its way to Telegram."""

    def __init__(
        self,
        pace: Pace | None = None,
        sleep: Sleep = asyncio.sleep,
        max_wait: float = MAX_WAIT,
    ) -> None:
        self._pace = pace or Pace(sleep)
        self._sleep = sleep
        self._max_wait = max_wait

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        """Make the request, as often as it takes and is allowed. Raises TelegramAPIError only."""
        if isinstance(method, GetUpdates):  # the intake has its own patience
            return await _translated(make_request, bot, method)
        for pause in (*_PAUSES, None):
            try:
                return await self._once(make_request, bot, method)
            except TelegramAPIError as error:
                if _is_harmless(error):
                    return cast("Response[TelegramType]", True)
                wait = self._wait_before_next(method, error, pause)
                if pause is None or wait is None:
                    raise
            await self._sleep(wait)
        raise AssertionError("the last try returns or raises")

    async def _once(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        name, chat = method.__api_method__, getattr(method, "chat_id", None)
        if chat is not None and name.startswith(_PACED) and name != "sendChatAction":
            await self._pace.wait(chat)
        return await _translated(make_request, bot, method)

    def _wait_before_next(
        self, method: TelegramMethod[Any], error: TelegramAPIError, pause: float | None
    ) -> float | None:
        """Seconds to wait before trying again; None when it must not be."""
        chat = getattr(method, "chat_id", None)
        match error:
            case TelegramRetryAfter(retry_after=seconds):
                if chat is not None:
                    self._pace.close(chat, seconds)
                return float(seconds) if seconds <= self._max_wait else None
            case NotSentError():
                return pause
            case TelegramNetworkError() | TelegramServerError():
                return pause if method.__api_method__.startswith(_REPEATABLE) else None
        return None


class NotSentError(TelegramNetworkError):
    """No connection could be made: nothing was sent, so anything may be tried again."""


async def _translated(
    make_request: NextRequestMiddlewareType[TelegramType], bot: Bot, method: TelegramMethod[TelegramType]
) -> Response[TelegramType]:
    """One request. Whatever is not a Telegram error becomes one, without the payload or the URL it quotes."""
    try:
        return await make_request(bot, method)
    except TelegramNetworkError as error:
        kind = NotSentError if isinstance(error.__cause__, ClientConnectorError) else TelegramNetworkError
        reason = type(error.__cause__ or error).__name__  # its text holds the URL, hence the token
    except TelegramAPIError as error:
        TELEGRAM_ERRORS.labels(type(error).__name__).inc()
        raise
    except Exception as error:  # HTML from a proxy, bad UTF-8, a 5xx without description…
        kind, reason = TelegramNetworkError, type(error).__name__
    TELEGRAM_ERRORS.labels(kind.__name__).inc()
    raise kind(method=method, message=reason)


def _is_harmless(error: TelegramAPIError) -> bool:
    return isinstance(error, TelegramBadRequest) and any(text in error.message for text in _HARMLESS)
