"""What a text says otherwise than the facts, the dates and the addresses that stand beside it: advice."""

import re
from collections import Counter
from collections.abc import Iterator

from rapidfuzz import fuzz

from knowledge.checks.dated_texts import kind_told
from knowledge.checks.files import Package, shown
from knowledge.checks.writing import AMOUNT, amounts_of
from knowledge.content.calendar import Call, Milestone, PartialDate
from knowledge.content.sources import Fact
from knowledge.words.errors import Problem
from knowledge.words.markup import PLACEHOLDER
from knowledge.words.text import words
from knowledge.words.yaml_file import KeyPath, YamlFile

_SENTENCE = re.compile(r"(?<=[.!?…;])\s+|\n+")
_YEAR = re.compile(r"\b20\d\d\b")
_HOST = re.compile(r"(?:https?://(?:www\.)?|@)([\w-]+(?:\.[\w-]+)+)", re.IGNORECASE)
_ALIKE, _FEWEST = 3, 4
"""Words in common after an amount, or around it, that make it a fact's."""
_SLIP = 90
"""How alike two hosts are of which one is a slip of the other."""


def contradictions(package: Package) -> Iterator[Problem]:
    """Every one that is found."""
    calls = [(call, call.title.casefold()) for call in package.dates.calls]
    months = _month_numbers(package)
    dated = re.compile(rf"(?:\b({'|'.join(months)})\s+)?\b(20\d\d)\b", re.IGNORECASE)
    for file, place, _, text in package.texts():
        for sentence in _SENTENCE.split(PLACEHOLDER.sub("", text)):
            named = [call for call, title in calls if title in sentence.casefold()]
            typed = [PartialDate(int(y), months.get(m.casefold())) for m, y in dated.findall(sentence)]
            if len(named) == 1 and typed and not any(_is_of(named[0], day) for day in typed):
                yield _other_date(file, place, named[0], dated, sentence)
        yield from _amounts(package, file, place, text)
    yield from _sources(package)
    yield from _hosts(package)


def _month_numbers(package: Package) -> dict[str, int]:
    return {name.casefold(): n for n, name in enumerate(package.messages.rendering.months, start=1)}


def _is_of(call: Call, day: PartialDate) -> bool:
    """Whether a step of the call may be on that day."""
    steps = [(step.known, step.until or step.known) for step in call.milestones]
    return any(one and last and one.first_day < day.next_day and day.first_day < last.next_day for one, last in steps)


def _other_date(file: YamlFile, place: KeyPath, call: Call, dated: re.Pattern[str], sentence: str) -> Problem:
    found = dated.search(sentence)
    assert found is not None  # it was found before
    kind = kind_told(sentence[: found.start()])
    steps: list[Milestone] = [step for step in call.milestones if step.kind == kind] or list(call.milestones)
    known = ", ".join(f"{{date:{step.id}}} ({step.label} : {step.known})" for step in steps if step.known)
    return file.problem(place, "advice_other_date", said=found[0].strip(), call=call.title, known=known)


def _amounts(package: Package, file: YamlFile, place: KeyPath, text: str) -> Iterator[Problem]:
    """An amount said in the words of a fact, which says another."""
    facts = [(fact, amount) for fact in package.facts.facts for v in fact.versions for amount in amounts_of(v.says)]
    for line in text.split("\n"):
        for found in AMOUNT.finditer(PLACEHOLDER.sub("", line)):
            amount = next(iter(amounts_of(found[0])))
            if any(amount == told for _, told in facts):
                continue  # told already
            after = words(found.string[found.end() :])[:_ALIKE]
            for fact in dict.fromkeys(fact for fact, _ in facts):
                if _is_told(fact, after):
                    says = fact.versions[0].says
                    line_then = file.mended(place, found[0], f"{{fact:{fact.id}}}")
                    yield file.problem(
                        place, "advice_other_amount", amount=found[0], id=fact.id, says=says, line=line_then
                    )


def _is_told(fact: Fact, after: list[str]) -> bool:
    """Whether the words after an amount are those of a version of the fact."""
    ends = (words(version.says[found.end() :]) for version in fact.versions for found in AMOUNT.finditer(version.says))
    return len(after) == _ALIKE and any(end[:_ALIKE] == after for end in ends)


def _sources(package: Package) -> Iterator[Problem]:
    """A source whose name tells another year than its date."""
    for n, source in enumerate(package.sources.sources):
        years = _YEAR.findall(source.name)
        if source.dated and years and str(source.dated.year) not in years:
            values = {"name": source.name, "dated": source.dated, "year": years[0]}
            yield package.files["sources.yaml"].problem(("sources", n, "dated"), "advice_other_year", **values)


def _hosts(package: Package) -> Iterator[Problem]:
    """An address that is rather a slip of another, which is written more often."""
    places: dict[str, list[tuple[YamlFile, KeyPath]]] = {}
    count = Counter[str]()
    for file in package.files.values():
        for place, text in shown(file, everything=True):
            for found in _HOST.finditer(text):
                host = found[1].casefold()
                count[host] += 1
                places.setdefault(host, []).append((file, place))
    for host, here in places.items():
        usual = next((one for one in count if count[one] > count[host] and fuzz.ratio(one, host) > _SLIP), "")
        for file, place in here if usual else ():
            yield file.problem(place, "advice_host", host=host, usual=usual, line=file.mended(place, host, usual))
