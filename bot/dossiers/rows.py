"""Reading a dossier's row: whether its turn has come, where it is sealed, what it says. `outbox.py` writes it."""

import json
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Row

from bot.cipher import Cipher, place
from bot.database.tables import dossiers
from bot.dossiers.pauses import LONGEST_PAUSE
from knowledge.submission import Delivery, Dossier

LEASE = 300
"""Seconds that one attempt may take before the mail server has the last word."""

HANDING_LEASE = 900
"""Seconds that the mail server may take to answer the last word: it has ten minutes (RFC 5321)."""

NEVER = 2**40
"""Seconds since 1970: when what is left to a person is tried again."""

fields = TypeAdapter(Dossier)
"""Reads and writes a dossier as plain fields."""


def unsealed(cipher: Cipher, row: Row[Any]) -> Dossier | None:
    """The dossier of a row; None when it cannot be read: another key sealed it, or it is no dossier."""
    opened = with_person(cipher, row)
    return opened[1] if opened else None


def with_person(cipher: Cipher, row: Row[Any]) -> tuple[int, Dossier] | None:
    """The same, and the Telegram id of who sent it."""
    text = cipher.unseal(row.body, place_of(row.reference, row.person))
    try:
        kept = {} if text is None else json.loads(text)
        return kept["person"], fields.validate_python(kept["dossier"])
    except (ValueError, LookupError, TypeError):
        return None


def is_due(now: int) -> ColumnElement[bool]:
    """The moment of the next attempt has come; or it is so far that the clock must have been set back since."""
    at, in_hand = dossiers.c.next_at, dossiers.c.state == Delivery.SENDING
    beyond = (at > now + LONGEST_PAUSE) | (in_hand & (at > now + 2 * LEASE))
    return (at <= now) | (beyond & (at < NEVER))


def place_of(reference: str, person: str) -> str:
    """Where a dossier is sealed: its reference and its person are bound to it."""
    return place(dossiers.c.body, reference, person)
