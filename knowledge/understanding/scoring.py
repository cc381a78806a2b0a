"""A text in French → how well each topic fits, with reasons.

Two opinions are blended: a logistic regression over all phrases of a topic, and the nearest single
phrases. Both see the same features: stems, pairs, sounds, letter runs and synonyms, weighted by IDF.
Scores are logarithms of odds; what is decided is decided on the probabilities they stand for.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path

import numpy as np

from knowledge.content.models import OFF_TOPIC, Content
from knowledge.learning.classifier import softmax
from knowledge.learning.kept import found_or_learnt, name_of
from knowledge.learning.sparse import Floats, Ints, Sparse
from knowledge.understanding.decision import Explanation, Reason
from knowledge.understanding.features import SIZE, features
from knowledge.understanding.lexicon import Lexicon
from knowledge.understanding.model import Model, keep, kept, labelled, learn
from knowledge.understanding.thresholds import Thresholds


class Scorer:
    """Has an opinion of each topic, of any text."""

    def __init__(
        self,
        content: Content,
        settings: Thresholds = Thresholds(),  # noqa: B008 (frozen)
        models: Path | None = None,
    ) -> None:
        """Train, or take what was learnt before from the folder `models`, and keep it there."""
        self.content = content
        self.settings = settings
        self.topics = [*content.topics, OFF_TOPIC]
        places = {topic: place for place, topic in enumerate(self.topics)}
        pairs = sorted(labelled(content), key=lambda pair: places[pair[1]])
        self.phrases = [phrase for phrase, _ in pairs]
        self.labels = np.array([places[topic] for _, topic in pairs], np.int32)
        model = self._model(models)
        self.lexicon = Lexicon(content.glossary, model.vocabulary)
        self.model = model
        self.firsts = np.searchsorted(self.labels, np.arange(len(self.topics)))
        self.sizes = np.bincount(self.labels, minlength=len(self.topics))
        self._heard = lru_cache(maxsize=100)(self._heard_anew)  # pieces and sentences are often the same
        self._weighed = lru_cache(maxsize=100)(self._weighed_anew)
        self.reduced: Callable[[str], str] = str
        """What is classified of a text: by default the text itself."""

    def _model(self, models: Path | None) -> Model:
        topics, how = len(self.topics), (self.settings.ridge, self.settings.steps)
        learnt_from = (self.content.glossary, self.phrases, self.labels.tolist(), topics, *how)
        if models is None:
            return learn(*learnt_from)
        name = name_of(learnt_from)
        return found_or_learnt(
            models,
            find=lambda: kept(models, name, len(self.phrases), topics),
            learn=lambda: learn(*learnt_from),
            keep=lambda model: keep(model, models, name),
        )

    def scores(self, text: str) -> Floats:
        """How well each topic fits, one number a topic: the logarithm of its odds, up to a constant."""
        return self._heard(text)[0]

    def _heard_anew(self, text: str) -> tuple[Floats, float]:
        """The scores, and the similarity of the nearest phrase: without any, nothing in the text is known."""
        places, values = self.vector(text)
        if not len(places):
            return np.zeros(len(self.topics), np.float32), 0.0
        nearest = self._nearest(places, values)
        scores = self.linear(places, values) + nearest * np.float32(self.settings.nearest_weight)
        # The words of a long message are many reasons, each made small by the others.
        scores *= np.float32(self._fullness(self.lexicon.spelled_out(text)))
        scores[-1] += self.settings.strangeness * self.lexicon.strangeness(self.reduced(text))
        scores.setflags(write=False)
        return scores, float(nearest.max())

    def _fullness(self, typed: list[str]) -> float:
        return float(min(max(len(typed) / 8, 0.5), 8.0) ** self.settings.length_power)

    def probabilities(self, scores: Floats) -> Floats:
        """Scores as probabilities that sum to one."""
        return softmax(scores)

    def chances(self, text: str) -> Floats:
        """How likely each topic is to be meant, « not ours » last."""
        return self.probabilities(self.scores(text))

    def read_all(self, texts: Iterable[str]) -> tuple[Sparse, Floats]:
        """The features of each text, by the rows of the model's weights; how likely each topic is, by these alone.

        Far faster than `chances`, for thousands of texts.
        """
        fullness: list[float] = []

        def read() -> Iterator[tuple[list[int], list[float]]]:
            for text in texts:
                typed = self.lexicon.spelled_out(text)
                fullness.append(self._fullness(typed))
                yield features(self.lexicon, typed)

        found, weights = Sparse.of(read(), SIZE).weighed(self.model.idf), self.model.weights
        rows = Sparse(found.rows, self.model.rows[found.columns], found.values, found.height, len(weights))
        return rows, self.probabilities(rows.dot(weights) * np.array(fullness, np.float32)[:, None])

    def explain(self, text: str) -> Explanation:
        """Why the topics rank as they do: the words as read, each word's part, the nearest phrase."""
        typed = self.lexicon.spelled_out(text)
        meant = [self.lexicon.corrected(word) for word in typed]
        scores = self.scores(text)
        probabilities = self.probabilities(scores)
        without = [self.scores(" ".join(typed[:n] + typed[n + 1 :])) for n in range(len(typed))]
        similar = self._similar(*self.vector(text))
        candidates = []
        for place in np.argsort(-probabilities)[:4]:
            parts = {word: float(scores[place] - less[place]) for word, less in zip(meant, without, strict=True)}
            phrases = np.where(self.labels == place, similar, -1.0)
            nearest = int(phrases.argmax())
            candidates.append(
                Reason(
                    self.topics[place],
                    float(probabilities[place]),
                    dict(sorted(parts.items(), key=lambda part: -part[1])[:4]),
                    self.phrases[nearest],
                    float(phrases[nearest]),
                )
            )
        read = tuple(zip(typed, meant, strict=True))
        return Explanation(read, tuple(self.lexicon.concepts(meant)), tuple(candidates))

    def linear(self, places: Ints, values: Floats) -> Floats:
        """The classifier's opinion of each topic."""
        product: Floats = values @ self.model.weights[self.model.rows[places]]
        return product

    def _nearest(self, places: Ints, values: Floats) -> Floats:
        """For each topic, the mean similarity of its two nearest phrases: a single one may be a chance."""
        similar = self._similar(places, values)
        nearest: Floats = np.maximum.reduceat(similar, self.firsts)
        similar[similar == np.repeat(nearest, self.sizes)] = 0
        nearest += np.maximum.reduceat(similar, self.firsts)
        nearest /= 2
        return nearest

    def vector(self, text: str, *, normed: bool = True) -> tuple[Ints, Floats]:
        """The features of a text: their places and weights."""
        places, values = self._weighed(text)
        return places, values / max(float(np.sqrt(values @ values)), 1e-9) if normed else values

    def _weighed_anew(self, text: str) -> tuple[Ints, Floats]:
        row = Sparse.row(*features(self.lexicon, self.lexicon.spelled_out(self.reduced(text))), SIZE)
        return row.columns, row.values * self.model.idf[row.columns]

    def _similar(self, places: Ints, values: Floats) -> Floats:
        """The similarity (cosine) of every phrase."""
        if not len(places):
            return np.zeros(len(self.phrases), np.float32)
        starts, ends = self.model.starts[places], self.model.starts[places + 1]
        held = [slice(*of) for of in zip(starts.tolist(), ends.tolist(), strict=True)]
        weights = np.concatenate([self.model.shares[one] for one in held]) * np.repeat(values, ends - starts)
        phrases = np.concatenate(
            [self.model.phrases[one] for one in held], dtype=np.intp
        )  # what is counted: no other pass
        return np.bincount(phrases, weights, len(self.phrases)).astype(np.float32)
