"""What people think of the answers, and what they asked in vain: kept for the content team."""

from typing import Protocol


class Feedback(Protocol):
    """Where opinions and unanswered questions go."""

    async def vote(self, person: int, topic: str, message_id: int, useful: bool, version: str) -> bool:
        """Keep an opinion on an answer. False when that person already gave one on that message."""

    async def missed(self, question: str) -> None:
        """Keep a question that found no answer, masked of names of people, numbers and addresses."""
