"""What must hold in `appel.yaml` and its like: dates as any call's, criteria as any criterion's, days of reading."""

from collections.abc import Iterator
from dataclasses import replace

from knowledge.checks.calendar import check_dates
from knowledge.checks.files import Package
from knowledge.checks.questionnaire import check_criteria
from knowledge.content.calendar import MilestoneKind
from knowledge.content.models import Dates
from knowledge.content.open_call import OpenCall
from knowledge.words.errors import Problem
from knowledge.words.yaml_file import KeyPath, YamlFile


def check_calls(package: Package) -> Iterator[Problem]:
    """Every mistake in them that shows beside the other files, or beside each other."""
    seen: dict[str, str] = {}
    for source, call in package.calls.by_source.items():
        file, audience = package.files[f"{source}.yaml"], package.calls.audience(call)
        if audience not in package.calls.audiences:
            known = ", ".join(package.calls.audiences)
            yield file.problem(("audience",), "call_of_nobody", audience=audience, known=known)
        elif (first := seen.setdefault(audience, file.name)) != file.name:
            yield file.problem(("audience",), "call_twice", audience=audience, file=first)
        yield from _call(source, call, audience, package)


def _call(source: str, call: OpenCall, audience: str, package: Package) -> Iterator[Problem]:
    file = package.files[f"{source}.yaml"]
    known = next((known for known in package.dates.calls if known.id == call.call), None)
    if known and known.audience != audience:
        yield file.problem(("call",), "call_of_others", call=call.call, audience=known.audience, told=audience)
    if told := call.as_call(source, audience):
        yield from check_dates(Dates(calls=(told,)), _as_dates(file))
    to_the_day = {step.kind for step in call.dates if step.date.day}
    opens = not to_the_day.isdisjoint((MilestoneKind.OPENING, MilestoneKind.ANNOUNCEMENT))
    if call.dates and not (opens and MilestoneKind.CLOSING in to_the_day):
        yield file.problem(("dates",), "call_without_dates")
    if package.form:
        yield from check_criteria(call.criteria, package.form, file)


def _as_dates(file: YamlFile) -> YamlFile:
    """The file, where its dates are looked up as those of a call of `dates.yaml`."""

    def place(known: KeyPath) -> KeyPath:
        return ("calls", 0, "milestones", *known[1:]) if known[:1] == ("dates",) else known

    return replace(file, lines=file.lines.moved(place))
