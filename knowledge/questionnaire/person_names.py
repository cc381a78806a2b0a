"""What is written as a person's name, and what as a function."""

import re
from collections.abc import Iterable

from knowledge.words.module_lists import words_beside
from knowledge.words.text import normalise

_WORD = re.compile(r"[^\W\d_]+")
_MOST_WORDS = 7
_LISTS = words_beside(__file__)
_PARTICLES = frozenset(_LISTS["particles"].split())
_BEFORE = frozenset(_LISTS["before"].split())
_AFTER = frozenset(_LISTS["after"].split())


def is_written_as_name(text: str) -> bool:
    """« Marie Exemple », « Jean de La Fontaine »: two words at least, each with a capital but for particles.

    Not in capitals throughout: that is how some people write all they say.
    """
    words = _WORD.findall(text)
    if "?" in text or text.isupper() or not 1 < len(words) <= _MOST_WORDS or any(map(str.isdigit, text)):
        return False
    named = [word for word in words if word[0].isupper()]
    return len(named) > 1 and all(word in named or word in _PARTICLES for word in words)


def begins_with(text: str, ways: Iterable[str]) -> bool:
    """Whether a text is one of these functions, and perhaps where: « maire de Rocamadour », not « Maire Anne »."""
    written = _WORD.findall(text)
    while written and normalise(written[0]) in _BEFORE:
        written.pop(0)
    for way in ways:
        size = len(_WORD.findall(way))
        if written[:size] and normalise(" ".join(written[:size])) == normalise(way):
            rest = written[size:]
            return not rest or not rest[0][0].isupper() or normalise(rest[0]) in _AFTER
    return False
