"""The inbox as the operator sees it: what was put aside or waits, shown, tried again. Aiogram is not loaded."""

import json
from dataclasses import dataclass

from sqlalchemy import or_, select, update

from bot.cipher import Cipher, place
from bot.database.database import Database
from bot.database.tables import inbox


@dataclass(frozen=True)
class SetAside:
    """One update, without anything personal. `state`: waiting, again, quarantined, or unsaid: handled, not answered."""

    update_id: int
    state: str
    received_at: int
    """Seconds since 1970."""
    reason: str


class Aside:
    """What is not done with, in the table of received updates."""

    def __init__(self, database: Database, cipher: Cipher) -> None:
        self._database = database
        self._cipher = cipher

    async def lines(self) -> list[SetAside]:
        """Oldest first."""
        left = or_(inbox.c.state != "done", inbox.c.reply.is_not(None))
        columns = (inbox.c.update_id, inbox.c.state, inbox.c.received_at, inbox.c.reason)
        rows = await self._database.read(select(*columns).where(left).order_by(inbox.c.received_at, inbox.c.update_id))
        return [
            SetAside(row.update_id, "unsaid" if row.state == "done" else row.state, row.received_at, row.reason or "")
            for row in rows
        ]

    async def shown(self, update_id: int) -> str | None:
        """The update as received, as indented JSON; None when there is none, or it is erased, or another key's."""
        rows = await self._database.read(select(inbox.c.body).where(inbox.c.update_id == update_id))
        text = self._cipher.unseal(rows[0].body, place(inbox.c.body, update_id)) if rows and rows[0].body else None
        return None if text is None else json.dumps(json.loads(text), ensure_ascii=False, indent=2)

    async def retry(self, update_id: int) -> bool:
        """Have the assistant handle what was put aside, within half a minute; whether there was such an update."""
        aside = (inbox.c.update_id == update_id) & (inbox.c.state == "quarantined") & inbox.c.body.is_not(None)
        again = update(inbox).where(aside).values(state="again", replays=0, reason=None)
        return bool(await self._database.execute(again.returning(inbox.c.update_id)))
