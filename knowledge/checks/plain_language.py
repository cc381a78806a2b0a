"""Advice on the answers: long sentences, acronyms that nothing explains. Advice only, never a mistake."""

import re
from collections.abc import Iterator

from knowledge.content.models import Content, Topic
from knowledge.words.acronyms import unexplained
from knowledge.words.errors import explain
from knowledge.words.markup import parse, plain_text

MOST_WORDS = 25
"""Longer sentences are hard to follow on a phone."""

_SENTENCE = re.compile(r"(?<=[.!?…:;])\s+|\n+")
_WORD = re.compile(r"[\w’'-]+")


def advice(content: Content) -> Iterator[str]:
    """What would make answers easier to read or surer, a French sentence each."""
    if content.distress.texts.review is None:
        yield explain("advice_distress")
    acronyms = [known.acronym for known in content.glossary.acronyms if known.acronym.isupper()]
    for topic in content.topics.values():
        text = plain_text(parse(topic.answer))
        yield from _long_sentences(topic, text)
        yield from (
            explain("advice_acronym", topic=topic.id, acronym=acronym)
            for acronym in acronyms
            if unexplained(acronym, text)
        )


def _long_sentences(topic: Topic, text: str) -> Iterator[str]:
    for sentence in _SENTENCE.split(text):
        words = len(_WORD.findall(sentence))
        if words > MOST_WORDS:
            yield explain("advice_long", topic=topic.id, words=words, most=MOST_WORDS, start=sentence[:50])
