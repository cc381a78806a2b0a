"""Who speaks for herself, not for a body: by her age, her studies, what she looks for, where she lives."""

from collections.abc import Iterator

from knowledge.content.situation import SituationTexts
from knowledge.understanding.situation import numbers
from knowledge.understanding.situation.case import APPLICANT, INDIVIDUAL
from knowledge.understanding.situation.expressions import Token, expressions, french_lists, span
from knowledge.understanding.situation.situation import Actor, Span
from knowledge.words.word_groups import scan

_LISTS = french_lists()
_HAVE = frozenset(_LISTS["have"].split())
_ME = frozenset(_LISTS["me"].split())


class Persons:
    """Finds the persons who speak, or are spoken of, by what is said of them."""

    def __init__(self, texts: SituationTexts) -> None:
        self._kind = next((kind.id for kind in texts.actors if kind.answers.get(APPLICANT) == INDIVIDUAL), "")
        lists = _LISTS["persons"]
        wishes = expressions([(_LISTS["wishes"], True), (_LISTS["wishes_of_others"], False)])
        leaves = expressions([(_LISTS["leaves"], True), (_LISTS["not_leaves"], False)])
        self._pairs = [
            (wishes, leaves),
            (expressions([(lists["i_am"], True)]), expressions([(lists["somebody"], True)])),
            (expressions([(lists["my"], True)]), expressions([(lists["own_life"], True)])),
            (expressions([(lists["i_look_for"], True)]), expressions([(lists["missions"], True)])),
        ]
        self._alone = expressions([(lists["alone"], True)])

    def find(self, typed: list[Token], words: list[str]) -> Iterator[tuple[Actor, Span]]:
        """Each of them, and the words that tell it: the first stands for her, the others tell what is asked."""
        if not self._kind:
            return
        for before, after in self._pairs:
            for start, end, speaks in scan(before, words):
                told, size = after.at(end, words) if end < len(words) else (None, 0)
                if told:
                    yield self._person(typed, start, end + size, speaks=speaks)
        for start, end, _ in scan(self._alone, words):
            yield self._person(typed, start, end, speaks=True)
        yield from self._aged(typed, words)

    def _aged(self, typed: list[Token], words: list[str]) -> Iterator[tuple[Actor, Span]]:
        """« J'ai vingt-six ans »; « Léa, 20 ans, … », where somebody says « je »."""
        age = numbers.age(typed)
        if age is None:
            return
        start = next(at for at, token in enumerate(typed) if token.start == age.span[0])
        end = next(at for at, token in enumerate(typed) if token.end == age.span[1]) + 2  # with « ans »
        has = start > 0 and words[start - 1] in _HAVE
        is_apart = (start == 0 or typed[start].opens) and (end >= len(typed) or typed[end].opens)
        if has or (is_apart and not _ME.isdisjoint(words)):
            yield self._person(typed, start - has, end, speaks=True)

    def _person(self, typed: list[Token], start: int, end: int, *, speaks: bool) -> tuple[Actor, Span]:
        person = Actor(self._kind, span(typed, start, start + 1), applies=True, speaks=speaks)
        return person, span(typed, start, min(end, len(typed)))
