"""What people think of the answers, what they asked in vain, what is counted: kept for the content team."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Vain(StrEnum):
    """Why a question counts as asked in vain."""

    UNKNOWN = "unknown"
    """About the programme, and nothing in the content answers it."""
    REFUSED = "refused"
    """Taken for a question that is not ours, though near the programme."""
    HESITATION = "hesitation"
    """Entries were offered, and no button was pressed."""
    ADMITTED = "admitted"
    """Answered, by what says that we do not know."""
    REJECTED = "rejected"
    """« Rien de tout cela », or « ce n'est pas ma question »."""
    USELESS = "useless"
    """« Pas utile »."""
    REPHRASED = "rephrased"
    """Asked again in other words, just after an answer."""
    UNSURE = "unsure"
    """Answered by a narrow margin."""


@dataclass(frozen=True)
class Missed:
    """A question asked in vain: nobody's, with what was said to it. Entries by their id, best first."""

    question: str
    why: Vain
    answered: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()


class Feedback(Protocol):
    """Where opinions and questions asked in vain go."""

    async def vote(self, person: int, topic: str, message_id: int, useful: bool, version: str) -> bool:
        """Keep an opinion on an answer. False when that person already gave one on that entry."""

    def masked(self, question: str) -> str:
        """A question without what names somebody."""

    async def missed(self, missed: Missed, row: int | None = None) -> int:
        """Keep a question asked in vain, masked of numbers and addresses; its row. `row`: the one that it replaces."""

    async def settled(self, row: int) -> None:
        """Forget a question: the person found what was meant."""


class Counts(Protocol):
    """Where it is counted what happens, without keeping to whom."""

    async def add(self, person: int, names: Collection[str]) -> None:
        """Count each of these once more today, and this person among those of the day."""
