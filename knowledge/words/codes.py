"""Codes that the assistant draws: the references of dossiers, the codes by which a colleague goes on."""

import re
import secrets

_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Read aloud without a doubt: no I, L, O, 0, 1."""

REFERENCE = re.compile(r"\b[A-Z]{1,6}-[A-HJKMNP-Z2-9]{4}-[A-HJKMNP-Z2-9]{4}\b")
"""A code, whatever the letters that it begins with: a programme's for its dossiers."""

_TYPED = re.compile(
    rf"{REFERENCE.pattern}|\b[A-Z]{{1,6}}(?:[-\s]?(?=[A-Z]{{0,3}}[2-9])[A-HJKMNP-Z2-9]{{4}}){{2}}\b", re.IGNORECASE
)
"""A code as people type it: « tv-7kqm-x3fa », or « tv 7kqm x3fa » with a digit in each group, which words have not."""


def new_code(prefix: str) -> str:
    """« JP-7KQM-X3FA »: easy to read on the phone, not to be guessed (39 bits)."""
    drawn = "".join(secrets.choice(_LETTERS) for _ in range(8))
    return f"{prefix}-{drawn[:4]}-{drawn[4:]}"


def letters_of(code: str) -> str:
    """« rp 7kqm-x3fa » → « RP7KQMX3FA »: a code is the same however it is spaced."""
    return "".join(letter for letter in code.upper() if letter.isalnum())


def without_codes(text: str) -> str:
    """A text without the codes in it: drawn letters may look like any word, and tell nothing of anybody."""
    return _TYPED.sub(" ", text)


def is_only_code(text: str) -> bool:
    """Whether a text is a code and nothing else."""
    return _TYPED.fullmatch(text.strip()) is not None
