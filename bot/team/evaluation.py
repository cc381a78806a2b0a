"""What a content makes of labelled messages, and what changes between two contents."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bot.team.labelled import Labelled, outcome, rank
from knowledge.content.models import Content
from knowledge.understanding.understanding import Understanding


@dataclass(frozen=True)
class Evaluated:
    """A labelled message, what it gets, and how good that is."""

    item: Labelled
    kind: str
    answered: tuple[str, ...]
    offered: tuple[str, ...]

    @property
    def outcome(self) -> str:
        """How good it is, by its label."""
        return outcome(self.item, self.kind, self.answered, self.offered)

    @property
    def said(self) -> tuple[str, ...]:
        """The entries that the person sees first: answers, or else offers."""
        return self.answered or self.offered

    @property
    def confused_with(self) -> str:
        """The first entry said that its label does not name; empty where it got nothing else."""
        return next((topic for topic in self.said if topic not in self.item.topics), "")


@dataclass(frozen=True)
class MessageChange:
    """One message that does not get the same from two contents."""

    before: Evaluated
    after: Evaluated

    @property
    def is_lost(self) -> bool:
        """Whether the person is worse off."""
        return rank(self.after.outcome) < rank(self.before.outcome)

    @property
    def is_won(self) -> bool:
        """Whether the person is better off."""
        return rank(self.after.outcome) > rank(self.before.outcome)


def asker(understanding: Understanding, today: date) -> Callable[[Labelled], Evaluated]:
    """A function from a labelled message to what it gets. An entry split from another counts as either."""
    content = understanding.content

    def ask(item: Labelled) -> Evaluated:
        reading = understanding.read(item.q, today=today)
        greeted = [reading.courtesy] if reading.courtesy else []
        answered = tuple(content.with_origins([*greeted, *(answer.topic for answer in reading.answers)]))
        offered = tuple(content.with_origins(reading.choices or reading.nearest))
        return Evaluated(item, reading.kind, answered, offered)

    return ask


def phrasings(content: Content) -> list[Labelled]:
    """The phrasings of the entries, each labelled with its own entry."""
    return [Labelled(phrase, (topic.id,)) for topic in content.topics.values() for phrase in topic.phrasings]
