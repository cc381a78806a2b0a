"""The discreet line under an answer: which sources, read when."""

from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.content.calendar import PartialDate
from knowledge.content.sources import Source
from knowledge.dates.wording import Wording
from knowledge.words import markup
from knowledge.words.markup import RichText, TextSpan

_OLD = 365
"""Days from which a reading that is late says its age: until then its month is enough."""


@dataclass(frozen=True)
class Cited:
    """A source and the day that its words were read. `is_late`: to be read again since."""

    source: Source
    read_on: PartialDate
    is_late: bool = False


def citation(cited: Iterable[Cited], wording: Wording) -> RichText | None:
    """One line: the sources, each a link where it has an address, by the month when they were read.

    None without a source.
    """
    if not (read := sources_read(cited, wording)):
        return None
    line = wording.sentences.source.format(sources=read)
    return tuple(span if span.url else TextSpan(span.text, italic=True) for span in markup.parse(line))


def sources_read(cited: Iterable[Cited], wording: Wording) -> str:
    """« [Centraider](https://…) · relevé en janvier 2026 », in the editors' mark-up; empty without a source."""
    groups: dict[tuple[PartialDate, bool], list[str]] = {}
    seen: set[str] = set()
    for item in cited:
        if item.source.id not in seen:
            seen.add(item.source.id)
            month = PartialDate(item.read_on.year, item.read_on.month)
            is_old = item.is_late and (wording.today - month.first_day).days >= _OLD
            groups.setdefault((month, is_old), []).append(item.source.linked)
    return wording.sentences.source_next.join(
        _read(names, month, wording, is_old=is_old) for (month, is_old), names in groups.items()
    )


def _read(names: Iterable[str], month: PartialDate, wording: Wording, *, is_old: bool) -> str:
    template = wording.sentences.source_old if is_old else wording.sentences.source_read
    age = wording.delay(max(0, (wording.today - month.first_day).days))
    return template.format(names=", ".join(names), month=wording.date(month), age=age)
