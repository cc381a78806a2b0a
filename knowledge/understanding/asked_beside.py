"""What a message asks beside what is answered: told where a point tells it, else named, never left unsaid."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from knowledge.learning.sparse import Floats
from knowledge.understanding.asking import LEADING, OPENING, POINTING_BACK, is_told, opens_a_question, points_back
from knowledge.understanding.decision import Answer, By, Choice, Decision, Part, Reading, Unknown, Why
from knowledge.understanding.matching import Matcher
from knowledge.understanding.pointing import Pointing
from knowledge.understanding.segmentation import Piece, is_item, is_key_word, joined, pieces
from knowledge.understanding.situation.case_reading import SETTLED
from knowledge.words.text import words

_LIKELY = 0.3
"""Probability from which the likeliest entry of a question names it, as a button; below it, its words do."""

_WITHIN = 0.5
"""The same where the question was read together with one that is answered."""

_ABOUT = 0.2
"""Probability of the entry that answers a part, from which a question read within that part is about it."""

_LESS, _SURELY, _FEW, _NEVER = 0.15, 0.9, 6, 2.0
"""How much less sure it may be than the entry that its words name by themselves; how sure it must be where they surely
do, in so few words, after a point."""

_TELLING = 3
"""Words from which a question that looks like nothing is quoted: shorter ones tell nobody what was missed."""

_MOST_NAMED = 2

_LITTLE = OPENING | LEADING | POINTING_BACK
"""Words that name no subject."""


class AskedBeside:
    """Looks at each question of a message that several ask.

    `alike`: whether two entries answer the same; `takes_for_true`: whether words do, « j'ai lu que… ».
    """

    def __init__(
        self,
        matcher: Matcher,
        pointing: Pointing,
        alike: Callable[[str, str], bool],
        takes_for_true: Callable[[str], bool],
    ) -> None:
        self._matcher = matcher
        self._pointing = pointing
        self._alike = alike
        self._takes_for_true = takes_for_true
        self._least_of_part = matcher.settings.part_at
        """Probability from which a question is a point of what was asked before it, or of the entry it was read as."""

    def added(self, reading: Reading, text: str) -> Reading:
        """The reading, with a part for each question that it says nothing of, in the order asked; nothing unasked."""
        cut = pieces(text)
        asked = [piece for piece in cut if piece.asks or piece.listed]
        if len(asked) < 2 or not reading.answers:
            return reading
        before = self._told_of(cut[: cut.index(asked[0])], reading.parts)
        parts = [one for part in reading.parts for one in self._apart(part, asked, before)]
        for piece in asked:
            own = next((part for part in parts if part.text == piece.text), None)
            told = self._of_subject(piece, own, before, parts)
            if told and own:
                parts[parts.index(own)] = told
            elif beside := told or self._beside(piece, parts, asked):
                parts.append(beside)
            before = _entry(told or next((part for part in parts if piece.text in part.text), None)) or before
        return replace(reading, parts=tuple(self._in_order(parts, cut)))

    def _apart(self, part: Part, asked: list[Piece], before: str) -> list[Part]:
        """A part that several questions were read as, each told by its point; else as it was.

        Of its entry, or of that which was told `before`, where more of them are points of it.
        """
        inside = [piece for piece in asked if piece.text in part.text]
        answer = part.decision
        if isinstance(answer, Answer) and len(inside) == 1 and self._is_of_another(answer, inside[0], asked):
            return [replace(part, decision=replace(answer, point="", lead="", is_brief=False))]
        if len(inside) < 2 or not isinstance(answer, Answer) or (answer.by in SETTLED and not answer.point):
            return [part]
        topics = dict.fromkeys((answer.topic, *([before] if before and not answer.lead else [])))
        ways = [self._by_points(replace(answer, topic=topic), inside) for topic in topics]
        told = max(ways, key=len)
        said = [_point_of(one) for one in told]
        is_whole = answer.point and ("" in said or answer.point not in said)  # all of it asks one thing
        return [part] if is_whole or len(told) < 2 else told

    def _is_of_another(self, answer: Answer, own: Piece, asked: list[Piece]) -> bool:
        """Whether the point that a question is told was asked by another one: « les pièces pour le visa, le délai »."""
        if not answer.point or answer.by != By.WORDS or self._pointed_at(answer, own) >= self._least_of_part:
            return False
        return any(self._pointed_at(answer, piece) >= self._least_of_part for piece in asked if piece is not own)

    def _pointed_at(self, answer: Answer, piece: Piece) -> float:
        found = self._pointing.of(answer.topic, piece.text)
        return found[1] if found and found[0].id == answer.point else 0.0

    def _by_points(self, answer: Answer, inside: list[Piece]) -> list[Part]:
        """The questions as points of the entry, each once; one that asks none of them, the entry itself."""
        told: dict[str, Part] = {}
        for piece in inside:
            found = self._pointing.of(answer.topic, piece.text)
            point = found[0] if found and found[1] >= self._least_of_part else None
            is_entry = (
                not told and self._matcher.chances(piece.text)[self._matcher.topics.index(answer.topic)] >= _WITHIN
            )
            if point or is_entry:
                begun = replace(answer, case="" if told else answer.case)
                bare = replace(begun, point="", lead="", is_brief=False) if begun.point else begun
                one = begun.telling(point) if point else bare
                told.setdefault(one.point, Part(piece.text, one, asks=True))
        return list(told.values())

    def _told_of(self, told: list[Piece], parts: Iterable[Part]) -> str:
        """The entry that what is told before the first question is about: « je suis tutrice »; empty where none is."""
        if not told:
            return ""
        said = joined(told).text
        if own := [_entry(part) for part in parts if part.text in said and _entry(part)]:
            return own[-1]
        chances = self._matcher.chances(told[-1].text)
        best = int(chances.argmax())
        return self._matcher.topics[best] if chances[best] >= _WITHIN and best < len(self._matcher.topics) - 1 else ""

    def _in_order(self, parts: list[Part], cut: list[Piece]) -> list[Part]:
        """The parts in the order in which they were said; what is only told is left out where two are answered."""
        asked = [piece for piece in cut if piece.asks or piece.listed]
        own = [any(piece.text in part.text for piece in asked) for part in parts]
        answered = [_entry(part) for part, is_asked in zip(parts, own, strict=True) if is_asked and _entry(part)]

        def is_left_out(part: Part) -> bool:
            is_correction = bool(_point_of(part)) and self._takes_for_true(part.text)
            is_background = is_told(part.text) and not is_correction and self._touched(part, asked) is None
            return not _is_needed(part.decision) and (_entry(part) in answered or is_background)

        left = [
            part
            for part, is_asked in zip(parts, own, strict=True)
            if is_asked or len(answered) < 2 or not is_left_out(part)
        ]
        return sorted(left, key=lambda part: self._place(part, cut, asked))

    def _place(self, part: Part, cut: list[Piece], asked: list[Piece]) -> int:
        """Where in the message a part is said, or the question that it answers: « les deux : lequel prendre ? »."""
        said = next((piece for piece in asked if piece.text in part.text), None) or self._touched(part, asked)
        said = said or next((piece for piece in cut if piece.text in part.text), None)
        return cut.index(said) if said else len(cut)

    def _touched(self, part: Part, asked: list[Piece]) -> Piece | None:
        """The question that what is told answers: « une commune de 900 habitants, on peut candidater ? »."""
        topic = _entry(part)
        return next((piece for piece in asked if topic and self._touches(piece, topic)), None)

    def _touches(self, piece: Piece, topic: str) -> bool:
        chances = self._matcher.chances(piece.text)
        likely = self._matcher.topics[int(chances[:-1].argmax())]
        return float(chances[self._matcher.topics.index(topic)]) >= _ABOUT or self._alike(likely, topic)

    def _chance(self, piece: Piece, topic: str) -> float:
        return float(self._matcher.chances(piece.text)[self._matcher.topics.index(topic)])

    def _of_subject(self, piece: Piece, own: Part | None, subject: str, parts: list[Part]) -> Part | None:
        """What the entry of the question before says of this one, which keeps its subject: « l'agrément, sa durée ».

        Unless its own words surely name another entry.
        """
        if not (piece.listed or opens_a_question(piece.text) or is_key_word(piece.text)):
            return None  # « signé par qui : la mairie, l'opérateur ? »
        shared = next((_entry(part) for part in parts if piece.text in part.text and part is not own), "")
        told = self._pointed(shared or subject, piece.text) if shared or subject else None
        is_of_point = any(_entry(one) == subject and _point_of(one) for one in parts)
        if told is None or told.confidence < self._least(piece, own, told.topic, is_of_point=is_of_point):
            return None
        is_told = any(isinstance(one.decision, Answer) and _same(one.decision, told) for one in parts)
        return None if is_told else Part(piece.text, told, asks=True)

    def _pointed(self, topic: str, text: str) -> Answer | None:
        found = self._pointing.of(topic, text)
        return Answer(topic, found[1]).telling(found[0]) if found else None

    def _least(self, piece: Piece, own: Part | None, subject: str, *, is_of_point: bool) -> float:
        """From which chance a point of the entry before says more than the question's own part."""
        is_bare = sum(word not in _LITTLE for word in words(piece.text)) <= 1 or self._chance(piece, subject) >= _ABOUT
        if own is None or not isinstance(own.decision, Answer):
            return self._least_of_part if is_bare else _SURELY  # « délai d'ici un départ » names another subject
        if own.decision.by in SETTLED or own.decision.point or (own.decision.by == By.RULE and not is_bare):
            return _NEVER
        alone = self._chance(piece, own.decision.topic)
        if alone < _SURELY:
            return max(self._least_of_part, alone - _LESS)
        return _SURELY if is_of_point and len(words(piece.text)) <= _FEW else _NEVER

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
        is_listed = piece.listed and is_item(piece.text)  # « l'exécutif refusant de me le dire » is none
        is_asked = not piece.aside and (is_listed or opens_a_question(piece.text))
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
        if found is None or found[1] < self._least_of_part:
            return None
        point, chance = found
        if any((answer.topic, answer.point) == (same.topic, point.id) for answer in told):
            return None
        return Part(piece.text, Answer(same.topic, chance).telling(point))


def _entry(part: Part | None) -> str:
    return part.decision.topic if part and isinstance(part.decision, Answer) else ""


def _point_of(part: Part) -> str:
    return part.decision.point if isinstance(part.decision, Answer) else ""


def _same(one: Answer, other: Answer) -> bool:
    return (one.topic, one.point) == (other.topic, other.point)


def _is_needed(decision: Decision) -> bool:
    """Whether it corrects what was taken for true, or says where to turn: it is told though nothing asks it."""
    return not isinstance(decision, Answer | Choice) or (
        isinstance(decision, Answer) and decision.by in (By.PRECISE, By.PREMISE)
    )
