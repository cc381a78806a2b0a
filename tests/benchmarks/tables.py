"""`python -m tests.benchmarks.tables`: what a message costs as the tables grow, and what people asleep weigh."""

import asyncio
import itertools
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.methods import TelegramMethod
from rich.console import Console
from rich.table import Table as Shown
from sqlalchemy import Connection, Table, insert

from bot.app import build_live
from bot.database.database import Database
from bot.database.tables import dossiers, fsm, inbox, subscriptions
from bot.settings import Settings, models_folder
from bot.stores import all_of_a_person, open_stores
from bot.telegram.intake import Intake
from bot.telegram.saying import Collector
from knowledge.loading import load
from knowledge.understanding.understanding import Understanding
from tests.benchmarks.telegram import QUESTIONS
from tests.bot_api import TOKEN, message

_SIZES = (100, 10_000, 1_000_000)
_ROUND = 50  # messages
_AT_ONCE = 20_000  # rows


class Answered(BaseSession):
    """Telegram's edge: every call succeeds at once."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting: dict[int, asyncio.Event] = {}

    async def make_request(self, bot: Bot, method: TelegramMethod[Any], timeout: int | None = None) -> Any:  # noqa: ASYNC109 (aiogram's)
        if waits := self.waiting.pop(getattr(method, "chat_id", 0), None):
            waits.set()
        return True

    async def stream_content(self, *_: Any, **__: Any) -> Any:
        yield b""

    async def close(self) -> None:
        """Nothing is open."""


async def main(sizes: tuple[int, ...]) -> None:
    """A row for each size."""
    shown = Shown("rows in each table", "CPU ms/message", "of which the event loop", "RSS MB")
    content = load()
    understanding = Understanding(content, models_folder())
    understanding.distress("")
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder))
        async with open_stores(settings, date.today) as (database, keys, stores):
            everything = all_of_a_person(settings, database, keys, stores)
            live = build_live(content, understanding, stores, everything, date.today)
            session = Answered()
            session.middleware(Collector())
            kept = 0
            numbers = itertools.count(2**40)
            async with Intake(live.dispatcher, Bot(TOKEN, session=session), stores.inbox) as intake:
                await rounds(intake, session, numbers, 3)
                for size in sizes:
                    await grow(database, kept, size)
                    kept = size
                    cost, by_loop = await rounds(intake, session, numbers, 8)
                    shown.add_row(f"{size:,}", f"{cost:.2f}", f"{by_loop:.2f}", f"{rss_here():.0f}")
    Console().print(shown)


async def rounds(intake: Intake, session: Answered, numbers: Iterator[int], count: int) -> tuple[float, float]:
    """The least that a message cost, of several rounds, in milliseconds: other work on the machine only adds."""
    found = [await _round(intake, session, numbers) for _ in range(count)]
    return min(found)


async def _round(intake: Intake, session: Answered, numbers: Iterator[int]) -> tuple[float, float]:
    before, loop_before = time.process_time(), time.thread_time()
    for number in itertools.islice(numbers, _ROUND):
        answered = session.waiting[number] = asyncio.Event()
        await intake.accept([message(number, QUESTIONS[number % len(QUESTIONS)], number)])
        await answered.wait()
    return 1000 * (time.process_time() - before) / _ROUND, 1000 * (time.thread_time() - loop_before) / _ROUND


async def grow(database: Database, start: int, end: int) -> None:
    """Add rows of people who are asleep."""
    for first in range(start, end, _AT_ONCE):
        last = min(first + _AT_ONCE, end)
        for table, row in _ROWS.items():
            await database.write(lambda connection, t=table, r=row, f=first, n=last: _fill(connection, t, r, f, n))  # type: ignore[misc]


def _fill(connection: Connection, table: Table, row: Any, first: int, last: int) -> None:
    connection.execute(insert(table), [row(number) for number in range(first, last)])


_SEALED = "p:" + "x" * 400
_ROWS: dict[Table, Any] = {
    inbox: lambda n: {"update_id": n, "received_at": n, "state": "done", "replays": 0},
    fsm: lambda n: {"key": f"1|{n}|{n}|default", "person": n, "state": None, "data": _SEALED, "updated_at": n},
    dossiers: lambda n: {
        "reference": f"TV-{n:010}",
        "person": f"{n:032x}",
        "body": _SEALED,
        "state": "sent",
        "revision": 0,
        "attempts": 1,
        "doubts": 0,
        "next_at": n,
        "created_at": n,
        "changed_at": n,
        "sent_at": n,
    },
    subscriptions: lambda n: {"person": f"{n:032x}", "chat": _SEALED, "created_at": n},
}


def rss_here() -> float:
    """Megabytes in memory."""
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024


if __name__ == "__main__":
    asyncio.run(main(tuple(map(int, sys.argv[1:])) or _SIZES))
