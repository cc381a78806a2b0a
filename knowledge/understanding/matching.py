"""A question in French → answer, choice or unknown, with reasons.

Two opinions are blended: a logistic regression over all phrases of a topic, and the nearest single
phrases. Both see the same features: stems, pairs, sounds, letter runs and synonyms, weighted by IDF.
Scores are logarithms of odds; what is decided is decided on the probabilities they stand for.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import numpy as np

from knowledge.content.models import OFF_TOPIC, Content, NearMiss
from knowledge.learning.classifier import softmax
from knowledge.learning.sparse import Floats, Ints, Sparse
from knowledge.understanding.courtesies import Courtesies
from knowledge.understanding.deciding import Decider
from knowledge.understanding.decision import (
    Answer,
    Choice,
    Decision,
    Explanation,
    Part,
    Reading,
    Reason,
    Unknown,
    Why,
)
from knowledge.understanding.features import SIZE, features
from knowledge.understanding.lexicon import Lexicon
from knowledge.understanding.model import ACRONYMS, Model, keep, kept, labelled, learn, learnt_name
from knowledge.understanding.near_misses import NearMisses
from knowledge.understanding.parts import Parts
from knowledge.understanding.segmentation import Piece, pieces, points_back, sentences_that_ask
from knowledge.understanding.thresholds import Thresholds
from knowledge.words.languages import foreign_language
from knowledge.words.text import normalise, words

_LONGEST_GREETING = 5
_FEWEST_FOREIGN = 4
_CLEARLY = 0.8


class Matcher:
    """Finds the topics that a message asks about."""

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
        self._heard = lru_cache(maxsize=100)(self._heard_anew)  # pieces and sentences are often the same
        self.reduced: Callable[[str], str] = str
        """What is classified of a text: by default the text itself."""
        self.courtesies = Courtesies(content, self._likeliest)
        self.near_misses = NearMisses(content.glossary.near_misses, content.glossary.ours)
        self.decider = Decider(content, self.topics, settings)
        self.parts = Parts(self)

    def _model(self, models: Path | None) -> Model:
        learnt = (self.content.glossary, self.phrases, self.labels.tolist(), len(self.topics))
        if models is None:
            return learn(*learnt, self.settings.ridge, self.settings.steps)
        name = f"{learnt_name(self.content)}-{self.settings.ridge:g}-{self.settings.steps}"
        size = len(self.phrases), len(self.topics)
        model = kept(models, name, *size)
        if model is None:
            model = learn(*learnt, self.settings.ridge, self.settings.steps)
            keep(model, models, name)
            model = kept(models, name, *size) or model  # without what training left in memory
        return model

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
        similar[similar == nearest[self.labels]] = 0
        nearest += np.maximum.reduceat(similar, self.firsts)
        nearest /= 2
        return nearest

    def vector(self, text: str, *, normed: bool = True) -> tuple[Ints, Floats]:
        """The features of a text: their places and weights."""
        row = Sparse.row(*features(self.lexicon, self.lexicon.spelled_out(self.reduced(text))), SIZE)
        places, values = row.columns, row.values * self.model.idf[row.columns]
        if normed:
            values /= max(float(np.linalg.norm(values)), 1e-9)
        return places, values

    def _similar(self, places: Ints, values: Floats) -> Floats:
        """The similarity (cosine) of every phrase."""
        if not len(places):
            return np.zeros(len(self.phrases), np.float32)
        starts, ends = self.model.starts[places], self.model.starts[places + 1]
        lengths = ends - starts
        # The postings of all features, one after the other: positions start..end of each, without a loop.
        total = np.cumsum(lengths)
        positions = np.arange(total[-1]) + np.repeat(starts - total + lengths, lengths)
        weights = self.model.shares[positions] * np.repeat(values, lengths)
        return np.bincount(self.model.phrases[positions], weights, len(self.phrases)).astype(np.float32)

    def find(self, text: str) -> Reading:
        """What the message asks, question by question. Never raises, whatever the text."""
        language = foreign_language(text)
        why = Why(language) if language else _wordless(text)
        if why and not self._is_courtesy(text):
            return Reading((Part(text, Unknown(why, confidence=1.0)),))
        cut = pieces(text)
        scores, near = self._heard(text)
        one_sentence = not any(piece.apart for piece in cut[1:])
        if one_sentence and (near_miss := self.near_misses.find(text, self.lexicon.read(text))):
            return self._beside(text, scores, near_miss)
        if near < self.settings.heard_at:
            return Reading((Part(text, Unknown(Why.NOT_COVERED)),))
        asked = self.parts.find(cut, scores) if len(cut) > 1 else ()
        answered = [part for part in asked if isinstance(part.decision, Answer)]
        if len(answered) > 1:
            return Reading(asked)
        if len(cut) > 1:
            scores = self._with_clearest(cut, scores)
        decision = self._decide(text, self._without_courtesy(cut, scores))
        if not isinstance(decision, Answer):
            told = answered and not _is_not_ours(decision) and self._stands_alone(answered[0])
            if told and isinstance(decision, Unknown) and decision.near_miss:  # « un V.I.E., c'est vous qui gérez ? »
                return Reading(
                    (Part(text, decision),) if points_back(answered[0].text) else (*asked, Part(text, decision))
                )
            return Reading(asked if told else (Part(text, self._in_what_language(text, decision)),))
        if answered and self._is_rather(answered[0], decision):
            return Reading(asked)
        return Reading((Part(text, decision), *(part for part in asked if isinstance(part.decision, Choice))))

    def _without_courtesy(self, cut: list[Piece], scores: Floats) -> Floats:
        """The scores; where something is asked beside a greeting or thanks, as if there were only that."""
        greets = len(cut) > 1 and (self._is_courteous(cut[0].text) or self._is_courteous(cut[-1].text))
        is_asked = greets and any(piece.asks and not self._is_courteous(piece.text) for piece in cut)
        return scores - self.parts.courtesy if is_asked else scores

    def _is_courteous(self, text: str) -> bool:
        topic, _ = self._likeliest(text)
        return topic in self.content.topics and self.content.topics[topic].courtesy

    def _is_rather(self, part: Part, decision: Answer) -> bool:
        """Whether the one clear question says more than the whole: « Bonjour ! … » is a greeting, but not only."""
        is_surer = decision.confidence < part.decision.confidence and self._stands_alone(part)
        return self.content.topics[decision.topic].courtesy or is_surer

    def _stands_alone(self, part: Part) -> bool:
        """Whether the one clear question of a long story is surely asked, and surely ours, whatever the story is."""
        off = float(self.chances(part.text)[-1])
        return part.decision.confidence >= self.settings.lone_at and off < self.settings.lone_off_topic

    def _likeliest(self, text: str) -> tuple[str, float]:
        probabilities = self.chances(text)
        place = int(probabilities.argmax())
        return self.topics[place], float(probabilities[place])

    def _is_courtesy(self, text: str) -> bool:
        """« Thank you », « bom dia »: a greeting is answered in whatever language."""
        if len(words(text)) > _LONGEST_GREETING:
            return False
        best, probability = self._likeliest(text)
        return best in self.content.topics and self.content.topics[best].courtesy and probability > _CLEARLY

    def _in_what_language(self, text: str, decision: Decision) -> Decision:
        """What seems not ours is of words that nobody uses in French: it is rather not understood."""
        if _is_not_ours(decision) and len(words(text)) >= _FEWEST_FOREIGN and self.lexicon.is_foreign(text):
            return Unknown(Why.OTHER_LANGUAGE, confidence=decision.confidence)
        return decision

    def _beside(self, text: str, scores: Floats, near_miss: NearMiss) -> Reading:
        """A near miss wins only when nothing of ours is asked: it is added to an answer."""
        redirected = Part(text, Unknown(Why.NEAR_MISS, confidence=1.0, near_miss=near_miss))
        decision = self.decider.decide(self.probabilities(scores))
        is_ours = self.near_misses.names_ours(text)
        least = 0.0 if is_ours else self.settings.beside_near_miss_at
        if isinstance(decision, Answer) and decision.confidence >= least:
            return Reading((Part(text, replace(decision, also=())), redirected))
        if is_ours:
            return Reading((Part(text, decision if isinstance(decision, Choice) else Unknown(Why.NOT_COVERED)),))
        return Reading((redirected,))

    def _with_clearest(self, cut: list[Piece], scores: Floats) -> Floats:
        """A story with one question in it: the clearest sentence alone, of those that ask, may tell more."""
        asking = map(self.scores, sentences_that_ask(cut))
        clearest = max(asking, key=lambda scores: float(scores[:-1].max()))
        return (scores + clearest) / np.float32(2)

    def _decide(self, text: str, scores: Floats) -> Decision:
        if near_miss := self.near_misses.find(text, self.lexicon.read(text)):
            return Unknown(Why.NEAR_MISS, confidence=1.0, near_miss=near_miss)
        decision = self.decider.decide(self.probabilities(scores))
        if isinstance(decision, Unknown) and _is_not_ours(decision) and self.near_misses.names_ours(text):
            return replace(decision, why=Why.NOT_COVERED)
        if isinstance(decision, Answer) and decision.topic == ACRONYMS:
            return replace(decision, word=self.word(text, decision.topic))
        return decision

    def word(self, text: str, topic: str) -> str | None:
        """The acronym that was asked, where the answer is the list of them."""
        asked = set(words(text)) if topic == ACRONYMS else set()
        known = (a.acronym for a in self.content.glossary.acronyms)
        return next((acronym for acronym in known if normalise(acronym) in asked), None)


def _is_not_ours(decision: Decision) -> bool:
    return isinstance(decision, Unknown) and decision.why == Why.NOT_OURS


def _wordless(text: str) -> Why | None:
    return None if any(word.isalpha() and len(word) > 1 for word in words(text)) else Why.NO_WORDS
