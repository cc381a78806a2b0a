"""Drafts lent to a colleague, in the database: a code that serves once, for 72 hours."""

import json
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, select, update

from bot.cipher import Cipher
from bot.database.database import Database
from bot.database.tables import handovers
from bot.pseudonyms import Pseudonyms
from knowledge.content.calendar import PARIS
from knowledge.dossier import Fate, drawn_letters

HOURS = 72

_REMEMBERED = 30 * 86400  # seconds: how long both are told that it was taken, and sent


class SqlHandovers:
    """`knowledge.dossier.Handovers`. The code itself is kept nowhere, only its keyed hash."""

    def __init__(
        self, database: Database, pseudonyms: Pseudonyms, cipher: Cipher, clock: Callable[[], float] = time.time
    ) -> None:
        self._database = database
        self._pseudonyms = pseudonyms
        self._cipher = cipher
        self._clock = clock

    async def lend(self, person: int, answers: dict[str, Any]) -> str:
        """Keep a copy of the answers; the code to give. The person's earlier codes end."""
        await self.revoke(person)
        code = f"RP-{drawn_letters()}"
        row = {
            "code": self._hashed(code),
            "person": self._pseudonyms.of(person, "handovers"),
            "body": self._cipher.seal(json.dumps(answers)),
            "ends_at": int(self._clock()) + HOURS * 3600,
        }
        await self._database.execute(handovers.insert().values(row))
        return code

    async def lent(self, code: str) -> dict[str, Any] | None:
        """The answers lent under that code; None when there are none any more."""
        rows = await self._database.read(select(handovers.c.body).where(self._valid(code)))
        body = self._cipher.unseal(rows[0].body) if rows else None
        return None if body is None else dict(json.loads(body))

    async def held(self, person: int) -> list[dict[str, object]]:
        """The copies that the person lent and nobody took yet, and until when."""
        columns = (handovers.c.body, handovers.c.ends_at)
        rows = await self._database.read(select(*columns).where(self._own(person), handovers.c.taken_at.is_(None)))
        return [
            {"answers": json.loads(self._cipher.unseal(row.body) or "{}"), "until": _day(row.ends_at)} for row in rows
        ]

    async def spend(self, code: str) -> bool:
        """End the code; False when somebody else was faster. That it was taken is kept as long as a draft is."""
        now = int(self._clock())
        kept = {"body": self._cipher.seal("{}"), "taken_at": now, "ends_at": now + _REMEMBERED}
        spent = update(handovers).where(self._valid(code)).values(kept).returning(handovers.c.code)
        return bool(await self._database.execute(spent))

    async def note_sent(self, code: str, reference: str) -> None:
        """A dossier was sent from the answers that were lent under this code."""
        row = update(handovers).where(handovers.c.code == self._hashed(code), handovers.c.taken_at.is_not(None))
        await self._database.execute(row.values(reference=reference).returning(handovers.c.code))

    async def fate(self, code: str) -> Fate:
        """What became of what was lent under this code; nothing, where it is forgotten."""
        rows = await self._database.read(select(handovers).where(handovers.c.code == self._hashed(code)))
        return Fate(rows[0].taken_at, rows[0].reference) if rows else Fate()

    async def revoke(self, person: int) -> bool:
        """End the person's codes; whether there was one."""
        own = delete(handovers).where(self._own(person), handovers.c.taken_at.is_(None))
        return bool(await self._database.execute(own.returning(handovers.c.code)))

    async def erase(self, person: int) -> None:
        """Erase all that the person lent, and what became of it."""
        await self._database.execute(delete(handovers).where(self._own(person)).returning(handovers.c.code))

    def _valid(self, code: str) -> ColumnElement[bool]:
        is_there = (handovers.c.code == self._hashed(code)) & (handovers.c.ends_at > int(self._clock()))
        return is_there & handovers.c.taken_at.is_(None)

    def _own(self, person: int) -> ColumnElement[bool]:
        return handovers.c.person == self._pseudonyms.of(person, "handovers")

    def _hashed(self, code: str) -> str:
        letters = "".join(letter for letter in code.upper() if letter.isalnum())
        return self._pseudonyms.of(letters, "handover codes")


def _day(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, PARIS).isoformat()
