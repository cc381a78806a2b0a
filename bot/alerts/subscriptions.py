"""Who asked to be told: a keyed hash to find them by, the chat sealed."""

import json
import time
from collections.abc import Callable, Sequence
from datetime import date, datetime

from sqlalchemy import Connection, delete, select

from bot.cipher import Cipher, place
from bot.database.database import Database
from bot.database.tables import alerts, announcements, subscriptions
from bot.keeping import Retention, Rotation, Whose, before
from bot.pseudonyms import Pseudonyms
from knowledge.content.calendar import PARIS


class SqlSubscriptions:
    """`calendar_changes.Subscriptions`, kept in the database. With a subscription go the person's alerts."""

    tables = (subscriptions, alerts, announcements)
    sealed = (subscriptions.c.chat,)
    purpose = "subscriptions"

    def __init__(
        self, database: Database, pseudonyms: Pseudonyms, cipher: Cipher, clock: Callable[[], float] = time.time
    ) -> None:
        self._database = database
        self._name = pseudonyms.of_purpose(self.purpose)
        self._cipher = cipher
        self._clock = clock

    async def subscribe(self, person: int) -> None:
        """Tell the person from now on; asked again, the consent is renewed."""
        name = self._name(person)
        row = {
            "person": name,
            # whose number is that of the private chat
            "chat": self._cipher.seal(json.dumps({"person": person}), chat_place(name)),
            "created_at": int(self._clock()),
        }
        keep = self._database.insert(subscriptions).values(row)
        await self._database.execute(keep.on_conflict_do_update(index_elements=[subscriptions.c.person], set_=row))

    async def since(self, person: int) -> date | None:
        """The day when the person asked; None when not subscribed."""
        own = subscriptions.c.person == self._name(person)
        rows = await self._database.read(select(subscriptions.c.created_at).where(own))
        return datetime.fromtimestamp(rows[0].created_at, PARIS).date() if rows else None

    async def unsubscribe(self, person: int) -> None:
        """Tell the person no more, and forget the chat, in the files too."""
        await self._database.execute(delete(subscriptions).where(subscriptions.c.person == self._name(person)))
        await self._database.tidy()

    async def export(self, person: int) -> dict[str, object]:
        """Since when, and what was sent."""
        since = await self.since(person)
        told = select(alerts.c.announcement, alerts.c.state).where(alerts.c.person == self._name(person))
        sent = {row.announcement: row.state for row in await self._database.read(told)}
        return {"alerts": {"since": since.isoformat(), "sent": sent}} if since else {}

    async def erase_all(self, whose: Whose, until: int) -> int:
        """As promised by Keeps; nobody else holds a copy."""
        own = (subscriptions.c.person == whose.name(self.purpose)) & (subscriptions.c.created_at <= until)
        await self._database.execute(delete(subscriptions).where(own))
        return 0

    async def purge(self, now: float, retention: Retention) -> Sequence[str]:
        """As promised by Keeps."""
        over = subscriptions.c.created_at < before(now, retention.subscriptions)
        await self._database.execute(delete(subscriptions).where(over))
        # With their alerts, else everybody would seem to have left.
        told = announcements.c.created_at < before(now, retention.alerts)
        await self._database.execute(delete(announcements).where(told))
        return ()

    def rotate(self, connection: Connection, rotation: Rotation) -> None:
        """As promised by Keeps; the alerts follow their subscription's name."""
        rotation.reseal(connection, subscriptions.c.chat, lambda row: chat_place(row["person"]), self.purpose)


def chat_place(name: str) -> str:
    """Where the chat of a subscription is sealed to."""
    return place(subscriptions.c.chat, name)
