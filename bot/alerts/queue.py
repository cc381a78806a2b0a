"""What subscribers are to be told, in the database: queued once, told at most once.

An alert is marked before it is sent. A process that is killed in between leaves it marked: perhaps it was
sent, nobody can tell, and it is not sent again. So nobody is told twice; at most the few messages in hand
at a kill may be missing, and are counted.
"""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, delete, func, insert, literal, or_, select, update

from bot.alerts.subscriptions import chat_place
from bot.cipher import Cipher
from bot.database.database import Database
from bot.database.tables import alerts, announcements, publications, subscriptions
from knowledge.content.calendar import Call

LEASE = 120
"""Seconds that sending one message may take: a time-out, and the few tries that are no risk."""

_APART = 2  # seconds between two messages to one person: more than Telegram asks for

_calls = TypeAdapter(tuple[Call, ...])


class AlertState(StrEnum):
    """Where one alert is."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    MAYBE = "maybe"
    """In hand when the connection broke or the process was killed: perhaps sent, and not sent again."""
    FAILED = "failed"
    EXPIRED = "expired"


@dataclass(frozen=True)
class Publication:
    """The calls as people were last told."""

    number: int
    calls: tuple[Call, ...]


@dataclass(frozen=True)
class Alert:
    """One message in hand."""

    announcement: str
    person: str
    chat: int
    body: str
    attempts: int
    """How often it was tried before."""


@dataclass(frozen=True)
class AnnouncementProgress:
    """How far an announcement is. `left`: those who blocked the bot or unsubscribed meanwhile."""

    announcement: str
    total: int
    counts: dict[AlertState, int]

    @property
    def left(self) -> int:
        """Subscribers when it was queued, and no more."""
        return self.total - sum(self.counts.values())

    @property
    def open(self) -> int:
        """Still to be sent."""
        return self.counts.get(AlertState.WAITING, 0) + self.counts.get(AlertState.SENDING, 0)


class AlertQueue:
    """Publications, announcements and the alerts that follow from them."""

    def __init__(self, database: Database, cipher: Cipher, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self._cipher = cipher
        self._clock = clock

    async def published(self) -> Publication | None:
        """The last publication; None before the first start."""
        last = select(publications).order_by(publications.c.number.desc()).limit(1)
        rows = await self._database.read(last)
        return Publication(rows[0].number, _calls.validate_json(rows[0].calls)) if rows else None

    async def set_baseline(self, calls: tuple[Call, ...]) -> None:
        """At the very first start: what is known now is not news."""
        first = self._database.insert(publications).values(self._publication(1, calls))
        await self._database.execute(first.on_conflict_do_nothing())

    async def subscribers(self) -> int:
        """How many people would be told."""
        return int((await self._database.read(select(func.count()).select_from(subscriptions)))[0][0])

    async def publish(self, before: int, calls: tuple[Call, ...], body: str) -> int | None:
        """Queue `body` for every subscriber and remember `calls`, in one transaction; how many will be told.

        None when publication `before` is no longer the last: somebody else has published meanwhile.
        """
        number = before + 1

        def work(connection: Connection) -> int | None:
            new = self._database.insert(publications).values(self._publication(number, calls))
            added = connection.execute(new.on_conflict_do_nothing().returning(publications.c.number))
            if not added.all():
                return None
            return self._announce(connection, f"publication:{number}", body, None)

        return await self._database.write(work)

    async def remind(self, name: str, body: str, ends_on: date) -> int | None:
        """Queue a reminder for every subscriber; None when that was done before."""
        return await self._database.write(lambda connection: self._announce(connection, name, body, ends_on))

    def _announce(self, connection: Connection, name: str, body: str, ends_on: date | None) -> int | None:
        now = int(self._clock())
        row = {"id": name, "body": body, "total": 0, "created_at": now, "ends_on": ends_on}
        new = self._database.insert(announcements).values(row).on_conflict_do_nothing()
        if not connection.execute(new.returning(announcements.c.id)).all():
            return None
        values = (literal(name), subscriptions.c.person, literal(AlertState.WAITING.value), literal(0), literal(now))
        columns = ["announcement", "person", "state", "attempts", "next_at"]
        queued = connection.execute(insert(alerts).from_select(columns, select(*values)))
        counted = update(announcements).where(announcements.c.id == name).values(total=queued.rowcount)
        connection.execute(counted)
        return queued.rowcount

    async def claim(self, today: date) -> Alert | None:
        """The next alert to send, marked as in hand; None when none is due."""
        while (found := await self._database.write(lambda connection: self._claim(connection, today))) is not None:
            if isinstance(found, Alert):
                return found
        return None

    def _claim(self, connection: Connection, today: date) -> Alert | bool | None:
        """The alert; True when another process was faster, or the chat cannot be read: try the next one."""
        now = int(self._clock())
        due = (alerts.c.state == AlertState.WAITING) & (alerts.c.next_at <= now)
        useful = or_(announcements.c.ends_on.is_(None), announcements.c.ends_on >= today)
        # The person's row is locked, not the alert's: two alerts of one person are never in hand together.
        one = (
            select(alerts, subscriptions.c.chat, announcements.c.body)
            .join(subscriptions, subscriptions.c.person == alerts.c.person)
            .join(announcements, announcements.c.id == alerts.c.announcement)
            .where(due, useful)
            .order_by(alerts.c.next_at)
            .limit(1)
            .with_for_update(of=subscriptions, skip_locked=True)
        )
        row = connection.execute(one).first()
        if row is None:
            return None
        unsealed = self._cipher.unseal(row.chat, chat_place(row.person))
        this = (alerts.c.announcement == row.announcement) & (alerts.c.person == row.person)
        mark: dict[str, Any] = {"state": AlertState.SENDING, "attempts": row.attempts + 1, "next_at": now + LEASE}
        if unsealed is None:
            mark = {"state": AlertState.FAILED, "reason": "TEVO_DATA_KEY"}
        marked = connection.execute(update(alerts).where(this, due).values(mark).returning(alerts.c.person))
        if not marked.all() or unsealed is None:
            return True
        others = (
            (alerts.c.person == row.person) & (alerts.c.state == AlertState.WAITING) & (alerts.c.next_at < now + _APART)
        )
        connection.execute(update(alerts).where(others).values(next_at=now + _APART))
        return Alert(row.announcement, row.person, json.loads(unsealed)["person"], row.body, row.attempts)

    async def sent(self, alert: Alert) -> None:
        """Telegram has it."""
        await self._settle(alert, state=AlertState.SENT)

    async def put_off(self, alert: Alert, seconds: float) -> None:
        """It was surely not sent: to be tried again."""
        await self._settle(alert, state=AlertState.WAITING, next_at=int(self._clock() + seconds))

    async def doubt(self, alert: Alert) -> None:
        """Perhaps sent: not sent again."""
        await self._settle(alert, state=AlertState.MAYBE)

    async def fail(self, alert: Alert, reason: str) -> None:
        """Telegram will never take it."""
        await self._settle(alert, state=AlertState.FAILED, reason=reason)

    async def drop(self, alert: Alert) -> None:
        """The person blocked the bot or is gone: the subscription ends."""
        await self._database.execute(delete(subscriptions).where(subscriptions.c.person == alert.person))

    async def tidy_up(self, today: date) -> None:
        """What a killed process had in hand is doubtful; what is pointless by now is not sent."""
        left = (alerts.c.state == AlertState.SENDING) & (alerts.c.next_at <= int(self._clock()))
        await self._database.execute(update(alerts).where(left).values(state=AlertState.MAYBE))
        over = select(announcements.c.id).where(announcements.c.ends_on < today)
        late = (alerts.c.state == AlertState.WAITING) & alerts.c.announcement.in_(over)
        await self._database.execute(update(alerts).where(late).values(state=AlertState.EXPIRED))

    async def progress(self) -> list[AnnouncementProgress]:
        """Every announcement, oldest first."""
        known = await self._database.read(select(announcements).order_by(announcements.c.created_at))
        states = select(alerts.c.announcement, alerts.c.state, func.count().label("n"))
        rows = await self._database.read(states.group_by(alerts.c.announcement, alerts.c.state))
        counts: dict[str, dict[AlertState, int]] = {}
        for row in rows:
            counts.setdefault(row.announcement, {})[AlertState(row.state)] = row.n
        return [AnnouncementProgress(row.id, row.total, counts.get(row.id, {})) for row in known]

    def _publication(self, number: int, calls: tuple[Call, ...]) -> dict[str, Any]:
        return {"number": number, "calls": _calls.dump_json(calls).decode(), "published_at": int(self._clock())}

    async def _settle(self, alert: Alert, **values: Any) -> None:
        ours = (alerts.c.announcement == alert.announcement) & (alerts.c.person == alert.person)
        in_hand = alerts.c.state.in_([AlertState.SENDING, AlertState.MAYBE])
        await self._database.execute(update(alerts).where(ours, in_hand).values(**values))
