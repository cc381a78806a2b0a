"""Kill -9 at random moments, two processes on one outbox: none lost, no duplicate that cannot be recognised.

`python -m tests.torture.outbox [KILLS]`; the suite runs a short one.
"""

import asyncio
import os
import random
import signal
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass, field
from email import message_from_bytes
from multiprocessing.process import BaseProcess
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import select

from bot.database.database import open_database
from bot.database.tables import dossiers
from bot.dossiers.rows import NEVER
from bot.settings import models_folder
from knowledge.content.dossier import DossierForm
from knowledge.loading import load
from tests.forks import FORKS
from tests.ports import free_port
from tests.torture import life
from tests.waiting import PATIENCE


class SlowMailbox:
    """Takes its time before and after it has a message: where a kill hurts most."""

    def __init__(self, dice: random.Random) -> None:
        self.mails: dict[str, list[bytes]] = defaultdict(list)
        self._dice = dice

    @property
    def received(self) -> dict[str, list[bytes]]:
        """The messages of each dossier, by its reference."""
        return {number.strip("<>").partition("@")[0]: mails for number, mails in self.mails.items()}

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        await asyncio.sleep(self._dice.random() * 0.02)
        if self._dice.random() < 0.1:
            return "451 try later"
        assert isinstance(envelope.content, bytes)
        self.mails[str(message_from_bytes(envelope.content)["Message-ID"])].append(envelope.content)
        await asyncio.sleep(self._dice.random() * 0.02)
        return "250 OK"


@dataclass
class Verdict:
    """What was acknowledged to people, compared with what the mailbox holds."""

    kills: int
    acknowledged: int = 0
    lost: list[str] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    """Not received, but said to be in doubt and left to a person: killed in the window three times."""
    unknown: list[str] = field(default_factory=list)
    """Received, though nobody ever sent them."""
    twice: int = 0
    unlike: list[str] = field(default_factory=list)
    """Received twice, not the same to the byte."""


def torture(folder: Path, kills: int, seed: int, url: str | None = None) -> Verdict:
    """Start and kill so many times, then let one last courier finish."""
    dice = random.Random(seed)
    box = SlowMailbox(dice)
    form = load(kept=models_folder()).dossier
    assert form is not None
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    start = time.time()
    try:
        mail = f"smtp://127.0.0.1:{controller.port}"
        place = url or f"sqlite+aiosqlite:///{folder / 'tevo.db'}"
        asyncio.run(_finish(mail, place, form, start, box, set()))  # the tables: lives are too short to make them
        said = _lives(mail, place, form, start, kills, dice)
        held = asyncio.run(_finish(mail, place, form, start, box, said))
    finally:
        controller.stop()
    return _judge(kills, said, held, box)


def _lives(mail: str, place: str, form: DossierForm, start: float, kills: int, dice: random.Random) -> set[str]:
    read, write = FORKS.Pipe(duplex=False)
    os.set_blocking(read.fileno(), False)
    heard = b""
    alive = []
    for number in range(kills + 1):
        process = FORKS.Process(target=life.live, args=(mail, place, form, start, number, write))
        process.start()
        alive.append(process)
        time.sleep(0.08 + dice.random() * 0.25)
        if number:  # two share the outbox while the older one is killed
            _kill(alive.pop(0))
        while chunk := _available(read.fileno()):
            heard += chunk
    end = time.monotonic() + PATIENCE
    while len(heard.split()) <= kills and time.monotonic() < end:  # lives are short on a busy machine
        time.sleep(0.01)
        heard += _available(read.fileno())
    _kill(alive.pop())
    read.close()
    write.close()
    return set(heard.decode().split())


def _kill(process: BaseProcess) -> None:
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    process.join()


def _available(read: int) -> bytes:
    try:
        return os.read(read, 65536)
    except BlockingIOError:
        return b""


async def _finish(mail: str, place: str, form: DossierForm, start: float, box: SlowMailbox, said: set[str]) -> set[str]:
    """Send what is left, leases and pauses ending in seconds; what is left to a person after that."""
    async with open_database(place) as database:
        courier = life.courier(mail, database, form, start)
        end = time.monotonic() + 180
        held: set[str] = set()
        while said - set(box.received) - held and time.monotonic() < end:
            await courier.send_all()
            held = {row.reference for row in await database.read(select(dossiers)) if row.next_at >= NEVER}
            await asyncio.sleep(0.05)
        return held


def _judge(kills: int, said: set[str], held: set[str], box: SlowMailbox) -> Verdict:
    received = box.received
    verdict = Verdict(kills, len(said), sorted(said - set(received) - held), sorted(held - set(received)))
    for reference, mails in received.items():
        verdict.twice += len(mails) > 1
        if len(set(mails)) > 1:
            verdict.unlike.append(reference)
    # A dossier may be there that was not acknowledged yet: the kill came between the two. It was sent by somebody.
    verdict.unknown = sorted(name for name in received if int(name[3:7]) > kills)
    return verdict


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 250
    drawn = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(2**32)
    with tempfile.TemporaryDirectory() as place:
        print(f"seed {drawn}")
        print(torture(Path(place), count, drawn))
