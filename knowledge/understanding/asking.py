"""Whether words ask: by the one that they begin or end with, by a verb and its subject, by a request."""

import re
from itertools import dropwhile, pairwise

from knowledge.words.module_lists import words_beside
from knowledge.words.text import words
from knowledge.words.word_groups import left_out, replaced

_LISTS = words_beside(__file__, "segmentation")
_INVERTED = re.compile(rf"\w-(?:t-)?(?:{_LISTS['inverted']})\b", re.IGNORECASE)
OPENING = frozenset(_LISTS["opening"].split())
_ANYWHERE = frozenset(_LISTS["anywhere"].split())
CLOSING = frozenset(_LISTS["closing"].split())
LEADING = frozenset(_LISTS["leading"].split())
_IDIOMS = left_out(idiom.split() for idiom in _LISTS["idioms"].split("|"))
_REQUESTS = frozenset(_LISTS["requests"].split())
_WISHING = frozenset(_LISTS["wishing"].split())
_TELLING = frozenset(_LISTS["telling"].split())
TO_KNOW = frozenset(_LISTS["to_know"].split())
_BETWEEN = frozenset(_LISTS["between"].split())
_ALTERNATIVE = re.compile(rf"ou\s+(?:{_LISTS['or_else']})", re.IGNORECASE)
_UNSURE = re.compile(rf"\b(?:{_LISTS['unsure']})", re.IGNORECASE)
_OR_NOT = frozenset(tuple(pair.split()) for pair in _LISTS["or_not"].split("|"))
_FIRST_PERSON = frozenset(_LISTS["first_person"].split())
POINTING_BACK = frozenset(f"{_LISTS['pointing_back']} {_LISTS['may_be']}".split())
MAY_BE = frozenset(_LISTS["may_be"].split())
IS_THAT = frozenset(tuple(pair.split()) for pair in _LISTS["is_that"].split("|"))
PLEASE = frozenset(_LISTS["please"].split())


def is_told(text: str) -> bool:
    """Whether what does not ask is rather told of oneself: « nous avons un jumelage »."""
    return not _FIRST_PERSON.isdisjoint(words(text))


def opens_a_question(text: str) -> bool:
    """Whether its words have the form of a question, whatever mark follows and whatever is wished: « quel pays »."""
    said = words(text)
    told = [word for word in said if word not in LEADING]
    is_asked = not _ANYWHERE.isdisjoint(said) or not IS_THAT.isdisjoint(pairwise(said))
    return bool(is_asked or _INVERTED.search(text) or (told and told[0] in OPENING))


def points_back(text: str) -> bool:
    """Whether a piece names nothing: « c'est quoi exactement » asks of what was said before."""
    return POINTING_BACK.issuperset(words(text))


def wishes(text: str) -> bool:
    """« nous voudrions devenir opérateur » asks without the form of a question."""
    return not _WISHING.isdisjoint(words(text))


def looks_asking(text: str) -> bool:
    """Whether a piece without a question mark asks, by its first word that says something, or its last."""
    said = replaced(words(text), _IDIOMS)
    told = [word for word in said if word not in LEADING]
    if _ALTERNATIVE.match(text.lstrip()):
        told = told[1:]
    return bool(
        _INVERTED.search(text)
        or not _ANYWHERE.isdisjoint(said)
        or not IS_THAT.isdisjoint(pairwise(said))
        or is_to_be_told(said)
        or (told and (told[0] in OPENING or told[0] in _REQUESTS))
        or not CLOSING.isdisjoint(_without_please(said)[-1:])
        or tuple(said[-2:]) in _OR_NOT
        or _UNSURE.search(text)
    )


def _without_please(said: list[str]) -> list[str]:
    """« payé par qui svp » ends as « payé par qui » does."""
    return list(dropwhile(PLEASE.__contains__, reversed(said)))[::-1]


def is_to_be_told(said: list[str]) -> bool:
    """« souhaitons savoir », « m'indiquer », « besoin de connaître »."""
    pairs = [*pairwise(said), *pairwise(word for word in said if word not in _BETWEEN)]
    return any(pair[0] in _WISHING | _TELLING and pair[1] in TO_KNOW for pair in pairs)
