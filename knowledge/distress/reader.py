"""The reading: a message → the kinds of distress in it, or None.

Two opinions: phrases, found word by word, and the likeness to examples. Phrases that the examples find quite unlike
distress are taken for a way of speaking; what is very like it is met without a phrase.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.distress.likeness import Likeness
from knowledge.distress.spelling import Spelling
from knowledge.distress.templates import Automaton, Span, Templates
from knowledge.distress.word_lists import Distress, DistressPhrases, Language, Met
from knowledge.words.languages import foreign_language
from knowledge.words.text import words

SHORTEST = 2
"""Words that must be there at least: one word alone would meet people who are well."""
_DOUBTFUL = 0.02
"""Likeness under which a phrase is a way of speaking."""
_SURE = 0.6
"""Likeness from which no phrase is needed."""
_WINDOW = 12
"""Words: somebody who dictates a long message may say it in a few of them."""
_SENTENCE = re.compile(r"[.;\n]+|(?<=[!?])")
_BUSINESS = "business"
GAP = "…"
BOTH = "&"
"""Between parts of a phrase that may be anywhere in the message, in any order."""


@dataclass(frozen=True)
class Part:
    """A part of a phrase. `phrase`: its number; `parts`: how many must be there."""

    family: str
    language: Language
    phrase: int
    part: int
    parts: int
    alone: bool = False
    """Whether it counts only in a message that has no business with us."""


class Reader:
    """Reads messages. Knows nothing of the conversation, and keeps nothing.

    `ordinary`: phrases of the programme, to learn from. `folder` and `name`: where and as what that is kept.
    """

    def __init__(
        self,
        distress: Distress,
        shorthand: Mapping[str, str],
        ordinary: Sequence[str] = (),
        folder: Path | None = None,
        name: str = "",
    ) -> None:
        self._likeness = Likeness(distress.examples, ordinary, folder, name)
        phrases = distress.phrases
        self._spelling = Spelling(phrases, shorthand)
        templates = Templates(phrases.lists, self._spelling.template)
        self._order = [family.id for family in distress.texts.families]
        self._phrases: Automaton[Part] = Automaton()
        self._excuses: Automaton[str] = Automaton()  # the family that each excuses; "" for all
        for template, part in _parts(phrases):
            self._phrases.add(templates.read(template), part)
        for template, family in _excuses(phrases):
            self._excuses.add(templates.read(template), family)
        for template in phrases.business:
            self._excuses.add(templates.read(template), _BUSINESS)
        self._spelling.learn(self._phrases.words | self._excuses.words)

    def read(self, text: str) -> Met | None:
        """What kinds of distress the message holds; None when there is none."""
        said, left = self._phrases_in(text)
        if left:
            return self._met(left) if max(map(self._likeness.of, _pieces(text))) >= _DOUBTFUL else None
        if said:  # every phrase was an idiom, or denied
            return None
        if len(words(text)) <= SHORTEST or self._likeness.of(text) < _SURE:
            return None
        language: Language = "english" if foreign_language(text) == "english" else "french"
        return Met((self._likeness.family(text),), language)

    def _phrases_in(self, text: str) -> tuple[list[Part], list[Part]]:
        """The phrases that the message holds, and those of them that no idiom and no denial excuses."""
        words = self.words(text)
        spans = list(self._phrases.spans(words))
        if not spans:
            return [], []
        excuses = list(self._excuses.spans(words))
        is_business = "?" in text or any(excuse.label == _BUSINESS for excuse in excuses)
        counted = [span for span in spans if not (is_business and span.label.alone)]
        left = {span.label for span in counted if not any(_excused(span, excuse) for excuse in excuses)}
        return _whole({span.label for span in counted}), _whole(left)

    def _met(self, parts: list[Part]) -> Met:
        families = {part.family for part in parts}
        is_english = all(part.language == "english" for part in parts)
        return Met(tuple(f for f in self._order if f in families), "english" if is_english else "french")

    def words(self, text: str) -> list[str]:
        """The words as read."""
        return self._spelling.message(text)


def _whole(found: set[Part]) -> list[Part]:
    """The parts of the phrases of which every part was found."""
    seen = {(part.phrase, part.part) for part in found}
    return [part for part in found if all((part.phrase, n) in seen for n in range(part.parts))]


def _pieces(text: str) -> Iterator[str]:
    """The message, its sentences, and, of a long one, runs of a few words."""
    yield text
    yield from (sentence for sentence in _SENTENCE.split(text) if sentence.strip())
    words = text.split()
    yield from (" ".join(words[at : at + _WINDOW]) for at in range(0, len(words) - _WINDOW, _WINDOW // 2))


def _excused(span: Span[Part], excuse: Span[str]) -> bool:
    """Whether the phrase ends within the idiom: its last word is the one that frightens."""
    return excuse.start < span.end <= excuse.end and excuse.label in ("", span.label.family)


def _parts(phrases: DistressPhrases) -> Iterator[tuple[str, Part]]:
    for number, (name, language, template, alone) in enumerate(_written(phrases)):
        parts = template.split(BOTH)
        for n, part in enumerate(parts):
            yield part, Part(name, language, number, n, len(parts), alone or len(parts) > 1)


def _written(phrases: DistressPhrases) -> Iterator[tuple[str, Language, str, bool]]:
    for name, family in phrases.families.items():
        yield from ((name, "french", template, family.strict and GAP in template) for template in family.french)
        yield from ((name, "english", template, False) for template in family.english)
        yield from ((name, "french", template, True) for template in family.alone)


def _excuses(phrases: DistressPhrases) -> Iterator[tuple[str, str]]:
    yield from ((template, "") for template in (*phrases.idioms, *phrases.denials))
    for name, family in phrases.families.items():
        yield from ((template, name) for template in family.idioms)
