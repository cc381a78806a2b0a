"""Updates that Telegram posts: 200 means written down; nobody else may post."""

import json
from collections.abc import AsyncIterator

import pytest
from aiogram import Bot
from aiohttp import ClientSession, web
from sqlalchemy import select

from bot.database import Database
from bot.inbox import Inbox
from bot.intake import Intake
from bot.tables import inbox
from bot.webhook import Door, build_app
from tests.bot.test_intake import CIPHER, Seen
from tests.bot_api import message
from tests.waiting import until

SECRET = "a-secret-of-sixteen"
HEADERS = {"X-Telegram-Bot-Api-Secret-Token": SECRET}


class Webhook:
    """The door, on a free port."""

    def __init__(self, door: Door, url: str, seen: Seen) -> None:
        self.door, self.url, self.seen = door, url, seen

    async def posts(self, body: bytes, headers: dict[str, str] | None = None) -> int:
        async with (
            ClientSession() as session,
            session.post(self.url, data=body, headers=HEADERS if headers is None else headers) as response,
        ):
            return response.status


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


@pytest.mark.parametrize("body", [b"", b"not json", b"\xff\xfe", b"[1, 2]", b"[" * 5000], ids=repr)
async def test_what_is_no_update_is_taken_so_that_it_does_not_come_back(webhook: Webhook, body: bytes) -> None:
    assert await webhook.posts(body) == 200


async def test_a_huge_post_is_refused(webhook: Webhook) -> None:
    assert await webhook.posts(b"x" * 300_000) == 413


async def test_during_a_stop_telegram_is_asked_to_come_back(webhook: Webhook) -> None:
    webhook.door.close()

    assert await webhook.posts(json.dumps(message(1, "bonjour")).encode()) == 503
