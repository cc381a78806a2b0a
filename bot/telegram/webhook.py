"""Updates that Telegram posts to us: the same intake. 200 means written down, nothing less."""

import asyncio
import hmac
import json
import logging
from urllib.parse import urlsplit

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramNotFound, TelegramRetryAfter, TelegramUnauthorizedError
from aiogram.methods import SetWebhook
from aiohttp import web
from sqlalchemy import text

from bot.database.database import Database
from bot.describe import headline, short
from bot.health import Heartbeat
from bot.sentences import tell
from bot.settings import Settings, SettingsError
from bot.telegram import updates
from bot.telegram.intake import Intake
from bot.telegram.polling import unless
from bot.waits import is_set_within

logger = logging.getLogger(__name__)

_HEADER = "X-Telegram-Bot-Api-Secret-Token"
_MOST_BYTES = 256 * 1024  # Telegram drops updates over 64 KiB itself
_SECONDS_TO_READ = 10.0
_BEAT_EVERY = 25.0  # seconds
_LONGEST_PAUSE = 30.0  # seconds between two tries to register when Telegram cannot be reached


class Door:
    """The handler of Telegram's posts: 200, 401 wrong secret, 413 too big, 503 later. Nothing else.

    A post that is no update gets 200 and quarantine: any error would have Telegram repeat it for a day, and
    hold back what follows in that chat.
    """

    def __init__(self, intake: Intake, secret: str) -> None:
        self._intake = intake
        self._secret = secret.encode()
        self._closed = False
        self.is_refusing = False
        """Whether the last update could not be written down, which Telegram brings again."""

    def close(self) -> None:
        """From now on, 503: Telegram comes back after the restart."""
        self._closed = True

    async def receive(self, request: web.Request) -> web.Response:
        """Answer one post."""
        if not self._is_telegram(request):
            return web.Response(status=401)
        if (request.content_length or 0) > _MOST_BYTES:
            return web.Response(status=413)
        if self._closed or self._intake.is_full:
            return _later(5)
        try:
            async with asyncio.timeout(_SECONDS_TO_READ):
                body = await request.read()
        except web.HTTPRequestEntityTooLarge:
            return web.Response(status=413)
        except (TimeoutError, ConnectionError, web.PayloadAccessError):
            return _later(5)
        try:
            await self._intake.accept([_parsed(body)])
        except Exception as error:  # the database is away, or the disk full: Telegram keeps the update meanwhile
            logger.error("update not taken: %s", short(error))
            self.is_refusing = True
            return _later(30)
        self.is_refusing = False
        return web.Response()

    def _is_telegram(self, request: web.Request) -> bool:
        given = request.headers.getall(_HEADER, [])
        # As bytes: text that is not ASCII would make compare_digest raise. Twice the header: not Telegram.
        return len(given) == 1 and hmac.compare_digest(given[0].encode("utf-8", "surrogateescape"), self._secret)


async def serve_webhook(
    intake: Intake,
    bot: Bot,
    database: Database,
    settings: Settings,
    heartbeat: Heartbeat,
    stop: asyncio.Event,
) -> None:
    """Listen, register with Telegram, and serve until `stop` is set. The webhook stays registered.

    Without network it waits, as polling does; what Telegram posts meanwhile, from an earlier start, is served.
    Raises SettingsError without address or secret, when the port cannot be had, or Telegram refuses the token.
    """
    if not settings.webhook_url or settings.webhook_secret is None:
        raise SettingsError(tell("setting_webhook_no_secret"))
    secret = settings.webhook_secret.get_secret_value()
    door = Door(intake, secret)
    runner = web.AppRunner(build_app(door, urlsplit(settings.webhook_url).path), access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        await _listen(runner, settings.webhook_host, settings.webhook_port)
        registration = SetWebhook(
            url=settings.webhook_url,
            secret_token=secret,
            allowed_updates=updates.ALLOWED_UPDATES,
            drop_pending_updates=False,
        )
        await _register(bot, registration, stop)
        await _beat_until(stop, database, door, heartbeat)
    finally:
        door.close()
        await runner.cleanup()


def build_app(door: Door, path: str) -> web.Application:
    """The one route."""
    app = web.Application(client_max_size=_MOST_BYTES)
    app.router.add_post(path or "/", door.receive)
    return app


async def _listen(runner: web.AppRunner, host: str, port: int) -> None:
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        raise SettingsError(tell("webhook_port_unusable", host=host, port=port, reason=headline(error))) from None


async def _register(bot: Bot, registration: SetWebhook, stop: asyncio.Event) -> None:
    pause, told = 0.5, ""
    while not stop.is_set():
        try:
            await unless(stop, bot(registration))
            return
        except (TelegramUnauthorizedError, TelegramNotFound):
            raise SettingsError(tell("token_refused")) from None
        except TelegramAPIError as error:
            if headline(error) != told:
                told = headline(error)
                logger.warning("webhook not registered: %s", told)
            asked = error.retry_after if isinstance(error, TelegramRetryAfter) else 0
            await unless(stop, asyncio.sleep(max(pause, asked)))
            pause = min(2 * pause, _LONGEST_PAUSE)


async def _beat_until(stop: asyncio.Event, database: Database, door: Door, heartbeat: Heartbeat) -> None:
    """Well, as long as the database answers and takes what comes: Telegram calls us, so its silence tells nothing."""
    while not stop.is_set():
        try:
            await database.read(text("SELECT 1"))
            if not door.is_refusing:
                heartbeat.beat()
        except Exception as error:  # the beat stops, and `tevo health` tells; the next look tries again
            logger.error("database does not answer: %s", short(error))
        await is_set_within(stop, _BEAT_EVERY)


def _later(seconds: int) -> web.Response:
    return web.Response(status=503, headers={"Retry-After": str(seconds)})


def _parsed(body: bytes) -> object:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):  # UnicodeDecodeError is a ValueError
        return body.decode("utf-8", "replace")
