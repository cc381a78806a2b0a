"""Drafts lent to a colleague, in the database: a code that serves once, for 72 hours."""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, or_, select, update

from bot.cipher import Cipher, place
from bot.database.database import Database
from bot.database.tables import handovers
from bot.keeping import Retention, Rotation, Whose
from bot.pseudonyms import Pseudonyms
from knowledge.content.calendar import PARIS
from knowledge.submission import Fate, Lent
from knowledge.words.codes import letters_of, new_code

HOURS = 72

_REMEMBERED = 30 * 86400  # seconds: how long both are told that it was taken, and sent


class SqlHandovers:
    """`knowledge.submission.Handovers`. The code itself is kept nowhere, only its keyed hash."""

    tables = (handovers,)
    sealed = (handovers.c.body,)
    purpose = "handovers"

    def __init__(
        self, database: Database, pseudonyms: Pseudonyms, cipher: Cipher, clock: Callable[[], float] = time.time
    ) -> None:
        self._database = database
        self._pseudonyms = pseudonyms
        self._name = pseudonyms.of_purpose(self.purpose)
        self._cipher = cipher
        self._clock = clock

    async def lend(self, person: int, lent: Lent) -> str:
        """Keep a copy; the code to give. The person's earlier codes end."""
        await self.revoke(person)
        code = new_code("RP")
        hashed, name = self._hashed(code), self._name(person)
        row = {
            "code": hashed,
            "person": name,
            "body": self._cipher.seal(json.dumps(asdict(lent)), place(handovers.c.body, hashed, name)),
            "ends_at": int(self._clock()) + HOURS * 3600,
        }
        await self._database.execute(handovers.insert().values(row))
        return code

    async def lent(self, code: str) -> Lent | None:
        """What is lent under that code; None when it is not any more."""
        rows = await self._database.read(select(handovers).where(self._valid(code)))
        body = self._opened(rows[0]) if rows else None
        return None if body is None else _read(body)

    async def export(self, person: int) -> dict[str, object]:
        """The copies that the person lent and nobody took yet, and until when."""
        lent = (handovers.c.person == self._name(person)) & handovers.c.taken_at.is_(None)
        rows = await self._database.read(select(handovers).where(lent))
        bodies = [(self._opened(row), _day(row.ends_at)) for row in rows]
        told = [{"answers": _read(body).answers if body else {}, "until": until} for body, until in bodies]
        return {"lent": told} if told else {}

    async def spend(self, code: str) -> bool:
        """End the code; False when somebody else was faster. That it was taken is kept as long as a draft is."""
        now = int(self._clock())
        kept = {"body": "", "taken_at": now, "ends_at": now + _REMEMBERED}
        spent = update(handovers).where(self._valid(code)).values(kept).returning(handovers.c.code)
        return bool(await self._database.execute(spent))

    async def note_sent(self, code: str, reference: str) -> None:
        """A dossier was sent from the answers that were lent under this code, which may still be taken."""
        row = update(handovers).where(handovers.c.code == self._hashed(code))
        await self._database.execute(row.values(reference=reference).returning(handovers.c.code))

    async def fate(self, code: str) -> Fate:
        """What became of what was lent under this code; nothing, where it is forgotten."""
        rows = await self._database.read(select(handovers).where(handovers.c.code == self._hashed(code)))
        return Fate(rows[0].taken_at, rows[0].reference) if rows else Fate()

    async def revoke(self, person: int) -> bool:
        """End the person's codes; whether there was one."""
        own = delete(handovers).where(handovers.c.person == self._name(person), handovers.c.taken_at.is_(None))
        return bool(await self._database.execute(own.returning(handovers.c.code)))

    async def erase_all(self, whose: Whose, until: int) -> int:
        """As promised by Keeps; whoever took a copy has it in a conversation of their own."""
        old = or_(handovers.c.ends_at <= until + HOURS * 3600, handovers.c.taken_at <= until)
        await self._database.execute(delete(handovers).where(handovers.c.person == whose.name(self.purpose), old))
        return 0

    async def purge(self, now: float, _: Retention) -> Sequence[str]:
        """As promised by Keeps."""
        await self._database.execute(delete(handovers).where(handovers.c.ends_at <= int(now)))
        return ()

    def rotate(self, connection: Connection, _: Rotation) -> None:
        """As promised by Keeps: nobody knows the codes, which end."""
        connection.execute(delete(handovers))

    def _valid(self, code: str) -> ColumnElement[bool]:
        is_there = (handovers.c.code == self._hashed(code)) & (handovers.c.ends_at > int(self._clock()))
        return is_there & handovers.c.taken_at.is_(None)

    def _opened(self, row: Row[Any]) -> str | None:
        return self._cipher.unseal(row.body, place(handovers.c.body, row.code, row.person))

    def _hashed(self, code: str) -> str:
        return self._pseudonyms.of(letters_of(code), "handover codes")


def _read(body: str) -> Lent:
    kept = json.loads(body)
    if "codes" not in kept:  # lent before codes went with the answers: these stand alone, for 72 hours at most
        return Lent(kept, ())
    return Lent(kept["answers"], tuple(kept["codes"]))


def _day(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, PARIS).isoformat()
