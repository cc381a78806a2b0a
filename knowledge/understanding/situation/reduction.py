"""A clause without what tells who asks and where: what is left tells what is asked.

« Comment une commune du Gers peut-elle candidater ? » asks how to apply; « une SEM de Lyon peut candidater ? »
whether a company may. Only an applicant leaves, never a body that is only mentioned: « combien de collectivités ».
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from knowledge.understanding.situation.expressions import french_lists, tokens
from knowledge.understanding.situation.proper_names import GIVEN_NAMES, SAINTS
from knowledge.understanding.situation.situation import Act, Actor, Situation, Span

_LITTLE = frozenset(f"{french_lists()['little']} {french_lists()['greets']}".split())
_ISLANDS = frozenset(french_lists()["islands"].split())
_THAT_ONE = frozenset(french_lists()["that_one"].split())
_TELLS_WHO_OR_ACT = frozenset({"acts", "candidacy", "actors", "roles", "place", "size", "names", "aside"})
_Edit = tuple[Span, str]
_OUTER = frozenset(Act) - {Act.CAN, Act.WHO, Act.WHAT, Act.WHERE}
"""The acts whose applicant tells nothing of the subject. Who one is, is asked of the body itself."""

_WITH_SUBJECT = frozenset({Act.DOCUMENTS, Act.HOW_MUCH, Act.CONTACT})
"""Those that tell what is asked without another word: whose papers or money it is, changes nothing."""


class Reduction:
    """Reduces clauses in the terms of a content.

    `usual`: the usual word of each kind of actor. `never_asked`: the kinds that no question of these acts is about.
    `is_known`: whether the content's own phrases use a word: a name that is also such a word stays.
    """

    def __init__(self, usual: Mapping[str, str], never_asked: Collection[str], is_known: Callable[[str], bool]) -> None:
        self._usual = usual
        self._never_asked = never_asked
        self._is_known = is_known

    def reduced(self, situation: Situation) -> str:
        """The text to be classified."""
        away = (*situation.aside, *situation.premises, *situation.formulas)
        edits: list[_Edit] = [(span, "") for span in away]
        edits += [(span, "") for span in _islands(situation)]
        edits += [(span, "") for span in situation.names if not self._says_something(situation, span)]
        applicant = situation.applicant
        if situation.asks_several:
            return _edited(situation.text, edits)
        if situation.act in _OUTER:
            edits += self._without(situation, applicant)
        elif situation.act == Act.CAN and applicant:
            edits += [(applicant.span, self._usual[applicant.kind]), *_place_and_size(situation, applicant)]
        return _edited(situation.text, edits)

    def _without(self, situation: Situation, applicant: Actor | None) -> list[_Edit]:
        """No applicant, place or size, and no inner « peut-elle »."""
        inner = [(asked.span, "") for asked in situation.acts[1:] if asked.act == Act.CAN and situation.candidacy]
        if situation.act in _WITH_SUBJECT:
            inner += [(actor.span, "") for actor in situation.actors if actor.kind in self._never_asked]
        if applicant is None:
            return inner
        edits = [(applicant.span, ""), *_place_and_size(situation, applicant), *inner]
        is_all = situation.act not in _WITH_SUBJECT and not situation.candidacy and is_bare(situation)
        return inner if is_all else edits  # « RRMA, ça se traduit comment » is about the RRMA

    def _says_something(self, situation: Situation, span: Span) -> bool:
        """Whether a proper name may be what is asked about: a known word, a country, a place."""
        read = [situation.place, *situation.countries, *situation.actors]
        if any(part and span[0] < part.span[1] and part.span[0] < span[1] for part in read):
            return True
        named = [token.word for token in tokens(situation.text[slice(*span)])]
        telling = (word for word in named if len(word) > 2 and word not in GIVEN_NAMES)
        return named[0] not in SAINTS and any(map(self._is_known, telling))


def without(situation: Situation, spans: Iterable[Span]) -> str:
    """The text without these parts of it."""
    return _edited(situation.text, [(span, "") for span in spans])


def without_speaker(situation: Situation) -> str:
    """The text without what tells who speaks, where and how many: of « 290 habitants », no number is asked."""
    told = [actor.span for actor in situation.actors if actor.speaks]
    told += [part.span for part in (*situation.roles, situation.place, situation.size) if part]
    return without(situation, (*told, *situation.names))


def _islands(situation: Situation) -> Iterator[Span]:
    """The countries whose name says that they are islands: « les îles Cook » are no overseas territory."""
    for start, end in (country.span for country in situation.mentions):
        if not _ISLANDS.isdisjoint(token.word for token in tokens(situation.text[start:end])):
            yield start, end


def _place_and_size(situation: Situation, applicant: Actor) -> list[_Edit]:
    """Where the applicant lies and how large it is; a foreign one's country leaves with it."""
    parts = [situation.place, situation.size if situation.act != Act.CAN else None, applicant.country]
    return [(part.span, "") for part in parts if part is not None]


def is_bare(situation: Situation, *also: Span) -> bool:
    """Whether nothing is said but who, where, how many, the act, and what stands in the spans given."""
    return next(_left(situation, *also), None) is None


def words_left(situation: Situation, *also: Span) -> list[str]:
    """The words that tell neither who, where nor the act, and that could tell something."""
    return list(_left(situation, *also))


def _left(situation: Situation, *also: Span) -> Iterator[str]:
    told = [*(span for name, _, span in situation.parts() if name in _TELLS_WHO_OR_ACT), *also]
    for token in tokens(situation.text):
        says_something = token.word not in _LITTLE and not token.word.isdigit()
        if says_something and not any(start <= token.start and token.end <= end for start, end in told):
            yield token.word


def without_asides(situation: Situation) -> str:
    """The text without what is set aside; « pas la durée du programme, celle des missions » is « durée, … »."""
    return _edited(situation.text, [(span, _taken_up(situation.text, span)) for span in situation.aside])


def _taken_up(text: str, aside: Span) -> str:
    """The noun that « celle » stands for, just after what is set aside."""
    follows = tokens(text[aside[1] :])[:1]
    if not follows or follows[0].word not in _THAT_ONE:
        return ""
    nouns = [token for token in tokens(text[slice(*aside)]) if token.word not in _LITTLE]
    return text[aside[0] + nouns[0].start : aside[0] + nouns[0].end] if nouns else ""


def _edited(text: str, edits: list[_Edit]) -> str:
    """The text with each span replaced; of two that overlap, the one that begins first."""
    result: list[str] = []
    end = 0
    for (start, stop), instead in sorted(edits):
        if start >= end:
            result += [text[end:start], instead]
            end = stop
    return "".join([*result, text[end:]])
