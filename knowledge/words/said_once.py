"""A message in which no sentence stands twice."""

import re
from collections.abc import Iterator
from dataclasses import replace

from knowledge.words.markup import RichText, TextSpan, plain_text
from knowledge.words.text import words

_SENTENCE = re.compile(r"\n+|(?:[^\n.!?…]|[.!?…](?!\s))+[.!?…]?[^\S\n]*|[.!?…][^\S\n]*")
_LEAST = 5
"""Words from which a sentence said twice is noticed; « Je ne sais pas » may answer two questions."""


def said_once(text: RichText) -> RichText:
    """The same, each sentence where it is said first; a line of which nothing is left goes too."""
    plain = plain_text(text)
    kept = list(_kept(plain))
    return text if sum(end - start for start, end in kept) == len(plain) else tuple(_of(text, kept))


def _kept(plain: str) -> Iterator[tuple[int, int]]:
    """The stretches of a text that say something for the first time."""
    said: set[tuple[str, ...]] = set()
    blank: list[tuple[int, int]] = []
    for found in _SENTENCE.finditer(plain):
        typed = tuple(words(found[0]))
        if found[0].startswith("\n"):
            blank = blank or [found.span()]
        elif len(typed) < _LEAST or typed not in said:
            yield from (*blank, found.span())
            blank = []
        said.add(typed)


def _of(text: RichText, kept: list[tuple[int, int]]) -> Iterator[TextSpan]:
    """These stretches, each in its style."""
    at = 0
    for span in text:
        end = at + len(span.text)
        left = "".join(span.text[max(start, at) - at : stop - at] for start, stop in kept if start < end and stop > at)
        at = end
        if left:
            yield replace(span, text=left)
