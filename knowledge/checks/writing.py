"""What is written in answers and ages or contradicts itself unseen: dates, amounts, acronyms, no source at all."""

import re
from collections.abc import Iterator
from decimal import Decimal

from knowledge.checks.dated_texts import date_in_prose
from knowledge.checks.files import Package, shown
from knowledge.checks.promises import check_promises
from knowledge.words.acronyms import unexplained
from knowledge.words.content_files import DATES, FACTS, GLOSSARY, OPEN_CALL, SOURCES, TYPED_BY_PEOPLE
from knowledge.words.errors import Problem, explain, word_list
from knowledge.words.markup import PLACEHOLDER, parse, plain_text
from knowledge.words.text import unaccented
from knowledge.words.yaml_file import KeyPath, YamlFile

_SIGNED = re.compile(r"\{(?:date|fact):|\{timeline\}|\{call\}")
"""What adds its own source to the line of sources."""

_LINK = re.compile(r"\]\([^()\s]*\)")
AMOUNT = re.compile(
    r"(?<!\d)(\d{1,3}(?:[\s.]\d{3}){1,4}|\d{1,12})(,\d{1,4})?\s?"
    r"(" + explain("amount_scales") + r")?\s?(?:d.)?(?:€|euros?\b)",
    re.IGNORECASE,
)
_SCALES = {"milliard": 10**9, "million": 10**6, "millier": 1_000, "mille": 1_000, "k": 1_000}
_TO_WRITE = word_list("to_write_words")
_EMAIL = re.compile(r"(?<!\S)\S+@\S+")
_CAPITALS = re.compile(r"\b(?![IVX]+\b)[A-Z]{2,6}\b")


def check_writing(package: Package) -> Iterator[Problem]:
    """Every mistake in how things are written."""
    yield from _no_source(package)
    yield from _dates(package)
    yield from _amounts(package)
    yield from _acronyms(package)
    yield from check_promises(package)


def _no_source(package: Package) -> Iterator[Problem]:
    """What is not the assistant's own business has a source, or a placeholder that signs itself."""
    for file, place, topic in package.topics():
        if not (topic.sources or topic.courtesy or topic.own or _SIGNED.search(topic.answer)):
            yield file.problem((*place, "answer"), "no_source", id=topic.id)


def _dates(package: Package) -> Iterator[Problem]:
    dates = _date_in_prose(package.messages.rendering.months)
    for name, file in package.files.items():
        if name in (DATES, SOURCES, *TYPED_BY_PEOPLE) or name.startswith("detresse"):
            continue
        for place, text in shown(file):
            prose = PLACEHOLDER.sub("", _LINK.sub("]", text))
            if (found := dates.search(prose)) and found[0] != text:
                yield date_in_prose(package, file, place, found)


def _date_in_prose(months: tuple[str, ...]) -> re.Pattern[str]:
    """15/03/2027, 15/03, 15.03.2027, 2027-03-15, 15 mars, 15 mars 2027; not the date that names a law."""
    names = "|".join(sorted({*months, *map(unaccented, months)}))
    not_law = "".join(f"(?<!{re.escape(kind)} )" for kind in word_list("dated_text_words"))
    not_law += r"(?<!-\d{3} du )(?<!-\d{4} du )"  # « n° 2022-1067 du 28 juillet 2022 »
    return re.compile(
        rf"{not_law}(?:\b[0-3]?\d([/.-])[01]?\d\1(?:\d\d){{1,2}}\b|\b(?!24/7\b)[0-3]\d/[01]?\d\b"
        rf"|\b[12]\d{{3}}-[01]\d-[0-3]\d\b"
        rf"|\b(?:1er|[12]?\d|3[01]|{explain('day_words')})\s+(?:(?:{names})\b|(?:{explain('month_words')})\.)"
        rf"(?:\s+[12]\d{{3}})?)",
        re.IGNORECASE,
    )


def _amounts(package: Package) -> Iterator[Problem]:
    """An amount typed twice would be corrected once: it is a fact, which entries name. The call's are its own."""
    facts = {amount: fact.id for fact in package.facts.facts for v in fact.versions for amount in amounts_of(v.says)}
    told = amounts_of(" ".join(package.calls.told.values()))
    seen: dict[Decimal, tuple[str, str, int]] = {}
    for file, here, part, text in _sayings(package):
        for amount, typed in amounts_of(text).items():
            if amount in told:
                continue
            first = seen.setdefault(amount, (part, file.name, file.line(here)))
            if amount in facts:
                yield file.problem(here, "amount_of_fact", amount=typed, fact=facts[amount])
            elif first[0] != part:
                yield file.problem(here, "amount_twice", amount=typed, topic=first[0], file=first[1], line=first[2])


def _sayings(package: Package) -> Iterator[tuple[YamlFile, KeyPath, str, str]]:
    """Every text that people may read, but facts and the call, with the name of the entry or of the file it is in."""
    yield from ((file, here, topic.id, text) for file, here, topic, text in package.texts())
    for name, file in package.files.items():
        if not name.startswith(("topics/", FACTS, OPEN_CALL, "detresse", *TYPED_BY_PEOPLE)):
            yield from ((file, place, name, text) for place, text in shown(file))


def amounts_of(text: str) -> dict[Decimal, str]:
    """The amounts of a text, and as typed: « 2 k€ » and « 2 000 euros » are one."""
    return {
        Decimal(re.sub(r"[\s.]", "", found[1]) + (found[2] or "").replace(",", ".")) * _scale(found[3] or ""): found[0]
        for found in AMOUNT.finditer(text)
    }


def _scale(word: str) -> int:
    """What « k » or « millions » multiplies by."""
    return next((times for beginning, times in _SCALES.items() if word.lower().startswith(beginning)), 1)


def _acronyms(package: Package) -> Iterator[Problem]:
    """Each is defined once in the glossary, or explained where it is first written."""
    glossary = package.files[GLOSSARY]
    known: dict[str, int] = {}
    for n, acronym in enumerate(package.glossary.acronyms):
        line = glossary.line(("acronyms", n))
        for name in dict.fromkeys((acronym.acronym.casefold(), *(also.casefold() for also in acronym.also))):
            if known.setdefault(name, line) != line:
                yield glossary.problem(("acronyms", n), "acronym_twice", acronym=name.upper(), line=known[name])
    for file, here, _, text in package.texts():
        yield from _undefined(file, here, text, frozenset(known))


def _undefined(file: YamlFile, here: KeyPath, text: str, known: frozenset[str]) -> Iterator[Problem]:
    plain = _EMAIL.sub("", plain_text(parse(PLACEHOLDER.sub("", text))))
    for name in dict.fromkeys(_CAPITALS.findall(plain)):
        if name.casefold() not in known and name not in _TO_WRITE and unexplained(name, plain):
            yield file.problem(here, "acronym_unknown", acronym=name)
