"""Who is the subject of applying: of « une école peut-elle candidater ? » the school, of « une école peut-elle être le
lieu de la mission ? » nobody. A body that is no authority, and does not speak, applies only so, or where no other may.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from knowledge.understanding.situation.expressions import Token, french_lists
from knowledge.understanding.situation.situation import Actor
from knowledge.words.word_groups import FoundExpression

_LISTS = french_lists()
_FIRST_PERSON = frozenset(_LISTS["first_person"].split())
_LED_BY = frozenset(_LISTS["mentioned"].split())
_NOUNS = frozenset(_LISTS["nouns_of_applying"].split())
_ARTICLES = frozenset(_LISTS["articles"].split())
_BEFORE_SUBJECT = frozenset(_LISTS["before_subject"].split()) | _ARTICLES
_WITH = frozenset(_LISTS["with"].split())


def with_subjects(
    actors: Sequence[Actor],
    typed: list[Token],
    words: list[str],
    applying: Sequence[FoundExpression[bool]],
    having: Sequence[FoundExpression[bool]],
    is_body: Callable[[Actor], bool],
    is_person: Callable[[Actor], bool],
) -> list[Actor]:
    """The actors; asked, those that are the subject of applying or of having a volunteer, and a speaker, by « nous ».

    Where somebody speaks, a body that is no authority has one only as a place: « un lycée peut-il en accueillir un ? »
    """
    if not actors:
        return []
    asked: set[int] = set()
    speaks_for_itself = False
    is_spoken = any(actor.speaks for actor in actors)
    first = {token.start: place for place, token in enumerate(typed)}
    starts = [first[actor.span[0]] for actor in actors]
    ends = {
        actor.span[1]: n
        for n, (actor, start) in enumerate(zip(actors, starts, strict=True))
        if actor.applies and (actor.speaks or _is_led(start, typed, words))
    }

    def subjects(verb: int) -> list[int] | None:
        found = _subjects(verb, typed, words, starts, ends)
        alone = [n for n in range(found[0]) if is_person(actors[n]) and actors[n].applies] if found else []
        # « ma fille arrête la fac et voudrait partir »: she does, not where she studies
        return alone if found and alone and all(is_body(actors[n]) for n in found) else found

    for start, _, _ in having:
        asked.update(n for n in subjects(start) or () if not (is_spoken and is_body(actors[n])))
    for start, end, _ in applying:
        if end - start == 1 and words[start] in _NOUNS:
            continue
        found = subjects(start)
        speaks_for_itself = speaks_for_itself or found is None
        asked.update(found or ())
    return [
        replace(actor, asked=n in asked or (speaks_for_itself and actor.speaks and actor.applies))
        for n, actor in enumerate(actors)
    ]


def _is_led(place: int, typed: list[Token], words: list[str]) -> bool:
    """By its article, or by nothing: of « une réponse commune » the last word is no body."""
    return not place or typed[place].opens or words[place - 1] in _BEFORE_SUBJECT


def _subjects(
    verb: int, typed: list[Token], words: list[str], starts: Sequence[int], ends: Mapping[int, int]
) -> list[int] | None:
    """The actors nearest before a verb, in its sentence; None where the author is nearer.

    `starts`: the first word of each actor; `ends`: the actors that may be a subject, by where they end in the text.
    """
    at, found = verb - 1, list[int]()
    while at >= 0 and not typed[at + 1].begins_sentence:
        actor = ends.get(typed[at].end)
        if actor is not None:
            found.append(actor)
            at = starts[actor] - 1
            while at >= 0 and words[at] in _ARTICLES:
                at -= 1
            if at < 0 or words[at] not in _WITH:
                break
        elif found or (words[at] in _FIRST_PERSON and not (at and words[at - 1] in _LED_BY)):
            return found or None
        at -= 1
    return found


def without_bystanders(
    actors: Sequence[Actor], words: Sequence[str], is_body: Callable[[Actor], bool], *, does: bool
) -> list[Actor]:
    """The actors; those that are the subject of something else, where somebody speaks or is asked of, only mentioned.

    `is_body`: whether it is a body that cannot be taken for the author's unless it is told: no authority, no person.
    `does`: whether one asks what it can do, and not whether it can: « un ministère peut-il refuser un dossier ? ».
    """
    is_told = does or any(one.asked or one.speaks for one in actors) or not _FIRST_PERSON.isdisjoint(words)
    return [
        actor.only_mentioned if is_told and is_body(actor) and not (actor.asked or actor.speaks) else actor
        for actor in actors
    ]
