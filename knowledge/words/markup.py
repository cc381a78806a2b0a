"""The editors' mark-up: **bold**, [text](https://…), `- ` bullets, blank lines. Nothing else.

Texts become spans, not HTML: no escaping anywhere, and the terminal gets plain text for free. Spans make messages.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from knowledge.words.typography import French

_MARK = re.compile(r"\*\*(?P<bold>[^*\n]+)\*\*|\[(?P<label>[^\[\]\n]+)\]\((?P<url>https://[^\s)]+)\)")
PLACEHOLDER = re.compile(r"\{([a-z]+)(?::([^{}]*))?\}")
"""What an answer may contain: {contact}, {date:ami-4-cloture}…"""

_RAW = re.compile(
    r"\*\*|\]\(|\)\[|\]\s+\(https?:|\[[a-z:-]+\]|&[a-z]{2,8};|<\/?[a-zA-Z]+>|__"
    r"|(?<!\w)\*\w[^*\n]*\*|(?<!\w)_\w[^_\n]*_(?!\w)|`|~~|\[\d+\]|<[a-z]+:[\w-]+>|\$(?=\{)"
)
_RAW_LINE = re.compile(
    r"^ *(#{1,6}(?= )|[*+•‣▪·o](?=[ \t\u00a0])|\|(?=.*\|)|>(?= )|-{3,}$)"
    r"|(?:\A|\n\n|:\n) *([–—](?=[ \t\u00a0])|-(?=[^\W\d]))",
    re.MULTILINE,
)
"""Other editors' mark-up: this one has no titles, italics, code, other bullets.

A long dash is a bullet where a paragraph or a list begins.
"""

_BULLET = re.compile(r"^ *- +", re.MULTILINE)
LIMIT = 4096
"""Telegram's limit for one message, in UTF-16 units."""

_BLANK = re.compile(r"\n{3,}")
_SOFT_BREAK = re.compile(r"(?<=[^\n])\n(?=[^\n•])")


@dataclass(frozen=True)
class TextSpan:
    """A run of text in one style."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    """Copied by a tap, on a phone."""
    url: str | None = None


RichText = tuple[TextSpan, ...]


def parse(text: str) -> RichText:
    """The spans of a marked-up text. Lines of one paragraph are joined; bullets become « • »."""
    text = _BLANK.sub("\n\n", _BULLET.sub("• ", text.strip()))
    return tuple(_spans(_SOFT_BREAK.sub(" ", text)))


def _spans(text: str) -> Iterator[TextSpan]:
    end = 0
    for mark in _MARK.finditer(text):
        if mark.start() > end:
            yield TextSpan(text[end : mark.start()])
        if mark["bold"]:
            yield TextSpan(mark["bold"], bold=True)
        else:
            yield TextSpan(mark["label"], url=mark["url"])
        end = mark.end()
    if end < len(text):
        yield TextSpan(text[end:])


def mistakes(text: str) -> list[str]:
    """Mark-up that would be shown as typed: left-over `**`, `](`, HTML tags, `## title`, `*x*`, `_x_`, `` `x` ``."""
    plain = plain_text(parse(text))
    return [*("".join(found) for found in _RAW_LINE.findall(text)), *_RAW.findall(plain)]


def plain_text(rich: Iterable[TextSpan]) -> str:
    """The text without its styles; a link keeps its label only."""
    return "".join(span.text for span in rich)


def length(rich: Iterable[TextSpan]) -> int:
    """Length as Telegram may count it: UTF-16 units, the stricter of the two readings."""
    return len(plain_text(rich).encode("utf-16-le")) // 2


def _checked(text: str) -> str:
    if found := mistakes(text):
        raise PydanticCustomError("bad_markup", "bad mark-up: {mark}", {"mark": found[0]})
    return text


MarkedText = Annotated[French, AfterValidator(_checked)]
"""A text in the editors' mark-up."""


def paragraphs(parts: list[RichText]) -> RichText:
    """Parts of a message as one, with a blank line between them."""
    spans: list[TextSpan] = []
    for part in parts:
        if spans:
            spans.append(TextSpan("\n\n"))
        spans += part
    return tuple(spans)


def pages(parts: list[RichText], limit: int = LIMIT) -> list[RichText]:
    """Parts grouped into as few messages as fit the limit."""
    grouped: list[list[RichText]] = [[]]
    for part in parts:
        candidate = [*grouped[-1], part]
        if grouped[-1] and length(paragraphs(candidate)) > limit:
            grouped.append([part])
        else:
            grouped[-1] = candidate
    return [paragraphs(group) for group in grouped if group]
