"""Which of the precise questions that the content knows is asked: a point of an entry, or the entry as a whole."""

import numpy as np
from numpy.typing import NDArray

from knowledge.learning.sparse import Floats, Sparse
from knowledge.understanding.matching import Matcher

_SHARP = 20
"""How much likelier a point is, the more its phrasings are like the question."""


class PreciseQuestions:
    """Knows the centre of the phrasings of each."""

    def __init__(self, matcher: Matcher) -> None:
        model = matcher.model
        of_phrases, self._entries = _labels(matcher)
        places = np.repeat(model.rows, np.diff(model.starts))
        centres = np.zeros((len(model.weights), len(self._entries)), np.float32)
        np.add.at(centres.reshape(-1), places * len(self._entries) + of_phrases[model.phrases], model.shares)
        lengths = np.sqrt(np.einsum("ij,ij->j", centres, centres))
        centres /= np.maximum(lengths, np.float32(1e-9))
        self._centres = centres

    def likely(self, rows: Sparse, chances: Floats) -> Floats:
        """How likely each is, of questions read by `Matcher.read_all`: those of an entry share what is likely of it."""
        shares = np.exp(np.float32(_SHARP) * rows.dot(self._centres))
        firsts = np.flatnonzero(np.diff(self._entries, prepend=-1))
        of_entries = np.add.reduceat(shares, firsts, axis=1)
        likely: Floats = shares * (chances / of_entries)[:, self._entries]
        return likely


def _labels(matcher: Matcher) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The precise question that each phrase of the matcher asks, and the place of the topic of each such question."""
    topics = matcher.content.topics
    points = {
        (topic.id, one): point.id for topic in topics.values() for point in topic.points for one in point.questions
    }
    phrases = zip(matcher.labels.tolist(), matcher.phrases, strict=True)
    asked = [(place, points.get((matcher.topics[place], phrase), "")) for place, phrase in phrases]
    known = sorted({*asked, *((place, "") for place in range(len(matcher.topics)))})
    at = {one: number for number, one in enumerate(known)}
    return np.array([at[one] for one in asked]), np.array([place for place, _ in known])
