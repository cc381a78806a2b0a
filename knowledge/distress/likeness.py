"""How like the examples of distress a message is: an opinion learnt, beside the phrases.

Phrases say what they say and nothing near it; examples also tell what ordinary messages look like.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np

from knowledge.distress.message_features import PLACES, MessageFeatures, places_of_words
from knowledge.distress.word_lists import DistressExamples
from knowledge.learning.classifier import softmax, train, train_margin
from knowledge.learning.scores import Scores, idf_of, kept_scores
from knowledge.learning.sparse import Floats, Sparse, damped

_RIDGE = 0.05
_STEPS = 20
_MARGIN_RIDGE = 0.3
_MARGIN_STEPS = 25
_STEEP, _EVEN = np.float32(5.5), np.float32(6.05)
"""What turns a margin into about the logarithm of the odds: of 1,225 messages by five authors."""
_MAYBE, _SURELY = 0.3, 0.6
"""Chances of a family from which its number is given: where no phrase tells one, and beside one that does."""
_WEIGHTY = 0.1
"""Weight from which a word speaks for distress, in logarithms of odds; kept from when odds were learnt."""


class DistressLikeness:
    """Learns from examples, or takes what was learnt before from `folder`, under `name`, and keeps it there.

    `ordinary`: what people who are well type, asked for when there is something to learn. `light`: words, as read, that
    tell nothing by themselves; `heavy`: those that always do.
    """

    def __init__(
        self,
        examples: DistressExamples,
        features: MessageFeatures,
        ordinary: Callable[[], Sequence[str]],
        light: frozenset[str],
        heavy: frozenset[str],
        folder: Path | None = None,
        name: str = "",
    ) -> None:
        self._families = sorted(examples.families)
        self._features = features
        self._light, self._heavy = light, heavy

        def learn() -> Iterator[Scores]:
            yield _learnt(examples, self._families, ordinary(), self._features)

        (self._scores,) = kept_scores([2 + len(self._families)], learn, folder, name)

    def of(self, texts: Sequence[str], said: Sequence[Sequence[str]]) -> list[float]:
        """How likely it is that each is of somebody in distress: the logarithm of the odds. `said`: words as read."""
        of, places = self._features.places(texts, said)
        # In the order of the places: these are looked up one after the other.
        each, counts = np.unique(places * np.int64(len(texts)) + of, return_counts=True)
        columns, rows = np.divmod(each, len(texts))
        margins = self._scores.margins(rows, columns.astype(np.int32), damped(counts), len(texts))
        return [*map(float, margins - _EVEN)]

    def is_weighty(self, words: Sequence[str]) -> bool:
        """Whether one that is not light speaks for distress: « elle a 38 ans » is as short as « elle saigne »."""
        said = [word for word in words if word not in self._light and not word.isdigit()]
        well, ill, *_ = self._scores.each(places_of_words(said).astype(np.int32)).T
        return not self._heavy.isdisjoint(said) or bool((ill - well >= _WEIGHTY).any())

    def families(self, text: str, is_told: bool) -> set[str]:
        """The families that a message is like, should it be of any. `is_told`: a phrase tells one already."""
        chances = softmax(self._logits(text)[2:])
        likely = {self._families[place] for place in np.flatnonzero(chances >= (_SURELY if is_told else _MAYBE))}
        return likely if is_told else likely | {self._families[int(chances.argmax())]}

    def _logits(self, text: str) -> Floats:
        places, counts = np.unique(self._features.places([text], [self._features.words(text)])[1], return_counts=True)
        return self._scores.of(places.tolist(), damped(counts).tolist())


def _learnt(
    examples: DistressExamples, families: Sequence[str], ordinary: Sequence[str], features: MessageFeatures
) -> Scores:
    """Two opinions side by side: whether it is distress, and, of what is, which."""
    distress = [(text, place) for place, family in enumerate(families) for text in examples.families[family]]
    every = [*(text for text, _ in distress), *examples.ordinary, *ordinary]
    texts = Sparse.counted(*features.places(every, [features.words(text) for text in every]), len(every), PLACES)
    idf = idf_of(texts)
    texts = texts.weighed(idf)
    whether = _STEEP * train_margin(texts, np.arange(texts.height) < len(distress), _MARGIN_RIDGE, _MARGIN_STEPS)
    of_distress = texts.chosen(np.arange(len(distress)))
    which = train(of_distress, np.array([place for _, place in distress]), len(families), _RIDGE, _STEPS)
    return Scores.learnt(idf, np.concatenate([whether, which], axis=1))
