"""Which point of an entry a message asks, if it asks one rather than the entry: a small classifier an entry."""

from collections.abc import Collection, Iterator
from functools import cached_property
from pathlib import Path

import numpy as np

from knowledge.content.models import Content, TopicPoint
from knowledge.learning.classifier import softmax, train
from knowledge.learning.kept import name_of
from knowledge.learning.scores import Scores, idf_of, kept_scores
from knowledge.learning.sparse import Floats
from knowledge.learning.text_features import features, features_of, lot, whole
from knowledge.understanding.segmentation import pieces
from knowledge.words.markup import parse, plain_text
from knowledge.words.text import words

_RIDGE, _STEPS = 0.02, 8
_LEAST = 0.2
"""Weight under which a feature is not kept: none of them changes what is found, and they are a fifth."""
_CLAUSE = 4
"""Words from which a clause tells by itself what it asks."""
_STRANGERS = 60
"""Questions of other entries that are learnt beside those of an entry: none of its points."""
_ENTRY = np.float32(-1.0)
"""What is taken from the entry as a whole: a sentence helps more than all of it. Chosen, as the probability from which
a point is asked, on the points' own questions, each fifth of them read by what had learnt from the others."""


class Pointing:
    """Finds the points of the entries of a content.

    Learnt when a point is first asked, or taken from what was kept in `folder`.
    """

    def __init__(self, content: Content, folder: Path | None = None) -> None:
        self._topics = content.topics
        self._folder = folder

    def of(self, topic: str, text: str, asking: Collection[str] = ()) -> tuple[TopicPoint, float] | None:
        """The likeliest point of the entry, and how likely it is; None for an entry without points."""
        return next(iter(self.ranked(topic, text, asking)), None)

    def ranked(self, topic: str, text: str, asking: Collection[str] = ()) -> list[tuple[TopicPoint, float]]:
        """The points of the entry, each with how likely it is, the likeliest first.

        By the whole text, or by the clause of it that asks: of « notre ville est jumelée depuis dix ans, est-ce un
        atout ? » only the end tells which point, of « des exemples ? » after a story only the story does.
        `asking`: who asks, and of whom, where that is known; points for others are not for these.
        """
        points = self._topics[topic].points
        if not points:
            return []
        chances = np.max([self._chances(topic, said, asking) for said in (text, *_asking(text))], axis=0)
        return [(points[n], float(chances[n])) for n in np.argsort(-chances, kind="stable")]

    def _chances(self, topic: str, text: str, asking: Collection[str]) -> Floats:
        """How likely each point of the entry is, by one text."""
        scores = self.scores[topic].of(*features(whole(words(text))))
        scores[-1] += _ENTRY
        entry = self._topics[topic]
        scores[[n for n, point in enumerate(entry.points) if not entry.is_for(asking, point)]] = -np.inf
        return softmax(scores)[:-1]

    @cached_property
    def scores(self) -> dict[str, Scores]:
        """Of each entry that has points: the scores of these and, last, of the entry as a whole."""
        classes = {topic.id: len(topic.points) + 1 for topic in self._topics.values() if topic.points}
        if not classes:
            return {}
        said = [
            (topic.id, topic.questions, [(point.phrasings, point.says) for point in topic.points])
            for topic in self._topics.values()
        ]
        kept = kept_scores([*classes.values()], self._learnt, self._folder, name_of(said))
        return dict(zip(classes, kept, strict=True))

    def _learnt(self) -> Iterator[Scores]:
        """Each entry's own, beside some questions of the others."""
        topics = self._topics.values()
        asked = [(text, topic.id, len(topic.points)) for topic in topics for text in topic.questions]
        told = [
            (text, topic.id, n)
            for topic in topics
            for n, point in enumerate(topic.points)
            for text in (*point.phrasings, _plain(point))
        ]
        said = features_of(whole(words(text)) for text, _, _ in (*asked, *told))
        entries = np.array([name for _, name, _ in (*asked, *told)])
        labels = np.array([label for _, _, label in (*asked, *told)])
        drawn = np.argsort([lot(text) for text, _, _ in asked])
        for topic in filter(lambda topic: topic.points, topics):
            own = np.flatnonzero(entries == topic.id)
            strangers = drawn[entries[drawn] != topic.id][:_STRANGERS]
            counts = said.chosen(np.concatenate([own, strangers]))
            known = np.concatenate([labels[own], np.full(len(strangers), len(topic.points))])
            idf = idf_of(counts)
            weights = train(counts.weighed(idf), known, len(topic.points) + 1, _RIDGE, _STEPS)
            yield Scores.learnt(idf, weights.astype(np.float16), _LEAST)  # there are seventy such classifiers


def _asking(text: str) -> list[str]:
    """The clauses of a text that ask, where it has others, and that are long enough to tell by themselves what."""
    cut = pieces(text)
    return [piece.text for piece in cut if piece.asks and len(words(piece.text)) >= _CLAUSE] if len(cut) > 1 else []


def _plain(point: TopicPoint) -> str:
    return plain_text(parse(point.says))
