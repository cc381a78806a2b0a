"""What must hold in `dates.yaml`: steps in their order, one closing a call, reminders that can be sent."""

import re
from collections.abc import Iterator

from knowledge.content.calendar import Call, Milestone, MilestoneKind, PartialDate
from knowledge.content.models import Dates
from knowledge.dates.calendar_changes import REMINDERS
from knowledge.words.errors import Problem
from knowledge.words.yaml_file import KeyPath, YamlFile

_BEFORE = (  # what comes first, then what cannot precede it
    (MilestoneKind.INFORMATION, MilestoneKind.CLOSING),
    (MilestoneKind.CLOSING, MilestoneKind.SELECTION),
    (MilestoneKind.SELECTION, MilestoneKind.MISSIONS_START),
    (MilestoneKind.MISSIONS_START, MilestoneKind.MISSIONS_END),
)

_ONCE = (MilestoneKind.OPENING, MilestoneKind.CLOSING)


def check_dates(dates: Dates, file: YamlFile) -> Iterator[Problem]:
    """Every mistake in the calendar itself."""
    numbers: dict[tuple[str, int], str] = {}
    for n, call in enumerate(dates.calls):
        if call.number and (first := numbers.setdefault((call.audience, call.number), call.id)) != call.id:
            yield file.problem(("calls", n, "number"), "number_twice", number=call.number, call=first)
        place: KeyPath = ("calls", n)
        yield from _order(call, file, place)
        yield from _once(call, file, place)
        yield from _reminders(call, file, place)
        for m, milestone in enumerate(call.milestones):
            yield from _milestone(milestone, file, (*place, "milestones", m))
    for n, milestone in enumerate(dates.milestones):
        yield from _milestone(milestone, file, ("milestones", n))


def _day(step: Milestone | None) -> PartialDate | None:
    return step.known if step else None


def _order(call: Call, file: YamlFile, place: KeyPath) -> Iterator[Problem]:
    opening, closing = _day(call.opening), _day(call.closing)
    is_closed_first = opening is not None and closing is not None and closing < opening
    if is_closed_first:
        here = (*place, "milestones", [m.kind for m in call.milestones].index(MilestoneKind.CLOSING))
        yield file.problem(here, "closing_before_opening", call=call.title, first=closing, last=opening)
    for first, second in _BEFORE:
        early, late = _day(call.first(first)), _day(call.first(second))
        is_told = is_closed_first and second == MilestoneKind.CLOSING
        if early and late and late.next_day <= early.first_day and not is_told:
            labels = {m.kind: m.label for m in reversed(call.milestones)}
            here = (*place, "milestones", [m.kind for m in call.milestones].index(second))
            told = {"late": labels[second], "early": labels[first], "first": late, "last": early}
            yield file.problem(here, "out_of_order", call=call.title, **told)


def _once(call: Call, file: YamlFile, place: KeyPath) -> Iterator[Problem]:
    for kind in _ONCE:
        found = [m for m, milestone in enumerate(call.milestones) if milestone.kind == kind]
        for m in found[1:]:
            yield file.problem((*place, "milestones", m), "kind_twice", kind=kind, call=call.title)


def _reminders(call: Call, file: YamlFile, place: KeyPath) -> Iterator[Problem]:
    """A call that closes before its first reminder is due is rather a slip of the pen."""
    opening, closing = _day(call.opening), _day(call.closing)
    if opening and closing and opening.day and closing.day and opening <= closing:
        days = (closing.first_day - opening.first_day).days
        if days < max(REMINDERS):
            yield file.problem(place, "reminders_impossible", call=call.title, days=days, needed=max(REMINDERS))


def _milestone(milestone: Milestone, file: YamlFile, place: KeyPath) -> Iterator[Problem]:
    years = re.findall(r"\b20\d\d\b", milestone.as_written or "")
    if years and milestone.known and str(milestone.known.year) not in years:
        told = {"said": milestone.as_written, "day": milestone.known, "year": years[0]}
        yield file.problem((*place, "as_written"), "written_otherwise", **told)
    if milestone.until and (milestone.known is None or milestone.until < milestone.known):
        told = {"first": milestone.until, "last": milestone.known} if milestone.known else {}
        yield file.problem((*place, "until"), "until_before_date" if told else "until_without_date", **told)
    if milestone.time and (milestone.known is None or milestone.known.day is None or milestone.until):
        yield file.problem((*place, "time"), "time_without_day")
