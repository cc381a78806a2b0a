"""Dossiers, kept sealed in the database, sent one by one: never lost, never twice but in one unavoidable window.

A dossier is claimed with a lease before it is handed over. If the process dies in between, the lease ends and
it is sent again, with the same Message-ID: only when the mail server had already taken it does it arrive twice.
"""

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from sqlalchemy import delete, select, update

from bot.cipher import Cipher
from bot.database import Database, open_database
from bot.pseudonym import Pseudonyms
from bot.tables import dossiers
from knowledge.dossier import Delivery, Dossier, Status

_LEASE = 300  # seconds that one attempt may take

Clock = Callable[[], float]


class SqlOutbox:
    """`knowledge.dossier.Outbox`, kept in the database. `sends`: whether dossiers leave from here at all."""

    def __init__(
        self, database: Database, pseudonyms: Pseudonyms, cipher: Cipher, *, sends: bool, clock: Clock = time.time
    ) -> None:
        self._database = database
        self._pseudonyms = pseudonyms
        self._cipher = cipher
        self._first = Delivery.WAITING if sends else Delivery.KEPT
        self._clock = clock
        self.news = asyncio.Event()
        """Set when a dossier was put."""

    async def put(self, person: int, dossier: Dossier) -> Delivery:
        """Keep it for sending; the same reference twice is kept once."""
        row = {
            "reference": dossier.reference,
            "person": self._pseudonyms.of(person, "dossiers"),
            "body": self._cipher.seal(json.dumps(asdict(dossier))),
            "state": self._first,
            "attempts": 0,
            "next_at": int(self._clock()),
            "created_at": int(self._clock()),
        }
        await self._database.execute(self._database.insert(dossiers).values(row).on_conflict_do_nothing())
        self.news.set()
        return self._first

    async def status(self, person: int) -> Status | None:
        """Where the person's last dossier is."""
        own = dossiers.c.person == self._pseudonyms.of(person, "dossiers")
        rows = await self._database.read(select(dossiers).where(own).order_by(dossiers.c.created_at.desc()).limit(1))
        if not rows:
            return None
        row = rows[0]
        return Status(row.reference, Delivery(row.state), row.created_at, row.sent_at)

    async def held(self, person: int) -> list[dict[str, object]]:
        """All that is kept of the person's dossiers, as fields."""
        own = dossiers.c.person == self._pseudonyms.of(person, "dossiers")
        rows = await self._database.read(select(dossiers).where(own).order_by(dossiers.c.created_at))
        return [
            {"state": row.state, "created_at": row.created_at, "sent_at": row.sent_at}
            | json.loads(self._cipher.unseal(row.body) or "{}")
            for row in rows
        ]

    async def erase(self, person: int) -> int:
        """Erase what is kept of the person's dossiers, from the files too."""
        own = dossiers.c.person == self._pseudonyms.of(person, "dossiers")
        gone = await self._database.execute(delete(dossiers).where(own).returning(dossiers.c.reference))
        await self._database.tidy()
        return len(gone)

    async def claim(self) -> tuple[Dossier, int] | None:
        """The next dossier that is due, with how often it was tried before; it is ours until the lease ends."""
        now = int(self._clock())
        due = dossiers.c.state.in_([Delivery.WAITING, Delivery.SENDING]) & (dossiers.c.next_at <= now)
        oldest = select(dossiers.c.reference).where(due).order_by(dossiers.c.next_at).limit(1).with_for_update()
        ours = (
            update(dossiers)
            .where(dossiers.c.reference == oldest.scalar_subquery(), due)
            .values(state=Delivery.SENDING, attempts=dossiers.c.attempts + 1, next_at=now + _LEASE)
            .returning(dossiers.c.reference, dossiers.c.body, dossiers.c.attempts)
        )
        rows = await self._database.execute(ours)
        if not rows:
            return None
        body = self._cipher.unseal(rows[0].body)
        if body is None:
            await self.hold(rows[0].reference, "TEVO_DATA_KEY")
            return await self.claim()
        return _dossier(json.loads(body)), rows[0].attempts - 1

    async def sent(self, reference: str) -> None:
        """The mail server has it."""
        await self._settle(reference, state=Delivery.SENT, sent_at=int(self._clock()), reason=None)

    async def put_off(self, reference: str, seconds: float, reason: str) -> None:
        """To be tried again."""
        await self._settle(reference, state=Delivery.WAITING, next_at=int(self._clock() + seconds), reason=reason)

    async def hold(self, reference: str, reason: str) -> None:
        """Not to be tried again: somebody must look."""
        await self._settle(reference, state=Delivery.HELD, reason=reason)

    async def _settle(self, reference: str, **values: Any) -> None:
        await self._database.execute(update(dossiers).where(dossiers.c.reference == reference).values(**values))


def _dossier(fields: dict[str, Any]) -> Dossier:
    pairs = {name: tuple(tuple(item) for item in fields[name]) for name in ("answers", "criteria", "contact")}
    return Dossier(**{**fields, **pairs})


async def overview(database_url: str) -> list[dict[str, Any]]:
    """Every dossier, oldest first, without anything personal: for the operator."""
    async with open_database(database_url) as database:
        rows = await database.read(select(dossiers).order_by(dossiers.c.created_at))
        names = ("reference", "state", "attempts", "reason")
        return [{name: getattr(row, name) or "" for name in names} for row in rows]


async def requeue(database_url: str, reference: str) -> bool:
    """Have a held dossier tried again; whether there was one."""
    async with open_database(database_url) as database:
        held = (dossiers.c.reference == reference) & (dossiers.c.state == Delivery.HELD)
        again = update(dossiers).where(held).values(state=Delivery.WAITING, attempts=0, next_at=0)
        return bool(await database.execute(again.returning(dossiers.c.reference)))
