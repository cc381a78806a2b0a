"""Servers on loopback that keep their own records, and the process between them, begun and killed at will."""

import asyncio
import os
import random
import signal
import sqlite3
import struct
import time
from collections.abc import AsyncIterator, Awaitable, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from email import message_from_bytes
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from bot.sentences import tell
from tests.bot_api import TOKEN, BotApi, bot_api
from tests.forks import FORKS, import_once
from tests.ports import free_port
from tests.torture import power, served
from tests.waiting import until

KEY = "k" * 32
BLAMED = "ended the process twice"
_STARTED = tell("started", version=served.CONTENT.version)

import_once("tests.torture.served")  # each life is a fork of a quiet process


class Mail:
    """A mail server. `answers`: what it says to the next messages, « cut » being no answer."""

    def __init__(self) -> None:
        self.answers: list[str] = []
        self.received: list[bytes] = []

    @property
    def by_number(self) -> dict[str, list[bytes]]:
        """The messages, by their Message-ID."""
        found: dict[str, list[bytes]] = {}
        for raw in self.received:
            found.setdefault(str(message_from_bytes(raw)["Message-ID"]), []).append(raw)
        return found

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep it, or not, and say so, or not."""
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith("250") or answer == "cut":
            assert isinstance(envelope.content, bytes)
            self.received.append(envelope.content)
        if answer == "cut" and server.transport:
            server.transport.close()
        return answer


@dataclass
class Ground:
    """What a scenario plays on."""

    folder: Path
    api: BotApi
    mail: Mail
    dice: random.Random
    environ: dict[str, str]
    kills: int = 0
    deaths: int = 0
    """At a failpoint."""
    lost: int = 0
    """Sectors, at the kills that were power cuts."""
    process: BaseProcess | None = None
    _before: int = 0
    """Characters that earlier lives have logged."""

    def start(self, point: str = "", count: int = 1) -> None:
        """Another life, that ends at `point`."""
        self.process = FORKS.Process(target=served.serve, args=(self.folder, self.environ, point, count))
        self._before = len(self.log)
        self.process.start()

    async def kill(self) -> None:
        """kill -9; where what was synchronised is watched, the power goes as well."""
        if self.process and self.process.pid and self.process.is_alive():
            os.kill(self.process.pid, signal.SIGKILL)
            self.kills += 1
        await self.ended()
        if power.is_watched(self.folder):
            self.lost += power.lose(self.folder, self.dice)

    async def ended(self) -> None:
        """Once the process is over."""
        if self.process:
            await asyncio.to_thread(self.process.join)
            self.process = None

    async def stop(self) -> float:
        """SIGTERM; the seconds that it took. Raises AssertionError when it did not end well."""
        assert self.process is not None
        assert self.process.pid is not None
        assert self.process.is_alive(), f"the process ended by itself: {self.log[-2000:]}"
        await until(lambda: _STARTED in self.log[self._before :], 60)  # sooner, nobody listens to a signal yet
        began = time.monotonic()
        os.kill(self.process.pid, signal.SIGTERM)
        await asyncio.to_thread(self.process.join)
        assert self.process.exitcode == 0, self.log[-2000:]
        self.process = None
        return time.monotonic() - began

    @property
    def log(self) -> str:
        """What the process said so far; it may not have begun to."""
        path = self.folder / "log"
        return path.read_text("utf-8", "replace") if path.exists() else ""

    @property
    def memory(self) -> float:
        """Resident megabytes of the process."""
        assert self.process is not None
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 2**20

    def fail(self, reason: str | None) -> None:
        """From now on the database refuses to write, or takes it again."""
        if reason is None:
            (self.folder / "fault").unlink(missing_ok=True)
        else:
            (self.folder / "fault").write_text(reason)

    def jump(self, seconds: float) -> None:
        """Its clock is now so many seconds off. To be called once before it starts."""
        path = self.folder / "clock"
        if not path.exists():
            path.write_bytes(b"\0" * 4096)
        with path.open("r+b") as file:
            file.write(struct.pack("d", seconds))

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Read the SQLite file as a stranger does."""
        with closing(sqlite3.connect(f"file:{self.folder / 'tevo.db'}?mode=ro", uri=True)) as database:
            return database.execute(query).fetchall()

    def is_blamed(self, number: int) -> bool:
        """Whether this update was put aside since the process ended twice while it was alone in hand."""
        return bool(self.rows(f"SELECT 1 FROM inbox WHERE reason = '{BLAMED}' AND update_id = {number}"))

    async def while_killed(self, works: Sequence[Awaitable[None]], most: int, lives: tuple[float, float]) -> None:
        """All the works, while the process is killed again and again, up to `most` times.

        `lives`: the shortest and the longest, in times that a start takes on this machine, as busy as it is.
        """
        together = asyncio.gather(*works)
        self.start()
        began = time.monotonic()
        await until(lambda: _STARTED in self.log, 60)
        start = time.monotonic() - began
        while not together.done() and self.kills < most:
            if self.process is None:
                self.start()
            await asyncio.wait([together], timeout=start * self.dice.uniform(*lives))
            if not together.done():
                await self.kill()
        if self.process is None:
            self.start()
        await together


@asynccontextmanager
async def ground(folder: Path, seed: int, database_url: str = "") -> AsyncIterator[Ground]:
    """Servers and an empty folder; the process is not begun."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    mail = Mail()
    controller = Controller(mail, hostname="127.0.0.1", port=free_port())
    controller.start()
    async with bot_api() as api:
        environ = {
            "TEVO_BOT_TOKEN": TOKEN,
            "TEVO_TELEGRAM_API": api.url,
            "TEVO_DATA": str(folder),
            "TEVO_DATA_KEY": KEY,
            "TEVO_MESSAGES_PER_SECOND": "1000",
            "TEVO_SMTP_URL": f"smtp://127.0.0.1:{controller.port}",
            "TEVO_MAIL_FROM": "assistant@exemple.fr",
        }
        if database_url:
            environ["TEVO_DATABASE_URL"] = database_url
        played = Ground(folder, api, mail, random.Random(seed), environ)
        try:
            yield played
        finally:
            if played.process and played.process.pid and played.process.is_alive():
                os.kill(played.process.pid, signal.SIGKILL)
                played.process.join()
            controller.stop()
