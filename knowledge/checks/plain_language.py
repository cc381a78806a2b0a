"""Advice on the answers: long sentences, acronyms that nothing explains. Advice only, never a mistake."""

import re
from collections.abc import Iterator

from knowledge.checks.files import Package
from knowledge.words.acronyms import unexplained
from knowledge.words.errors import Problem
from knowledge.words.markup import parse, plain_text

MOST_WORDS = 25
"""Longer sentences are hard to follow on a phone."""

_SENTENCE = re.compile(r"(?<=[.!?…:;])\s+|\n+")
_WORD = re.compile(r"[\w’'-]+")


def plain_language(package: Package) -> Iterator[Problem]:
    """What would make answers easier to read or surer."""
    acronyms = [known.acronym for known in package.glossary.acronyms if known.acronym.isupper()]
    for file, place, topic in package.topics():
        here, text = (*place, "answer"), plain_text(parse(topic.answer))
        for sentence in _SENTENCE.split(text):
            if (words := len(_WORD.findall(sentence))) > MOST_WORDS:
                yield file.problem(here, "advice_long", start=sentence[:50], words=words, most=MOST_WORDS)
        for acronym in acronyms:
            if unexplained(acronym, text):
                yield file.problem(here, "advice_acronym", acronym=acronym)
