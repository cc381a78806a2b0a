"""Punctuation said aloud, as dictating leaves it at times: « virgule », « point d'interrogation »."""

import re

from knowledge.words.module_lists import words_beside

_LISTS = words_beside(__file__)
_SAID = tuple((re.compile(rf"\s{said}(?=\s|$)", re.IGNORECASE), sign) for sign, said in _LISTS["signs"].items())


def punctuated(text: str) -> str:
    """The same text with the signs for the words; numbers (« 3 virgule 5 ») and the comma as a thing are left."""
    for said, sign in _SAID:
        text = said.sub(sign, text)
    return text
