"""What was asked in vain, found where it shows: a reading, a rejected choice, a « Pas utile », another wording.

The last questions of a conversation are remembered in it, sealed as it is, so that what a person does next can tell
whether the answer was one. What is kept for the team holds neither who asked nor when: only the day.
"""

import time
from dataclasses import dataclass, replace
from typing import Any

from aiogram.fsm.context import FSMContext
from rapidfuzz.fuzz import token_set_ratio

from knowledge.content.models import Content
from knowledge.feedback import Feedback, Missed, Vain
from knowledge.understanding.decision import Reading, Unknown, Why
from knowledge.understanding.understanding import Understanding
from knowledge.words.text import normalise

_KEY = "lately"
_REMEMBERED = 3  # questions
_SOON = 300  # seconds in which another wording tells something of the answer before
_ALIKE = 55  # of 100, between two wordings
_SURE = 0.7  # least probability of an answer that leaves no doubt, where others were likely too
_NEAR = {Why.NOT_OURS: 0.01, Why.NEAR_MISS: 0.5}
"""Least probability that a refused question is about the programme, for the team to see it."""


@dataclass(frozen=True)
class _Asked:
    """One of the last questions. `row`: where it is kept already; `at`: seconds since 1970."""

    question: str
    answered: tuple[str, ...]
    nearest: tuple[str, ...]
    row: int | None
    at: int

    def as_missed(self, why: Vain) -> Missed:
        return Missed(self.question, why, self.answered, self.nearest)


async def note_question(
    state: FSMContext, feedback: Feedback, understanding: Understanding, text: str, reading: Reading
) -> None:
    """A typed question was read: keep what finds no answer, and the one before when this is the same again."""
    if await state.get_state() is not None or _is_courtesy(reading, understanding.content):
        return  # of what is typed while a form is open, nothing is kept
    lately = await _load(state)
    asked = _Asked(text, tuple(answer.topic for answer in reading.answers), _offered(reading), None, int(time.time()))
    if lately and lately[-1].row is None and _is_said_again(lately[-1], asked):
        row = await feedback.missed(lately[-1].as_missed(Vain.REPHRASED))
        lately[-1] = replace(lately[-1], row=row)
    if missed := in_vain(text, reading, understanding):
        asked = replace(asked, nearest=missed.nearest, row=await feedback.missed(missed))
    await _save(state, [*lately, asked])


async def note_useless(state: FSMContext, feedback: Feedback, topics: list[str]) -> None:
    """« Pas utile »: the last question that these entries answered was asked in vain."""
    lately = await _load(state)
    for place in range(len(lately) - 1, -1, -1):
        if set(topics) & set(lately[place].answered):
            row = await feedback.missed(lately[place].as_missed(Vain.USELESS), lately[place].row)
            lately[place] = replace(lately[place], row=row)
            await _save(state, lately)
            return


async def note_rejected(state: FSMContext, feedback: Feedback) -> None:
    """« Rien de tout cela », under what was offered last."""
    lately = await _load(state)
    if lately and not lately[-1].answered:
        row = await feedback.missed(lately[-1].as_missed(Vain.REJECTED), lately[-1].row)
        await _save(state, [*lately[:-1], replace(lately[-1], row=row)])


async def note_pressed(state: FSMContext, feedback: Feedback, topic: str) -> None:
    """One of the entries offered was the one meant: the question was not in vain, it is answered by it."""
    lately = await _load(state)
    if not lately or lately[-1].answered or topic not in lately[-1].nearest:
        return
    if lately[-1].row is not None:
        await feedback.settled(lately[-1].row)
    await _save(state, [*lately[:-1], replace(lately[-1], answered=(topic,), row=None)])


def in_vain(text: str, reading: Reading, understanding: Understanding) -> Missed | None:
    """Whether a reading leaves the question, or a part of it, without a sure answer."""
    answered = tuple(answer.topic for answer in reading.answers)
    for part in reading.parts:
        if isinstance(part.decision, Unknown) and part.decision.why == Why.NOT_COVERED:
            return Missed(part.text, Vain.UNKNOWN, answered, part.decision.nearest)
    if reading.kind == "choice":
        return Missed(text, Vain.HESITATION, (), reading.choices)
    if reading.kind == "answer":
        is_close = bool(reading.choices) and reading.confidence < _SURE
        return Missed(text, Vain.UNSURE, answered, reading.choices) if is_close else None
    near, topics = understanding.nearest(text)
    is_near = any(near >= _NEAR.get(unknown.why, 2) for unknown in reading.unanswered)
    return Missed(text, Vain.REFUSED, (), topics) if is_near else None


def _offered(reading: Reading) -> tuple[str, ...]:
    return reading.choices or reading.nearest


def _is_courtesy(reading: Reading, content: Content) -> bool:
    return bool(reading.answers) and all(content.topics[answer.topic].courtesy for answer in reading.answers)


def _is_said_again(before: _Asked, now: _Asked) -> bool:
    """Whether a question is the one before in other words: its words are alike, or it leads to the same entry."""
    if now.at - before.at > _SOON:
        return False
    one, other = normalise(before.question), normalise(now.question)
    same_entry = bool(set(before.answered) & {*now.answered, *now.nearest[:1]})
    return one != other and (same_entry or token_set_ratio(one, other) >= _ALIKE)


async def _load(state: FSMContext) -> list[_Asked]:
    kept: list[dict[str, Any]] = (await state.get_data()).get(_KEY) or []
    return [
        _Asked(one["question"], tuple(one["answered"]), tuple(one["nearest"]), one["row"], one["at"]) for one in kept
    ]


async def _save(state: FSMContext, lately: list[_Asked]) -> None:
    await state.update_data({_KEY: [vars(one) for one in lately[-_REMEMBERED:]]})
