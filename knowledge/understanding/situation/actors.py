"""Which bodies and persons a text names, and which of them would apply."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from knowledge.content.situation import SituationTexts
from knowledge.understanding.situation.abroad import Abroad
from knowledge.understanding.situation.case import APPLICANT, AUTHORITY, INDIVIDUAL, ORGANISATION, OTHER
from knowledge.understanding.situation.expressions import Token, expressions, french_lists, span
from knowledge.understanding.situation.persons import Persons
from knowledge.understanding.situation.places import intercos
from knowledge.understanding.situation.situation import Actor, Country, Span
from knowledge.words.word_groups import Expressions, scan

_LISTS = french_lists()
_MENTIONED = frozenset(_LISTS["mentioned"].split())
_ARTICLES = frozenset(_LISTS["articles"].split())
_OF = frozenset(_LISTS["of"].split())
_WITH = frozenset(_LISTS["with"].split())
_POSSESSIVES = frozenset(_LISTS["possessives"].split())
_MINE = frozenset(_LISTS["mine"].split())
_NOT = frozenset(_LISTS["not"].split())
_HELD_AT = frozenset(_LISTS["held_at"].split())
_BESIDE, _SOME, _FOR = _LISTS["beside"], _LISTS["some"], _LISTS["for"]
_SEVERAL = frozenset(_LISTS["several"].split())
_MAINLAND = frozenset(_LISTS["mainland"].split())
_IN_MAINLAND = frozenset(_LISTS["in_mainland"].split())
_THE = frozenset(_LISTS["the"].split())
_OTHERWISE = frozenset(_LISTS["not_of_work"].split())
_TELLS_OF_IT = frozenset(_LISTS["tells_of_it"].split())
_LONGEST_HEAD = 7  # words
_LONGEST_TAIL = 5  # words
_GROUPING = "cc"  # of the register
_FARTHEST_WORK = 5  # words between a function and « dans », before the body that it is held in
_ENDS_INFINITIVE = ("er", "ir")
_NEAR = 4  # words between a role and the body that it is held in


@dataclass(frozen=True, slots=True)
class _Kind:
    id: str
    small: bool = False
    shouted: bool = False


class Actors:
    """Finds the kinds of bodies of a content."""

    def __init__(self, texts: SituationTexts) -> None:
        self._kinds = {kind.id: kind for kind in texts.actors}
        shouted = [(kind.acronyms, _Kind(kind.id, shouted=True)) for kind in texts.actors]
        named = [(kind.words, _Kind(kind.id)) for kind in texts.actors]
        groupings = [(name, _Kind(kind.id)) for kind in texts.actors if kind.kind == _GROUPING for name in intercos()]
        small = [(kind.small, _Kind(kind.id, small=True)) for kind in texts.actors]
        self._known = expressions([*groupings, *shouted, *named, *small])
        held = [(role.words, role.actor) for role in texts.roles]
        self._roles = expressions([*held, (texts.functions, "")])
        self._work = expressions([(_LISTS["work"], True)])
        self._own = expressions([(_LISTS["own"], True)])
        self._compares = expressions([(_LISTS["compares"], True), (_LISTS["not_compares"], False)])
        self._thirds = expressions([(_LISTS["thirds"], True)])
        self._persons = Persons(texts)
        self._abroad = Abroad(self._kinds, lambda at, words: self._known.at(at, words)[0] is not None)
        self._applies_after = expressions([(_LISTS["applies_after"], True)])

    def find(
        self, typed: list[Token], words: list[str], countries: list[Country], text: str, *, overseas: bool = False
    ) -> list[Actor]:
        """The bodies and persons named, in order. `overseas`: whether a place there is named too."""
        roles = [found for found in self.roles(words) if found[1] > found[0]]
        actors: list[Actor] = []
        for start, end, kind in scan(self._known, words):
            is_held = any(first <= start and end <= last for first, last, _ in roles)  # « secrétaire de mairie »
            is_held = is_held or _is_mainland(start, typed, words, overseas=overseas)
            if not is_held and not (kind.shouted and not text[typed[start].start : typed[end - 1].end].isupper()):
                actor = self._standing(kind, start, end, typed, words, roles)
                if actors and words[start - 1] in _WITH and actors[-1].span[1] == typed[start - 2].end:
                    actor = replace(actor, applies=actors[-1].applies)  # « villes et villages »: they stand alike
                actors.append(self._abroad.placed(actor, end, typed, words, countries))
        actors = self._abroad.speaking(actors, typed, words, countries)
        actors = self._with_persons(actors, typed, words, roles)
        by_role = self._by_role(typed, words, roles)
        held = [self._abroad.placed(actor, end, typed, words, countries) for actor, end in by_role]
        if not any(actor.speaks or (actor.applies and self.is_person(actor)) for actor in actors):
            return [*actors, *held]  # « je suis maire, mais à titre personnel »: her function applies for nothing
        return [*(actor for actor in held if actor.country), *actors]  # to a mayor abroad, a town here is another's

    def is_body(self, actor: Actor) -> bool:
        """Whether it is neither an authority nor a person, nor abroad."""
        return self._kinds[actor.kind].answers.get(APPLICANT) in (ORGANISATION, OTHER)

    def is_person(self, actor: Actor) -> bool:
        """Whether it is somebody alone."""
        return self._kinds[actor.kind].answers.get(APPLICANT) == INDIVIDUAL

    def _with_persons(
        self, actors: list[Actor], typed: list[Token], words: list[str], roles: list[tuple[int, int, str]]
    ) -> list[Actor]:
        """The bodies, and who speaks for herself: her town, her school and her mayor are only mentioned then."""
        persons = list(self._persons.find(typed, words))
        actors = [replace(one, relative=self._is_relative(one, typed, words)) for one in actors]
        speaking = [person for person, _ in persons if person.speaks]
        is_hers = any(kind and not (speaking and words[start - 1] in _MINE) for start, _, kind in roles)
        left = [actor for actor in actors if not any(_covers(told, actor.span) for _, told in persons)]
        is_of_body = is_hers or any(actor.speaks and not actor.home for actor in left)
        if (speaking or any(actor.relative for actor in left)) and not is_of_body:
            return [*speaking, *(actor.only_mentioned if actor.home else actor for actor in left)]
        if not is_hers and not any(actor.speaks for actor in actors):
            return [*actors, *(person for person, _ in persons)]
        return actors

    def _is_relative(self, actor: Actor, typed: list[Token], words: list[str]) -> bool:
        """« Mon fils », « ma nièce »: who has one sent speaks for herself."""
        start = next(at for at, token in enumerate(typed) if token.start == actor.span[0])
        return words[start] in _MINE and self.is_person(actor)

    def roles(self, words: list[str]) -> list[tuple[int, int, str]]:
        """The functions named: first word, the one after the last, and the kind of body that they tell, if any."""
        return list(scan(self._roles, words))

    def own_roles(self, typed: list[Token], words: list[str]) -> list[tuple[int, int, str]]:
        """The author's own functions: told of herself, or at the head of a clause; with what they are of."""
        own = (role for role in self.roles(words) if self._is_told(role[0], typed, words))
        return [(start, self._until_body(end, typed, words), kind) for start, end, kind in own]

    def _standing(
        self, kind: _Kind, start: int, end: int, typed: list[Token], words: list[str], roles: list[tuple[int, int, str]]
    ) -> Actor:
        at = _before_article(start, typed, words)
        is_held_in = at > 0 and (words[at - 1] in _OF or words[at - 1] in _HELD_AT)  # « agent à la mairie de … »
        held = next((first for first, last, _ in roles if is_held_in and last == at - 1), None)
        held = self._held_within(at, typed, words, roles) if held is None else held
        is_own_role = held is not None and not self._is_anothers(held, typed, words)
        is_authority = self._kinds[kind.id].answers.get(APPLICANT) == AUTHORITY
        # « pour nos communes »: who speaks is a grouping of them
        is_several = is_authority and not _SEVERAL.isdisjoint(words[at:start]) and words[end - 1].endswith("s")
        leads = {*_MENTIONED, _FOR} if is_several else _MENTIONED
        is_led = at > 0 and not _breaks(typed, at, start) and words[at - 1] in leads and words[:at] != [_SOME]
        is_owned = not is_several and not _POSSESSIVES.isdisjoint(words[at:start])  # « dans notre bourg »
        is_own = not is_several and self._is_own(start, typed, words)
        is_presented = held is not None or (is_own and not is_owned)
        is_third = not is_presented and end < len(words) and self._thirds.at(end, words)[0] is not None
        is_mentioned = is_led or is_third or self._ends_with(self._compares, words[:at])  # « … que pour les mairies »
        is_owned = is_owned and not is_third and not (at > 0 and words[at - 1] == _BESIDE)
        applies = not is_mentioned or held is not None or is_owned or self._ends_with(self._applies_after, words[:at])
        speaks = is_own_role or is_owned or is_own or _heads(at, end, typed)
        is_mine = not _MINE.isdisjoint(words[at:start]) or (is_owned and is_led)  # « par notre agglo »
        is_home = is_mine and self._kinds[kind.id].answers.get(APPLICANT) != ORGANISATION
        return Actor(kind.id, span(typed, start, end), applies, applies and speaks, kind.small, home=is_home)

    def _held_within(
        self, at: int, typed: list[Token], words: list[str], roles: list[tuple[int, int, str]]
    ) -> int | None:
        """Where the author's function begins that is held in the body before whose article one stands."""
        own = [(start, end) for start, end, _ in roles if not self._is_anothers(start, typed, words)]
        own += [(start, end) for start, end, _ in scan(self._work, words)]
        return next((start for start, end in own if end < self._until_body(end, typed, words) == at), None)

    def _until_body(self, end: int, typed: list[Token], words: list[str]) -> int:
        """Where a function ends, with what it is of: « chargée [de l'Europe et des sports dans] une commune »."""
        for at in range(end, min(len(words) - 1, end + _FARTHEST_WORK + 1)):
            if typed[at].opens or words[at] in _OTHERWISE or words[at].endswith(_ENDS_INFINITIVE):
                return end
            body = at + 1
            while words[at] in _HELD_AT and body < len(words) - 1 and words[body] in _ARTICLES:
                body += 1
            if words[at] in _HELD_AT and self._known.at(body, words)[0] is not None:
                return at + 1
        return end

    def _ends_with(self, known: Expressions[bool], before: list[str]) -> bool:
        """Whether the words before end with such an expression, the longest: « combien cela coûte à », a commune."""
        for at in range(max(0, len(before) - _LONGEST_TAIL), len(before)):
            told, size = known.at(at, before)
            if told is not None and size == len(before) - at:
                return told
        return False

    def _is_own(self, start: int, typed: list[Token], words: list[str]) -> bool:
        first = max(0, start - _NEAR)
        for at in range(first, start):
            told, size = self._own.at(at, words)
            if told and at + size <= start and not _breaks(typed, at + size, start):
                return True
        return False

    def _is_told(self, start: int, typed: list[Token], words: list[str]) -> bool:
        is_denied = start > 0 and words[start - 1] in _NOT
        return not is_denied and (start == 0 or typed[start].opens or self._is_own(start, typed, words))

    def _is_anothers(self, role: int, typed: list[Token], words: list[str]) -> bool:
        """« Le maire de Thiès nous propose… »: not the author's function."""
        is_led = role > 0 and words[role - 1] in _ARTICLES - _POSSESSIVES
        return is_led and not self._is_told(role, typed, words)

    def _by_role(
        self, typed: list[Token], words: list[str], roles: list[tuple[int, int, str]]
    ) -> Iterator[tuple[Actor, int]]:
        """« Je suis adjoint à… »: the body that the function tells, where no body is named, and the word after it."""
        for start, end, kind in roles:
            if kind and self._is_told(start, typed, words):
                yield Actor(kind, span(typed, start, end), applies=True, speaks=True), end


def _before_article(start: int, typed: list[Token], words: list[str]) -> int:
    """Where the words before a noun's articles and little adjectives end."""
    at = start
    while at and words[at - 1] in _ARTICLES and not typed[at].opens:
        at -= 1
    return at


def _heads(start: int, end: int, typed: list[Token]) -> bool:
    """Whether a body says who writes: « Mairie de Plouha : … », « Bonjour, association agréée, … »."""
    stop = next((at for at in range(end, min(len(typed), end + _LONGEST_HEAD)) if typed[at].opens), None)
    if stop is None or "?" in typed[stop].before or not (start == 0 or typed[start].opens):
        return False
    return _TELLS_OF_IT.isdisjoint(token.word for token in typed[end:stop])  # « La Région nous en a parlé, … »


def _is_mainland(start: int, typed: list[Token], words: list[str], *, overseas: bool) -> bool:
    """« Seulement pour la métropole », said beside Mayotte; « la métropole de Lyon » is a body."""
    if words[start] not in _MAINLAND or _is_name(typed[start - 1] if start else None):
        return False
    follows = typed[start + 1 : start + 3]
    is_named = len(follows) == 2 and follows[0].word in _OF and _is_name(follows[1])
    is_there = start > 0 and words[start - 1] in _IN_MAINLAND
    is_article = start > 0 and words[start - 1] in _THE
    return not is_named and (is_there or (overseas and is_article))


def _is_name(token: Token | None) -> bool:
    """« Bordeaux Métropole »: a name, by its capital within a sentence."""
    return token is not None and token.capital and not token.opens and token.start > 0


def _breaks(typed: list[Token], start: int, end: int) -> bool:
    """Whether a clause begins between two words."""
    return any(token.opens for token in typed[start : end + 1])


def _covers(told: Span, body: Span) -> bool:
    """« Ma bourse du Crous », « je suis en fac »: words that tell a person, not a body."""
    return told[0] <= body[0] and body[1] <= told[1]
