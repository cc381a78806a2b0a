"""All that is kept of people, in one place: a tuple of stores, each with its tables."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date

from bot.alerts.subscriptions import SqlSubscriptions
from bot.database.database import Database, open_database
from bot.database.tables import publications, witness
from bot.dossiers.outbox import SqlOutbox
from bot.keeping import EVER, Keeps, Keys, Whose
from bot.memory.conversations import SqlStorage
from bot.memory.counts import SqlCounts
from bot.memory.erasures import Erasures
from bot.memory.feedback import SqlFeedback
from bot.memory.handover import SqlHandovers
from bot.memory.quotas import SqlLimits
from bot.memory.witness import accepted_key
from bot.pseudonyms import Pseudonyms
from bot.settings import Settings
from bot.telegram.inbox import Inbox

NOT_PERSONAL = (publications, witness)
"""Tables in which nothing is about anybody."""


@dataclass(frozen=True)
class Stores:
    """The stores, under the names by which handlers ask for them."""

    conversations: SqlStorage
    feedback: SqlFeedback
    outbox: SqlOutbox
    handovers: SqlHandovers
    subscriptions: SqlSubscriptions
    inbox: Inbox
    counts: SqlCounts
    limits: SqlLimits

    @classmethod
    def of(cls, database: Database, keys: Keys, settings: Settings, clock: Callable[[], date]) -> "Stores":
        """Over this database, with this key."""
        both = (keys.pseudonyms, keys.cipher)
        sends = settings.smtp_url is not None
        return cls(
            SqlStorage(database, keys.cipher),
            SqlFeedback(database, *both, clock),
            SqlOutbox(
                database,
                *both,
                files=None if sends else settings.mail_files,
                old_files=settings.mail_files,
                resends=settings.mail_doubt == "resend",
            ),
            SqlHandovers(database, *both),
            SqlSubscriptions(database, *both),
            Inbox(database, keys.cipher),
            SqlCounts(database, keys.pseudonyms, clock),
            SqlLimits(database, keys.pseudonyms),
        )

    @property
    def all(self) -> tuple[Keeps, ...]:
        """Each of them."""
        return tuple(vars(self).values())


@asynccontextmanager
async def open_stores(settings: Settings, clock: Callable[[], date]) -> AsyncIterator[tuple[Database, Keys, Stores]]:
    """The stores over the database of these settings, which is closed at the end.

    Raises DatabaseError and SettingsError: among others, when the key is not the one of the database.
    """
    async with open_database(settings.database) as database:
        keys = Keys.of(await accepted_key(database, settings))
        yield database, keys, Stores.of(database, keys, settings, clock)


class AllOfAPerson:
    """`handlers.privacy.PersonalData`, over every store."""

    def __init__(self, stores: Sequence[Keeps], database: Database, pseudonyms: Pseudonyms, erasures: Erasures) -> None:
        self._stores = stores
        self._database = database
        self._pseudonyms = pseudonyms
        self._erasures = erasures

    async def export(self, person: int) -> dict[str, object]:
        """All that is kept of the person, by name."""
        return {name: held for store in self._stores for name, held in (await store.export(person)).items()}

    async def erase(self, person: int) -> int:
        """Erase the person from every store, from the disk too; of how many dossiers the team has a copy."""
        purposes = [store.purpose for store in self._stores if store.purpose]
        await self._erasures.note(person, purposes)  # first: noted and not erased yet, it is asked for again
        return await self._erase(Whose.of(person, self._pseudonyms), EVER)

    async def erase_again(self) -> int:
        """After a backup was put back: erase what was erased since. How many requests there were."""
        noted = await self._erasures.noted()
        for at, whose in noted:
            await self._erase(whose, at)
        return len(noted)

    async def _erase(self, whose: Whose, until: int) -> int:
        copies = [await store.erase_all(whose, until) for store in self._stores]
        await self._database.tidy()
        return sum(copies)


def all_of_a_person(settings: Settings, database: Database, keys: Keys, stores: Stores) -> AllOfAPerson:
    """With the list of erasures of these settings."""
    return AllOfAPerson(stores.all, database, keys.pseudonyms, erasures_of(settings, keys))


def erasures_of(settings: Settings, keys: Keys) -> Erasures:
    """The list of who asked to be erased, in the data folder."""
    return Erasures(settings.data / "effacements", keys.pseudonyms)
