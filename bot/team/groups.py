"""Questions asked in vain, grouped by likeness: the same groups from the same questions, whatever their order."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.team.joining import SAME, likeness, merged
from bot.team.misspelt import spellings
from bot.team.subject import Subject
from knowledge.feedback import Missed, Vain
from knowledge.words.text import normalise

_ALIKE = round(0.4 * SAME)
_AT_ONCE = 10_000
"""Wordings compared with each other: a hundred megabytes. Beyond, those asked least are grouped among themselves."""

_Words = tuple[str, ...]
_Asked = tuple[date, Missed]


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

    @classmethod
    def of(cls, asked: Iterable[_Asked]) -> "Group":
        """Of these, the first asked first."""
        group = cls()
        for day, missed in sorted(asked, key=lambda one: (one[0], one[1].question, one[1].why)):
            group.add(day, missed)
        return group

    def add(self, day: date, missed: Missed) -> None:
        """One more."""
        self.questions.append(missed.question)
        self.days.append(day)
        self.whys[missed.why] += 1
        self.answered.update(missed.answered[:1])
        self.nearest.update(missed.nearest[:1] or missed.answered[:1])


def group_questions(
    kept: Iterable[_Asked], subject: Subject, progress: Callable[[int], None] = lambda _: None
) -> list[Group]:
    """Groups, the largest first. `progress`: called with how many more questions were read."""
    told: defaultdict[_Words, list[_Asked]] = defaultdict(list)
    untold: defaultdict[str, list[_Asked]] = defaultdict(list)
    for day, missed in kept:
        if words := subject.words(missed.question):
            told[words].append((day, missed))
        else:
            untold[normalise(missed.question)].append((day, missed))
    progress(sum(map(len, untold.values())))
    found = [Group.of(asked) for asked in (*_joined(_well_spelt(told), subject, progress), *untold.values())]
    return sorted(found, key=lambda group: (-group.size, group.wordings[0]))


def commonest(counts: Mapping[str, int]) -> str:
    """The three names that are met most often, and how often: « refus (4), hésitation (1) »."""
    return ", ".join(f"{name} ({n})" for name, n in Counter(counts).most_common(3))


def _well_spelt(told: Mapping[_Words, list[_Asked]]) -> dict[_Words, list[_Asked]]:
    """By their words, whatever their order and however they were spelt; the most asked first."""
    same = spellings(word for words, asked in told.items() for word in words * len(asked))
    found: defaultdict[_Words, list[_Asked]] = defaultdict(list)
    for words, asked in told.items():
        found[tuple(sorted({same[word] for word in words}))] += asked
    return dict(sorted(found.items(), key=lambda one: (-len(one[1]), one[0])))


def _joined(
    told: Mapping[_Words, list[_Asked]], subject: Subject, progress: Callable[[int], None]
) -> Iterator[list[_Asked]]:
    """Those that are alike, together."""

    def questions() -> Iterator[str]:
        for found in told.values():
            progress(len(found))
            yield min(missed.question for _, missed in found)

    wordings, asked = list(told), subject.asked(questions())
    for start in range(0, len(wordings), _AT_ONCE):
        some = wordings[start : start + _AT_ONCE]
        alike = likeness([subject.shares(words) for words in some], asked[start : start + _AT_ONCE])
        groups: defaultdict[int, list[_Asked]] = defaultdict(list)
        for words, group in zip(some, merged(alike, _ALIKE), strict=True):
            groups[group] += told[words]
        yield from groups.values()
