"""Calls and milestones as data, and their status at a given moment. Sentences are made elsewhere."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from functools import total_ordering
from typing import Annotated, Literal, TypeGuard
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, GetCoreSchemaHandler, StrictInt
from pydantic_core import PydanticCustomError, core_schema

from knowledge.words.identifiers import Id
from knowledge.words.typography import French

PARIS = ZoneInfo("Europe/Paris")
"""The programme's days are Paris days, overseas too."""


def moment(when: date) -> datetime:
    """`when` in Paris: a moment as it is, a bare day as its first minute."""
    return when.astimezone(PARIS) if isinstance(when, datetime) else datetime.combine(when, time(), PARIS)


_WRITTEN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@total_ordering
@dataclass(frozen=True)
class PartialDate:
    """A date known to the day, the month or the year: « début 2022 » is never 1 January."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: object) -> "PartialDate":
        """Read `2025-05-19`, `2025-05` or `2025`.

        Raises PydanticCustomError `bad_date` when `text` is none of these or no real date.
        """
        match = _WRITTEN.fullmatch(str(text))
        if match:
            year, month, day = (int(part) if part else None for part in match.groups())
            assert year is not None
            try:
                date(year, month or 1, day or 1)
            except ValueError:
                pass
            else:
                return cls(year, month, day)
        raise PydanticCustomError("bad_date", "not a date: {value}", {"value": str(text)})

    @property
    def first_day(self) -> date:
        """The first day that this date may mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def next_day(self) -> date:
        """The first day after everything that this date may mean."""
        if self.day and self.month:
            return date.fromordinal(date(self.year, self.month, self.day).toordinal() + 1)
        if self.month:
            return date(self.year + self.month // 12, self.month % 12 + 1, 1)
        return date(self.year + 1, 1, 1)

    def __lt__(self, other: "PartialDate") -> bool:
        return (self.first_day, self.next_day) < (other.first_day, other.next_day)

    def __str__(self) -> str:
        parts = [f"{self.year:04}"] + [f"{part:02}" for part in (self.month, self.day) if part]
        return "-".join(parts)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        """Validated from text, shown to editors' schemas as a string with a pattern."""
        return core_schema.no_info_before_validator_function(
            lambda value: value if isinstance(value, cls) else cls.parse(value),
            core_schema.is_instance_schema(cls),
            json_schema_input_schema=core_schema.str_schema(pattern=rf"^({_WRITTEN.pattern})$"),
            serialization=core_schema.to_string_ser_schema(),
        )


def _clock_time(text: str) -> str:
    try:
        if len(text) == 5:
            time.fromisoformat(text)
            return text
    except ValueError:
        pass
    raise PydanticCustomError("bad_time", "not a time: {value}", {"value": text})


ClockTime = Annotated[str, AfterValidator(_clock_time)]
"""« 14:30 », in Paris: the programme's hour, overseas too."""


class MilestoneKind(StrEnum):
    """What a milestone is."""

    PROGRAMME = "programme"
    ANNOUNCEMENT = "announcement"
    INFORMATION = "information"
    OPENING = "opening"
    CLOSING = "closing"
    SELECTION = "selection"
    AGREEMENTS = "agreements"
    MISSIONS_START = "missions-start"
    MISSIONS_END = "missions-end"


class Milestone(BaseModel):
    """One date of the programme or of a call; `date: unknown` is a fact too."""

    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid")

    id: Id
    kind: MilestoneKind
    label: French
    date: PartialDate | Literal["unknown"]
    until: PartialDate | None = None
    time: ClockTime | None = None
    as_written: French | None = None
    provisional: bool = False
    source: Id

    @property
    def known(self) -> PartialDate | None:
        """The date, or None when it is not published."""
        return None if self.date == "unknown" else self.date


class Call(BaseModel):
    """An « appel à manifestation d'intérêt » and its milestones."""

    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid")

    id: Id
    title: French
    audience: Id
    """Of those that `programme.yaml` names: whom it is addressed to."""
    number: StrictInt | None = None
    milestones: tuple[Milestone, ...] = Field(min_length=1)

    def first(self, kind: MilestoneKind) -> Milestone | None:
        """The earliest milestone of this kind with a known date."""
        known = [(m.known, n) for n, m in enumerate(self.milestones) if m.kind == kind and m.known]
        return self.milestones[min(known)[1]] if known else None

    @property
    def opening(self) -> Milestone | None:
        """The known opening; where only that is published, the announcement."""
        return self.first(MilestoneKind.OPENING) or self.first(MilestoneKind.ANNOUNCEMENT)

    @property
    def closing(self) -> Milestone | None:
        """The known closing, if any."""
        return self.first(MilestoneKind.CLOSING)


class When(StrEnum):
    """Where a milestone stands on a given day."""

    PAST = "past"
    NOW = "now"
    FUTURE = "future"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class MilestoneStatus:
    """When a milestone is, seen from a moment; `days` to it (future) or since it (past), 0 the same day."""

    when: When
    days: int = 0


def status(milestone: Milestone, now: date) -> MilestoneStatus:
    """Where `milestone` stands at `now`, a moment or a day. A vague date is « now » while it lasts.

    An opening begins and a closing is over at its hour, where it has one; a meeting lasts its day.
    """
    start, today = milestone.known, moment(now).date()
    if start is None:
        return MilestoneStatus(When.UNKNOWN)
    after = (milestone.until or start).next_day
    if today < start.first_day:
        return MilestoneStatus(When.FUTURE, (start.first_day - today).days)
    if today >= after:
        return MilestoneStatus(When.PAST, (today - after).days + 1)
    if milestone.time and today == start.first_day:
        is_over = moment(now) >= datetime.combine(today, time.fromisoformat(milestone.time), PARIS)
        if is_over and milestone.kind == MilestoneKind.CLOSING:
            return MilestoneStatus(When.PAST)
        if not is_over and milestone.kind in (MilestoneKind.OPENING, MilestoneKind.ANNOUNCEMENT):
            return MilestoneStatus(When.FUTURE)
    return MilestoneStatus(When.NOW)


class CallState(StrEnum):
    """What is known of a call at a given moment; UNDATED claims neither open nor closed."""

    UPCOMING = "upcoming"
    OPEN = "open"
    CLOSED = "closed"
    UNDATED = "undated"


def call_state(call: Call, now: date) -> CallState:
    """The state of `call` at `now`, a moment or a day, from its published dates only.

    A call is open from its opening (or, where only that is published, its announcement) to the hour of its
    closing, or else the end of that day. Without a closing date known to the day nothing is claimed.
    """
    opening, closing = call.opening, call.closing
    if not _to_the_day(closing):
        return CallState.UNDATED
    if status(closing, now).when == When.PAST:
        return CallState.CLOSED
    if not _to_the_day(opening):
        return CallState.UNDATED
    return CallState.UPCOMING if status(opening, now).when == When.FUTURE else CallState.OPEN


def _to_the_day(milestone: Milestone | None) -> TypeGuard[Milestone]:
    return milestone is not None and milestone.known is not None and milestone.known.day is not None
