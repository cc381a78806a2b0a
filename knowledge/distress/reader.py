"""The reading: a message → the kinds of distress in it, or None."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from knowledge.distress.spelling import Spelling
from knowledge.distress.templates import Automaton, Span, Templates
from knowledge.distress.word_lists import Distress, DistressPhrases, Language, Met

SHORTEST = 2
"""Words that every phrase must have at least: one word alone would meet people who are well."""
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
    """Reads messages. Knows nothing of the conversation, and keeps nothing."""

    def __init__(self, distress: Distress, shorthand: Mapping[str, str]) -> None:
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
        """What kinds of distress the message holds that no idiom and no denial excuses."""
        words = self.words(text)
        spans = list(self._phrases.spans(words))
        if not spans:
            return None
        excuses = list(self._excuses.spans(words))
        is_business = "?" in text or any(excuse.label == _BUSINESS for excuse in excuses)
        counted = [span for span in spans if not (is_business and span.label.alone)]
        left = {span.label for span in counted if not any(_excused(span, excuse) for excuse in excuses)}
        seen = {(part.phrase, part.part) for part in left}
        whole = [part for part in left if all((part.phrase, n) in seen for n in range(part.parts))]
        if not whole:
            return None
        families = {part.family for part in whole}
        is_english = all(part.language == "english" for part in whole)
        return Met(tuple(f for f in self._order if f in families), "english" if is_english else "french")

    def words(self, text: str) -> list[str]:
        """The words as read."""
        return self._spelling.message(text)


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
