"""What is to be read again, and when: entries, facts, criteria of the questionnaire."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from knowledge.content.models import Content


@dataclass(frozen=True)
class Due:
    """One thing with a day on which somebody must have read it again."""

    kind: str
    """`entry`, `fact` or `criterion`."""
    id: str
    title: str
    checked_on: date
    review_by: date

    def days_late(self, today: date) -> int:
        """How many days ago it was to be read; negative while it is not."""
        return (today - self.review_by).days


def due(content: Content) -> list[Due]:
    """Everything that has such a day, the most urgent first."""
    return sorted(_all(content), key=lambda one: (one.review_by, one.kind, one.id))


def _all(content: Content) -> Iterator[Due]:
    for topic in content.topics.values():
        yield Due("entry", topic.id, topic.title, topic.checked_on.first_day, topic.review_by.first_day)
    for fact in content.facts.values():
        yield Due("fact", fact.id, fact.label, fact.checked_on.first_day, fact.review_by.first_day)
    for criterion in content.form.criteria if content.form else ():
        if criterion.checked_on and criterion.review_by:
            days = (criterion.checked_on.first_day, criterion.review_by.first_day)
            yield Due("criterion", criterion.id, criterion.title, *days)
