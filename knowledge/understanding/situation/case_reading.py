"""A message read with the situation that it tells: set-aside matters leave, clauses are reduced, frames decide."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from knowledge.content.models import Content
from knowledge.understanding.decision import Answer, Context, Part, Reading
from knowledge.understanding.matching import Matcher
from knowledge.understanding.segmentation import pieces
from knowledge.understanding.situation.case import APPLICANT, AUTHORITY, OTHER, Cases
from knowledge.understanding.situation.frames import FRAMED, Frames
from knowledge.understanding.situation.reader import SituationReader
from knowledge.understanding.situation.reduction import Reduction, is_bare, without
from knowledge.understanding.situation.situation import Situation


class CaseReading:
    """Reads messages for somebody in particular. The matcher classifies what is left of each clause."""

    def __init__(self, content: Content, matcher: Matcher) -> None:
        assert content.situation is not None  # built only for a content that says who may ask
        self._matcher = matcher
        self._reader = SituationReader(content.situation, content)
        self._cases = Cases(content.situation, content)
        self._frames = Frames(content.situation, self._cases)
        kinds = content.situation.actors
        never_asked = {kind.id for kind in kinds if kind.answers.get(APPLICANT) in (AUTHORITY, OTHER)}
        usual = {kind.id: kind.usual for kind in kinds}
        self._reduction = Reduction(usual, never_asked, matcher.lexicon.known.__contains__)
        self.situation = lru_cache(maxsize=200)(self._reader.read)  # clauses are looked at from several sides
        matcher.reduced = self._reduced

    def read(self, text: str, about: Context) -> Reading:
        """What the message asks, question by question."""
        whole = self.situation(text)
        asked = without(text, whole.aside)
        reading = self._matcher.find(asked, about)
        parts = [part for part in reading.parts if not self._only_presents(part.text)] or list(reading.parts)
        settled = [self._settled(part, whole, alone=len(parts) == 1) for part in parts]
        if whole.asks_several and any(isinstance(part.decision, Answer) for part in settled):
            settled += self._missed(asked, whole, settled)
        return Reading(tuple(settled))

    def _missed(self, text: str, whole: Situation, settled: Iterable[Part]) -> Iterator[Part]:
        """The clauses of which act and actor make a question, where no part of the reading answers it."""
        answered = {part.decision.topic for part in settled if isinstance(part.decision, Answer)}
        for piece in pieces(text):
            topic = self._frames.asked(self.situation(piece.text).within(whole))
            if topic and not answered & self._frames.alike(topic):
                answered.add(topic)
                yield Part(piece.text, Answer(topic, FRAMED))

    def _only_presents(self, text: str) -> bool:
        """« CHU de Martinique », before a question: it says who asks, and asks nothing."""
        situation = self.situation(text)
        tells_more = situation.presents or situation.place or situation.size or situation.names
        return situation.act is None and bool(situation.actors and tells_more) and is_bare(situation)

    def _settled(self, part: Part, whole: Situation, *, alone: bool) -> Part:
        situation = whole if alone else self.situation(part.text).within(whole)
        return replace(part, decision=self._frames.settle(part.decision, situation))

    def _reduced(self, text: str) -> str:
        return self._reduction.reduced(self.situation(text))
