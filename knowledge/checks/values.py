"""A value that an editor typed otherwise than it must be written, put right: a day, a time, an address, a number."""

import contextlib
import re
from calendar import monthrange
from datetime import date
from urllib.parse import quote

from knowledge.words.errors import explain, word_list
from knowledge.words.text import unaccented, words

_MONTHS = word_list("whole_month_words")
_MONTH = "|".join({*_MONTHS, *map(unaccented, _MONTHS)})
_BETWEEN = r"[/. \u2010-\u2015_-]+"
_DAY = re.compile(
    rf"(?:{explain('week_day_words')})?\s?(\d{{1,4}})(?:er)?{_BETWEEN}(\d{{1,2}}|{_MONTH}){_BETWEEN}(\d{{1,4}})",
    re.IGNORECASE,
)
_MONTH_ONLY = re.compile(rf"(\d{{1,2}}|{_MONTH}){_BETWEEN}(\d{{4}})|(\d{{4}}){_BETWEEN}(\d{{1,2}}|{_MONTH})", re.I)
_TIME = re.compile(r"(\d{1,2})\s*(?:h|:|\.|heures?)\s*(\d{2})?(?::\d\d)?", re.IGNORECASE)
_HOST = re.compile(r"(?<![\w.-])(?:https?\s*[:;]?\s*[/\\]*\s*)?((?:[\w-]+\.)+[a-z]{2,}(?:[/?].*)?)", re.IGNORECASE)
_EMAIL = re.compile(r"(?<![^\s@<>():;,])[^\s@<>():;,]+@(?:[\w-]+\.)+[a-z]+", re.IGNORECASE)
_COMMA = re.compile(r"[,;](?=[\w.-]+$)")
_DIGITS = re.compile(r"\d[\d\s.\u00a0\u202f]*")


def iso_day(typed: str) -> str:
    """A day as it must be written, whatever the order and the signs between; empty where it is no day."""
    if not (told := _year_month_day(typed)):
        return ""
    year, month, day = told
    for numbers in ((year, month, day), (year, day, month)):
        with contextlib.suppress(ValueError):
            return date(*numbers).isoformat()
    return ""


def names_a_day(typed: str) -> bool:
    """Whether a text tells anything of a day: a digit or a month, however it is written."""
    return re.search(rf"\d|\b(?:{_MONTH})\b", typed, re.IGNORECASE) is not None


def last_day(typed: str) -> str:
    """Of a day after the end of its month, « 31/02/2027 », the last of that month; else nothing."""
    year, month, day = _year_month_day(typed) or (0, 0, 0)
    month = min(month, 12)
    if not (date.min.year <= year <= date.max.year and month and day):
        return ""
    return date(year, month, monthrange(year, month)[1]).isoformat()


def _year_month_day(typed: str) -> tuple[int, int, int] | None:
    typed = re.sub(r"^(\d{4})(\d\d)(\d\d)$", r"\1-\2-\3", typed.strip())
    if not (found := _DAY.fullmatch(typed)):
        return None
    first, second, third = (_number(one) for one in found.groups())
    third = f"20{third}" if len(third) == 2 and len(first) < 4 else third
    year, month, day = (first, second, third) if len(first) == 4 else (third, second, first)
    return (int(year), int(month), int(day)) if len(year) == 4 else None


def iso_month(typed: str) -> str:
    """A month as it must be written; empty where it is none."""
    if not (found := _MONTH_ONLY.fullmatch(typed.strip())):
        return ""
    month, year = int(_number(found[1] or found[4])), found[2] or found[3]
    return f"{year}-{month:02}" if 1 <= month <= 12 else ""


def two_moments(typed: str) -> str:
    """A day and a time, or two days, in one value, as each must be written; empty where it is none of these."""
    first, _, rest = typed.strip().replace("T", " ", 1).partition(" ")
    second = rest.strip().partition(" ")[2] or rest.strip()
    if not (day := iso_day(first)):
        return ""
    if time := clock(second):
        return f'{day}, time: "{time}"'
    return f"{day}, until: {until}" if (until := iso_day(second)) else ""


def clock(typed: str) -> str:
    """A time of the day as it must be written; empty where it is none."""
    if not (found := _TIME.fullmatch(typed.strip())):
        return ""
    hours, minutes = int(found[1]), int(found[2] or 0)
    return f"{hours:02}:{minutes:02}" if hours < 24 and minutes < 60 else ""


def web_address(typed: str) -> str:
    """An address of the web, whole; that of an example where there is none in it."""
    found = _HOST.search(typed.strip(" <>()[]\"'«»\u00a0\u202f"))
    return f"https://{quote(found[1], safe='/:?#[]@!$&()*+,;=%~-._')}" if found else explain("shown_address")


def email_address(typed: str) -> str:
    """The address in what was typed; that of an example where there is none."""
    typed = typed.replace(explain("shown_at"), "@").replace(" ", "")
    found = _EMAIL.search(_COMMA.sub(".", typed))
    return found[0] if found else explain("shown_email")


def whole_number(typed: str) -> str:
    """The number in what was typed, as digits alone; empty where there is none."""
    found = _DIGITS.search(typed)
    return re.sub(r"\D", "", found[0]).lstrip("0") if found else ""


def slug(typed: str) -> str:
    """A text as an id."""
    return "-".join(words(typed))[:32].strip("-") or explain("shown_id")


def _number(month: str) -> str:
    names = [*map(unaccented, _MONTHS)]
    return str(names.index(unaccented(month)) + 1) if unaccented(month) in names else month
