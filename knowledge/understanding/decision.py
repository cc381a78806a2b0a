"""What the matcher decided about a message: the vocabulary shared by matching and conversation."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from knowledge.content.models import NearMiss, TopicPoint


class Why(StrEnum):
    """Why a question is left without an answer."""

    NOT_COVERED = "not-covered"
    NOT_OURS = "not-ours"
    NEAR_MISS = "near-miss"
    NO_WORDS = "no-words"
    ENGLISH = "english"
    OTHER_LANGUAGE = "other-language"


class By(StrEnum):
    """What decided on an answer: how the words look, who asks what, or the sentence for this very question."""

    WORDS = "words"
    RULE = "rule"
    PRECISE = "precise"
    PREMISE = "premise"
    COUNTRY = "country"


@dataclass(frozen=True)
class Answer:
    """One topic answers the question. `confidence`: probability that it is the right one."""

    topic: str
    confidence: float
    word: str | None = None
    """The acronym that was asked, where the question is about one."""
    also: tuple[str, ...] = ()
    """Topics that may have been meant instead, best first; none when the answer is sure."""
    lead: str = ""
    """The first sentence, for this person: marked-up text with placeholders, as an entry's answer."""
    case: str = ""
    """What is said first of this person's case, where a point follows it."""
    beside: str = ""
    """What is said of a country named, after the first sentence, where something else is asked."""
    is_brief: bool = False
    """Whether the lead says it all; the entry is then a button."""
    by: By = By.WORDS
    """What decided."""
    point: str = ""
    """The point of the topic that was asked, where it is one: its sentence is the lead."""
    points: tuple[str, ...] = ()
    """Points that may have been asked where the topic itself answers, best first: to be offered."""

    @classmethod
    def precise(cls, topic: str, point: TopicPoint) -> "Answer":
        """The point of a topic that is what was asked, whatever the likeness of its words."""
        return cls(topic, 1.0, by=By.PRECISE).telling(point)

    def telling(self, point: TopicPoint) -> "Answer":
        """The same, which says this point of the topic alone."""
        return replace(self, lead=point.says, is_brief=True, point=point.id)


@dataclass(frozen=True)
class Choice:
    """Two to four topics are likely, best first; ask which."""

    topics: tuple[str, ...]
    confidence: float


@dataclass(frozen=True)
class Unknown:
    """No answer. `nearest`: topics that come closest, best first, for when the person meant one of them."""

    why: Why
    nearest: tuple[str, ...] = ()
    confidence: float = 0.0
    near_miss: NearMiss | None = None


@dataclass(frozen=True)
class Acknowledgement:
    """The person told who she is, or that she does not apply, and asked nothing. `topics`: what to offer her."""

    text: str
    topics: tuple[str, ...]
    confidence: float = 1.0


SURE = 0.75
"""Confidence from which what may be something else as well is taken for a question about the programme."""

Decision = Answer | Choice | Unknown | Acknowledgement


@dataclass(frozen=True)
class Part:
    """One question of a message, as typed, and what was decided."""

    text: str
    decision: Decision
    asks: bool = False
    """Whether it is an item of a list or a sentence that asks, if only by its mark: « date limite ? »."""


@dataclass(frozen=True)
class Reading:
    """A message as understood: its questions in order, never empty."""

    parts: tuple[Part, ...]
    courtesy: str = ""
    """The greeting or the thanks before what is asked: its entry's title is said first, nothing more of it."""

    @cached_property
    def answers(self) -> tuple[Answer, ...]:
        """The answered parts, each topic once, and each point of it, in order."""
        answers = (part.decision for part in self.parts if isinstance(part.decision, Answer))
        return tuple({(answer.topic, answer.point): answer for answer in answers}.values())

    def with_answers(self, change: Callable[[Answer, str], Answer]) -> "Reading":
        """The same, each answer changed; `change` is told the part of the message that it answers too."""
        return replace(
            self,
            parts=tuple(
                replace(part, decision=change(part.decision, part.text)) if isinstance(part.decision, Answer) else part
                for part in self.parts
            ),
        )

    @cached_property
    def choices(self) -> tuple[str, ...]:
        """The topics offered, best first, without those already answered."""
        answered = {answer.topic for answer in self.answers}
        offered = [t for p in self.parts if isinstance(p.decision, Choice) for t in p.decision.topics]
        offered += [t for p in self.parts if isinstance(p.decision, Answer) for t in p.decision.also]
        return tuple(dict.fromkeys(topic for topic in offered if topic not in answered))

    @cached_property
    def unanswered(self) -> tuple[Unknown, ...]:
        """The parts left without an answer."""
        return tuple(part.decision for part in self.parts if isinstance(part.decision, Unknown))

    @property
    def nearest(self) -> tuple[str, ...]:
        """The topics that come closest to what is left without an answer."""
        return tuple(dict.fromkeys(topic for unknown in self.unanswered for topic in unknown.nearest))

    @cached_property
    def acknowledgement(self) -> Acknowledgement | None:
        """What is acknowledged, where nothing else is to be said."""
        noted = (part.decision for part in self.parts if isinstance(part.decision, Acknowledgement))
        return None if self.answers or self.choices else next(noted, None)

    @cached_property
    def kind(self) -> str:
        """`answer` when anything is answered, else `choice`, `acknowledgement`, or `unknown`."""
        if self.answers:
            return "answer"
        if self.choices:
            return "choice"
        return "acknowledgement" if self.acknowledgement else "unknown"

    @property
    def not_covered(self) -> str | None:
        """The first question that is about the programme and has no answer: the team should see it."""
        missed = (p.text for p in self.parts if isinstance(p.decision, Unknown) and p.decision.why == Why.NOT_COVERED)
        return next(missed, None)

    @property
    def is_surely_ours(self) -> bool:
        """Whether what it begins with is surely a question about the programme, whatever else it could be said for."""
        decision = self.parts[0].decision
        return isinstance(decision, Answer) and decision.confidence >= SURE

    @property
    def confidence(self) -> float:
        """The confidence of the least sure part of that kind."""
        kinds = {"answer": Answer, "choice": Choice, "unknown": Unknown, "acknowledgement": Acknowledgement}
        return min(p.decision.confidence for p in self.parts if isinstance(p.decision, kinds[self.kind]))


@dataclass(frozen=True)
class Reason:
    """Why one topic got its probability."""

    topic: str
    probability: float
    words: dict[str, float]
    phrase: str
    similarity: float


@dataclass(frozen=True)
class Explanation:
    """How a text was read (typed → meant), its synonym groups, and its best topics with reasons."""

    read: tuple[tuple[str, str], ...]
    concepts: tuple[str, ...]
    candidates: tuple[Reason, ...]
