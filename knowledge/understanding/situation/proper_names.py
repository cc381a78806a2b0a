"""Proper names and postcodes: they say nothing of the subject, whatever they look like."""

from collections.abc import Iterator

from knowledge.understanding.situation.expressions import Token, expressions, french_lists, span
from knowledge.understanding.situation.situation import Span
from knowledge.words.word_groups import scan

_LISTS = french_lists()
_TITLES = frozenset(_LISTS["titles"].split())
_TO_PLACE = frozenset(_LISTS["to_place"].split())
_CONTINUES = frozenset(_LISTS["continues_name"].split())
_INTRODUCED = frozenset(_LISTS["introduced"].split())
SAINTS = frozenset(_LISTS["saints"].split())
_BEARS_TOWN_NAME = frozenset(_LISTS["bears_town_name"].split())
_BEGIN_NAMES = SAINTS.union(_LISTS["begins_name"].split())
_THIS_IS_ME = _LISTS["this_is_me"].split()
GIVEN_NAMES = frozenset(_LISTS["given_names"].split())
CLOSINGS = expressions([(_LISTS["closings"], True)])
_POSTCODE = 5  # digits


def proper(typed: list[Token], words: list[str], text: str) -> Iterator[Span]:
    """The names of persons and towns, as their capitals, hyphens and neighbours tell; and postcodes.

    Not those at the head of a clause, where every word has a capital, nor words in capitals throughout.
    """
    if text.isupper():
        return
    closed = {end for _, end, _ in scan(CLOSINGS, words)}
    at = 0
    while at < len(typed):
        end = _end_of_name(at, typed)
        if end == at and at in closed and words[at] in GIVEN_NAMES:
            end = at + 1  # « cordialement, martin »
        if words[at].isdigit() and len(words[at]) == _POSTCODE:
            yield span(typed, at, at + 1)
        elif end > at and (at in closed or _is_name(at, end, typed, words)):  # « Cordialement, Martin »
            yield span(typed, at, end)
        at = max(at + 1, end)


def is_led(name: Span, typed: list[Token]) -> bool:
    """Whether a name follows a word that leads to a place, « à », « de », or begins with one: « Le Togo »."""
    at = next(at for at, token in enumerate(typed) if token.start == name[0])
    return typed[at].word in _TO_PLACE or (at > 0 and typed[at - 1].word in _TO_PLACE)


def _end_of_name(at: int, typed: list[Token]) -> int:
    """Capitals in a row, with the little words and hyphens that join them: « Saint-Pierre-le-Moûtier »."""
    is_saint = typed[at].word in SAINTS
    if typed[at].capital:
        end = at + 1
    elif is_saint and _continues(at, typed):
        end = at + 3
    elif is_saint and _is_of_town(at, typed):
        end = at + 2
    else:
        return at
    while end < len(typed) and not typed[end].opens and _goes_on(typed[end - 1], typed[end]):
        end += 1
    return end


def _continues(at: int, typed: list[Token]) -> bool:
    """« saint martin de ré », all in small letters: a little word after the name, then another word."""
    rest = typed[at + 1 : at + 4]
    return len(rest) == 3 and rest[1].word in _CONTINUES and not any(token.opens for token in rest)


def _is_of_town(at: int, typed: list[Token]) -> bool:
    """« la mairie de st martin », all in small letters: no saint but a town."""
    follows = typed[at + 1 : at + 2]
    is_led = at > 1 and typed[at - 1].word in _TO_PLACE and typed[at - 2].word in _BEARS_TOWN_NAME
    return is_led and bool(follows) and not follows[0].opens


def _goes_on(last: Token, token: Token) -> bool:
    joined = token.capital or token.before in ("-", "‑")
    return joined or (token.word in _CONTINUES and last.word in _BEGIN_NAMES)


def _is_name(at: int, end: int, typed: list[Token], words: list[str]) -> bool:
    before = words[at - 1] if at else ""
    is_introduced = before in _INTRODUCED or words[max(0, at - 3) : at] == _THIS_IS_ME
    is_led = before in _TO_PLACE or before in _TITLES or is_introduced
    hyphens = end - at > 1 and words[at] in SAINTS
    two_capitals = end - at > 1 and (at == 0 or typed[at].opens) and all(token.capital for token in typed[at:end])
    return is_led or hyphens or two_capitals
