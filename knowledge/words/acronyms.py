"""Whether a text explains an acronym where it first uses it."""

import re

_OPEN_PARENTHESIS = re.compile(r"\([^()]*$")
_MEANING_FOLLOWS = re.compile(r"\W*[:(]")


def unexplained(acronym: str, text: str) -> bool:
    """Whether it first comes neither in parentheses, after its meaning, nor before « : » or « ( », and a meaning."""
    first = re.search(rf"\b{re.escape(acronym)}\b(?!-)", text)
    if first is None:
        return False
    return not _OPEN_PARENTHESIS.search(text[: first.start()]) and not _MEANING_FOLLOWS.match(text[first.end() :])
