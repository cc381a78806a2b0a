"""When people who asked for it are told: a new call, a date that changed, a closing that comes near."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from knowledge.content.calendar import Call, Milestone, MilestoneKind, When, moment, status

REMINDERS = (14, 2)
"""Days before a closing date when it is recalled."""

_LATE = timedelta(days=1)
"""A reminder missed that day, because the bot was stopped, is still worth sending the next."""


@dataclass(frozen=True)
class NewCall:
    """A call whose first date has just been published."""

    call: Call


@dataclass(frozen=True)
class ChangedDate:
    """A coming date of a known call that was added (`before` is None), moved, or withdrawn (`after` is None)."""

    call: Call
    before: Milestone | None
    after: Milestone | None


@dataclass(frozen=True)
class Reminder:
    """A closing date, some days before."""

    call: Call
    closing: Milestone
    days: int

    @property
    def id(self) -> str:
        """The same for the same thing: nobody is reminded of it twice."""
        return f"reminder:{self.closing.id}:{self.closing.date}:{self.days}"


CalendarChange = NewCall | ChangedDate


def changes(published: tuple[Call, ...], calls: tuple[Call, ...], now: date) -> tuple[CalendarChange, ...]:
    """What `calls` say that was not published, and that people can still use at `now`, a moment or a day."""
    return tuple(_changes(published, calls, now))


def _changes(published: tuple[Call, ...], calls: tuple[Call, ...], now: date) -> Iterator[CalendarChange]:
    before = {call.id: call for call in published}
    for call in calls:
        known = before.get(call.id)
        if known is None or not _dated(known):
            if _can_still_serve(call, now):
                yield NewCall(call)
        else:
            yield from _moved(known, call, now)
    for call in published:
        if call.id not in {kept.id for kept in calls}:
            yield from (ChangedDate(call, m, None) for m in call.milestones if _is_ahead(m, now))


def _moved(published: Call, call: Call, now: date) -> Iterator[CalendarChange]:
    before = {milestone.id: milestone for milestone in published.milestones if milestone.known}
    after = {milestone.id: milestone for milestone in call.milestones if milestone.known}
    for name in [*after, *(name for name in before if name not in after)]:
        old, new = before.get(name), after.get(name)
        is_useful = any(milestone and _is_ahead(milestone, now) for milestone in (old, new))
        if is_useful and _when(old) != _when(new):
            yield ChangedDate(call, old, new)


def reminders(published: tuple[Call, ...], calls: tuple[Call, ...], now: date) -> tuple[Reminder, ...]:
    """The reminders due on the day of `now`: of closing dates that were published as they stand now."""
    today = moment(now).date()
    announced = {(m.id, _when(m)) for call in published for m in call.milestones}
    return tuple(
        Reminder(call, milestone, days)
        for call in calls
        for milestone in call.milestones
        if milestone.kind == MilestoneKind.CLOSING and milestone.known and milestone.known.day
        if (milestone.id, _when(milestone)) in announced
        for days in REMINDERS
        if timedelta(0) <= today - (milestone.known.first_day - timedelta(days)) <= _LATE
    )


def _can_still_serve(call: Call, now: date) -> bool:
    """A call of the past that is only now described is no news."""
    closings = [m for m in call.milestones if m.kind == MilestoneKind.CLOSING and m.known]
    return any(_is_ahead(milestone, now) for milestone in closings or call.milestones)


def _dated(call: Call) -> bool:
    return any(milestone.known for milestone in call.milestones)


def _is_ahead(milestone: Milestone, now: date) -> bool:
    return milestone.known is not None and status(milestone, now).when != When.PAST


def _when(milestone: Milestone | None) -> tuple[object, ...] | None:
    return (milestone.known, milestone.until, milestone.time, milestone.as_written) if milestone else None


class Subscriptions(Protocol):
    """Who asked to be told."""

    async def subscribe(self, person: int) -> None:
        """Tell the person from now on; asked again, the consent is renewed."""

    async def since(self, person: int) -> date | None:
        """The day when the person asked; None when not subscribed."""

    async def unsubscribe(self, person: int) -> None:
        """Tell the person no more, and forget the chat."""
