"""Who asked to be told: a keyed hash to find them by, the chat sealed."""

import json
import time
from collections.abc import Callable
from datetime import UTC, date, datetime

from sqlalchemy import ColumnElement, delete, select

from bot.cipher import Cipher
from bot.database.database import Database
from bot.database.tables import subscriptions
from bot.pseudonyms import Pseudonyms


class SqlSubscriptions:
    """`knowledge.dates.alerts.Subscriptions`, kept in the database. With a subscription go the person's alerts."""

    def __init__(
        self, database: Database, pseudonyms: Pseudonyms, cipher: Cipher, clock: Callable[[], float] = time.time
    ) -> None:
        self._database = database
        self._pseudonyms = pseudonyms
        self._cipher = cipher
        self._clock = clock

    async def subscribe(self, person: int) -> None:
        """Tell the person from now on; asked again, the consent is renewed."""
        row = {
            "person": self._pseudonyms.of(person, "subscriptions"),
            "chat": self._cipher.seal(json.dumps({"person": person})),  # whose number is that of the private chat
            "created_at": int(self._clock()),
        }
        keep = self._database.insert(subscriptions).values(row)
        await self._database.execute(keep.on_conflict_do_update(index_elements=[subscriptions.c.person], set_=row))

    async def since(self, person: int) -> date | None:
        """The day when the person asked; None when not subscribed."""
        rows = await self._database.read(select(subscriptions.c.created_at).where(self._own(person)))
        return datetime.fromtimestamp(rows[0].created_at, UTC).date() if rows else None

    async def unsubscribe(self, person: int) -> None:
        """Tell the person no more, and forget the chat, in the files too."""
        await self._database.execute(delete(subscriptions).where(self._own(person)))
        await self._database.tidy()

    def _own(self, person: int) -> ColumnElement[bool]:
        return subscriptions.c.person == self._pseudonyms.of(person, "subscriptions")
