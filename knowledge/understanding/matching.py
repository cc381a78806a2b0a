"""A question in French → answer, choice or unknown."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

from knowledge.content.models import Content, NearMiss
from knowledge.learning.sparse import Floats
from knowledge.understanding.asking import points_back
from knowledge.understanding.courtesies import Courtesies
from knowledge.understanding.deciding import Decider
from knowledge.understanding.decision import Answer, Choice, Decision, Part, Reading, Unknown, Why
from knowledge.understanding.near_misses import NearMisses
from knowledge.understanding.parts import Parts, word_asked
from knowledge.understanding.scoring import Scorer
from knowledge.understanding.segmentation import Piece, pieces, sentences_that_ask
from knowledge.understanding.thresholds import Thresholds
from knowledge.words.languages import foreign_language
from knowledge.words.text import words

_LONGEST_GREETING = 5
_FEWEST_FOREIGN = 4
_CLEARLY = 0.8


class Matcher(Scorer):
    """Finds the topics that a message asks about."""

    def __init__(
        self,
        content: Content,
        settings: Thresholds = Thresholds(),  # noqa: B008 (frozen)
        models: Path | None = None,
    ) -> None:
        """Learn as a scorer does."""
        super().__init__(content, settings, models)
        self.courtesies = Courtesies(content, self._likeliest)
        self.near_misses = NearMisses(content.glossary.near_misses, content.glossary.ours)
        self.decider = Decider(content, self.topics, settings)
        self.parts = Parts(self, self.near_misses)
        self.tells_ours: Callable[[str], bool] = lambda _: False
        """Whether a text tells of what the programme does, whatever its other words: by default none does."""

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
            return Reading(asked if told else (Part(text, self._left(text, scores, decision)),))
        if answered and self._is_rather(answered[0], decision):
            return Reading(asked)
        return Reading((Part(text, decision), *(part for part in asked if isinstance(part.decision, Choice))))

    def _may_be_ours(self, text: str, scores: Floats) -> bool:
        """Whether a story may be ours, however little its whole looks like it.

        Each of its words that nobody used tells « not ours » once more, and the length of the message multiplies it:
        what is compared is how sure that would be in a message of usual length.
        """
        typed = self.lexicon.spelled_out(text)
        if len(typed) < self.settings.story_words:
            return False
        is_named = self.near_misses.names_ours(text) or self.tells_ours(text)
        most = self.settings.named_margin if is_named else self.settings.story_margin
        return float(scores[-1]) - self._best_score(scores) <= most * self._fullness(typed)

    def _left(self, text: str, scores: Floats, decision: Decision) -> Decision:
        """What is said where nothing answers: of a story that may be ours, a choice rather than a refusal."""
        if _is_refused(decision) and self._may_be_ours(text, self.scores(text)):
            hardly = scores.copy()
            hardly[-1] = min(hardly[-1], self._best_score(scores) + self.settings.story_over)
            offered = self.decider.decide(self.probabilities(hardly))
            if isinstance(offered, Choice):
                return offered
        return self._in_what_language(text, decision)

    def _best_score(self, scores: Floats) -> float:
        return float((scores - self.parts.courtesy)[:-1].max())

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
        if isinstance(decision, Answer):
            return replace(decision, word=word_asked(text, decision.topic, self.content.glossary))
        return decision


def _is_not_ours(decision: Decision) -> bool:
    return isinstance(decision, Unknown) and decision.why == Why.NOT_OURS


def _is_refused(decision: Decision) -> bool:
    return isinstance(decision, Unknown) and decision.why in (Why.NOT_OURS, Why.NOT_COVERED)


def _wordless(text: str) -> Why | None:
    return None if any(word.isalpha() and len(word) > 1 for word in words(text)) else Why.NO_WORDS
