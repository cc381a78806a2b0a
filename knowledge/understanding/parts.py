"""Several questions in one message: each answered when it is clear, else a button that names it."""

import math
from typing import Protocol

import numpy as np

from knowledge.content.models import Content
from knowledge.learning.sparse import Floats, Ints
from knowledge.understanding.decision import Answer, Choice, Part, Unknown, Why
from knowledge.understanding.lexicon import Lexicon
from knowledge.understanding.near_misses import NearMisses
from knowledge.understanding.segmentation import Piece, best_segments, joined
from knowledge.understanding.thresholds import Thresholds
from knowledge.words.text import words

_LONGEST_ELLIPSIS = 6  # words


class Opinions(Protocol):
    """What is thought of a text: the matcher."""

    content: Content
    settings: Thresholds
    topics: list[str]
    lexicon: Lexicon
    near_misses: NearMisses

    def scores(self, text: str) -> Floats: ...  # noqa: D102

    def probabilities(self, scores: Floats) -> Floats: ...  # noqa: D102

    def vector(self, text: str, *, normed: bool = True) -> tuple[Ints, Floats]: ...  # noqa: D102

    def linear(self, places: Ints, values: Floats) -> Floats: ...  # noqa: D102

    def word(self, text: str, topic: str) -> str | None: ...  # noqa: D102


class Parts:
    """Finds the questions of a message that are each clear, one a topic."""

    def __init__(self, opinions: Opinions) -> None:
        self._of = opinions

    def find(self, cut: list[Piece], whole: Floats) -> tuple[Part, ...]:
        """The questions among the pieces of a message; `whole`: the scores of all of it."""
        settings, content = self._of.settings, self._of.content
        found = [piece for piece in self._segments(cut) if not self._of.lexicon.is_neutral(piece.text)]
        own = [self._of.scores(piece.text) for piece in found]
        asked = {int(scores.argmax()) for scores in own}
        asking = sum(piece.asks for piece in cut)
        both = asking > 1
        parts: dict[str, Part] = {}
        before = ""
        for piece, alone in zip(found, own, strict=True):
            around = whole.copy()
            around[list(asked - {int(alone.argmax())})] = 0  # the other questions tell nothing about this one
            told = bool(asking) and not piece.asks
            best = int((alone + np.float32(settings.whole_weight) * around)[:-1].argmax())
            part = self._part(piece, best, self._probability(alone, whole, best, asks=piece.asks and both), told=told)
            if part is None or not isinstance(part.decision, Answer):
                part = self._elliptical(piece, before, parts, whole) or part
            topic = _topic(part) or self._of.topics[best]
            if part and not content.topics[topic].courtesy:
                parts.setdefault(topic, part)
                before = piece.text
        return tuple(parts.values())

    def _segments(self, cut: list[Piece]) -> list[Piece]:
        """Among all ways to join neighbouring pieces, the one whose segments are clearest together.

        A segment's scores are its pieces' scores added up: features are counts, so nearly exact. Short pieces
        that ask and are in none are kept: they may only make sense with the one before.
        """
        rows = [self._of.vector(piece.text, normed=False) for piece in cut]
        sums = np.cumsum([np.zeros(len(self._of.topics)), *(self._of.linear(*row) for row in rows)], axis=0)
        norms = np.cumsum([0.0, *(float(v @ v) for _, v in rows)])

        def value(start: int, end: int) -> float:
            scores = (sums[end] - sums[start]) / math.sqrt(norms[end] - norms[start] or 1.0)
            clear = self._clarity(scores.astype(np.float32), cut[start].apart)
            return clear if joined(cut[start:end]).asks else clear * self._of.settings.statement

        segments = best_segments(len(cut), value)
        taken = {at for start, end in segments for at in range(start, end)}
        left = [at for at, piece in enumerate(cut) if at not in taken and at and piece.asks and _is_short(piece)]
        return [joined(cut[start:end]) for start, end in sorted([*segments, *((at, at + 1) for at in left)])]

    def _clarity(self, scores: Floats, apart: bool) -> float:
        """How much clearer than the threshold a segment's topic is; negative when unclear or not ours."""
        probabilities = self._of.probabilities(scores)
        best = int(probabilities.argmax())
        least = self._of.settings.segment_at if apart else self._of.settings.inside_at
        return -1.0 if best == len(self._of.topics) - 1 else float(probabilities[best]) - least

    def _part(self, piece: Piece, best: int, probability: float, *, told: bool = False) -> Part | None:
        """Answered, or a button that names it, or nothing: it was part of the story.

        `told`: it has not the form of a question, and another piece has: it must be surer.
        """
        text, topic = piece.text, self._of.topics[best]
        if near_miss := self._of.near_misses.find(text, self._of.lexicon.read(text)):
            return Part(text, Unknown(Why.NEAR_MISS, confidence=1.0, near_miss=near_miss))
        if probability >= (self._of.settings.part_told_at if told else self._of.settings.part_at):
            return Part(text, Answer(topic, probability, self._of.word(text, topic)))
        if piece.asks and probability >= self._of.settings.part_offer_at:
            return Part(text, Choice((topic,), probability))
        return None

    def _elliptical(self, piece: Piece, before: str, asked: dict[str, Part], whole: Floats) -> Part | None:
        """« … et c'est payé ? » is read with the question before it, whose topic it is not about again."""
        if not before or not piece.asks or not _is_short(piece):
            return None
        together = self._of.scores(f"{before} {piece.text}").copy()
        together[[self._of.topics.index(topic) for topic in asked]] = together.min()
        best = int(together[:-1].argmax())
        part = self._part(piece, best, self._probability(together, whole, best, asks=False))
        return part if part and isinstance(part.decision, Answer) else None

    def _probability(self, alone: Floats, whole: Floats, topic: int, *, asks: bool) -> float:
        """How likely it is that a part asks about a topic: its own words and the whole message must both say so."""
        own, around = (float(self._of.probabilities(scores)[topic]) for scores in (alone, whole))
        settings = self._of.settings
        odds = settings.part_constant + settings.part_asks * asks
        odds += settings.part_own * math.log(max(own, 1e-3) / max(1 - own, 1e-3))
        odds += settings.part_whole * float(whole[topic]) + settings.part_share * math.log(max(around, 1e-4))
        return 1 / (1 + math.exp(-odds))


def _is_short(piece: Piece) -> bool:
    return len(words(piece.text)) <= _LONGEST_ELLIPSIS


def _topic(part: Part | None) -> str | None:
    return part.decision.topic if part and isinstance(part.decision, Answer) else None
