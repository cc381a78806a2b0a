"""Several questions in one message: each answered when it is clear, else a button that names it."""

import math
from dataclasses import replace

import numpy as np

from knowledge.content.models import Glossary
from knowledge.learning.sparse import Floats
from knowledge.understanding.asking import is_told, points_back
from knowledge.understanding.decision import Answer, Choice, Part, Unknown, Why
from knowledge.understanding.model import ACRONYMS
from knowledge.understanding.near_misses import NearMisses
from knowledge.understanding.scoring import Scorer
from knowledge.understanding.segmentation import LONGEST, Piece, best_segments, joined
from knowledge.words.text import normalise, words

_LONGEST_ELLIPSIS = 6  # words


class Parts:
    """Finds the questions of a message that are each clear, one a topic."""

    def __init__(self, scorer: Scorer, near_misses: NearMisses) -> None:
        self._of = scorer
        self._near_misses = near_misses
        known = scorer.content.topics
        self.courtesy: Floats = np.array([1e3 if t in known and known[t].courtesy else 0.0 for t in scorer.topics])

    def find(self, cut: list[Piece], whole: Floats) -> tuple[Part, ...]:
        """The questions among the pieces of a message; `whole`: the scores of all of it."""
        settings = self._of.settings
        found = [piece for piece in self._segments(cut) if not self._of.lexicon.is_neutral(piece.text)]
        own = [self._of.scores(piece.text) for piece in found]
        asked = {self._best(scores) for scores in own}
        asking = sum(piece.asks or piece.listed for piece in cut)
        parts: dict[str, Part] = {}
        asides: set[str] = set()
        before = ""
        likely: list[tuple[int, float]] = []
        for piece, alone in zip(found, own, strict=True):
            around = whole.copy()
            around[list(asked - {self._best(alone)})] = 0  # the other questions tell nothing about this one
            best = self._best(alone + np.float32(settings.whole_weight) * around)
            likely.append((best, self._probability(piece, alone, whole, best, asking)))
        main = self._main(likely, self._best(whole))
        for piece, (best, probability) in zip(found, likely, strict=True):
            is_surely_asked = best == main or ((piece.asks or piece.listed) and _is_short(piece))
            least = settings.part_at if is_surely_asked else settings.part_beside_at
            points = bool(before) and points_back(piece.text)
            part = None if points else self._part(piece, best, probability, least)
            if part is None or not isinstance(part.decision, Answer):
                part = self._elliptical(piece, before, parts, whole) or part
            if part:
                part = replace(part, asks=piece.listed or (piece.asks and piece.apart))
                topic = _topic(part) or self._of.topics[best]
                if not piece.aside:
                    asides.discard(topic)
                elif topic not in parts:
                    asides.add(topic)
                parts.setdefault(topic, part)
                before = piece.text
        # What is asked is answered first, then what is only touched on around it.
        return tuple(parts[topic] for topic in sorted(parts, key=asides.__contains__))

    def _main(self, likely: list[tuple[int, float]], whole: int) -> int:
        """What the message is mainly about: what it looks like as a whole, if a part asks that; else the surest part's.

        Anything beside it must be surer: a story touches on much that it does not ask.
        """
        asked = {best for best, probability in likely if probability >= self._of.settings.part_at}
        return whole if whole in asked else max(likely, key=lambda one: one[1], default=(whole, 0.0))[0]

    def _best(self, scores: Floats) -> int:
        """The place of the likeliest topic that is no courtesy: « …, bonne journée » says nothing of the question."""
        return int((scores - self.courtesy)[:-1].argmax())

    def _segments(self, cut: list[Piece]) -> list[Piece]:
        """Among all ways to join neighbouring pieces, the one whose segments are clearest together.

        A segment's scores are its pieces' scores added up: features are counts, so nearly exact. Short pieces
        that ask and are in none are kept: they may only make sense with the one before.
        """
        rows = [self._of.vector(piece.text, normed=False) for piece in cut]
        sums = np.cumsum([np.zeros(len(self._of.topics)), *(self._of.linear(*row) for row in rows)], axis=0)
        norms = np.cumsum([0.0, *(float(v @ v) for _, v in rows)])
        spans = [(start, end) for end in range(1, len(cut) + 1) for start in range(max(0, end - LONGEST), end)]
        starts, ends = (np.array(side) for side in zip(*spans, strict=True))
        scores = (sums[ends] - sums[starts]) / np.sqrt(np.maximum(norms[ends] - norms[starts], 1e-9))[:, None]
        clear = dict(zip(spans, self._of.probabilities(scores.astype(np.float32)), strict=True))

        def value(start: int, end: int) -> float:
            if any(piece.listed for piece in cut[start + 1 : end]):
                return -1.0  # each item of a list is by itself
            worth = self._clarity(clear[start, end], cut[start].apart)
            asks = any(piece.asks or piece.listed for piece in cut[start:end])
            return worth if asks else worth * self._of.settings.statement

        segments = best_segments(len(cut), value)
        taken = {at for start, end in segments for at in range(start, end)}
        left = [at for at, piece in enumerate(cut) if at not in taken and piece.asks and _is_short(piece)]
        return [joined(cut[start:end]) for start, end in sorted([*segments, *((at, at + 1) for at in left)])]

    def _clarity(self, probabilities: Floats, apart: bool) -> float:
        """How much clearer than the threshold a segment's topic is; negative when unclear or not ours."""
        best = int(probabilities.argmax())
        least = self._of.settings.segment_at if apart else self._of.settings.inside_at
        return -1.0 if best == len(self._of.topics) - 1 else float(probabilities[best]) - least

    def _part(self, piece: Piece, best: int, probability: float, least: float) -> Part | None:
        """Answered, or a button that names it, or nothing: it was part of the story."""
        text, topic = piece.text, self._of.topics[best]
        if near_miss := self._near_misses.find(text, self._of.lexicon.read(text)):
            return Part(text, Unknown(Why.NEAR_MISS, confidence=1.0, near_miss=near_miss))
        if probability >= least:
            return Part(text, Answer(topic, probability, word_asked(text, topic, self._of.content.glossary)))
        if (piece.asks or piece.listed) and probability >= self._of.settings.part_offer_at:
            return Part(text, Choice((topic,), probability))
        return None

    def _elliptical(self, piece: Piece, before: str, asked: dict[str, Part], whole: Floats) -> Part | None:
        """« … et c'est payé ? » is read with the question before it, whose topic it is not about again."""
        if not before or not piece.asks or not _is_short(piece):
            return None
        together = self._of.scores(f"{before} {piece.text}").copy()
        if points_back(piece.text) and self._of.topics[int(together.argmax())] in asked:
            return None  # « … c'est quoi exactement » asks again what the question before asked
        together[[self._of.topics.index(topic) for topic in asked]] = together.min()
        best = int(together[:-1].argmax())
        bare = piece._replace(asks=False, listed=False)
        probability = self._probability(bare, together, whole, best, 0)
        part = self._part(piece, best, probability, self._of.settings.part_beside_at)
        return part if part and isinstance(part.decision, Answer) else None

    def _probability(self, piece: Piece, alone: Floats, whole: Floats, topic: int, asking: int) -> float:
        """How likely it is that a part asks about a topic: its own words and the whole message must both say so.

        `asking`: how many pieces of the message have the form of a question. One that has not, beside some that do,
        must be surer.
        """
        own, around = (float(self._of.probabilities(scores)[topic]) for scores in (alone, whole))
        settings = self._of.settings
        asks = piece.asks or piece.listed
        odds = settings.part_constant + settings.part_asks * (asks and asking > 1)
        odds += settings.part_told * (asking > 0 and not asks) + settings.part_listed * piece.listed
        odds += settings.part_states * (not asks and is_told(piece.text))
        odds += settings.part_aside * (asking > 0 and piece.aside)
        odds += settings.part_own * math.log(max(own, 1e-3) / max(1 - own, 1e-3))
        odds += settings.part_whole * float(whole[topic]) + settings.part_share * math.log(max(around, 1e-4))
        return 1 / (1 + math.exp(-odds))


def _is_short(piece: Piece) -> bool:
    return len(words(piece.text)) <= _LONGEST_ELLIPSIS


def _topic(part: Part | None) -> str | None:
    return part.decision.topic if part and isinstance(part.decision, Answer) else None


def word_asked(text: str, topic: str, glossary: Glossary) -> str | None:
    """The acronym that was asked, where the answer is the list of them."""
    asked = set(words(text)) if topic == ACRONYMS else set()
    known = (one.acronym for one in glossary.acronyms)
    return next((acronym for acronym in known if normalise(acronym) in asked), None)
