"""Dossiers, kept sealed in the database, sent one by one: never lost, never twice but in one unavoidable window.

A dossier is claimed with a lease, and marked once more just before its last word is said to the mail server.
A process that dies in between leaves it to the next: claimed only, it is simply sent; marked, it was perhaps
taken, and is sent again with the same Message-ID, or left to a person (`resends`).
"""

import asyncio
import json
import secrets
import time
from collections.abc import Callable, Sequence
from copy import copy
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, select, true, update

from bot.cipher import Cipher
from bot.database.database import Database
from bot.database.tables import dossiers, replies
from bot.database.unit import current
from bot.dossiers.claim import Claim, LostClaimError, SealedError
from bot.dossiers.mail_files import forget_files, references_in
from bot.dossiers.reply_queue import answer_place, closed, to_be_answered
from bot.dossiers.rows import HANDING_LEASE, LEASE, NEVER, fields, is_due, place_of, unsealed
from bot.keeping import EVER, Retention, Rotation, Whose, before
from bot.pseudonyms import Pseudonyms
from knowledge.submission import Delivery, Dossier, DossierStatus

_MOST_DOUBTS = 2  # sent again so many times; a server that never answers would get it for ever


class SqlOutbox:
    """`knowledge.submission.Outbox`, kept in the database, and what its courier needs.

    `files`: the folder that messages are written to where nothing is sent; None: they are sent.
    `old_files`: the folder where they were written before they could be sent.
    `resends`: whether what was perhaps sent is sent again by itself.
    """

    tables = (dossiers, replies)
    sealed = (dossiers.c.body, replies.c.body)
    purpose = "dossiers"

    def __init__(
        self,
        database: Database,
        pseudonyms: Pseudonyms,
        cipher: Cipher,
        *,
        files: Path | None = None,
        old_files: Path | None = None,
        resends: bool = True,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._database = database
        self._pseudonyms = pseudonyms
        self._name = pseudonyms.of_purpose(self.purpose)
        self._cipher = cipher
        self._files = files
        self._folder = files or old_files
        self._doubts = _MOST_DOUBTS if resends else 0
        self._clock = clock
        self._among: ColumnElement[bool] = true()  # what the courier takes from
        self.news = asyncio.Event()
        """Set when a dossier was put."""

    @property
    def sends(self) -> bool:
        """Whether what is put leaves from here."""
        return self._files is None

    def only_of(self, person: int) -> "SqlOutbox":
        """The same outbox, whose courier sees this person's dossiers only."""
        own = copy(self)
        own._among = dossiers.c.person == self._name(person)
        return own

    async def put(self, person: int, dossier: Dossier) -> Delivery:
        """Keep it for sending; the same revision twice is kept once, the next one takes its place."""
        now, name = int(self._clock()), self._name(person)
        row = {
            "reference": dossier.reference,
            "person": name,
            "revision": dossier.revision,
            "body": self._sealed(person, name, dossier),
            "state": Delivery.WAITING,
            "attempts": 0,
            "doubts": 0,
            "claim": None,
            "next_at": now,
            "reason": None,
            "created_at": now,
            "changed_at": now,
            "sent_at": None,
        }
        following = (dossiers.c.person == name) & (dossiers.c.revision == dossier.revision - 1)
        keep = self._database.insert(dossiers).values(row)
        corrected = {name: value for name, value in row.items() if name != "created_at"}  # filed once
        keep = keep.on_conflict_do_update(index_elements=[dossiers.c.reference], set_=corrected, where=following)
        asked = self._database.insert(replies).values(to_be_answered(dossier, now)).on_conflict_do_nothing()

        def work(connection: Connection) -> None:
            connection.execute(keep)
            if dossier.recap is None:
                connection.execute(asked)

        await self._database.later(work)
        if unit := current():
            unit.after(self.news.set)
        else:
            self.news.set()
        return Delivery.WAITING if self._files is None else Delivery.KEPT

    async def statuses(self, person: int) -> list[DossierStatus]:
        """Where all that the person sent is, newest first."""
        return [self._status(row) for row in reversed(await self._rows(person))]

    async def _rows(self, person: int) -> list[Row[Any]]:
        """What the person sent, oldest first."""
        answer = (replies.c.answered_at, replies.c.state.label("answer"), replies.c.body.label("answer_body"))
        sent = select(dossiers, *answer).outerjoin(replies, replies.c.reference == dossiers.c.reference)
        own = sent.where(dossiers.c.person == self._name(person))
        return await self._database.read(own.order_by(dossiers.c.created_at))

    def _sealed(self, person: int, name: str, dossier: Dossier) -> str:
        """A row's body. The person is in it so that the pseudonym can follow a change of key."""
        text = json.dumps({"person": person, "dossier": fields.dump_python(dossier, mode="json")})
        return self._cipher.seal(text, place_of(dossier.reference, name))

    def _status(self, row: Row[Any]) -> DossierStatus:
        delivery = Delivery(row.state)
        if delivery in (Delivery.WAITING, Delivery.SENDING, Delivery.HANDING) and self._files:
            delivery = Delivery.KEPT
        elif delivery in (Delivery.WAITING, Delivery.SENDING) and row.doubts:
            delivery = Delivery.MAYBE
        dossier = unsealed(self._cipher, row)
        times = (row.created_at, row.changed_at, row.sent_at)
        return DossierStatus(row.reference, delivery, *times, dossier, row.answered_at)

    async def export(self, person: int) -> dict[str, object]:
        """All that is kept of the person's dossiers, as fields."""
        told = [
            {name: getattr(row, name) for name in ("reference", "state", "created_at", "changed_at", "sent_at")}
            | (fields.dump_python(dossier, mode="json") if (dossier := unsealed(self._cipher, row)) else {})
            | self._answer(row)
            for row in await self._rows(person)
        ]
        return {"dossiers": told} if told else {}

    def _answer(self, row: Row[Any]) -> dict[str, Any]:
        """Where the team's answer is, and its text until it is delivered."""
        if row.answer is None:
            return {}
        text = self._cipher.unseal(row.answer_body, answer_place(row.reference)) if row.answer_body else None
        return {"answer": {"state": row.answer, "text": text, "answered_at": row.answered_at}}

    async def answered(self, reference: str) -> tuple[tuple[str, str], ...]:
        """Label and value of the answers of a dossier, whoever sent it; nothing personal, nothing where it is gone."""
        rows = await self._database.read(select(dossiers).where(dossiers.c.reference == reference))
        dossier = unsealed(self._cipher, rows[0]) if rows else None
        return dossier.recap.answers if dossier and dossier.recap else ()

    async def erase(self, person: int) -> int:
        """Erase what is kept of the person's dossiers; how many there were."""
        erased = await self.erase_all(Whose.of(person, self._pseudonyms), EVER)
        await self._database.tidy()
        return erased

    async def erase_all(self, whose: Whose, until: int) -> int:
        """As promised by Keeps; the files first: without its row, nobody would look for one."""
        own = (dossiers.c.person == whose.name(self.purpose)) & (dossiers.c.changed_at <= until)
        if self._folder:
            rows = await self._database.read(select(dossiers.c.reference).where(own))
            await asyncio.to_thread(forget_files, self._folder, [row.reference for row in rows])
        return len(await self._database.execute(delete(dossiers).where(own).returning(dossiers.c.reference)))

    async def purge(self, now: float, retention: Retention) -> Sequence[str]:
        """As promised by Keeps: nothing that was never sent is dropped without a word."""
        over = dossiers.c.changed_at < before(now, retention.dossiers)
        gone = delete(dossiers).where(over).returning(dossiers.c.reference, dossiers.c.state)
        ended = await self._database.execute(gone)
        await self._database.write(lambda connection: closed(connection, before(now, retention.replies)))
        if self._folder:
            await self._sweep(self._folder)
        return [row.reference for row in ended if row.state not in (Delivery.SENT, Delivery.KEPT)]

    async def _sweep(self, folder: Path) -> None:
        """Delete the messages without a row, whatever stopped before their turn."""
        found = await asyncio.to_thread(references_in, folder)  # first: a row is there before its file
        kept = await self._database.read(select(dossiers.c.reference)) if found else []
        await asyncio.to_thread(forget_files, folder, found - {row.reference for row in kept})

    def rotate(self, connection: Connection, rotation: Rotation) -> None:
        """As promised by Keeps."""
        purpose = self.purpose
        rotation.reseal(connection, dossiers.c.body, lambda row: place_of(row["reference"], row["person"]), purpose)
        rotation.reseal(connection, replies.c.body, lambda row: answer_place(row["reference"]))

    async def claim(self) -> Claim | None:
        """The next dossier that is due; it is ours until the lease ends. Raises SealedError for one without its key."""
        now, token = int(self._clock()), secrets.token_hex(8)
        ready = dossiers.c.state.in_([Delivery.WAITING, Delivery.SENDING])
        again = (dossiers.c.state == Delivery.MAYBE) & (dossiers.c.doubts <= self._doubts)
        due = (ready | again) & is_due(now) & self._among
        oldest = select(dossiers.c.reference).where(due).order_by(dossiers.c.next_at).limit(1).with_for_update()
        rows = await self._database.execute(
            update(dossiers)
            .where(dossiers.c.reference == oldest.scalar_subquery(), due)
            .values(state=Delivery.SENDING, attempts=dossiers.c.attempts + 1, claim=token, next_at=now + LEASE)
            .returning(dossiers)
        )
        if not rows:
            return None
        (row,) = rows
        dossier = unsealed(self._cipher, row)
        if dossier is None:
            await self._set(row.reference, token, state=Delivery.HELD, reason="TEVO_DATA_KEY")
            raise SealedError(row.reference)
        return Claim(dossier, row.attempts - 1, row.created_at, row.changed_at, token)

    async def handing(self, claim: Claim) -> None:
        """The mail server is about to be given it. Raises LostClaimError when it is not ours any more."""
        until = int(self._clock()) + HANDING_LEASE
        if not await self._settle(claim, state=Delivery.HANDING, next_at=until):
            raise LostClaimError

    async def sent(self, claim: Claim) -> None:
        """The mail server has it; where nothing is sent, it is in its file."""
        done = Delivery.SENT if self._files is None else Delivery.KEPT
        await self._settle(claim, state=done, sent_at=int(self._clock()), reason=None, claim=None)

    async def put_off(self, claim: Claim, seconds: float, reason: str) -> None:
        """To be tried again."""
        await self._settle(claim, state=Delivery.WAITING, next_at=int(self._clock() + seconds), reason=reason)

    async def hold(self, claim: Claim, reason: str) -> None:
        """Not to be tried again: somebody must look."""
        await self._settle(claim, state=Delivery.HELD, reason=reason)

    async def doubt(self, claim: Claim, seconds: float, reason: str) -> None:
        """The mail server perhaps took it."""
        later = int(self._clock() + seconds)
        await self._settle(
            claim, state=Delivery.MAYBE, doubts=dossiers.c.doubts + 1, next_at=later, reason=reason, claim=None
        )

    async def doubted(self) -> list[str]:
        """What was perhaps sent, and is not sent again by itself: each reference once, for a person to look at."""
        now = int(self._clock())
        over = (dossiers.c.next_at <= now) | (dossiers.c.next_at > now + 2 * HANDING_LEASE)  # a clock set back
        left = (dossiers.c.state == Delivery.HANDING) & over & self._among
        doubt = {"state": Delivery.MAYBE, "doubts": dossiers.c.doubts + 1, "next_at": now, "claim": None}
        await self._database.execute(update(dossiers).where(left).values(doubt))
        over = (dossiers.c.state == Delivery.MAYBE) & (dossiers.c.doubts > self._doubts) & (dossiers.c.next_at < NEVER)
        stop = update(dossiers).where(over, self._among).values(next_at=NEVER).returning(dossiers.c.reference)
        return [row.reference for row in await self._database.execute(stop)]

    async def _settle(self, held: Claim, /, **values: Any) -> bool:
        return await self._set(held.dossier.reference, held.token, **values)

    async def _set(self, reference: str, token: str, /, **values: Any) -> bool:
        ours = (dossiers.c.reference == reference) & (dossiers.c.claim == token)
        changed = update(dossiers).where(ours).values(**values).returning(dossiers.c.reference)
        return bool(await self._database.execute(changed))
