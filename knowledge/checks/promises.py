"""Sentences that would be false one day, promise what nobody can, or take « not found » for « not published »."""

import re
from collections.abc import Iterator
from datetime import date

from knowledge.checks.dated_texts import date_in_prose
from knowledge.checks.files import Package, shown
from knowledge.content.models import Topic
from knowledge.words.content_files import AID, CONVERSATION, DATES, OPEN_CALL, PROGRAMME, SOURCES, TYPED_BY_PEOPLE
from knowledge.words.errors import Problem, explain
from knowledge.words.markup import PLACEHOLDER, parse, plain_text
from knowledge.words.yaml_file import KeyPath, YamlFile

LONGEST = 750
"""Characters of an answer as written, its placeholders left out: with title, date and source it stays below 900."""
LONGEST_DETAILS = 1_200
_BULLETS = 4
_FOREIGN_QUOTES = re.compile(r'[“"][^“”"\n]{1,60}[”"]|[“”"]')
_NOT_SAID = frozenset({"asks", "but", "phrases", "idioms", "phrase", "shorthand", "synonyms", "neutral", "ours"})
"""Keys of what is only recognised."""
_KINDS = ("ages_badly", "promise", "not_published", "familiar")


def check_promises(package: Package) -> Iterator[Problem]:
    """Every such sentence, and answers that nobody would read to the end."""
    patterns = {kind: re.compile(explain(f"{kind}_words"), re.IGNORECASE) for kind in _KINDS}
    email = re.compile(re.escape(package.programme.email), re.IGNORECASE)
    for file, place, text in _said(package):
        for kind, pattern in patterns.items():
            if found := pattern.search(text):
                yield file.problem(place, kind, said=found[0])
        if file.name != PROGRAMME and (typed := email.search(text)):
            yield file.problem(place, "email_typed", email=typed[0])
    for file, place, topic in package.topics():
        yield from _too_long(file, place, topic)
    for file, place, _, text in package.texts():
        if foreign := _FOREIGN_QUOTES.search(text):
            yield file.problem(place, "foreign_quotes", mark=foreign[0], text=foreign[0].strip('“”"'))


def check_years(package: Package, today: date) -> Iterator[Problem]:
    """A year still to come in a sentence is a date: it belongs to `dates.yaml`, which says when it is past."""
    before = "|".join((explain("year_words"), *package.messages.rendering.months))
    years = re.compile(rf"\b(?:{before})[ -](20[2-9]\d)\b", re.IGNORECASE)
    day = re.compile(rf"(?:\d|1er|\b(?:{explain('day_words')})) $", re.IGNORECASE)  # a whole date is told already
    for file, place, text in _said(package):
        for found in years.finditer(text):
            if int(found[1]) > today.year and not day.search(text[: found.start()]):
                yield date_in_prose(package, file, place, found)


def _said(package: Package) -> Iterator[tuple[YamlFile, KeyPath, str]]:
    """What people may read, as prose: without placeholders and addresses."""
    for name, file in package.files.items():
        is_prose = name not in (DATES, SOURCES, AID, CONVERSATION, *TYPED_BY_PEOPLE)
        if is_prose and not name.startswith(("detresse", OPEN_CALL)):
            for place, text in shown(file):
                if _NOT_SAID.isdisjoint(place):
                    yield file, place, re.sub(r"https?://\S+", "", PLACEHOLDER.sub("", text))


def _too_long(file: YamlFile, place: KeyPath, topic: Topic) -> Iterator[Problem]:
    written = {"answer": (topic.answer, LONGEST), "details": (topic.details or "", LONGEST_DETAILS)}
    for key, (text, most) in written.items():
        length = len(plain_text(parse(PLACEHOLDER.sub("", text))))
        if length > most:
            yield file.problem((*place, key), "long_answer", length=length, most=most)
    bullets = len(re.findall(r"^ *- ", topic.answer, re.MULTILINE))
    if bullets > _BULLETS:
        yield file.problem((*place, "answer"), "many_bullets", bullets=bullets, most=_BULLETS)
