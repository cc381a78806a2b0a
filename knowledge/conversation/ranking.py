"""Which entry a message is about, in its conversation: by its own words, and by what was talked about before.

Each entry has some reasons to be meant, as numbers; their weighted sum is the logarithm of its odds.
"""

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np

from knowledge.content.follow_ups import FollowUps
from knowledge.content.models import Content
from knowledge.conversation.excerpts import sentences_and_items, words_asking
from knowledge.conversation.frame import Frame
from knowledge.conversation.going_on import going_on
from knowledge.learning.classifier import softmax
from knowledge.learning.sparse import Floats
from knowledge.understanding.matching import Matcher
from knowledge.words.text import stem, words

_SHORT = 8
"""Words from which a message is not short."""
_LITTLE = 2
"""Letters of words that tell nothing, at most."""
_LEAST = 1e-6
"""Probability below which one is as unlikely as another."""

WEIGHTS = {
    "going-on": 0.9,  # the logarithm of its probability, as a message of a conversation,
    "words": 0.24,  # by the words alone,
    "words-after": 0.23,  # and read after the name of the last entry
    "last": 1.28,  # it was shown last,
    "last-short": 1.9,  # before a message of few words
    "before": 2.38,  # it was shown before that, or beside
    "related": 1.17,  # it goes with the last one, as the content says,
    "theme": 0.36,  # or is of the same theme
    "at-once": 0.12,  # the share of what is said that one of its sentences holds
    "found": 0.78,  # how many of the words, or what they stand for, it holds
    "alone": 0.56,  # it answers the message read alone,
    "offered": 0.42,  # or would be offered
}
"""By reason. `python -m tests.benchmarks.dialogues --fit` fits others to the dialogues of the repository."""


@dataclass(frozen=True)
class Placed:
    """A message, and what it is understood as before it is placed in its conversation: ids of entries."""

    said: str
    alone: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()


class Ranking:
    """Ranks the entries of a content."""

    def __init__(
        self, content: Content, matcher: Matcher, text_of: Callable[[str], str], models: Path | None = None
    ) -> None:
        """`text_of`: everything that an entry says, plain; `models`: where what is learnt is kept."""
        self._content = content
        self._matcher = matcher
        self._text_of = text_of
        self._topics = matcher.topics[:-1]  # without « not ours »
        self._going_on = going_on(content, models)
        self._places = {topic: place for place, topic in enumerate(self._topics)}
        themes = {topic.id: number for number, theme in enumerate(content.themes) for topic in theme.topics}
        self._themes = np.array([themes[topic] for topic in self._topics])

    def ranked(self, message: Placed, frame: Frame) -> list[tuple[str, float]]:
        """The entries by how likely they are meant, the likeliest first. The frame has one."""
        chances = softmax(self.reasons(message, frame) @ np.array(list(WEIGHTS.values()), np.float32))
        return [(self._topics[place], float(chances[place])) for place in (-chances).argsort()]

    def reasons(self, message: Placed, frame: Frame) -> Floats:
        """One row an entry, one column a reason, in the order of `WEIGHTS`."""
        last, typed = frame.topics[0], words(message.said)
        is_last = self._are([last])
        at_once, found = self._told.of(typed)
        after = np.log(np.maximum(self._going_on.chances(message.said), _LEAST))
        columns = {
            "going-on": after,
            "words": self._logarithms(message.said),
            "words-after": self._logarithms(f"{self._content.topics[last].button} {message.said}"),
            "last": is_last,
            "last-short": is_last * np.float32(max(0, _SHORT - len(typed)) / _SHORT),
            "before": self._are((*frame.before, *frame.topics[1:])),
            "related": self._related[self._places[last]],
            "theme": self._themes == self._themes[self._places[last]],
            "at-once": at_once,
            "found": found,
            "alone": self._are(message.alone[:1]),
            "offered": self._are(message.offered),
        }
        return np.array([columns[reason] for reason in WEIGHTS], np.float32).T

    def _logarithms(self, text: str) -> Floats:
        chances = self._matcher.chances(text)[:-1]
        return np.asarray(np.log(np.maximum(chances, _LEAST)))

    def _are(self, topics: Iterable[str]) -> Floats:
        found = np.zeros(len(self._topics), np.float32)
        found[[self._places[topic] for topic in topics if topic in self._places]] = 1
        return found

    @cached_property
    def _related(self) -> Floats:
        """Which entries go with which, in either direction."""
        found = np.array([self._are(self._content.topics[topic].related) for topic in self._topics])
        return np.asarray(np.maximum(found, found.T))

    @cached_property
    def _told(self) -> "_Told":
        return _Told([self._told_of(topic) for topic in self._topics], self._content.conversation.follow_ups)

    def _told_of(self, topic: str) -> str:
        return f"{self._content.topics[topic].title}\n{self._text_of(topic)}"


class _Told:
    """What entries say, by the stems of its words."""

    def __init__(self, texts: Sequence[str], follow_ups: FollowUps) -> None:
        told = [(entry, line) for entry, text in enumerate(texts) for line in sentences_and_items(text)]
        self._size = len(texts)
        self._entry_of = np.array([entry for entry, _ in told])
        self._holding: dict[str, list[int]] = {}
        for number, (_, line) in enumerate(told):
            for one in {stem(word) for word in words(line)}:
                self._holding.setdefault(one, []).append(number)
        self._little = frozenset(follow_ups.little)
        self._texts = texts
        self._concepts = follow_ups.concepts
        self._telling = cache(self._telling_anew)  # each is looked for when it is first asked: all at once, it shows

    def of(self, typed: Sequence[str]) -> tuple[Floats, Floats]:
        """For each entry: the share of what is typed that one of its sentences tells; how many of the words it tells.

        The rare words weigh most in the share.
        """
        said = [word for word in typed if word not in self._little]
        lines = np.zeros(len(self._entry_of), np.float32)
        total = 0.0
        for one in {stem(word) for word in said if len(word) > _LITTLE}:
            holding = self._holding.get(one, [])
            told = {*self._entry_of[holding]}
            weight = math.log((self._size + 1) / (len(told) + 0.5))
            total += weight
            lines[holding] += weight
        at_once = np.zeros(self._size, np.float32)
        np.maximum.at(at_once, self._entry_of, lines)
        whole = np.float32(total or 1)
        return at_once / whole, self._found(typed, said)

    def _found(self, typed: Sequence[str], said: Sequence[str]) -> Floats:
        """How many of the words each entry holds, or holds something of what they stand for."""
        text, found = " ".join(typed), np.zeros(self._size, np.float32)
        meant = {word for word in said if len(word) > _LITTLE + 1 or word.isdigit()}
        for concept in self._concepts:
            if (asking := words_asking(concept, said, text)) is not None:
                meant -= {*asking}
                found += self._telling(concept.tells)
        for one in {stem(word) for word in meant}:
            found[[*{*self._entry_of[self._holding.get(one, [])]}]] += 1
        return found

    def _telling_anew(self, pattern: str) -> Floats:
        """Which entries hold something of this pattern."""
        return np.array([bool(re.search(pattern, text, re.IGNORECASE)) for text in self._texts], np.float32)
