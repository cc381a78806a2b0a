"""The outbox as the operator sees it: listed, tried again, compared with the team's mailbox."""

import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, func, select, update

from bot.cipher import Cipher
from bot.database.database import Database
from bot.database.tables import dossiers
from bot.dossiers.claim import Claim
from bot.dossiers.rows import unsealed
from knowledge.submission import Delivery, Dossier
from knowledge.words.codes import REFERENCE

STUCK = 3600
"""Seconds after which a dossier that has not left is told by `tevo health`."""


@dataclass(frozen=True)
class DossierLine:
    """What is known of a dossier without opening it. Times are seconds since 1970."""

    reference: str
    state: Delivery
    revision: int
    attempts: int
    created_at: int
    changed_at: int
    sent_at: int | None
    reason: str


@dataclass
class Reconciliation:
    """Dossiers and mailbox compared; each list holds references."""

    found: list[str] = field(default_factory=list)
    """Sent, and there."""
    missing: list[str] = field(default_factory=list)
    """Said to be sent, and not there."""
    settled: list[str] = field(default_factory=list)
    """Perhaps sent, and there: recorded as sent."""
    doubtful: list[str] = field(default_factory=list)
    """Perhaps sent, and not there."""
    waiting: list[str] = field(default_factory=list)
    """Not sent yet, or held."""
    twice: list[str] = field(default_factory=list)
    """There more often than they were sent."""
    unknown: list[str] = field(default_factory=list)
    """There, and not here: erased since, or another installation's."""


class Desk:
    """Reads and mends the outbox's rows. `cipher` is needed to open a dossier only."""

    def __init__(self, database: Database, cipher: Cipher, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self._cipher = cipher
        self._clock = clock

    async def lines(self) -> list[DossierLine]:
        """Every dossier, oldest first."""
        return [_line(row) for row in await self._rows()]

    async def counted(self) -> dict[str, int]:
        """How many dossiers are in each state."""
        counted = select(dossiers.c.state, func.count().label("n")).group_by(dossiers.c.state)
        return {row.state: row.n for row in await self._database.read(counted)}

    async def opened(self) -> list[tuple[DossierLine, Dossier | None]]:
        """Every dossier with what is in it; None when another key sealed it."""
        return [(_line(row), unsealed(self._cipher, row)) for row in await self._rows()]

    async def claim(self, reference: str) -> Claim | None:
        """A dossier, to be laid out and not sent; None when there is none that can be opened."""
        rows = await self._database.read(select(dossiers).where(dossiers.c.reference == reference))
        dossier = unsealed(self._cipher, rows[0]) if rows else None
        if dossier is None:
            return None
        return Claim(dossier, rows[0].attempts, rows[0].created_at, rows[0].changed_at, "")

    async def retry(self, reference: str) -> bool:
        """Have what is held, in doubt or waiting tried again at once; whether there was one."""
        stuck = dossiers.c.state.in_([Delivery.HELD, Delivery.MAYBE, Delivery.WAITING])
        again = update(dossiers).where(dossiers.c.reference == reference, stuck)
        again = again.values(state=Delivery.WAITING, attempts=0, doubts=0, next_at=0, claim=None)
        return bool(await self._database.execute(again.returning(dossiers.c.reference)))

    async def wait_again(self) -> int:
        """What was kept in files while there was no mail server is to be sent; how many dossiers."""
        now = int(self._clock())
        kept = update(dossiers).where(dossiers.c.state == Delivery.KEPT)
        waiting = {"state": Delivery.WAITING, "attempts": 0, "next_at": now, "sent_at": None}
        return len(await self._database.execute(kept.values(waiting).returning(dossiers.c.reference)))

    async def is_stuck(self) -> bool:
        """Whether a dossier waits to leave for more than an hour."""
        open_ = dossiers.c.state.in_([Delivery.WAITING, Delivery.SENDING, Delivery.HANDING])
        old = dossiers.c.changed_at < int(self._clock()) - STUCK
        return bool(await self._database.read(select(dossiers.c.reference).where(open_, old).limit(1)))

    async def reconcile(self, mailbox: str) -> Reconciliation:
        """Compare with what the mailbox shows, pasted as text: subjects or message numbers."""
        there = Counter(REFERENCE.findall(mailbox))
        lines = await self.lines()
        known = {line.reference for line in lines}
        result = Reconciliation(unknown=sorted(set(there) - known))
        for line in lines:
            self._sort(line, there[line.reference], result)
        await self._settle(result.settled)
        return result

    def _sort(self, line: DossierLine, times: int, result: Reconciliation) -> None:
        if times > line.revision + 1:
            result.twice.append(line.reference)
        match line.state, times > 0:
            case Delivery.SENT, True:
                result.found.append(line.reference)
            case Delivery.SENT, False:
                result.missing.append(line.reference)
            case ((Delivery.MAYBE | Delivery.HANDING), there):
                # A corrected dossier was there before: only as many mails as revisions tell that the last one is.
                is_settled = there and times > line.revision
                (result.settled if is_settled else result.doubtful).append(line.reference)
            case _:
                result.waiting.append(line.reference)

    async def _settle(self, references: Iterable[str]) -> None:
        there = dossiers.c.reference.in_(list(references)) & dossiers.c.state.in_([Delivery.MAYBE, Delivery.HANDING])
        sent = {"state": Delivery.SENT, "sent_at": int(self._clock()), "reason": None, "claim": None}
        await self._database.execute(update(dossiers).where(there).values(**sent))

    async def _rows(self) -> list[Row[Any]]:
        return await self._database.read(select(dossiers).order_by(dossiers.c.created_at, dossiers.c.reference))


def _line(row: Row[Any]) -> DossierLine:
    state = Delivery(row.state)
    dates = (row.created_at, row.changed_at, row.sent_at)
    return DossierLine(row.reference, state, row.revision, row.attempts, *dates, row.reason or "")
