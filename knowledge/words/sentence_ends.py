"""Where a sentence that somebody typed ends."""

import re

from knowledge.words.text import has_words

_END = re.compile(r"[?!;\n…]+|\.(?=\s|$)")


def sentences(text: str) -> list[str]:
    """The sentences of a message, none without words."""
    return [sentence for sentence in _END.split(text) if has_words(sentence)]
