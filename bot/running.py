"""`tevo chat` and `tevo run`: every lifetime in one `async with`."""

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import date

from aiogram import Bot, Dispatcher

from bot import logs
from bot.app import build_dispatcher
from bot.cipher import Cipher
from bot.database import Database, open_database
from bot.feedback import SqlFeedback
from bot.health import Heartbeat, only_one
from bot.intake import Intake
from bot.operator_texts import tell
from bot.outbox import SqlOutbox
from bot.polling import Poller
from bot.pseudonym import Pseudonyms, load_key
from bot.settings import Settings, models_folder
from bot.storage import PersonIsolation, SqlStorage
from bot.telegram import build_bot, introduce, tell_team
from knowledge.content import Content
from knowledge.matching import Matcher

logger = logging.getLogger(__name__)

Clock = Callable[[], date]


def chat(settings: Settings, content: Content, clock: Clock) -> None:
    """Talk in the terminal until the end of input. Raises TevoError when something must be set right."""
    asyncio.run(_chat(settings, content, clock))


def serve(settings: Settings, content: Content, clock: Clock) -> None:
    """Serve Telegram until SIGTERM or Ctrl-C. Raises TevoError when something must be set right."""
    asyncio.run(_serve(settings, content, clock))


async def _chat(settings: Settings, content: Content, clock: Clock) -> None:
    from bot.terminal import Terminal  # noqa: PLC0415  (rich, which serving does not need)

    logging.disable(logging.ERROR)  # the person in front of the terminal is told by the assistant itself
    terminal = Terminal(settings.data / "fichiers")
    async with _assistant(settings, content, clock) as assistant:
        await terminal.talk(assistant.dispatcher, Bot("42:local", session=terminal.session))


async def _serve(settings: Settings, content: Content, clock: Clock) -> None:
    logs.configure(settings.log_level, settings.secrets, Pseudonyms(load_key(settings)))
    logs.watch_loop()
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with AsyncExitStack() as lifetimes:
        lifetimes.enter_context(only_one(settings.data))
        bot = await lifetimes.enter_async_context(build_bot(settings))
        assistant = await lifetimes.enter_async_context(_assistant(settings, content, clock))
        database = assistant.database
        await lifetimes.enter_async_context(_courier(settings, content, assistant.outbox, bot))
        heartbeat = Heartbeat(settings.data)
        intake = await lifetimes.enter_async_context(
            Intake(assistant.dispatcher, bot, database, tell_team=lambda sentence: tell_team(bot, settings, sentence))
        )
        logger.info(tell("started", version=content.version))
        start = content.messages.start
        commands = {command.name: command.description for command in content.messages.commands}
        introducing = asyncio.create_task(introduce(bot, commands, start.description, start.about))
        lifetimes.callback(introducing.cancel)
        if settings.webhook_url:
            from bot.webhook import serve_webhook  # noqa: PLC0415  (a server, which polling does not need)

            await serve_webhook(intake, bot, database, settings, heartbeat, stop)
        else:
            await Poller(intake, bot, heartbeat).run(stop)
    logger.info(tell("stopped"))


@dataclass(frozen=True)
class _Assistant:
    dispatcher: Dispatcher
    database: Database
    outbox: SqlOutbox


@asynccontextmanager
async def _assistant(settings: Settings, content: Content, clock: Clock) -> AsyncIterator[_Assistant]:
    """The dispatcher over its database, which is closed at the end."""
    key = load_key(settings)
    pseudonyms, cipher = Pseudonyms(key), Cipher(key)
    async with open_database(settings.database) as database:
        outbox = SqlOutbox(database, pseudonyms, cipher, sends=settings.smtp_url is not None)
        dispatcher = build_dispatcher(
            content,
            Matcher(content, models=models_folder()),
            SqlFeedback(database, pseudonyms, clock),
            SqlStorage(database, cipher),
            PersonIsolation(),
            outbox,
            clock,
        )
        yield _Assistant(dispatcher, database, outbox)


@asynccontextmanager
async def _courier(settings: Settings, content: Content, outbox: SqlOutbox, bot: Bot) -> AsyncIterator[None]:
    """Dossiers leave while this lasts, where a mail server is set."""
    if settings.smtp_url is None or settings.mail_from is None or content.dossier is None:
        yield
        return
    from bot.courier import Courier  # noqa: PLC0415  (a mail client: not where nothing is sent)
    from bot.mail import smtp  # noqa: PLC0415

    send = smtp(settings.smtp_url.get_secret_value())

    async def tell(sentence: str) -> None:
        await tell_team(bot, settings, sentence)

    courier = Courier(outbox, send, content.dossier, settings.mail_from, content.email, tell)
    task = asyncio.create_task(courier.run())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
