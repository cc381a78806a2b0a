"""Which point of an entry a message asks, if it asks one rather than the entry.

A small classifier an entry, learnt when the entry is first asked: some hundredths of a second, less than reading it
back would be worth.
"""

from collections.abc import Sequence
from functools import cache

import numpy as np

from knowledge.content.models import Content, Topic, TopicPoint
from knowledge.learning.classifier import softmax, train
from knowledge.learning.scores import idf_of
from knowledge.learning.sparse import Floats, Sparse
from knowledge.learning.text_features import SIZE, message_features
from knowledge.words.markup import parse, plain_text
from knowledge.words.text import words

_RIDGE, _STEPS = 0.02, 8
_LEAST = 0.2
"""Weight under which a feature is not kept: none of them changes what is found, and they are a fifth."""
_STRANGERS = 60
"""Questions of other entries that are learnt beside those of an entry: none of its points."""
_ENTRY = np.float32(-1.0)
"""What is taken from the entry as a whole: a sentence helps more than all of it. Chosen, as the probability from which
a point is asked, on the points' own questions, each fifth of them read by what had learnt from the others."""


class Pointing:
    """Finds the points of the entries of a content."""

    def __init__(self, content: Content) -> None:
        self._topics = content.topics
        self._learnt = cache(self._learn)

    def of(self, topic: str, text: str) -> tuple[TopicPoint, float] | None:
        """The likeliest point of the entry, and how likely it is; None for an entry without points."""
        points = self._topics[topic].points
        if not points:
            return None
        chances = softmax(self._learnt(topic).scores(text))
        best = int(chances[:-1].argmax())
        return points[best], float(chances[best])

    def _learn(self, name: str) -> "_Learnt":
        others = [phrase for topic in self._topics.values() if topic.id != name for phrase in topic.questions]
        return _Learnt(self._topics[name], others[:: len(others) // _STRANGERS + 1])


class _Learnt:
    """The weights of the features that its questions have, in each point of an entry; last, in the entry as a whole."""

    def __init__(self, topic: Topic, strangers: Sequence[str]) -> None:
        said = [(text, n) for n, point in enumerate(topic.points) for text in (*point.phrasings, _plain(point))]
        said += [(text, len(topic.points)) for text in (*topic.questions, *strangers)]
        counts = Sparse.of([message_features(words(text)) for text, _ in said], SIZE)
        idf = idf_of(counts)
        weights = train(counts.weighed(idf), [n for _, n in said], len(topic.points) + 1, _RIDGE, _STEPS)
        self._used = np.flatnonzero(np.abs(weights).max(axis=1) > _LEAST)
        self._weights = weights[self._used].astype(np.float16)  # there are seventy such classifiers
        self._idf, self._idf_of_others = idf[self._used], idf.max()

    def scores(self, text: str) -> Floats:
        """The logarithm of the odds of each."""
        places, counts = message_features(words(text))
        rows = np.searchsorted(self._used, places).clip(max=len(self._used) - 1)
        known = self._used[rows] == places
        values: Floats = np.array(counts, np.float32) * np.where(known, self._idf[rows], self._idf_of_others)
        values /= np.float32(np.linalg.norm(values))
        scores: Floats = values[known] @ self._weights[rows[known]].astype(np.float32)
        scores[-1] += _ENTRY
        return scores


def _plain(point: TopicPoint) -> str:
    return plain_text(parse(point.says))
