"""Which entry a message asks about once others were shown, by its words alone: learnt from messages of conversations.

Words tell other things there than in a first message: « et c'est long ? », « ils viennent d'où ? ».
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from knowledge.content.models import Content
from knowledge.learning.classifier import softmax, train
from knowledge.learning.kept import name_of
from knowledge.learning.scores import Scores, idf_of, kept_scores
from knowledge.learning.sparse import Floats
from knowledge.learning.text_features import features, features_of, whole
from knowledge.words.text import words

_RIDGE, _STEPS = 0.1, 10
_EVERY = 2
"""Of the ways to ask a point after its entry, one in so many is learnt from: the others add little."""


class GoingOn:
    """Learns from the messages of a content, or takes what was learnt before from `folder`."""

    def __init__(self, content: Content, folder: Path | None = None) -> None:
        places = {topic: place for place, topic in enumerate(content.topics)}

        examples = list(_said(content))
        self._even: Floats | None = None  # where nothing is said, every entry is as likely
        if not examples:
            self._even = np.full(len(places), 1 / len(places), np.float32)
            return

        def learn() -> Iterator[Scores]:
            counts = features_of(whole(words(text)) for text, _ in examples)
            idf = idf_of(counts)
            labels = np.array([places[topic] for _, topic in examples])
            yield Scores.learnt(idf, train(counts.weighed(idf), labels, len(places), _RIDGE, _STEPS))

        (self._scores,) = kept_scores([len(places)], learn, folder, name_of((examples, places)))

    def chances(self, text: str) -> Floats:
        """How likely each entry is, in the order of the content."""
        return softmax(self._scores.of(*features(whole(words(text))))) if self._even is None else self._even


def going_on(content: Content, folder: Path | None) -> GoingOn:
    """That of a content; what it learns is kept in `folder`."""
    return GoingOn(content, folder / "going-on" if folder else None)


def _said(content: Content) -> Iterator[tuple[str, str]]:
    """What is said after an answer, and the entry asked about."""
    for name, said in content.conversation_examples.follow_ups.items():
        yield from ((text, name) for text in said)
    for topic in content.topics.values():
        yield from ((text, topic.id) for point in topic.points for text in point.after[::_EVERY])
