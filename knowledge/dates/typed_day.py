"""A day as people type it: « le 30 mars », « 1er avril 2027 », « 15/04/2026 », « 2026-04-15 »."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from rapidfuzz import fuzz, process

from knowledge.words.text import unaccented, words

_JUST_PAST = timedelta(days=60)
"""« Le 30 mars », said on 2 April, is the one of this year; said in June, the next one."""

_ALIKE = 80.0  # per cent of likeness to a month's name: « fevrie », « avirl »
_ISO = re.compile(r"\b(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b")
_SLASHES = re.compile(
    r"\b(?P<day>\d{1,2})(?:[/.-](?P<month>\d\d?)[/.-](?P<year>20\d\d|\d\d)|/(?P<only_month>\d\d))(?![/.]?\d)"
)
_FIRST = {"premier", "1er"}


def typed_day(text: str, months: Iterable[str], today: date) -> date | None:
    """The first day named in `text`; None when there is none, or when it does not exist.

    Without a year: the next such day, unless it has only just passed.
    """
    found = _ISO.search(text) or _SLASHES.search(text)
    if found:
        parts = found.groupdict()
        month, year = parts["month"] or parts["only_month"], parts["year"]
        return _resolved(int(parts["day"]), int(month), int(year) if year else None, today)
    return _in_words(words(text), [unaccented(month) for month in months], today)


def _in_words(typed: list[str], months: list[str], today: date) -> date | None:
    for n, word in enumerate(typed):
        day = 1 if word in _FIRST else int(word) if word.isdigit() and len(word) <= 2 else None
        rest = typed[n + 1 :]
        if rest[:1] == ["er"]:
            rest = rest[1:]
        month = _month(rest[0], months) if day and rest else None
        if day and month:
            year = int(rest[1]) if len(rest) > 1 and re.fullmatch(r"20\d\d", rest[1]) else None
            return _resolved(day, month, year, today)
    return None


def _month(word: str, months: list[str]) -> int | None:
    """The number of the month that a word means: its name, an abbreviation, or nearly its name."""
    begun = [n for n, month in enumerate(months, 1) if len(word) >= 3 and month.startswith(word)]
    if begun:
        return begun[0] if len(begun) == 1 else None
    near = process.extractOne(word, months, scorer=fuzz.ratio, score_cutoff=_ALIKE) if len(word) >= 4 else None
    return near[2] + 1 if near else None


def _resolved(day: int, month: int, year: int | None, today: date) -> date | None:
    if year is not None:
        return _existing(year if year >= 100 else 2000 + year, month, day)
    this_year = _existing(today.year, month, day)
    if this_year and this_year >= today - _JUST_PAST:
        return this_year
    return _existing(today.year + 1, month, day)


def _existing(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
