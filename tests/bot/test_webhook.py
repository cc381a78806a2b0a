"""Updates that Telegram posts: 200 means written down; nobody else may post."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiogram import Bot
from aiohttp import ClientSession, web
from multidict import CIMultiDict
from sqlalchemy import Executable, select

from bot.database.database import Database
from bot.database.tables import inbox
from bot.health import Heartbeat
from bot.settings import Settings, SettingsError
from bot.telegram.inbox import Inbox
from bot.telegram.intake import Intake
from bot.telegram.webhook import Door, build_app, serve_webhook
from tests.bot.test_intake import CIPHER, Seen
from tests.bot_api import BotApi, Fault, message
from tests.waiting import PATIENCE, until

SECRET = "a-secret-of-sixteen"
HEADERS = {"X-Telegram-Bot-Api-Secret-Token": SECRET}


class Webhook:
    """The door, on a free port."""

    def __init__(self, door: Door, url: str, seen: Seen) -> None:
        self.door, self.url, self.seen = door, url, seen

    async def posts(self, body: bytes, headers: Mapping[str, str] | None = None) -> int:
        async with (
            ClientSession() as session,
            session.post(self.url, data=body, headers=HEADERS if headers is None else headers) as response,
        ):
            return response.status


@asynccontextmanager
async def serving(
    bot: Bot, database: Database, folder: Path, port: int
) -> AsyncIterator[tuple[asyncio.Event, "asyncio.Task[None]"]]:
    """The whole of it, as `tevo run` serves; its stop, and its task."""
    chosen = Settings(data=folder, webhook_url="https://bot.exemple.fr/hook", webhook_secret=SECRET, webhook_port=port)
    stop = asyncio.Event()
    async with Intake(Seen().dispatcher(), bot, Inbox(database, CIPHER)) as intake:
        task = asyncio.create_task(serve_webhook(intake, bot, database, chosen, Heartbeat(folder), stop))
        try:
            yield stop, task
        finally:
            stop.set()
            await asyncio.gather(task, return_exceptions=True)


@pytest.fixture
async def webhook(bot: Bot, database: Database) -> AsyncIterator[Webhook]:
    seen = Seen()
    async with Intake(seen.dispatcher(), bot, Inbox(database, CIPHER)) as intake:
        door = Door(intake, SECRET)
        runner = web.AppRunner(build_app(door, "/hook"), shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield Webhook(door, f"http://127.0.0.1:{runner.addresses[0][1]}/hook", seen)
        await runner.cleanup()


async def test_a_post_is_written_down_then_handled(webhook: Webhook) -> None:
    assert await webhook.posts(json.dumps(message(1, "bonjour")).encode()) == 200
    await until(lambda: webhook.seen.texts == ["bonjour"])


@pytest.mark.parametrize("headers", [{}, {"X-Telegram-Bot-Api-Secret-Token": "wrong"}], ids=["none", "wrong"])
async def test_without_the_secret_nothing_is_read(
    webhook: Webhook, database: Database, headers: dict[str, str]
) -> None:
    assert await webhook.posts(json.dumps(message(1, "intrus")).encode(), headers) == 401
    assert await database.read(select(inbox)) == []


async def test_the_secret_given_twice_is_no_secret(webhook: Webhook, database: Database) -> None:
    twice = CIMultiDict([("X-Telegram-Bot-Api-Secret-Token", SECRET), ("X-Telegram-Bot-Api-Secret-Token", SECRET)])

    assert await webhook.posts(json.dumps(message(1, "intrus")).encode(), twice) == 401
    assert await database.read(select(inbox)) == []


@pytest.mark.parametrize("body", [b"", b"not json", b"\xff\xfe", b"[1, 2]", b"[" * 5000], ids=repr)
async def test_what_is_no_update_is_taken_so_that_it_does_not_come_back(webhook: Webhook, body: bytes) -> None:
    assert await webhook.posts(body) == 200


async def test_without_network_at_the_start_it_registers_later(
    bot: Bot, api: BotApi, database: Database, tmp_path: Path, unused_tcp_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.outbound._PAUSES", (0.01, 0.01))
    api.fails("setWebhook", *[Fault(502, "Bad Gateway")] * 4)  # one more than are tried at once
    async with serving(bot, database, tmp_path, unused_tcp_port):
        await until(lambda: api.sent("setWebhook"))
        await until(Heartbeat(tmp_path).path.exists)


async def test_a_stop_does_not_wait_for_telegram(
    bot: Bot, api: BotApi, database: Database, tmp_path: Path, unused_tcp_port: int, caplog: pytest.LogCaptureFixture
) -> None:
    api.fails("setWebhook", Fault(429, "Too Many Requests", retry_after=3600))
    async with serving(bot, database, tmp_path, unused_tcp_port) as (stop, task):
        await until(lambda: "webhook not registered" in caplog.text)
        stop.set()
        async with asyncio.timeout(PATIENCE):
            await task


async def test_a_port_that_is_taken_is_told_in_one_line(
    bot: Bot, database: Database, tmp_path: Path, unused_tcp_port: int
) -> None:
    other = await asyncio.start_server(lambda *_: None, "127.0.0.1", unused_tcp_port)
    async with serving(bot, database, tmp_path, unused_tcp_port) as (_, task):
        with pytest.raises(SettingsError, match="TEVO_WEBHOOK_PORT") as raised:
            await task
    other.close()

    assert "\n" not in str(raised.value)


async def test_a_token_that_telegram_refuses_is_told_at_once(
    bot: Bot, api: BotApi, database: Database, tmp_path: Path, unused_tcp_port: int
) -> None:
    api.fails("setWebhook", Fault(401, "Unauthorized"))
    async with serving(bot, database, tmp_path, unused_tcp_port) as (_, task):
        with pytest.raises(SettingsError, match="TEVO_BOT_TOKEN"):
            await task


async def test_a_huge_post_is_refused(webhook: Webhook) -> None:
    assert await webhook.posts(b"x" * 300_000) == 413


async def test_during_a_stop_telegram_is_asked_to_come_back(webhook: Webhook) -> None:
    webhook.door.close()

    assert await webhook.posts(json.dumps(message(1, "bonjour")).encode()) == 503


async def test_updates_that_cannot_be_written_down_stop_the_sign_of_life_until_they_can(
    bot: Bot, database: Database, tmp_path: Path, unused_tcp_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.webhook._BEAT_EVERY", 0.01)
    looks, read = list[object](), database.read

    async def looked(statement: Executable) -> Sequence[Any]:
        looks.append(statement)
        return await read(statement)

    async def refuse(_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(database, "read", looked)
    sign, url = Heartbeat(tmp_path).path, f"http://127.0.0.1:{unused_tcp_port}/hook"
    async with serving(bot, database, tmp_path, unused_tcp_port), ClientSession(headers=HEADERS) as telegram:
        await until(sign.exists)
        with monkeypatch.context() as full:
            full.setattr(database, "write", refuse)
            assert (await telegram.post(url, json=message(1, "bonjour"))).status == 503
            sign.unlink()
            looks.clear()
            await until(lambda: len(looks) > 2)
            sign.unlink(missing_ok=True)  # of a look that was under way
            await until(lambda: len(looks) > 5)
            assert not sign.exists()

        assert (await telegram.post(url, json=message(1, "bonjour"))).status == 200
        await until(sign.exists)
