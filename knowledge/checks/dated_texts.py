"""A date written in a text: the date of the calendar that it is, or is to become, and the line with it."""

import re

from knowledge.checks import values
from knowledge.checks.files import Package
from knowledge.content.calendar import Milestone, MilestoneKind
from knowledge.words.content_files import FORM, GLOSSARY, SITUATION
from knowledge.words.errors import Problem, explain, word_table
from knowledge.words.text import unaccented
from knowledge.words.yaml_file import KeyPath, YamlFile

_AROUND = 60
"""Characters before a date that tell what it is the date of."""
_YEAR = re.compile(r"\b20\d\d$")
_FILLED = frozenset({"answer", "details", "simple", "says", "reply"})
"""Keys of texts that may name a date of the calendar, in the files of `_NAMING`."""
_NAMING = ("topics/", GLOSSARY, SITUATION)


def date_in_prose(package: Package, file: YamlFile, place: KeyPath, found: re.Match[str]) -> Problem:
    """The problem of a date `found` in a text: the one of `dates.yaml` to name instead, and what to write there."""
    said = found[0]
    if not _may_name_a_date(file, place):
        return file.problem(place, "date_in_text", date=said)
    iso = _iso(said)
    steps, before = package.all_dates.all_milestones, found.string[max(found.start() - _AROUND, 0) : found.start()]
    known = next((step for step in steps if iso and str(step.date) == iso), None)
    other = None if known else _of_call(package, before)
    waiting = None if known or other else _waiting(steps, before)
    step = known or other or waiting
    told = {"iso": iso or explain("shown_date_day"), "id": step.id if step else "", "day": step.date if step else ""}
    kind = "other" if other else "waiting" if waiting else "new"
    how = "" if known else explain(f"shown_date_{kind}", **told)
    name = f"{{date:{step.id}}}" if step else explain("shown_date_name")
    return file.problem(place, "date_in_prose", date=said, line=_mended(file, place, found, name), how=how)


def _may_name_a_date(file: YamlFile, place: KeyPath) -> bool:
    if file.name == FORM:
        return place[0] in ("endings", "criteria") and place[-1] == "text"
    return file.name.startswith(_NAMING) and place[-1] in _FILLED


def _iso(said: str) -> str:
    """A date as `dates.yaml` has it, known to the day, to the month or to the year; empty where its year lacks."""
    year = _YEAR.search(said)
    return values.iso_day(said) or values.iso_month(said) or (year[0] if year else "")


def _mended(file: YamlFile, place: KeyPath, found: re.Match[str], name: str) -> str:
    """The line with `name` for the date and its article: what is said in its place begins with one."""
    forms = word_table("date_article_words")
    led = rf"(?:(?<!\w)|(?<=['’]))({'|'.join(forms)}) $"
    article = re.search(led, found.string[: found.start()], re.IGNORECASE)
    right = forms[article[1].lower()].replace("{date}", name) if article else name
    return file.mended(place, f"{article[0] if article else ''}{found[0]}", right)


def _of_call(package: Package, before: str) -> Milestone | None:
    """The step of the call that the words before a date name, where the calendar tells it: on another day, then."""
    calls = (call for call in package.all_dates.calls if call.title.casefold() in before.casefold())
    steps = (step for call in calls for step in call.milestones if step.known)
    return next((step for step in steps if step.kind == kind_told(before)), None)


def _waiting(steps: tuple[Milestone, ...], before: str) -> Milestone | None:
    """The date of the calendar that is not known yet, and that the words before tell: « à déposer avant le »."""
    kind = kind_told(before)
    return next((step for step in steps if step.known is None and step.kind == kind), None)


def kind_told(before: str) -> MilestoneKind | None:
    """What kind of step the words before a date tell."""
    kinds = word_table("date_kind_words").items()
    told = (kind for kind, words in kinds if re.search(rf"\b(?:{words})", unaccented(before), re.IGNORECASE))
    kind = next(told, None)
    return MilestoneKind(kind) if kind else None
