"""What must hold in `appel.yaml`: its dates as any call's, its criteria as any criterion's, its days of reading."""

from collections.abc import Iterator
from dataclasses import replace

from knowledge.checks.calendar import check_dates
from knowledge.checks.files import Package
from knowledge.checks.questionnaire import check_criteria
from knowledge.content.calendar import Kind
from knowledge.content.models import Dates
from knowledge.content.open_call import OPEN_CALL, OpenCall
from knowledge.words.errors import Problem
from knowledge.words.yaml_file import Place, YamlFile


def check_call(call: OpenCall, package: Package) -> Iterator[Problem]:
    """Every mistake in it that shows beside the other files."""
    file = package.files[OPEN_CALL]
    known = next((known for known in package.dates.calls if known.id == call.call), None)
    if known and known.audience != package.programme.audiences[0].id:
        yield file.problem(("call",), "call_of_others", call=call.call, audience=known.audience)
    if told := call.as_call(package.programme.audiences[0].id):
        yield from check_dates(Dates(calls=(told,)), _as_dates(file))
    to_the_day = {step.kind for step in call.dates if step.date.day}
    opens = not to_the_day.isdisjoint((Kind.OPENING, Kind.ANNOUNCEMENT))
    if call.dates and not (opens and Kind.CLOSING in to_the_day):
        yield file.problem(("dates",), "call_without_dates")
    if package.form:
        yield from check_criteria(call.criteria, package.form, file)


def _as_dates(file: YamlFile) -> YamlFile:
    """The file, where its dates are looked up as those of a call of `dates.yaml`."""

    def place(known: Place) -> Place:
        return ("calls", 0, "milestones", *known[1:]) if known[:1] == ("dates",) else known

    return replace(file, lines={place(known): line for known, line in file.lines.items()})
