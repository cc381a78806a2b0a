"""Parts of the running bot: the Bot API on loopback, the database on SQLite and on PostgreSQL."""

import os
import uuid
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest
from aiogram import Bot

from bot.cipher import Cipher
from bot.database.database import Database, open_database
from bot.dossiers.outbox import SqlOutbox
from bot.pseudonyms import Pseudonyms
from bot.settings import Settings
from bot.telegram.bot import build_bot
from knowledge.content.models import Content
from tests.bot.dossiers import KEY, Clock, Office
from tests.bot_api import TOKEN, BotApi, bot_api
from tests.waiting import PATIENCE

POSTGRESQL = os.environ.get("TEVO_TEST_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432/postgres")


@pytest.fixture(params=["sqlite", "postgresql"])
async def any_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """Where there is no database yet, or an empty one; on PostgreSQL where one answers."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'tevo.db'}"
        return
    try:
        server = await asyncpg.connect(POSTGRESQL, timeout=PATIENCE)
    except (OSError, TimeoutError, asyncpg.PostgresError) as error:
        pytest.skip(f"no PostgreSQL at TEVO_TEST_POSTGRESQL or 127.0.0.1:5432 ({type(error).__name__})")
    name = f"tevo_{uuid.uuid4().hex[:12]}"
    await server.execute(f"CREATE DATABASE {name}")
    try:
        yield POSTGRESQL.rpartition("/")[0].replace("postgresql://", "postgresql+asyncpg://") + f"/{name}"
    finally:
        await server.execute(f"DROP DATABASE {name} WITH (FORCE)")
        await server.close()


@pytest.fixture
async def any_database(any_url: str) -> AsyncIterator[Database]:
    """An empty database of either kind."""
    async with open_database(any_url) as database:
        yield database


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with bot_api() as server:
        yield server


@pytest.fixture
async def bot(api: BotApi) -> AsyncIterator[Bot]:
    """The bot as in production, its outbound middleware included."""
    async with build_bot(Settings(bot_token=TOKEN, telegram_api=api.url)) as built:
        yield built


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def outbox(any_database: Database, clock: Clock) -> SqlOutbox:
    return SqlOutbox(any_database, Pseudonyms(KEY), Cipher(KEY), clock=clock)


@pytest.fixture
def office(outbox: SqlOutbox, packaged: Content) -> Office:
    return Office(outbox, packaged)
