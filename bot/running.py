"""`tevo chat` and `tevo run`: every lifetime in one `async with`."""

import asyncio
import logging
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from aiogram import Bot, Dispatcher

from bot import logs
from bot.alerts.queue import AlertQueue
from bot.app import Live, build_live
from bot.banner import BannerFile
from bot.behind import Say, Today, alerts, courier, meanwhile, reloaded, replies, together
from bot.database.database import Database
from bot.describe import short
from bot.dossiers.desk import Desk
from bot.dossiers.reply_queue import ReplyQueue
from bot.health import Heartbeat, only_one
from bot.keeping import Keys, Retention
from bot.learning import learn
from bot.memory.retention import keep_purging
from bot.sentences import tell
from bot.settings import Settings, models_folder
from bot.stores import Stores, all_of_a_person, erasures_of, open_stores
from bot.telegram.bot import build_bot
from bot.telegram.intake import Intake
from bot.telegram.pace import Pace
from bot.telegram.polling import Poller
from bot.telegram.team import Team
from bot.terminal.offline import PERSON
from bot.terminal.turns import Turns
from bot.terminal.typed_lines import lines
from knowledge.content.models import Content
from knowledge.understanding.understanding import Understanding

logger = logging.getLogger(__name__)

_WATCH = 60.0  # seconds between two looks at the dossiers that wait


def chat(settings: Settings, content: Content, clock: Today) -> None:
    """Talk in the terminal until the end of input. Raises TevoError when something must be set right."""
    asyncio.run(_chat(settings, content, clock))


def turns(settings: Settings, content: Content, clock: Today) -> None:
    """The same for a program, in JSON, until the end of input. Raises TevoError when something must be set right."""
    asyncio.run(_turns(settings, content, clock))


def serve(settings: Settings, content: Content, clock: Today) -> None:
    """Serve Telegram until SIGTERM or Ctrl-C. Raises TevoError when something must be set right."""
    asyncio.run(_serve(settings, content, clock))


async def _chat(settings: Settings, content: Content, clock: Today) -> None:
    from bot.terminal.terminal import Terminal  # noqa: PLC0415  (rich, which serving does not need)

    with TemporaryDirectory(prefix="tevo-") as files:
        terminal = Terminal(Path(files))
        async with _trial(settings, content, clock, terminal.tell) as assistant:
            await terminal.tell(_banner(settings, content))
            await terminal.talk(assistant.dispatcher, Bot("42:local", session=terminal.session))


async def _turns(settings: Settings, content: Content, clock: Today) -> None:
    led = Turns(sys.stdout)
    async with _trial(settings, content, clock, led.tell) as assistant:
        sys.stderr.write(f"{_banner(settings, content)}\n")  # what comes out is for a program
        await led.talk(lines(), assistant.dispatcher, Bot("42:local", session=led.session))


@asynccontextmanager
async def _trial(settings: Settings, content: Content, clock: Today, say: Say) -> AsyncIterator["Assistant"]:
    """An assistant apart from the one in service, or alone in the folder that it was given.

    Its courier sees the dossiers of the person in front of the terminal only.
    """
    logging.disable(logging.ERROR)  # the person in front of the terminal is told by the assistant itself
    async with AsyncExitStack() as lifetimes:
        if settings.says_where:
            lifetimes.enter_context(only_one(settings.data))
        assistant = await lifetimes.enter_async_context(open_assistant(settings.for_trial, content, clock))
        if settings.says_where:
            await lifetimes.enter_async_context(assistant.database.alone())
        own = assistant.stores.outbox.only_of(PERSON.id)
        await lifetimes.enter_async_context(courier(settings.for_trial, lambda: content, own, say))
        yield assistant


def _banner(settings: Settings, content: Content) -> str:
    where = tell("chat_there" if settings.says_where else "chat_apart", folder=settings.for_trial.data)
    leaves = settings.smtp_url is not None and content.processing is not None
    return f"{where} {tell('chat_leaves' if leaves else 'chat_keeps')}"


async def _serve(settings: Settings, content: Content, clock: Today) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with AsyncExitStack() as lifetimes:
        lifetimes.enter_context(only_one(settings.data))
        pace = Pace(asyncio.sleep, per_second=settings.messages_per_second)
        bot = await lifetimes.enter_async_context(build_bot(settings, pace))
        assistant = await lifetimes.enter_async_context(open_assistant(settings, content, clock))
        is_json = settings.log_format == "json"
        logs.configure(settings.log_level, settings.secrets, assistant.keys.pseudonyms, as_json=is_json)
        logs.watch_loop()
        database, stores, live = assistant.database, assistant.stores, assistant.live
        await lifetimes.enter_async_context(database.alone(stop.set))
        team = Team(bot, settings.team_chat)
        assistant.dispatcher["team_chats"] = team.chats
        queue, answers = AlertQueue(database, assistant.keys.cipher), ReplyQueue(database, assistant.keys.cipher)
        heartbeat, desk = Heartbeat(settings.data), Desk(database, assistant.keys.cipher)
        intake = Intake(
            assistant.dispatcher,
            bot,
            stores.inbox,
            tell_team=team.tell,
            too_many=lambda: live.content.messages.errors.too_many,
        )
        erasures = erasures_of(settings, assistant.keys)
        behind = together(
            courier(settings, lambda: live.content, stores.outbox, team.tell),
            meanwhile(_watch_mail(desk, settings, heartbeat)),
            alerts(settings, live, queue, pace, clock),
            replies(settings, live, answers, pace, team.tell),
            meanwhile(keep_purging(stores.all, database, erasures, Retention.of(settings), team.tell)),
            meanwhile(team.look()),
            intake,
            reloaded(settings, live, bot, heartbeat, team.tell),
        )
        await lifetimes.enter_async_context(behind)
        if settings.metrics_port:
            from bot.monitoring import monitored  # noqa: PLC0415  (a server, where somebody watches)

            await lifetimes.enter_async_context(monitored(settings, intake, desk))
        logger.info(tell("started", version=content.version))
        if settings.webhook_url:
            from bot.telegram.webhook import serve_webhook  # noqa: PLC0415  (a server, which polling does not need)

            await serve_webhook(intake, bot, database, settings, heartbeat, stop)
        else:
            await Poller(intake, bot, heartbeat).run(stop)
    logger.info(tell("stopped"))


async def _watch_mail(desk: Desk, settings: Settings, heartbeat: Heartbeat) -> None:
    """Send what was kept in files before there was a mail server; then tell when dossiers do not leave."""
    while True:
        try:
            if settings.smtp_url:
                await desk.wait_again()
            heartbeat.queue(is_stuck=await desk.is_stuck())
        except Exception as error:  # the database is away, which polling tells
            logger.error("outbox not watched: %s", short(error))
        await asyncio.sleep(_WATCH)


@dataclass(frozen=True)
class Assistant:
    """What answers, and what it is made of."""

    live: Live
    database: Database
    keys: Keys
    stores: Stores

    @property
    def dispatcher(self) -> Dispatcher:
        """What is given the updates."""
        return self.live.dispatcher


@asynccontextmanager
async def open_assistant(settings: Settings, content: Content, clock: Today) -> AsyncIterator[Assistant]:
    """The dispatcher over its database, which is closed at the end."""
    async with open_stores(settings, clock) as (database, keys, stores):
        personal_data = all_of_a_person(settings, database, keys, stores)
        understanding = Understanding(content, models_folder())
        live = build_live(content, understanding, stores, personal_data, clock, BannerFile(settings.data).read)
        await asyncio.to_thread(learn, understanding, live.dispatcher["reader"])
        yield Assistant(live, database, keys, stores)
