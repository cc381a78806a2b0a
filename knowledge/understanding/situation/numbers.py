"""Numbers as people write them: « 1 200 », « 3500 », « deux cent dix »; sizes and ages."""

from collections.abc import Iterator

from knowledge.understanding.situation.expressions import Token, french_lists, span
from knowledge.understanding.situation.situation import Number

_LISTS = french_lists()
_VALUES: dict[str, int] = _LISTS["numbers"]
_INHABITANTS = frozenset(_LISTS["inhabitants"].split())
_AGE_UNITS = frozenset(_LISTS["age_units"].split())
_NO_AGE_BEFORE = frozenset(_LISTS["no_age_before"].split())
_NO_AGE_BEFORE_TWO = frozenset(_LISTS["no_age_before_two"].split("|"))
_NO_AGE_AFTER = frozenset(_LISTS["no_age_after"].split())
_YOUNGEST, _OLDEST = 10, 99
_MOST_DIGITS = 9
_HUNDRED, _THOUSAND = 100, 1000


def size(typed: list[Token]) -> Number | None:
    """The first number of inhabitants said: « 800 hab », « deux cent dix habitants »."""
    return next(_before(typed, _INHABITANTS), None)


def age(typed: list[Token]) -> Number | None:
    """The age of somebody: « 27 ans », but neither « depuis 20 ans » nor « de 16 à 25 ans »."""
    units = [at for at, token in enumerate(typed) if token.word in _AGE_UNITS]
    told = [(at, number) for at in units if (number := _ending(typed, at))]  # « l'an prochain » has none
    if len(told) != 1:  # of several people, or what is between two ages
        return None
    ((at, found),) = told
    if not _YOUNGEST <= found.value <= _OLDEST:
        return None
    before = [token.word for token in typed if token.end <= found.span[0]][-2:]
    is_range = bool(before) and before[0].isdigit()  # « de 16 à 25 ans »
    after = {token.word for token in typed[at + 1 : at + 2]}
    is_time = is_range or not _NO_AGE_BEFORE.isdisjoint(before[-1:]) or " ".join(before) in _NO_AGE_BEFORE_TWO
    return None if is_time or after & _NO_AGE_AFTER else found


def _before(typed: list[Token], units: frozenset[str]) -> Iterator[Number]:
    for at, token in enumerate(typed):
        # « d'habitants », « 800 h » glued as « 800h »: a number just before, « d » apart.
        if token.word in units:
            end = at - 1 if at and typed[at - 1].word == "d" else at
            if found := _ending(typed, end):
                yield Number(found.value, (found.span[0], token.end))


def _ending(typed: list[Token], end: int) -> Number | None:
    """The number whose last word stands just before `end`."""
    start = end
    while start and _is_number(typed[start - 1]):
        start -= 1
    if start == end:
        return None
    words = [token.word for token in typed[start:end]]
    value = _digits(words) if words[-1].isdigit() else _said([word for word in words if not word.isdigit()])
    return Number(value, span(typed, start, end)) if value else None


def _is_number(token: Token) -> bool:
    return (token.word.isdigit() and len(token.word) <= _MOST_DIGITS) or token.word in _VALUES


def _digits(words: list[str]) -> int:
    """« 1 200 »: groups of three after the first are one number."""
    value = words[-1]
    for word in reversed(words[:-1]):
        if not word.isdigit() or len(value) % 3 or len(word) > 3:
            break
        value = word + value
    return int(value[:_MOST_DIGITS])


def _said(words: list[str]) -> int:
    """« mille neuf cent quatre-vingt-dix-huit »."""
    total = current = 0
    for word in words:
        value = _VALUES[word]
        if value == _THOUSAND:
            total += max(1, current) * value
            current = 0
        elif value == _HUNDRED or (value == 20 and current % 100 == 4):
            current = max(1, current) * value if value == _HUNDRED else current - 4 + 80
        else:
            current += value
    return total + current
