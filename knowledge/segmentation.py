"""Where a message may be cut into questions. Cutting too often is harmless: the matcher joins again."""

import re
from pathlib import Path

import yaml

from knowledge.text import words

MOST = 12
"""Pieces looked at; what follows stays in the last one."""

_ASKS = (
    r"combien|comment|quand|quel(?:le)?s?|qui|où|pourquoi|est[- ]ce|qu['’ ]est[- ]ce|peut[- ]on|faut[- ]il|doit[- ]on"
    r"|y a[- ]t|donnez|dites|c['’ ]?est (?:quoi|qui|quand|combien|où)|cb|kan|ki|koman|komen|coman|cmt|kel"
)
"""Words that open a question, as typed; what follows may be a question of its own."""

_CUT = re.compile(
    rf"[?!;\n+,:…]+|\.(?=\s|$)|[/&]|\b(?:et|é|puis|ainsi que|ni|mais|sinon)\b|(?<=\w)\s+(?=(?:{_ASKS})\b)",
    re.IGNORECASE,
)

_ASKING = frozenset(yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text("utf-8"))["asking"].split())


def pieces(text: str) -> list[str]:
    """The smallest pieces that may be questions, as typed, in order; none without words."""
    found = [piece.strip() for piece in _CUT.split(text) if piece and words(piece)]
    return [*found[: MOST - 1], " ".join(found[MOST - 1 :])] if len(found) > MOST else found


def asks(read: list[str]) -> bool:
    """Whether the words of a piece look like a question or a request; short ones are taken for one."""
    return len(read) <= 4 or not _ASKING.isdisjoint(read)
