"""Words typed with a keyboard in another layout: « co;;ent » is « comment »."""

from collections.abc import Mapping

from knowledge.words.french import is_common
from knowledge.words.text import words

_SHORTEST = 4  # letters of a word that is known to be common or not


def retyped(text: str, keyboards: Mapping[str, Mapping[str, str]]) -> list[str]:
    """What the same keys would have written, layout by layout; only where it changes something, and spoils no word."""
    lower = text.lower()
    read = ["".join(keys.get(sign, sign) for sign in lower) for keys in keyboards.values()]
    return [one for one in dict.fromkeys(read) if one != lower and not _spoils(lower, one)]


def _spoils(typed: str, read: str) -> bool:
    """Whether a common word of what was typed is none any more: « village » was not « villqge »."""
    lost = set(words(typed)) - set(words(read))
    return any(len(word) >= _SHORTEST and is_common(word) for word in lost)
