"""The days on which something was read or checked, and is to be reviewed: none to come, and in their order."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from knowledge.checks.files import Package
from knowledge.checks.promises import check_years
from knowledge.content.calendar import PartialDate
from knowledge.words.content_files import FACTS, FORM, SOURCES
from knowledge.words.errors import Problem
from knowledge.words.yaml_file import KeyPath, YamlFile


@dataclass(frozen=True)
class _Checked:
    """When something was read or checked; where it has one, the day of its review. The places are those of the days."""

    file: YamlFile
    place: KeyPath
    day: PartialDate | None
    review_place: KeyPath = ()
    review: PartialDate | None = None
    is_own: bool = True
    """Whether its days are told there: an entry that tells of a call has the call's."""


def check_days(package: Package, today: date | None) -> Iterator[Problem]:
    """A review before the check; and, where `today` is told, a day of reading or checking that is still to come.

    Such a day is a slip of the pen, and would hide an old answer; what its review says beside it is told no more.
    """
    for one in _checked(package):
        if one.day is None:
            continue
        if today and one.is_own and one.day.first_day > today:
            likely = _in_year(one.day, today.year)
            likely = likely if likely.first_day <= today else _in_year(one.day, today.year - 1)
            yield one.file.problem(one.place, "future_day", name=one.place[-1], day=one.day, likely=likely)
        elif one.review and one.review < one.day:
            after = _in_year(one.review, one.day.year)
            after = after if after > one.day else _in_year(one.review, one.day.year + 1)
            told = {"name": one.place[-1], "day": one.day, "after": after}
            yield one.file.problem(one.review_place, "review_before_check", **told)
    if today:
        yield from check_years(package, today)


def _in_year(day: PartialDate, year: int) -> PartialDate:
    """The same day of another year."""
    is_leap_day = (day.month, day.day) == (2, 29)
    return replace(day, year=year, day=28 if is_leap_day else day.day)


def _checked(package: Package) -> Iterator[_Checked]:
    sources, facts = package.files[SOURCES], package.files[FACTS]
    yield _Checked(sources, ("read_on",), package.sources.read_on)
    for n, source in enumerate(package.sources.sources):
        yield _Checked(sources, ("sources", n, "read_on"), source.read_on)
    for n, fact in enumerate(package.facts.facts):
        yield _reviewed(facts, ("facts", n), fact.checked_on, fact.review_by)
    for file, place, topic in package.topics():
        is_own = package.calls.by_source.keys().isdisjoint(topic.sources)
        yield _reviewed(file, place, topic.checked_on, topic.review_by, is_own=is_own)
    for n, criterion in enumerate(package.form.criteria if package.form else ()):
        yield _reviewed(package.files[FORM], ("criteria", n), criterion.checked_on, criterion.review_by)
    for name, call in package.calls.by_source.items():
        file = package.files[f"{name}.yaml"]
        yield _Checked(file, ("source", "read_on"), call.source.read_on, ("review_by",), call.review_by)


def _reviewed(
    file: YamlFile, place: KeyPath, day: PartialDate | None, review: PartialDate | None, *, is_own: bool = True
) -> _Checked:
    return _Checked(file, (*place, "checked_on"), day, (*place, "review_by"), review, is_own)
