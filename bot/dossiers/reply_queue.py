"""The team's answers, each into the conversation that its question came from: never lost, never twice.

An answer is sealed until Telegram has it, then erased. It is marked before it is sent: a process that is killed in
between leaves it in doubt, told to the team and not sent again by itself. With the question, all of it goes.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, delete, func, select, update

from bot.cipher import Cipher, place
from bot.database.database import Database
from bot.database.tables import dossiers, replies
from bot.dossiers.rows import unsealed, with_person
from knowledge.submission import INQUIRY, Delivery, Dossier

LEASE = 120
"""Seconds that sending one answer may take."""

LONGEST = 3000
"""Characters of an answer: what Telegram takes in one message, with a sentence before and after it."""


class ReplyState(StrEnum):
    """Where the answer to one question is."""

    OPEN = "open"
    """There is none yet."""
    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    MAYBE = "maybe"
    """In hand when the connection broke or the process was killed: perhaps read, and not sent again."""
    BLOCKED = "blocked"
    """The person blocked the assistant, or is gone."""
    FAILED = "failed"
    """Telegram refused it, or another key sealed it."""

    @property
    def is_on_its_way(self) -> bool:
        """Whether the assistant will still send it."""
        return self in (ReplyState.WAITING, ReplyState.SENDING)

    @property
    def may_be_read(self) -> bool:
        """Whether the person has an answer, or perhaps has one."""
        return self in (ReplyState.SENT, ReplyState.MAYBE)


@dataclass(frozen=True)
class TeamQuestion:
    """A question to the team. Times are seconds since 1970."""

    reference: str
    question: str
    email: str
    """Where the person wants the answer; empty: in the conversation."""
    asked_at: int
    sent_at: int | None
    """When the mail server took it."""
    state: ReplyState
    answered_at: int | None


@dataclass(frozen=True)
class Reply:
    """One answer in hand."""

    reference: str
    chat: int
    body: str
    asked_at: int
    attempts: int
    """How often it was tried before."""


class ReplyQueue:
    """Questions to be answered, and the answers on their way."""

    def __init__(self, database: Database, cipher: Cipher, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self._cipher = cipher
        self._clock = clock

    async def asked(self, reference: str) -> TeamQuestion | None:
        """The question of that reference; None when there is none, or it was closed or erased."""
        rows = await self._database.read(_joined().where(dossiers.c.reference == reference))
        return self._asked(rows[0]) if rows else None

    async def waiting(self) -> list[TeamQuestion]:
        """The questions that only an answer in the conversation can answer, and answers not delivered; oldest first."""
        left = dossiers.c.state != Delivery.KEPT  # else the person wrote to the team
        open_ = (replies.c.state == ReplyState.OPEN) & replies.c.here & left
        not_delivered = replies.c.state.not_in([ReplyState.OPEN, ReplyState.SENT])
        rows = await self._database.read(_joined().where(open_ | not_delivered).order_by(dossiers.c.created_at))
        return [asked for asked in map(self._asked, rows) if asked]

    async def answer(self, reference: str, text: str, *, again: bool = False) -> bool:
        """Put the answer on its way; False where one is already or, unless `again`, may have been read."""
        taken = [ReplyState.WAITING, ReplyState.SENDING, *(() if again else (ReplyState.SENT, ReplyState.MAYBE))]
        free = (replies.c.reference == reference) & replies.c.state.not_in(taken)
        body = self._cipher.seal(text, answer_place(reference))
        values = {"state": ReplyState.WAITING, "body": body, "attempts": 0, "next_at": int(self._clock())}
        return bool(await self._database.execute(update(replies).where(free).values(values).returning(replies.c.state)))

    async def claim(self) -> Reply | None:
        """The next answer to send, marked as in hand; None when none is due."""
        while (found := await self._database.write(self._claim)) is not None:
            if isinstance(found, Reply):
                return found
        return None

    def _claim(self, connection: Connection) -> Reply | bool | None:
        """The answer; True when it cannot be read: try the next one."""
        now = int(self._clock())
        due = (replies.c.state == ReplyState.WAITING) & (replies.c.next_at <= now)
        row = connection.execute(_joined().where(due).order_by(replies.c.next_at).limit(1)).first()
        if row is None:
            return None
        text, opened = self._cipher.unseal(row.answer_body, answer_place(row.reference)), with_person(self._cipher, row)
        readable = text is not None and opened is not None
        mark: dict[str, Any] = {
            "state": ReplyState.SENDING,
            "attempts": row.answer_attempts + 1,
            "next_at": now + LEASE,
        }
        this = (replies.c.reference == row.reference) & due
        connection.execute(update(replies).where(this).values(mark if readable else _over(ReplyState.FAILED)))
        if text is None or opened is None:
            return True
        return Reply(row.reference, opened[0], text, row.created_at, row.answer_attempts)

    async def sent(self, reply: Reply) -> None:
        """Telegram has it; it is not ours to keep any more."""
        await self._settle(reply, **_over(ReplyState.SENT), answered_at=int(self._clock()))

    async def put_off(self, reply: Reply, seconds: float) -> None:
        """It was surely not sent: to be tried again."""
        await self._settle(reply, state=ReplyState.WAITING, next_at=int(self._clock() + seconds))

    async def doubt(self, reply: Reply) -> None:
        """Perhaps sent: not sent again by itself."""
        await self._settle(reply, **_over(ReplyState.MAYBE))

    async def fail(self, reply: Reply, _: str) -> None:
        """Telegram will never take it."""
        await self._settle(reply, **_over(ReplyState.FAILED))

    async def drop(self, reply: Reply) -> None:
        """The person blocked the assistant or is gone."""
        await self._settle(reply, **_over(ReplyState.BLOCKED))

    async def left_in_hand(self) -> list[str]:
        """What a killed process had in hand is doubtful from now on: the references."""
        left = (replies.c.state == ReplyState.SENDING) & (replies.c.next_at <= int(self._clock()))
        doubted = update(replies).where(left).values(_over(ReplyState.MAYBE)).returning(replies.c.reference)
        return [row.reference for row in await self._database.execute(doubted)]

    async def not_reminded(self) -> list[TeamQuestion]:
        """The questions that the team has, that only an answer here can answer, and of which it was not reminded."""
        open_ = (replies.c.state == ReplyState.OPEN) & replies.c.here & replies.c.reminded_at.is_(None)
        has_it = dossiers.c.state == Delivery.SENT
        rows = await self._database.read(_joined().where(open_, has_it).order_by(dossiers.c.created_at))
        return [asked for asked in map(self._asked, rows) if asked]

    async def reminded(self, references: list[str]) -> None:
        """The team was reminded of these."""
        these = replies.c.reference.in_(references)
        await self._database.execute(update(replies).where(these).values(reminded_at=int(self._clock())))

    async def _settle(self, reply: Reply, **values: Any) -> None:
        in_hand = replies.c.state.in_([ReplyState.SENDING, ReplyState.MAYBE])
        await self._database.execute(
            update(replies).where(replies.c.reference == reply.reference, in_hand).values(**values)
        )

    def _asked(self, row: Row[Any]) -> TeamQuestion | None:
        dossier = unsealed(self._cipher, row)
        if dossier is None:
            return None
        question, state = dossier.details.get(INQUIRY, ""), ReplyState(row.answer_state)
        return TeamQuestion(row.reference, question, dossier.email, row.created_at, row.sent_at, state, row.answered_at)


def to_be_answered(dossier: Dossier, now: int) -> dict[str, Any]:
    """The row of a question that was just put."""
    return {
        "reference": dossier.reference,
        "here": not dossier.email,
        "state": ReplyState.OPEN,
        "attempts": 0,
        "next_at": now,
    }


def closed(connection: Connection, before: int) -> None:
    """Close the questions that left before that second: nothing is kept of one that had no address."""
    left = dossiers.c.state.in_([Delivery.SENT, Delivery.MAYBE, Delivery.KEPT])
    at = func.coalesce(dossiers.c.sent_at, dossiers.c.changed_at)
    over = select(dossiers.c.reference).where(left, at < before)
    here = select(replies.c.reference).where(replies.c.here, replies.c.reference.in_(over))
    connection.execute(delete(dossiers).where(dossiers.c.reference.in_(here)))  # and with them their replies
    connection.execute(delete(replies).where(replies.c.reference.in_(over)))


def answer_place(reference: str) -> str:
    """Where an answer is sealed to."""
    return place(replies.c.body, reference)


def _joined() -> Any:
    """Questions, each with where its answer is."""
    columns = (replies.c.state, replies.c.body, replies.c.attempts)
    answer = (column.label(f"answer_{column.name}") for column in columns)
    return select(dossiers, *answer, replies.c.answered_at).join(replies)


def _over(state: ReplyState) -> dict[str, Any]:
    """How it ended; the text is not kept."""
    return {"state": state, "body": None}
