"""Cells of a .csv that no spreadsheet computes, whatever people wrote in them."""

import re

from knowledge.words.telephone import spaced_phone

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell of a .csv that begins so would be computed (OWASP, CSV injection)."""
_PHONE = re.compile(r"\+\d{6,15}")


def inert(value: str) -> str:
    """Text that no spreadsheet computes: « +33565123456 » as a French reader expects it, « +687251234 » in brackets."""
    if _PHONE.fullmatch(value):
        return re.sub(r"^(\+\d+)", r"(\1)", spaced_phone(value))
    return f"'{value}" if value.startswith(_FORMULA) else value
