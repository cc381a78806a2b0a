"""French typography, so that editors type plain spaces and readers get the right ones."""

import re
from typing import Annotated

from pydantic import AfterValidator, StringConstraints

NARROW = "\u202f"
NO_BREAK = "\u00a0"

_RULES = (
    (re.compile(r"''([^']+)''"), r"«\1»"),
    (re.compile(r"«[ \u00a0\u202f]*"), "«" + NO_BREAK),
    (re.compile(r"(?<![ \u00a0\u202f])[ \u00a0\u202f]*»"), NO_BREAK + "»"),
    (re.compile(r"(?<=\S) +([?!;])"), NARROW + r"\1"),
    (re.compile(r"(?<=\S) +:(?=\s|$)"), NO_BREAK + ":"),
    (re.compile(r"(?<=\d) +(?=\d{3}(?!\d))"), NARROW),
    (re.compile(r"(?<=\d) +(?=[%€])"), NO_BREAK),
    (re.compile(r"(?<=\d) +h +(?=\d)|(?<=%H) +h +(?=%M)"), f"{NO_BREAK}h{NO_BREAK}"),
    (re.compile(r"(?<=n°) +(?=\d)|(?<=\b[LR]\.) +(?=\d)"), NO_BREAK),
    (re.compile(r"(?<=\w)'(?=\**\w)"), "’"),
    (re.compile(r"\.\.\."), "…"),
)


def french(text: str) -> str:
    """`text` with the spaces, apostrophes and ellipses that French typography asks for.

    Follows the usage of the Imprimerie nationale: narrow no-break space before ? ! ; and in
    numbers, no-break space before : and inside « ».
    """
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text


def grouped(number: int) -> str:
    """« 14 000 »: digits by three."""
    return f"{number:,}".replace(",", NARROW)


French = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(french)]
"""A text that people read: never empty, and set in French typography."""
