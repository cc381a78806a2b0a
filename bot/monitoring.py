"""A port of its own for whoever watches: /metrics, in Prometheus' text, and /health."""

import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web
from prometheus_client import generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from sqlalchemy.exc import SQLAlchemyError

from bot import health, metrics
from bot.describe import headline, short
from bot.dossiers.desk import Desk
from bot.sentences import tell
from bot.settings import Settings, SettingsError
from bot.telegram.intake import Intake
from knowledge.submission import Delivery

logger = logging.getLogger(__name__)


class Monitoring:
    """Answers both routes. What changes by itself is looked at when it is asked."""

    def __init__(self, settings: Settings, intake: Intake, desk: Desk) -> None:
        self._settings = settings
        self._intake = intake
        self._desk = desk

    async def health(self, _: web.Request) -> web.Response:
        """200 or 503, and the sentence of `tevo health`."""
        is_well, sentence = health.report(self._settings)
        return web.Response(status=200 if is_well else 503, text=f"{sentence}\n")

    async def metrics(self, _: web.Request) -> web.Response:
        """All of `bot.metrics`. A database that is away leaves the dossiers as they were; health tells of it."""
        metrics.WAITING.set(self._intake.waiting)
        metrics.PEOPLE.set(self._intake.people)
        metrics.OLDEST.set(max(0.0, time.time() - (self._intake.oldest or time.time())))
        metrics.WELL.set(health.report(self._settings)[0])
        try:
            await self._look_at_mail()
        except SQLAlchemyError as error:
            logger.error("dossiers not counted: %s", short(error))
        body = generate_latest(metrics.REGISTRY)
        return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE_PLAIN_0_0_4})

    async def _look_at_mail(self) -> None:
        counted = await self._desk.counted()
        for state in Delivery:
            metrics.DOSSIERS.labels(state.value).set(counted.get(state.value, 0))
        metrics.MAIL_LATE.set(await self._desk.is_stuck())


@asynccontextmanager
async def monitored(settings: Settings, intake: Intake, desk: Desk) -> AsyncIterator[None]:
    """Both routes answer while this lasts. Raises SettingsError when the port cannot be had."""
    assert settings.metrics_port is not None  # asked for only where it is set
    monitoring = Monitoring(settings, intake, desk)
    app = web.Application()
    app.router.add_get("/health", monitoring.health)
    app.router.add_get("/metrics", monitoring.metrics)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    host, port = settings.metrics_host, settings.metrics_port
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            raise SettingsError(tell("metrics_port_unusable", host=host, port=port, reason=headline(error))) from None
        yield
    finally:
        await runner.cleanup()
