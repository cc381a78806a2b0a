"""Questions asked in vain, grouped by likeness: the same groups from the same questions, whatever their order."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from rapidfuzz import process
from rapidfuzz.fuzz import ratio, token_set_ratio

from bot.team.subject import Subject
from knowledge.feedback import Missed, Vain

_ALIKE = 0.33
_SAME_WORD = 80  # of 100: two spellings of one word
_CANDIDATES = 8
_REPRESENTATIVES = 8  # of a group: a question joins by the one it is most like


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

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self.groups: list[Group] = []
        self._texts: list[str] = []
        self._words: list[tuple[str, ...]] = []
        self._owners: list[int] = []

    def add(self, words: tuple[str, ...], day: date, missed: Missed) -> None:
        text = " ".join(words)
        place = self._place(text, words)
        if place is None:
            place = len(self.groups)
            self.groups.append(Group())
        if words and text not in self._texts and self._owners.count(place) < _REPRESENTATIVES:
            self._texts.append(text)
            self._words.append(words)
            self._owners.append(place)
        self.groups[place].add(day, missed)

    def _place(self, text: str, words: tuple[str, ...]) -> int | None:
        """The group to join. rapidfuzz finds the candidates among thousands; the words' weights decide."""
        found = process.extract(text, self._texts, scorer=token_set_ratio, limit=_CANDIDATES) if words else []
        alike = [(self._likeness(words, self._words[at]), -at) for _, _, at in found]
        best, at = max(alike, default=(0.0, 0))
        return self._owners[-at] if best >= _ALIKE else None

    def _likeness(self, one: tuple[str, ...], other: tuple[str, ...]) -> float:
        """The weight of the words in common, of all there are and of those of the shorter: half and half."""
        scores = process.cdist(one, other, scorer=ratio, score_cutoff=_SAME_WORD)
        shared = sum(self._subject.weight(word) for word, row in zip(one, scores, strict=True) if row.any())
        totals = [sum(map(self._subject.weight, words)) for words in (one, other)]
        return shared / sum(totals) + shared / min(totals) / 2


def grouped(kept: Iterable[tuple[date, Missed]], subject: Subject) -> list[Group]:
    """Groups, the largest first."""
    read = [(subject.words(missed.question), day, missed) for day, missed in kept]
    making = _Groups(subject)
    for words, day, missed in sorted(read, key=lambda one: (-len(one[0]), one[0], one[1], one[2].question)):
        making.add(words, day, missed)  # the fullest wordings lead, whatever the order in which they came
    return sorted(making.groups, key=lambda group: (-group.size, group.wordings[0]))
