"""What a message asks beside what is answered: told where a point tells it, else named, never left unsaid."""

from collections.abc import Callable
from dataclasses import replace

from knowledge.learning.sparse import Floats
from knowledge.understanding.decision import Answer, By, Choice, Decision, Part, Reading, Unknown, Why
from knowledge.understanding.matching import Matcher
from knowledge.understanding.pointing import Pointing
from knowledge.understanding.segmentation import Piece, opens_a_question, pieces, points_back
from knowledge.words.text import words

_LIKELY = 0.3
"""Probability from which the likeliest entry of a question names it, as a button; below it, its words do."""

_WITHIN = 0.5
"""The same where the question was read together with one that is answered."""

_ABOUT = 0.2
"""Probability of the entry that answers a part, from which a question read within that part is about it."""

_TELLING = 3
"""Words from which a question that looks like nothing is quoted: shorter ones tell nobody what was missed."""

_MOST_NAMED = 2


class AskedBeside:
    """Looks at each question of a message that several ask. `alike`: whether two entries answer the same."""

    def __init__(self, matcher: Matcher, pointing: Pointing, alike: Callable[[str, str], bool]) -> None:
        self._matcher = matcher
        self._pointing = pointing
        self._alike = alike

    def added(self, reading: Reading, text: str) -> Reading:
        """The reading, with a part for each question that it says nothing of."""
        asked = [piece for piece in pieces(text) if piece.asks or piece.listed]
        if len(asked) < 2 or not reading.answers:
            return reading
        parts = list(reading.parts)
        for piece in asked:
            if beside := self._beside(piece, parts, asked):
                parts.append(beside)
        return replace(reading, parts=tuple(parts))

    def _beside(self, piece: Piece, parts: list[Part], asked: list[Piece]) -> Part | None:
        within = [part for part in parts if piece.text in part.text]
        if any(self._is_own(piece, part, asked) for part in within):
            return None
        if points_back(piece.text) or self._matcher.lexicon.is_neutral(piece.text):
            return None
        chances = self._matcher.chances(piece.text)
        around = any(self._is_about(piece, part.decision, chances) for part in within)
        best = int(chances[:-1].argmax())
        topic, chance = self._matcher.topics[best], float(chances[best])
        told = [part.decision for part in parts if isinstance(part.decision, Answer)]
        if same := next((answer for answer in told if self._alike(answer.topic, topic)), None):
            return self._point(piece, same, told)
        if self._matcher.content.topics[topic].courtesy:
            return None
        offered = [t for part in parts if isinstance(part.decision, Choice) for t in part.decision.topics]
        if chance >= (_WITHIN if around else _LIKELY):
            return None if topic in offered else Part(piece.text, Choice((topic,), chance))
        is_asked = not piece.aside and (piece.listed or opens_a_question(piece.text))
        if around or not is_asked or len(words(piece.text)) < _TELLING:
            return None
        named = sum(isinstance(part.decision, Unknown) for part in parts)
        return Part(piece.text, Unknown(Why.NOT_COVERED)) if named < _MOST_NAMED else None

    def _is_own(self, piece: Piece, part: Part, asked: list[Piece]) -> bool:
        """Whether a part is this question, by its words; what is said of a country may leave it unanswered."""
        if part.text == piece.text:
            return True
        is_of_country = isinstance(part.decision, Answer) and part.decision.by == By.COUNTRY
        return not is_of_country and not any(other.text in part.text for other in asked if other is not piece)

    def _is_about(self, piece: Piece, decision: Decision, chances: Floats) -> bool:
        """Whether what answers the part of which a question is read asks that question, or the point told does."""
        if not isinstance(decision, Answer):
            return True
        if chances[self._matcher.topics.index(decision.topic)] >= _ABOUT:
            return True
        found = self._pointing.of(decision.topic, piece.text) if decision.point else None
        return found is not None and found[0].id == decision.point and found[1] >= _ABOUT

    def _point(self, piece: Piece, same: Answer, told: list[Answer]) -> Part | None:
        """What the entry says of this very question, where it was told of another one."""
        found = self._pointing.of(same.topic, piece.text)
        if found is None or found[1] < self._matcher.settings.part_at:
            return None
        point, chance = found
        if any((answer.topic, answer.point) == (same.topic, point.id) for answer in told):
            return None
        return Part(piece.text, Answer(same.topic, chance).telling(point))
