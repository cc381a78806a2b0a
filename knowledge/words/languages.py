"""Which language a message is in, by its most common little words."""

from functools import cache

from knowledge.words.module_lists import words_beside
from knowledge.words.text import words


@cache
def _little_words() -> dict[str, frozenset[str]]:
    lists = words_beside(__file__)
    return {language: frozenset(line.split()) for language, line in lists.items()}


def foreign_language(text: str) -> str | None:
    """`english` or `other-language` when most known little words are of that language; else None."""
    typed = words(text)
    counts = {name: sum(word in known for word in typed) for name, known in _little_words().items()}
    for name in ("english", "other-language"):
        # Two such words, more than the French ones, and a quarter of the message at least.
        if counts[name] >= 2 and counts[name] > counts["french"] and counts[name] * 4 >= len(typed):
            return name
    return None
