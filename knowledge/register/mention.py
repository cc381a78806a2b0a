"""What a question says in passing of the authority that asks: « on est une petite commune de Guadeloupe »."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from knowledge.register.authorities import Register
from knowledge.register.lines import Authority
from knowledge.words.french import is_common
from knowledge.words.text import normalise

_SHORTEST = 5  # letters of a kind: « ca » and « cc » are other words too
_CERTAIN = 0.93  # score from which a name is one authority's and no other's
_LONGEST_KIND, _LONGEST_PLACE, _LONGEST_NAME, _LONGEST_TOLD = 5, 6, 7, 10  # words
_MOST_LOOKED_UP, _MOST_ALONE = 14, 5
"""What may be names, each a look into the register: a text of nothing but « ville » would take seconds."""

_Span = tuple[int, int]
"""First word, and the one after the last."""


@dataclass(frozen=True)
class Mention:
    """`said`: in the person's own words; `near`: the place named, if any; `authority`: the one named, if any."""

    said: str
    near: str = ""
    authority: Authority | None = None


def mentioned(text: str, register: Register) -> Mention | None:
    """The authority, or the kind of authority and its place, that a question tells of."""
    language = register.language
    found = list(re.finditer(r"\w+", text))
    words = [normalise(word.group()) for word in found]
    kind = _kind(words, 0, register)
    if kind is None:
        return None
    start = found[kind[0]].start()
    place = _first(words, kind[1], _LONGEST_PLACE, language.is_place)
    if place is None or language.is_large(words[slice(*kind)]):
        rest = re.split(r"[,.;:!?]", text[start:])[0]
        said = [word for word, one in zip(words, found, strict=True) if one.start() < start + len(rest)]
        if not all(map(language.is_little, said[kind[1] :])):  # « pour la commune » names none
            within, authority = _within(rest, register)  # « le département du Lot est-il éligible »
            if not (within and rest.startswith(within)):
                authority = _certain(rest, register)
            if authority:
                return Mention(authority.name, authority=authority)
    kind_said = text[start : found[kind[1] - 1].end()]
    if place is None:
        return Mention(kind_said)
    near = text[found[place[0]].start() : found[place[1] - 1].end()]
    linked = all(language.is_little(word) for word in words[kind[1] : place[0]])
    return Mention(text[start : found[place[1] - 1].end()] if linked else f"{kind_said}, {near}", near)


def names_alone(text: str) -> list[str]:
    """What a few words that say nothing else may name: « Lodève », « DGS à Ambert »; no common word."""
    parts = re.split(r"[,.;:!]", text) if len(text.split()) <= _LONGEST_TOLD else []
    names = (part for part in parts if 0 < len(part.split()) <= _LONGEST_NAME and not is_common(normalise(part)))
    return list(islice(dict.fromkeys(names), _MOST_ALONE))


def certain(names: Iterable[str], register: Register) -> Authority | None:
    """The authority that the first of these surely means."""
    return next((one for one in (_certain(name, register) for name in names) if one), None)


def named_within(text: str, register: Register) -> str:
    """The words of a longer text that name one authority, its kind first; empty when there are none.

    « Chargée de mission à la région Occitanie, service Europe » : « région Occitanie ».
    """
    return _within(text, register)[0]


def _within(text: str, register: Register) -> tuple[str, Authority | None]:
    maybe = islice(_names_within(text, register), _MOST_LOOKED_UP)
    found = ((name, _certain(name, register)) for name in maybe)
    return next((one for one in found if one[1]), ("", None))


def _names_within(text: str, register: Register) -> Iterator[str]:
    """What may be a name after a kind: of each kind the longest first."""
    for clause in re.split(r"[,.;:!?()]", text):
        found = list(re.finditer(r"\w+", clause))
        words = [normalise(word.group()) for word in found]
        kind = _kind(words, 0, register)
        while kind is not None:
            for end in range(min(len(found), kind[1] + _LONGEST_NAME), kind[1], -1):
                if not register.language.is_little(words[end - 1]):  # no name ends so
                    yield clause[found[kind[0]].start() : found[end - 1].end()]
            kind = _kind(words, kind[1], register)


def _kind(words: list[str], start: int, register: Register) -> _Span | None:
    def is_kind(part: list[str]) -> bool:
        return register.language.is_kind(part) and len(max(part, key=len)) >= _SHORTEST

    return _first(words, start, _LONGEST_KIND, is_kind)


def _certain(name: str, register: Register) -> Authority | None:
    best = register.find(name, 2)
    alone = len(best) == 1 or (len(best) > 1 and best[1].score < best[0].score)
    return best[0].authority if alone and best[0].score >= _CERTAIN else None


def _first(words: list[str], start: int, longest: int, is_one: Callable[[list[str]], bool]) -> _Span | None:
    """The first expression after `start`, the longest one that begins there."""
    spans = ((at, at + size) for at in range(start, len(words)) for size in range(longest, 0, -1))
    return next((span for span in spans if span[1] <= len(words) and is_one(words[slice(*span)])), None)
