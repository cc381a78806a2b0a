"""Questions asked in vain, grouped by likeness: the same groups from the same questions, whatever their order."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from bot.team.misspelt import spellings
from bot.team.subject import Subject
from knowledge.feedback import Missed, Vain

_ALIKE = 0.33
_REPRESENTATIVES = 8  # of a group: a question joins by the one it is most like

_Words = tuple[str, ...]


@dataclass
class Group:
    """Questions that ask the same, most telling first."""

    questions: list[str] = field(default_factory=list)
    days: list[date] = field(default_factory=list)
    whys: Counter[Vain] = field(default_factory=Counter)
    answered: Counter[str] = field(default_factory=Counter)
    nearest: Counter[str] = field(default_factory=Counter)

    @property
    def size(self) -> int:
        """How often it was asked."""
        return len(self.questions)

    @property
    def wordings(self) -> list[str]:
        """Each wording once, the commonest first, then the shortest."""
        counts = Counter(self.questions)
        return sorted(counts, key=lambda question: (-counts[question], len(question), question))

    def add(self, day: date, missed: Missed) -> None:
        """One more."""
        self.questions.append(missed.question)
        self.days.append(day)
        self.whys[missed.why] += 1
        self.answered.update(missed.answered[:1])
        self.nearest.update(missed.nearest[:1] or missed.answered[:1])


class _Groups:
    """Groups in the making: a question joins the group that holds the one it is most like."""

    def __init__(self, weights: dict[str, float]) -> None:
        self._weights = weights
        self._totals: dict[_Words, float] = {}
        self.groups: list[Group] = []
        self._of: dict[_Words, int] = {}  # the groups of the words met before
        self._representatives: list[tuple[_Words, int]] = []
        self._with: defaultdict[str, list[int]] = defaultdict(list)  # by word: places of representatives
        self._counts: Counter[int] = Counter()  # representatives of each group

    def add(self, words: _Words, day: date, missed: Missed) -> None:
        """`words`: those that tell what the question is about."""
        place = self._of.get(words) if words else None
        if place is None:
            place = self._place(words)
            self._represent(words, place)
        self.groups[place].add(day, missed)

    def _place(self, words: _Words) -> int:
        """The group to join, or a new one."""
        candidates = {at for word in words for at in self._with[word]}
        alike = [(self._likeness(words, self._representatives[at][0]), -at) for at in candidates]
        best, at = max(alike, default=(0.0, 0))
        if best >= _ALIKE:
            return self._representatives[-at][1]
        self.groups.append(Group())
        return len(self.groups) - 1

    def _represent(self, words: _Words, place: int) -> None:
        if not words:
            return
        self._of[words] = place
        if self._counts[place] < _REPRESENTATIVES:
            self._counts[place] += 1
            for word in words:
                self._with[word].append(len(self._representatives))
            self._representatives.append((words, place))

    def _likeness(self, one: _Words, other: _Words) -> float:
        """The weight of the words in common, of all there are and of those of the shorter: half and half."""
        shared = self._weigh(tuple(set(one) & set(other)))
        all_of_one, all_of_other = self._weigh(one), self._weigh(other)
        return shared / (all_of_one + all_of_other) + shared / min(all_of_one, all_of_other) / 2

    def _weigh(self, words: _Words) -> float:
        if words not in self._totals:
            self._totals[words] = sum(self._weights[word] for word in words)
        return self._totals[words]


def grouped(
    kept: Iterable[tuple[date, Missed]], subject: Subject, progress: Callable[[], None] = lambda: None
) -> list[Group]:
    """Groups, the largest first. `progress`: called after each question."""
    read = [(subject.words(missed.question), day, missed) for day, missed in kept]
    same = spellings(word for words, _, _ in read for word in words)
    weights = {word: subject.weight(word) for word in same.values()}
    making = _Groups(weights)
    for words, day, missed in sorted(read, key=lambda one: (-len(one[0]), one[0], one[1], one[2].question)):
        # the fullest wordings lead, whatever the order in which they came
        making.add(tuple(sorted({same[word] for word in words})), day, missed)
        progress()
    return sorted(making.groups, key=lambda group: (-group.size, group.wordings[0]))
