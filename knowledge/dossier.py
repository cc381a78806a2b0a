"""What is sent to the programme's team, and the outbox that it goes to."""

import secrets
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Read aloud without a doubt: no I, L, O, 0, 1."""


def new_reference() -> str:
    """« TV-7KQM-X3FA »: easy to read on the phone, not to be guessed (39 bits)."""
    drawn = "".join(secrets.choice(_LETTERS) for _ in range(8))
    return f"TV-{drawn[:4]}-{drawn[4:]}"


@dataclass(frozen=True)
class Dossier:
    """One dossier, as fields: it is laid out when it is sent."""

    reference: str
    authority: str
    """As the register spells it; never typed text. Empty when not recognised."""
    verdict: str
    answers: tuple[tuple[str, str], ...]
    """Label and answer."""
    criteria: tuple[tuple[str, str, str], ...]
    """Outcome, title, sentence."""
    contact: tuple[tuple[str, str], ...]
    """Label and value: whom to call back."""
    reply_to: str


class Delivery(StrEnum):
    """Where a dossier is. `kept`: nothing is sent from this installation."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    HELD = "held"
    KEPT = "kept"


@dataclass(frozen=True)
class Status:
    """What is known of a person's last dossier. Times are seconds since 1970."""

    reference: str
    delivery: Delivery
    created_at: int
    sent_at: int | None


class Outbox(Protocol):
    """Where dossiers are put to be sent."""

    async def put(self, person: int, dossier: Dossier) -> Delivery:
        """Keep it for sending, in one transaction; the same reference twice is kept once."""

    async def status(self, person: int) -> Status | None:
        """Where the person's last dossier is."""

    async def held(self, person: int) -> list[dict[str, object]]:
        """All that is kept of the person's dossiers, as fields."""

    async def erase(self, person: int) -> int:
        """Erase what is kept of the person's dossiers; how many there were."""
