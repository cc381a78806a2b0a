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
_AND = frozenset(_LISTS["between_ages"].split())
_YOUNGEST, _OLDEST = 10, 99
_MOST_DIGITS = 9
_GROUP = 3
"""Digits of each group of a number but the first."""
_HUNDRED, _THOUSAND = 100, 1000


def size(typed: list[Token]) -> Number | None:
    """The first number of inhabitants said: « 800 hab », « deux cent dix habitants »."""
    return next(_before(typed, _INHABITANTS), None)


def age(typed: list[Token]) -> Number | None:
    """The age of somebody: « 27 ans », but neither « depuis 20 ans » nor « de 16 à 25 ans »; of several, none."""
    units = [at for at, token in enumerate(typed) if token.word in _AGE_UNITS and _ending(typed, at)]
    told = ages(typed) if len(units) == 1 else ()
    return told[0] if len(told) == 1 else None


def ages(typed: list[Token]) -> tuple[Number, ...]:
    """Those of everybody who is told of: « ils ont 22 et 24 ans »."""
    units = (at for at, token in enumerate(typed) if token.word in _AGE_UNITS)  # « l'an prochain » has no number
    return tuple(found for at in units for found in _ages_at(typed, at))


def _ages_at(typed: list[Token], at: int) -> list[Number]:
    """The ages before one « ans »; none where it is how long something lasts, or a range."""
    found = _joined(typed, at)
    if not found or not all(_YOUNGEST <= one.value <= _OLDEST for one in found):
        return []
    before = [token.word for token in typed if token.end <= found[0].span[0]][-2:]
    is_range = any(word.isdigit() for word in before)  # « de 16 à 25 ans », « les 16-25 ans »
    after = {token.word for token in typed[at + 1 : at + 2]}
    is_time = is_range or not _NO_AGE_BEFORE.isdisjoint(before[-1:]) or " ".join(before) in _NO_AGE_BEFORE_TWO
    return [] if is_time or after & _NO_AGE_AFTER else found


def _joined(typed: list[Token], end: int) -> list[Number]:
    """The numbers before `end` that « et » or « ou » joins, in order."""
    found: list[Number] = []
    while number := _ending(typed, end):
        found.insert(0, number)
        start = next(at for at, token in enumerate(typed) if token.start == number.span[0])
        is_listed = "," in typed[start].before  # « 19, 22 et 24 ans »
        if not is_listed and (start == 0 or typed[start - 1].word not in _AND):
            break
        end = start if is_listed else start - 1
    return found


def _before(typed: list[Token], units: frozenset[str]) -> Iterator[Number]:
    for at, token in enumerate(typed):
        # « d'habitants », « 800 h » glued as « 800h »: a number just before, « d » apart.
        if token.word in units:
            end = at - 1 if at and typed[at - 1].word == "d" else at
            if found := _ending(typed, end):
                yield Number(found.value, (found.span[0], token.end))


def _ending(typed: list[Token], end: int) -> Number | None:
    """The number whose last word stands just before `end`: in digits, or in words."""
    if end and typed[end - 1].word.isdigit():
        start = end - 1
        while start and _is_group(typed[start]) and typed[start - 1].word.isdigit():
            start -= 1
        value = int("".join(token.word for token in typed[start:end])[:_MOST_DIGITS])
    else:
        start = end
        while start and typed[start - 1].word in _VALUES:
            start -= 1
        value = _said([token.word for token in typed[start:end]])
    return Number(value, span(typed, start, end)) if value else None


def _is_group(token: Token) -> bool:
    """Whether digits go on with a number: « 1 200 »."""
    return len(token.word) == _GROUP and not token.before.strip(" \u00a0\u202f.'’")


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
