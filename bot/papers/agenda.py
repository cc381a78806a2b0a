"""« Ajouter à mon agenda »: the coming dates as an iCalendar file (RFC 5545), by the icalendar library."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from handlers.dates.all_dates import AgendaFile
from knowledge.content.calendar import PARIS, Call, Milestone, MilestoneKind, When, status
from knowledge.content.models import Content
from knowledge.dates.calendar_changes import REMINDERS

if TYPE_CHECKING:
    from icalendar import Alarm, Event

_PARIS_RULES = """BEGIN:VTIMEZONE
TZID:Europe/Paris
BEGIN:DAYLIGHT
DTSTART:19810329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE"""  # by rules; those that the library draws from zoneinfo change an hour late
_MEETING = timedelta(hours=1)
_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
_DAYS_BEFORE = {MilestoneKind.CLOSING: REMINDERS}
_MORNING = timedelta(hours=9)  # an all-day event begins at midnight: its alarms ring at nine


def agenda(content: Content, now: date, made_at: datetime) -> AgendaFile | None:
    """The dates that are still to come at `now`, a moment or a day, and known to the day; None when there is none.

    Every UID stays the same and every SEQUENCE grows with time (`made_at`): a file imported again updates.
    """
    coming = [(m, call) for call in content.calls for m in call.milestones if _is_coming(m, now)]
    if not coming or content.calendar is None:
        return None
    from icalendar import Calendar, Timezone  # noqa: PLC0415  (70 ms: for whoever first asks)

    has_hours = any(milestone.time for milestone, _ in coming)
    calendar = Calendar()
    calendar.add("prodid", "-//Tevo//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", content.calendar.agenda.name)
    if has_hours:
        calendar.add_component(Timezone.from_ical(_PARIS_RULES))
    for milestone, call in coming:
        calendar.add_component(_event(milestone, call, content, made_at))
    return AgendaFile(calendar.to_ical(), len(coming), has_hours)


def _is_coming(milestone: Milestone, now: date) -> bool:
    to_the_day = milestone.known is not None and milestone.known.day is not None
    return to_the_day and status(milestone, now).when in (When.FUTURE, When.NOW)


def _event(milestone: Milestone, call: Call, content: Content, made_at: datetime) -> "Event":
    from icalendar import Event  # noqa: PLC0415

    assert content.calendar is not None
    words, source = content.calendar.agenda, content.sources[milestone.source]
    told = [words.provisional] if milestone.provisional else []
    told += [words.hour] if milestone.time else []
    told.append(words.description.format(source=source.name, contact=content.email))
    event = Event()
    event.add("uid", f"{milestone.id}@{content.programme.slug}.tevo")
    event.add("dtstamp", made_at.astimezone(UTC))
    event.add("sequence", int((made_at - _EPOCH).total_seconds() // 60))
    event.add("summary", words.summary.format(call=call.title, label=milestone.label))
    event.add("description", "\n".join(told))
    event.add("transp", "TRANSPARENT")
    if source.url:
        event.add("url", source.url)
    for name, moment in _span(milestone).items():
        event.add(name, moment)
    for days in _DAYS_BEFORE.get(milestone.kind, (1,)):
        event.add_component(_alarm(milestone, days, str(event["summary"])))
    return event


def _span(milestone: Milestone) -> Mapping[str, date | datetime]:
    assert milestone.known is not None
    start = milestone.known.first_day
    if milestone.time is None:
        return {"dtstart": start, "dtend": (milestone.until or milestone.known).next_day}
    begin = datetime.combine(start, time.fromisoformat(milestone.time), PARIS)
    return {"dtstart": begin} | ({"dtend": begin + _MEETING} if milestone.kind == MilestoneKind.INFORMATION else {})


def _alarm(milestone: Milestone, days: int, summary: str) -> "Alarm":
    from icalendar import Alarm  # noqa: PLC0415

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", -timedelta(days) + (timedelta(0) if milestone.time else _MORNING))
    return alarm
