"""One life of the process that is killed: people send dossiers, a courier hands them over."""

import asyncio
import itertools
import os
import time
from email.message import EmailMessage
from multiprocessing.connection import Connection

from bot.cipher import Cipher
from bot.database.database import Database, open_database
from bot.dossiers.claim import Claim
from bot.dossiers.courier import Courier
from bot.dossiers.mail import compose
from bot.dossiers.outbox import SqlOutbox
from bot.dossiers.smtp import smtp
from bot.pseudonyms import Pseudonyms
from knowledge.content.dossier import DossierForm
from tests.bot.dossiers import dossier

KEY = b"key of the torture"
FASTER = 1000.0
"""How much faster time runs: a lease of five minutes ends in a third of a second."""


class Clock:
    """Seconds since `start`, in fast time; the same in every life."""

    def __init__(self, start: float) -> None:
        self._start = start

    def __call__(self) -> float:
        return (time.time() - self._start) * FASTER


def live(url: str, database_url: str, form: DossierForm, start: float, number: int, said: Connection) -> None:
    """Live until killed. Each dossier that was acknowledged is written to `said`, at once."""
    asyncio.run(_live(url, database_url, form, start, number, said.fileno()))


async def _live(url: str, database_url: str, form: DossierForm, start: float, number: int, said: int) -> None:
    async with open_database(database_url) as database:
        running = asyncio.create_task(courier(url, database, form, start).run())
        outbox = _outbox(database, start)
        for count in itertools.count():
            reference = f"TV-{number:04d}-{count:04d}"
            await outbox.put(count % 7, dossier(reference))
            os.write(said, f"{reference}\n".encode())
            await asyncio.sleep(0.04)
        await running


def courier(url: str, database: Database, form: DossierForm, start: float) -> Courier:
    """Hands over what is due, as in production but for the clock."""

    def message(claim: Claim) -> EmailMessage:
        return compose(claim, form, "a@exemple.fr", "b@exemple.fr", None)

    async def tell(_: str) -> None:
        """Nobody listens here."""

    return Courier(_outbox(database, start), message, smtp(url), tell)


def _outbox(database: Database, start: float) -> SqlOutbox:
    return SqlOutbox(database, Pseudonyms(KEY), Cipher(KEY), clock=Clock(start))
