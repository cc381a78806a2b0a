"""What the papers' fonts can draw. PDF/UA refuses a text of which one sign has no glyph: □ stands for it."""

import re
import struct
import unicodedata
from functools import cache
from pathlib import Path

FONTS = Path(__file__).with_name("fonts")
"""Latin, Greek, Cyrillic, Arabic, Hebrew, Armenian, Georgian and symbols, where Typst's own font has no glyph."""

_FONT = FONTS / "DejaVuSans.ttf"
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_MISSING = "□"
_FULL_REPERTOIRE = (3, 10)  # the table of a font that goes beyond 16 bits
_IGNORABLE = ("Cf", "Cc", "Cs")


def drawable(text: str) -> str:
    """The text with one □ for each run of signs that no font here has, and without signs that do not show."""
    return _BEYOND_ASCII.sub(lambda found: _drawn(found[0]), unicodedata.normalize("NFC", text))


def latin(text: str) -> str:
    """The same, of Western European letters only: what every font has."""
    return re.sub(r"[^\x00-\x7e\xa1-\xac\xae-\xff’œŒ€–…□]+", _MISSING, text)


def _drawn(text: str) -> str:
    known = covered()
    shown = (letter for letter in text if unicodedata.category(letter) not in _IGNORABLE and not _is_selector(letter))
    return re.sub(f"{_MISSING}+", _MISSING, "".join(one if ord(one) in known else _MISSING for one in shown))


def _is_selector(letter: str) -> bool:
    """Whether it only says how the sign before is drawn: in colours, with a darker skin."""
    return "\ufe00" <= letter <= "\ufe0f" or "\U0001f3fb" <= letter <= "\U0001f3ff" or letter >= "\U000e0100"


@cache
def covered() -> frozenset[int]:
    """The code points that the font shipped here has, from its « cmap » table (OpenType, format 12)."""
    font = _FONT.read_bytes()
    (count,) = struct.unpack_from(">H", font, 4)
    tables = (struct.unpack_from(">4s4xI4x", font, 12 + 16 * n) for n in range(count))
    cmap = next(offset for tag, offset in tables if tag == b"cmap")
    (count,) = struct.unpack_from(">H", font, cmap + 2)
    subtables = (struct.unpack_from(">HHI", font, cmap + 4 + 8 * n) for n in range(count))
    table = cmap + next(offset for *encoding, offset in subtables if tuple(encoding) == _FULL_REPERTOIRE)
    (groups,) = struct.unpack_from(">I", font, table + 12)
    spans = (struct.unpack_from(">II", font, table + 16 + 12 * n) for n in range(groups))
    return frozenset(code for first, last in spans for code in range(first, last + 1))
