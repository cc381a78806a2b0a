"""The stores as the tests open them, on a database that is open already."""

import time
from datetime import date
from pathlib import Path

from bot.alerts.subscriptions import SqlSubscriptions
from bot.cipher import Cipher
from bot.database.database import Database
from bot.dossiers.outbox import SqlOutbox
from bot.keeping import Retention
from bot.memory.conversations import SqlStorage
from bot.memory.counts import SqlCounts
from bot.memory.erasures import Erasures
from bot.memory.feedback import SqlFeedback
from bot.memory.handover import SqlHandovers
from bot.memory.quotas import SqlLimits
from bot.memory.retention import purge
from bot.pseudonyms import Pseudonyms
from bot.stores import AllOfAPerson, Stores
from bot.telegram.inbox import Inbox

TODAY = date(2026, 11, 24)


def stores_of(
    database: Database,
    key: bytes = b"key",
    *,
    cipher: Cipher | None = None,
    files: Path | None = None,
    old_files: Path | None = None,
    today: date = TODAY,
) -> Stores:
    pseudonyms, cipher = Pseudonyms(key), cipher or Cipher(key)
    return Stores(
        SqlStorage(database, cipher),
        SqlFeedback(database, pseudonyms, cipher, lambda: today),
        SqlOutbox(database, pseudonyms, cipher, files=files, old_files=old_files),
        SqlHandovers(database, pseudonyms, cipher),
        SqlSubscriptions(database, pseudonyms, cipher),
        Inbox(database, cipher),
        SqlCounts(database, pseudonyms, lambda: today),
        SqlLimits(database, pseudonyms),
    )


def all_of_a_person(database: Database, folder: Path, *, ahead: int = 0) -> AllOfAPerson:
    """`ahead`: seconds by which erasures are noted later than they are asked for."""
    return AllOfAPerson(stores_of(database).all, database, Pseudonyms(b"key"), erasures_in(folder, ahead))


def erasures_in(folder: Path, ahead: int = 0) -> Erasures:
    return Erasures(folder / "effacements", Pseudonyms(b"key"), lambda: time.time() + ahead)


async def purged(database: Database, now: float | None = None, files: Path | None = None) -> list[str]:
    """What a round of the housekeeping names for the team."""
    stores = stores_of(database, old_files=files).all
    return await purge(stores, database, erasures_in(Path("/nonexistent")), now or time.time(), Retention())
