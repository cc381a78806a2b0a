"""The reading: a message → the kinds of distress in it, or None."""

from collections.abc import Iterator, Mapping

from knowledge.distress.spelling import Spelling
from knowledge.distress.templates import Automaton, Span, Templates
from knowledge.distress.word_lists import Distress, DistressPhrases, Met

SHORTEST = 2
"""Words that every phrase must have at least: one word alone would meet people who are well."""


class Reader:
    """Reads messages. Knows nothing of the conversation, and keeps nothing."""

    def __init__(self, distress: Distress, shorthand: Mapping[str, str]) -> None:
        phrases = distress.phrases
        self._spelling = Spelling(phrases, shorthand)
        templates = Templates(phrases.lists, self._spelling.template)
        self._order = [family.id for family in distress.texts.families]
        self._phrases, self._excuses = Automaton(), Automaton()
        for template, label in _phrases(phrases):
            self._phrases.add(templates.read(template), label)
        for template, label in _excuses(phrases):
            self._excuses.add(templates.read(template), label)
        self._spelling.learn(self._phrases.words | self._excuses.words)

    def read(self, text: str) -> Met | None:
        """What kinds of distress the message holds that no idiom and no denial excuses."""
        words = self._spelling.message(text)
        found = list(self._phrases.spans(words))
        if not found:
            return None
        excuses = list(self._excuses.spans(words))
        left = {span.label for span in found if not any(_excused(span, excuse) for excuse in excuses)}
        if not left:
            return None
        families = {label.split("/")[0] for label in left}
        is_english = all(label.endswith("/english") for label in left)
        return Met(tuple(f for f in self._order if f in families), "english" if is_english else "french")

    def words(self, text: str) -> list[str]:
        """The words as read: for whoever wants to know why."""
        return self._spelling.message(text)


def _excused(span: Span, excuse: Span) -> bool:
    """Whether the phrase ends within the idiom: its last word is the one that frightens."""
    return excuse.start < span.end <= excuse.end and excuse.label in ("", span.label.split("/")[0])


def _phrases(phrases: DistressPhrases) -> Iterator[tuple[str, str]]:
    for name, family in phrases.families.items():
        yield from ((template, f"{name}/french") for template in family.french)
        yield from ((template, f"{name}/english") for template in family.english)


def _excuses(phrases: DistressPhrases) -> Iterator[tuple[str, str]]:
    yield from ((template, "") for template in (*phrases.idioms, *phrases.denials))
    for name, family in phrases.families.items():
        yield from ((template, name) for template in family.idioms)
