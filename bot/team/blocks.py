"""Rich text as a page shows it: paragraphs and lists of lines. A template writes the tags."""

from dataclasses import dataclass, replace
from itertools import groupby

from knowledge.words.markup import RichText, TextSpan

_BULLET = "• "


@dataclass(frozen=True)
class Block:
    """Lines that stand together; `is_list`: each is an item."""

    is_list: bool
    lines: list[list[TextSpan]]


def blocks(text: RichText) -> list[Block]:
    """The blocks of a text: a blank line ends one, a bullet begins a list."""
    lines = _lines(text)
    grouped = ((kind, list(some)) for kind, some in groupby(lines, key=_kind))
    return [Block(kind == _BULLET, [_without_bullet(line) for line in some]) for kind, some in grouped if kind]


def _lines(text: RichText) -> list[list[TextSpan]]:
    lines: list[list[TextSpan]] = [[]]
    for span in text:
        first, *others = span.text.split("\n")
        lines[-1].append(replace(span, text=first))
        lines += [[replace(span, text=other)] for other in others]
    return [[span for span in line if span.text] for line in lines]


def _kind(line: list[TextSpan]) -> str:
    if not line:
        return ""
    return _BULLET if line[0].text.startswith(_BULLET) else "text"


def _without_bullet(line: list[TextSpan]) -> list[TextSpan]:
    first, *others = line
    return [replace(first, text=first.text.removeprefix(_BULLET)), *others]
