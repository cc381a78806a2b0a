"""Probabilities → answer, choice or unknown: one threshold to answer, one to offer."""

from knowledge.content.models import OFF_TOPIC, Content
from knowledge.learning.sparse import Floats
from knowledge.understanding.decision import Answer, Choice, Decision, Unknown, Why
from knowledge.understanding.thresholds import Thresholds

_MOST_OFFERED = 3


class Decider:
    """Decides on one question. Probabilities are in the order of `topics`, « not ours » last."""

    def __init__(self, content: Content, topics: list[str], settings: Thresholds) -> None:
        self.content = content
        self.topics = topics
        self.settings = settings

    def decide(self, probabilities: Floats) -> Decision:
        """The answer when it is likely enough, if the question is ours; else what is worth offering."""
        settings = self.settings
        off = float(probabilities[-1])
        ours = max(1.0 - off, 1e-6)
        order, likely = (-probabilities).argsort().tolist(), probabilities.tolist()
        ranked = [(self.topics[n], likely[n]) for n in order if self.topics[n] != OFF_TOPIC]
        best, sure = ranked[0]
        if sure >= settings.answer_at * ours and sure >= off * settings.over_off_topic and sure >= self._least(best):
            also = [t for t, p in ranked[1:] if p >= settings.also_at and not self.content.topics[t].courtesy]
            return Answer(best, sure, also=tuple(also[: _MOST_OFFERED - 1]))
        if off >= settings.off_topic_at:
            return Unknown(Why.NOT_OURS, confidence=off)
        if sure >= settings.offer_at:
            offered = self._offered(ranked)
            return Choice(offered, sum(p for topic, p in ranked if topic in offered))
        return Unknown(Why.NOT_COVERED, tuple(topic for topic, _ in ranked[:_MOST_OFFERED]), 1 - sure)

    def _least(self, topic: str) -> float:
        return self.settings.courtesy_at if self.content.topics[topic].courtesy else 0.0

    def _offered(self, ranked: list[tuple[str, float]]) -> tuple[str, ...]:
        """Two or three topics that go together: near the best one, or nearly as likely; never a greeting."""
        serious = [(t, p) for t, p in ranked if not self.content.topics[t].courtesy] or ranked
        best, sure = serious[0]
        near = [t for t, p in serious[1:6] if p >= self.settings.choice_at * sure or self.content.go_together(best, t)]
        return (best, *(near or [t for t, _ in serious[1:2]])[: _MOST_OFFERED - 1])
