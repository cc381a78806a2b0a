"""What goes on behind the conversations while they last: dossiers, alerts and answers leave."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, nullcontext
from datetime import date, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

from aiogram import Bot

from bot import metrics
from bot.alerts.broadcast import Broadcaster
from bot.alerts.queue import AlertQueue
from bot.app import Live
from bot.dossiers.outbox import SqlOutbox
from bot.dossiers.reply_queue import ReplyQueue
from bot.dossiers.replying import Replier
from bot.health import Heartbeat
from bot.reloading import Reloading
from bot.sentences import tell
from bot.settings import Settings, content_as_set, models_folder
from bot.telegram.bot import build_bot, introduce
from bot.telegram.pace import Pace
from handlers.dates.alerts import alert
from handlers.dossier.screens import DossierScreens
from knowledge.content.calendar import PARIS
from knowledge.content.models import Content

logger = logging.getLogger(__name__)

Today = Callable[[], date]
Say = Callable[[str], Awaitable[None]]


@asynccontextmanager
async def together(*lifetimes: AbstractAsyncContextManager[object]) -> AsyncIterator[None]:
    """All of them, begun in order and ended at once: a stop takes as long as the slowest, not as all in a row."""
    begun: list[AbstractAsyncContextManager[object]] = []
    try:
        for one in lifetimes:
            await one.__aenter__()
            begun.append(one)
        yield
    finally:
        ended = await asyncio.gather(*(one.__aexit__(None, None, None) for one in begun), return_exceptions=True)
        for failed in ended:  # once all are over: the database is closed next
            if isinstance(failed, BaseException):
                raise failed


@asynccontextmanager
async def meanwhile(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """`work` goes on while this lasts, and is over when it ends."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


class _Worker(Protocol):
    async def run(self) -> None: ...

    async def stop(self, running: "asyncio.Task[None]") -> None: ...


@asynccontextmanager
async def _at_work(worker: _Worker) -> AsyncIterator[None]:
    """It runs while this lasts, and ends what is in hand."""
    running = asyncio.create_task(worker.run())
    try:
        yield
    finally:
        await worker.stop(running)


@asynccontextmanager
async def courier(
    settings: Settings, content: Callable[[], Content], outbox: SqlOutbox, tell_team: Say
) -> AsyncIterator[None]:
    """Dossiers leave while this lasts: by the mail server, into files where none is set."""
    if content().dossier is None:
        yield
        return
    if settings.smtp_url and content().processing is None:
        logger.warning(tell("processing_missing"))
        await tell_team(tell("processing_missing"))
        yield
        return
    from bot.dossiers.brake import Brake  # noqa: PLC0415
    from bot.dossiers.courier import Courier  # noqa: PLC0415  (a mail client: not where nothing is sent)
    from bot.dossiers.delivery import composer, way_out  # noqa: PLC0415

    brake = Brake(settings.mails_per_hour) if settings.smtp_url else None
    sender = Courier(outbox, composer(settings, content), way_out(settings), tell_team, brake)
    async with _at_work(sender):
        yield


@asynccontextmanager
async def alerts(settings: Settings, live: Live, queue: AlertQueue, pace: Pace, clock: Today) -> AsyncIterator[None]:
    """Subscribers are told while this lasts, by a bot that does not wait for each 429 by itself."""
    if live.content.calendar is None:
        yield
        return
    await queue.set_baseline(live.content.calls)
    async with build_bot(settings, pace, max_wait=0) as bot:
        broadcaster = Broadcaster(
            bot, queue, lambda: live.content, _as_alert(live), clock, lambda: datetime.now(PARIS).hour
        )
        async with _at_work(broadcaster):
            yield


def _as_alert(live: Live) -> Callable[[str], dict[str, Any]]:
    def show(body: str) -> dict[str, Any]:
        assert live.content.calendar is not None  # a content without it needs another start
        return alert(live.content.calendar, body)

    return show


@asynccontextmanager
async def replies(settings: Settings, live: Live, queue: ReplyQueue, pace: Pace, tell_team: Say) -> AsyncIterator[None]:
    """The team's answers to questions leave while this lasts, and it is reminded of those that wait."""
    if live.dossier_screens is None:
        yield
        return

    def screens() -> DossierScreens:
        assert live.dossier_screens is not None  # a content without them needs another start
        return live.dossier_screens

    async with AsyncExitStack() as lifetimes:
        if settings.smtp_url and settings.mail_from and live.content.processing:
            from bot.dossiers.delivery import way_out  # noqa: PLC0415  (a mail client: not where nothing is sent)
            from bot.dossiers.reminding import MorningMail  # noqa: PLC0415

            now = partial(datetime.now, PARIS)
            reminder = MorningMail(queue, lambda: live.content, settings.mail_from, way_out(settings), now)
            await lifetimes.enter_async_context(meanwhile(reminder.run()))
        bot = await lifetimes.enter_async_context(build_bot(settings, pace, max_wait=0))
        replier = Replier(bot, queue, lambda one: screens().team_answer(one.asked_at, one.body).as_kwargs(), tell_team)
        await lifetimes.enter_async_context(_at_work(replier))
        yield


@asynccontextmanager
async def reloaded(
    settings: Settings, live: Live, bot: Bot, heartbeat: Heartbeat, tell_team: Say
) -> AsyncIterator[None]:
    """A changed content goes live while this lasts; what Telegram, health and metrics show of it follows."""

    async def tell_live(version: str, is_refused: bool) -> None:
        heartbeat.content(version, is_refused=is_refused)
        metrics.CONTENT.clear()
        metrics.CONTENT.labels(version).set(1)
        metrics.REFUSED.set(is_refused)
        messages = live.content.messages
        commands = {command.name: command.description for command in messages.commands}
        await introduce(bot, commands, messages.start.description, messages.start.about)

    kept = models_folder()
    with nullcontext(kept) if kept else TemporaryDirectory(prefix="tevo-") as models:
        as_set = partial(content_as_set, settings=settings)
        async with meanwhile(Reloading(settings.content, Path(models), live, as_set, tell_team, tell_live).run()):
            yield
