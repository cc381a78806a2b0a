"""Which bodies lie abroad, and which of these are the author's: « une commune du Maroc », « nous ONG à Lomé »."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache

from knowledge.content.situation import ActorKind
from knowledge.questionnaire.countries import inhabitants
from knowledge.understanding.situation.case import APPLICANT, AUTHORITY
from knowledge.understanding.situation.expressions import Token, expressions, french_lists
from knowledge.understanding.situation.situation import Actor, Country
from knowledge.words.text import normalise

_LISTS = french_lists()
_MENTIONED = frozenset(_LISTS["mentioned"].split())
_ARTICLES = frozenset(_LISTS["articles"].split())
_OF = frozenset(_LISTS["of"].split())
_AROUND = frozenset(_LISTS["around"].split())
_WORKS = frozenset(_LISTS["works"].split())
_BESIDE = _LISTS["beside"]
_FROM = frozenset(_LISTS["from"].split())
_WE = frozenset(_LISTS["we"].split())
_FARTHEST_COUNTRY = 8  # words between a body and its country, names and little words only


class Abroad:
    """Places bodies. `kinds`: those of a content, by id; `is_body`: whether one is named at a place of the words."""

    def __init__(self, kinds: Mapping[str, ActorKind], is_body: Callable[[int, list[str]], bool]) -> None:
        self._kinds = kinds
        self._is_body = is_body
        self._writes = expressions([(_LISTS["writes_from"], True)])
        self._longest = max(max(sizes) for sizes in self._writes.sizes.values())

    def placed(self, actor: Actor, end: int, typed: list[Token], words: list[str], countries: list[Country]) -> Actor:
        """The same body, abroad where its country is said: « une commune du Maroc », « une ONG basée à Lomé »."""
        kind = self._kinds[actor.kind]
        if not kind.abroad:
            return actor
        is_authority = kind.answers.get(APPLICANT) == AUTHORITY
        for at in range(end, min(len(typed), end + _FARTHEST_COUNTRY)):
            here = next((country for country in countries if country.span[0] == typed[at].start), None)
            if here is not None:
                is_of_people = not is_authority and words[at - 1] in _OF and words[at] in _people()
                return actor if is_of_people else replace(actor, country=here)  # « l'asso des Comoriens » lies here
            if not is_authority and words[at] in _WORKS:
                return actor  # « une association de solidarité avec le Mali » lies here
            is_little = words[at] in _MENTIONED or words[at] in _ARTICLES or words[at] in _AROUND
            # « la mairie d'un village malien »
            is_name = typed[at].capital or is_little or self._is_body(at, words) or words[at - 1] in _OF
            if not (is_name or words[at].isdigit()) or words[at] == _BESIDE or typed[at].before.strip(" -'’,("):
                return actor
        return actor

    def speaking(
        self, actors: list[Actor], typed: list[Token], words: list[str], countries: list[Country]
    ) -> list[Actor]:
        """The actors; the author's own abroad where she writes from there, those abroad hers where she says so."""
        places = {token.start: at for at, token in enumerate(typed)}
        there = next((one for one in countries if self._is_from(places[one.span[0]], typed, words)), None)
        return [*self._spoken(actors, places, there, typed, words, countries)]

    def _spoken(
        self,
        actors: list[Actor],
        places: Mapping[int, int],
        there: Country | None,
        typed: list[Token],
        words: list[str],
        countries: list[Country],
    ) -> Iterator[Actor]:
        ends = {token.end: at + 1 for at, token in enumerate(typed)}
        for actor in actors:
            at, end = places[actor.span[0]], ends[actor.span[1]]
            if actor.country and not actor.speaks and self._is_own(at, typed, words):
                yield replace(actor, applies=True, speaks=True)
            elif there and actor.speaks and not actor.country and self._kinds[actor.kind].abroad:
                yield actor if _is_named(end, typed, words, countries) else replace(actor, country=there)
            else:
                yield actor

    def _is_own(self, at: int, typed: list[Token], words: list[str]) -> bool:
        """« Nous association au Togo », at the head of a clause; « je suis d'une commune au Togo »."""
        if at and words[at - 1] in _WE and (at == 1 or typed[at - 1].opens):
            return True
        return self._is_from(at, typed, words)

    def _is_from(self, named: int, typed: list[Token], words: list[str]) -> bool:
        """« Je vous écris depuis le Mali », « moi c'est Ama, du Bénin »; not « je suis malien »."""
        at = named
        while at and (words[at - 1] in _FROM or words[at - 1] in _ARTICLES):
            at -= 1
        if at == named or _FROM.isdisjoint(words[at:named]):
            return False
        is_called = at > 1 and typed[at - 1].capital and not typed[at - 1].opens  # « moi c'est Ama du Bénin »
        return any(self._ends_so(words[:end]) for end in {at, at - is_called})

    def _ends_so(self, before: list[str]) -> bool:
        """Whether words end with such an expression; « une jeune d'ici au Togo » leaves here."""
        starts = range(max(0, len(before) - self._longest), len(before))
        told = (at for at in starts if self._writes.at(at, before) == (True, len(before) - at))
        return any(at == 0 or before[at - 1] not in _OF for at in told)


def _is_named(end: int, typed: list[Token], words: list[str], countries: list[Country]) -> bool:
    """Whether a body is told to be of a place that is no country: « la mairie de Rennes »."""
    at = end if words[end - 1] in _FROM else end + 1  # « la mairie de » is one expression
    if at >= len(typed) or words[at - 1] not in _FROM:
        return False
    return typed[at].capital and all(country.span[0] != typed[at].start for country in countries)


@cache
def _people() -> frozenset[str]:
    """How those who live in a country are called, whichever it is."""
    return frozenset(normalise(word) for said in inhabitants().values() for word in said)
