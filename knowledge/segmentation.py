"""A message → the questions in it. Cut wherever a question may end, then joined again where that is clearer."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import yaml

from knowledge.text import words

MOST = 12
"""Pieces looked at; what follows stays in the last one."""

_LONGEST = 4
"""Pieces that may be joined into one question."""

_OPENS = (
    r"combien|comment|quand|quel(?:le)?s?|qui|où|pourquoi|est[- ]ce|qu['’ ]est[- ]ce|peut[- ]on|faut[- ]il|doit[- ]on"
    r"|y a[- ]t|donnez|dites|c['’ ]?est (?:quoi|qui|quand|combien|où)|cb|kan|ki|koman|komen|coman|cmt|kel"
)
"""Words that open a question, as typed; what follows may be a question of its own."""

_BEFORE = ("à", "a", "de", "sur", "dans", "par", "pour", "avec", "depuis")
"""Prepositions that stay with the word that opens: « sur combien d'années »."""

_NOT_AFTER = "".join(rf"(?<!\b{word})" for word in _BEFORE)
_PREPOSITION = "|".join(_BEFORE)
_CUT = re.compile(
    r"(\?)|[!;\n+:…]+|,(?!\d)|\.(?=\s|$)|[/&]|\b(?:et|é|puis|ainsi que|ni|mais|sinon)\b"
    rf"|(?<=\w){_NOT_AFTER}\s+(?=(?:(?:{_PREPOSITION})\s+)?(?:{_OPENS})\b)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[?!;\n…]+|\.(?=\s|$)")
_INVERTED = re.compile(r"\w-(?:t-)?(?:vous|on|nous|il|ils|elle|elles|je|tu|ce)\b", re.IGNORECASE)
_ASKING = frozenset(yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text("utf-8"))["asking"].split())


@dataclass(frozen=True)
class Piece:
    """A piece of a message as typed. `asks`: it has the form of a question or a request."""

    text: str
    asks: bool


def pieces(text: str) -> list[Piece]:
    """The smallest pieces that may be questions, in order; none without words."""
    parts = _CUT.split(text)  # text, mark, text, mark, … where the mark is « ? » or None
    found = [
        Piece(part.strip(), mark is not None or _looks_asking(part))
        for part, mark in zip(parts[::2], [*parts[1::2], None], strict=True)
        if words(part)
    ]
    return [*found[: MOST - 1], joined(found[MOST - 1 :])] if len(found) > MOST else found


def sentences(text: str) -> list[str]:
    """The sentences of a message, none without words."""
    return [sentence for sentence in _SENTENCE.split(text) if words(sentence)]


def joined(parts: list[Piece]) -> Piece:
    """Neighbouring pieces as one."""
    return Piece(", ".join(piece.text for piece in parts), any(piece.asks for piece in parts))


def best_segments(count: int, value: Callable[[int, int], float]) -> list[tuple[int, int]]:
    """Of all ways to join `count` neighbours or leave them out, the one worth most: (start, end) in order.

    `value(start, end)`: what joining these is worth; 0 or less when they are better left out.
    """
    best: list[tuple[float, list[tuple[int, int]]]] = [(0.0, [])]
    for end in range(1, count + 1):
        options = []
        for start in range(max(0, end - _LONGEST), end):
            worth = value(start, end)
            gained, segments = best[start]
            options.append((gained + worth, [*segments, (start, end)]) if worth > 0 else best[start])
        best.append(max(options, key=lambda option: (option[0], -len(option[1]))))
    return best[-1][1]


def _looks_asking(text: str) -> bool:
    return bool(_INVERTED.search(text)) or not _ASKING.isdisjoint(words(text))
