"""Counts, told: over 7, 30 and 90 days, with the titles that people see. Pure: counts in, figures out."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import quantiles

from bot.dossiers.desk import DossierLine
from bot.memory.counts import PEOPLE, Count
from knowledge.content.models import Content
from knowledge.content.questionnaire import Outcome
from knowledge.submission import Delivery

PERIODS = (7, 30, 90)
"""Days, up to today."""

FEWEST = 5
"""A smaller number could single somebody out where it is told of a kind of authority or of a région."""

Cells = tuple[int | None, ...]
"""Numbers of one line; None where it is hidden."""


@dataclass(frozen=True)
class Day:
    """One day: its people, and how their questions were read."""

    day: date
    people: int
    answered: int
    offered: int
    unknown: int


@dataclass(frozen=True)
class Step:
    """A question of the questionnaire: how many reached it, and went on."""

    label: str
    reached: int
    passed: int

    @property
    def left(self) -> int:
        """How many stopped there, or have not gone on yet."""
        return max(0, self.reached - self.passed)


class Figures:
    """What was counted until `today`."""

    def __init__(self, counts: Iterable[Count], content: Content, today: date) -> None:
        self._content = content
        self._today = today
        self._days: defaultdict[str, Counter[date]] = defaultdict(Counter)
        for one in counts:
            kind, _, topic = one.name.partition(":")
            name = f"entry:{content.current(topic)}" if kind == "entry" else one.name
            self._days[name][one.day] += one.n

    def over_periods(self, name: str) -> tuple[int, ...]:
        """How often that happened in each period."""
        return tuple(self._over(name, days) for days in PERIODS)

    def days(self) -> list[Day]:
        """Each of the longest period, oldest first."""
        names = (PEOPLE, "read:answer", "read:choice", "read:unknown")
        past = (self._today - timedelta(days=back) for back in reversed(range(PERIODS[-1])))
        return [Day(day, *(self._days[name][day] for name in names)) for day in past]

    def entries(self) -> list[tuple[str, tuple[int, ...]]]:
        """The title of each entry shown, and how often, the most shown first."""
        found = [(name.partition(":")[2], self.over_periods(name)) for name in list(self._days) if _is(name, "entry")]
        titled = [
            (self._content.topics[topic].title if topic in self._content.topics else topic, n) for topic, n in found
        ]
        return sorted(titled, key=lambda one: (tuple(-n for n in reversed(one[1])), one[0]))

    def funnel(self) -> list[Step]:
        """The questions of the questionnaire that somebody reached in the longest period, in their order."""
        questions = self._content.form.questions if self._content.form else ()
        longest = PERIODS[-1]
        steps = (
            Step(one.label, self._over(f"reached:{one.id}", longest), self._over(f"passed:{one.id}", longest))
            for one in questions
        )
        return [step for step in steps if step.reached]

    def verdicts(self, dimension: str) -> dict[str, Cells]:
        """By kind of authority, région or zone: how often each outcome, what could single somebody out hidden."""
        found: defaultdict[str, list[int]] = defaultdict(lambda: [0] * len(Outcome))
        for at, outcome in enumerate(Outcome):
            prefix = f"verdict:{outcome}:{dimension}:"
            for name in [one for one in self._days if one.startswith(prefix)]:
                found[name.removeprefix(prefix)][at] = self._over(name, PERIODS[-1])
        return hidden({name: tuple(numbers) for name, numbers in found.items() if any(numbers)})

    def _over(self, name: str, days: int) -> int:
        first = self._today - timedelta(days=days - 1)
        return sum(n for day, n in self._days[name].items() if first <= day <= self._today)


def hidden(rows: Mapping[str, tuple[int, ...]]) -> dict[str, Cells]:
    """The same without the numbers from 1 to 4; where one only is hidden in a column, with the next one hidden too.

    The sum of a column is told elsewhere: a single gap could be counted back.
    """
    columns = [_without_small(column) for column in zip(*rows.values(), strict=True)]
    return dict(zip(rows, zip(*columns, strict=True), strict=True))


def _without_small(column: tuple[int, ...]) -> list[int | None]:
    shown: list[int | None] = [n if n == 0 or n >= FEWEST else None for n in column]
    others = sorted((n, at) for at, n in enumerate(shown) if n)
    if shown.count(None) == 1 and others:
        shown[others[0][1]] = None
    return shown


@dataclass(frozen=True)
class Mail:
    """How dossiers left. Delays in seconds, of those that did."""

    states: Counter[Delivery]
    usual: float
    """Half of them left sooner."""
    slow: float
    """Nine of ten left sooner."""

    @classmethod
    def of(cls, lines: Iterable[DossierLine]) -> "Mail":
        """Of all that is in the outbox."""
        lines = list(lines)
        delays = [one.sent_at - one.changed_at for one in lines if one.sent_at and one.state == Delivery.SENT]
        tenths = quantiles(delays, n=10, method="inclusive") if len(delays) > 1 else [*delays, *([0.0] * 9)][:1] * 9
        return cls(Counter(one.state for one in lines), tenths[4], tenths[8])


def _is(name: str, kind: str) -> bool:
    return name.startswith(f"{kind}:")
