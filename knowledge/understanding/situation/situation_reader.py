"""A text as typed → the situation that it tells. Lists only: nothing is stemmed, corrected or guessed."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from knowledge.content.models import Content
from knowledge.content.situation import SituationTexts
from knowledge.understanding.situation import numbers, proper_names
from knowledge.understanding.situation.actors import Actors
from knowledge.understanding.situation.expressions import Token, expressions, french_lists, span, tokens
from knowledge.understanding.situation.places import CountryNames, meetings_told, places
from knowledge.understanding.situation.reduction import is_bare
from knowledge.understanding.situation.situation import Act, AskedAct, Place, Said, Situation, Span
from knowledge.understanding.situation.subjects import with_subjects, without_bystanders
from knowledge.words.word_groups import scan

_LISTS = french_lists()
_ACTS = expressions([(lists.get("anywhere", ""), Act(name)) for name, lists in _LISTS["acts"].items()])
_OPENINGS = expressions([(lists["opening"], Act(name)) for name, lists in _LISTS["acts"].items() if "opening" in lists])
_NOT_ACTS = expressions([(_LISTS["not_acts"], True)])
_MAY_BE = "etre"
"""« peut-être » asks nothing."""
_BEGINS = frozenset((_MAY_BE, *_ACTS.sizes, *_OPENINGS.sizes, *_NOT_ACTS.sizes))
_GREETS = frozenset(_LISTS["greets"].split())
_LEADING = frozenset(_LISTS["leading"].split())
_MONEY = frozenset(_LISTS["money"].split())
_DENIED = expressions([(_LISTS["not_denied"], False), (_LISTS["denied"], True)])
_ASIDE = expressions([(_LISTS["aside"], True)])
_CONTRAST = expressions([(_LISTS["contrast"], True)])
_INSTEAD = expressions([(_LISTS["instead"], True)])
_BACK = frozenset(_LISTS["back_to"].split())
_PREMISES = expressions([(_LISTS["premises"], True)])
_TAGS = frozenset(_LISTS["tags"].split())
_FORMULAS = expressions([(_LISTS["formulas"], True)])
_PREAMBLES = expressions([(_LISTS["preambles"], True)])
_PRESENTS = expressions([(_LISTS["presents"], True)])
_COUNTS = frozenset(_LISTS["counts"].split())
_JOINS = frozenset(_LISTS["joins"].split())
_THAT_ONE = frozenset(_LISTS["that_one"].split())
_OF_A_PLACE = frozenset(f"{_LISTS['of']} {_LISTS['articles']}".split())
_BUT = _LISTS["but"]
_LEAST_AFTER_ASIDE = 2  # words
_LEAST_AFTER_PREAMBLE = 4
_LEAST_BEFORE_CLOSING = 3


class SituationReader:
    """Reads situations in the terms of a content's `situation.yaml`."""

    def __init__(self, texts: SituationTexts, content: Content) -> None:
        self._actors = Actors(texts)
        self._countries = CountryNames(texts.countries, content.form)
        self._candidacy = expressions([(texts.candidacy, True)])
        self._hosting = expressions([(texts.hosting, True)])

    def read(self, text: str) -> Situation:
        """Everything that one text tells. Never raises, whatever the text."""
        typed = _greeted(tokens(text))
        words = [token.word for token in typed]
        named = list(proper_names.proper(typed, words, text))
        persons = [found for found in named if " " in text[slice(*found)] and not proper_names.is_led(found, typed)]
        countries = [c for c in self._countries.find(typed, words, text) if not _within(c.span, persons)]
        where = [place for place in places(typed, words, text) if not _within(place.span, persons)]
        where = [place for place in where if not _is_of_that_one(place, typed, words)]
        aside = list(_aside(typed, words))
        countries = [country for country in countries if not _within(country.span, aside)]
        acts = list(_acts(typed, words))
        denied = list(_denied(typed, words))
        overseas = any(place.zone != "metro" for place in where)
        applying, having = list(scan(self._candidacy, words)), list(scan(self._hosting, words))
        actors = self._actors.find(typed, words, countries, text, overseas=overseas)
        actors = with_subjects(actors, typed, words, applying, having, self._actors.is_body, self._actors.is_person)
        roles = self._actors.own_roles(typed, words)
        spoken, hosted = ([span(typed, start, end) for start, end, _ in found] for found in (applying, having))
        situation = Situation(
            text=text,
            acts=tuple(asked for _, asked in acts),
            asks_several=len({clause for clause, _ in acts}) > 1,
            candidacy=tuple(spoken),
            hosting=tuple(hosted),
            actors=tuple(actors),
            roles=tuple(Said(kind, span(typed, start, end)) for start, end, kind in roles),
            place=_agreed([place for place in where if not _within(place.span, denied)]),
            countries=tuple({country.name: country for country in reversed(countries)}.values())[::-1],
            mentions=tuple(countries),
            size=numbers.size(typed),
            age=numbers.age(typed),
            ages=numbers.ages(typed),
            denied=tuple(denied),
            premises=tuple(_premises(typed, words, text)),
            formulas=(*_formulas(typed, words), *meetings_told(typed)),
            aside=tuple(aside),
            words=tuple(words),
            names=tuple(named),
            presents=any(True for _ in scan(_PRESENTS, words)),
        )
        does = situation.act == Act.CAN and bool(actors) and not is_bare(situation)
        left = without_bystanders(actors, words, self._actors.is_body, does=does)
        return replace(situation, actors=tuple(left))


def _greeted(typed: list[Token]) -> list[Token]:
    """The same words: after those of greeting a clause begins, where no comma was typed."""
    at = _next(typed, 0, lambda token: token.word not in _GREETS)
    if at in (0, len(typed)) or typed[at].opens:
        return typed
    return [*typed[:at], typed[at]._replace(before=",", opens=True), *typed[at + 1 :]]


def _acts(typed: list[Token], words: list[str]) -> Iterator[tuple[int, AskedAct]]:
    """The acts of each clause in turn, question words before « peut-elle »: the outer one wins wherever it stands."""
    found: list[tuple[int, int, Act]] = []
    begins = _beginnings(typed, words)
    at = 0
    while at < len(words):
        if words[at] not in _BEGINS:  # most words
            at += 1
            continue
        nothing, skipped = _NOT_ACTS.at(at, words)
        if nothing or (at and words[at] == _MAY_BE and typed[at].before == "-"):
            found = found[:-1] if not nothing and found and found[-1][1] == at else found
            at += skipped
            continue
        act, size = _ACTS.at(at, words)
        if act is None and begins[at]:
            act, size = _OPENINGS.at(at, words)
        if act is not None:
            found.append((at, at + size, act))
        at += size
    has_money = not _MONEY.isdisjoint(words)
    clauses = _clauses(typed, words)
    for start, end, act in sorted(found, key=lambda one: (clauses[one[0]], one[2] == Act.CAN)):
        about_money = act == Act.HOW_MANY and has_money and words[end - 1] in _COUNTS
        yield clauses[start], AskedAct(Act.HOW_MUCH if about_money else act, span(typed, start, end))


def _premises(typed: list[Token], words: list[str], text: str) -> Iterator[Span]:
    """What says that something is taken for true, the word that ends such a question included."""
    yield from (span(typed, start, end) for start, end, _ in scan(_PREMISES, words))
    if len(words) > _LEAST_AFTER_ASIDE and words[-1] in _TAGS and "?" in text[typed[-1].end :]:
        yield typed[-1].start, typed[-1].end


def _formulas(typed: list[Token], words: list[str]) -> Iterator[Span]:
    """How a letter asks, and what it begins with."""
    for start, _, _ in scan(_PREAMBLES, words):
        stop = _next(typed, start + 1, lambda token: token.opens)
        begins = start == 0 or typed[start].opens
        if begins and len(typed) - stop >= _LEAST_AFTER_PREAMBLE:
            yield typed[start].start, typed[stop - 1].end
    yield from (span(typed, start, end) for start, end, _ in scan(_FORMULAS, words))


def _next(typed: list[Token], at: int, ends: Callable[[Token], bool]) -> int:
    """The place, from `at` on, of the first token before which something ends; that after the last, where none does."""
    return next((place for place in range(at, len(typed)) if ends(typed[place])), len(typed))


def _clauses(typed: list[Token], words: list[str]) -> list[int]:
    """The number of the clause that each word belongs to: the first question asked is answered first."""
    numbers: list[int] = []
    for token, word in zip(typed, words, strict=True):
        numbers.append((numbers[-1] if numbers else 0) + (token.opens or word in _JOINS))
    return numbers


def _beginnings(typed: list[Token], words: list[str]) -> list[bool]:
    """Of each word, whether a clause begins there, but for the little words that may come before."""
    found: list[bool] = []
    for at, token in enumerate(typed):
        found.append(at == 0 or token.opens or (words[at - 1] in _LEADING and found[-1]))
    return found


def _within(part: Span, others: list[Span]) -> bool:
    return any(start <= part[0] and part[1] <= end for start, end in others)


def _is_of_that_one(place: Place, typed: list[Token], words: list[str]) -> bool:
    """« Passer par celle de La Réunion »: another's branch, not where the author is."""
    at = next(at for at, token in enumerate(typed) if token.start == place.span[0])
    while at and words[at - 1] in _OF_A_PLACE:
        at -= 1
    return at > 0 and words[at - 1] in _THAT_ONE


def _agreed(found: list[Place]) -> Place | None:
    """The first place; none where some are overseas and others not: « La Réunion, le village du Lot-et-Garonne »."""
    zones = {"metro" if place.zone == "metro" else "overseas" for place in found}
    return found[0] if len(zones) == 1 else None


def _denied(typed: list[Token], words: list[str]) -> Iterator[Span]:
    ends = _ends_of_clauses(typed)
    for start, _, denies in scan(_DENIED, words):
        if denies:
            yield typed[start].start, ends[start]


def _ends_of_clauses(typed: list[Token]) -> list[int]:
    """For each token, where its clause ends: found from the end, once for all of them."""
    ends: list[int] = []
    last = typed[-1].end if typed else 0
    for at in reversed(range(len(typed))):
        ends.append(last)
        if typed[at].opens or typed[at].word == _BUT:
            last = typed[at - 1].end
    return ends[::-1]


def _aside(typed: list[Token], words: list[str]) -> Iterator[Span]:
    """What the person says not to ask, up to the end of its clause; nothing where nothing else is asked."""
    for start, end, _ in scan(_ASIDE, words):
        stop = _next(typed, end, lambda token: token.opens or token.word in _BACK)
        if len(typed) - stop >= _LEAST_AFTER_ASIDE:
            yield typed[start].start, typed[stop - 1].end
    for start, end, _ in scan(_CONTRAST, words):
        stop = _next(typed, end, lambda token: token.opens)
        if stop < len(typed) and _INSTEAD.at(stop, words)[0]:
            yield typed[start].start, typed[stop - 1].end
    yield from _closings(typed, words)


def _closings(typed: list[Token], words: list[str]) -> Iterator[Span]:
    """How a letter ends, up to the end of the sentence, once something was said."""
    stop = _LEAST_BEFORE_CLOSING
    for start, end, _ in scan(proper_names.CLOSINGS, words):
        if start >= stop and typed[start].opens:  # « Cordialement, bien à vous » is one
            stop = _next(typed, end, lambda token: token.begins_sentence)
            yield typed[start].start, typed[stop - 1].end
