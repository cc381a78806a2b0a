"""What was asked in vain, found where it shows: a reading, a rejected choice, a « Pas utile », another wording.

The last question of a conversation is remembered for an hour, so that what a person does next can tell whether the
answer was one. What is kept for the team holds neither who asked nor when: only the day.
"""

import re
import time
from collections.abc import Iterable
from dataclasses import replace

from aiogram.fsm.context import FSMContext
from rapidfuzz.fuzz import token_set_ratio

from handlers.shared.last_question import LastQuestion, keep_question, last_question
from handlers.shared.screen import Screen
from knowledge.content.models import Content
from knowledge.feedback import Feedback, Missed, Vain
from knowledge.understanding.decision import Reading, Unknown, Why
from knowledge.understanding.segmentation import pieces
from knowledge.understanding.understanding import Understanding
from knowledge.words.markup import plain_text
from knowledge.words.text import normalise

_SOON = 300  # seconds in which a question has to do with the one before
_ALIKE = 55  # of 100, between two wordings
_UNDOUBTED = 0.7  # least probability of an answer that leaves no doubt, where others were likely too
_THANKS = 0.9  # probability from which a courtesy is one, even where it asks (« ça va ? »)
_NEAR = {Why.NOT_OURS: 0.003, Why.NEAR_MISS: 0.5}
"""Least probability that a refused question is about the programme, for the team to see it; any, in a conversation."""
_OURS = 0.05
"""Least probability that a question beside one that is answered is about the programme as well."""
_TELLING = 4  # words before its question mark, at least
_QUESTION = re.compile(r"(?:^|(?<=[?!.;\n]))[^?!.;\n]+\?")
_FIRST = 300  # characters of a screen, among which an answer says that it does not know


async def note_question(
    state: FSMContext,
    feedback: Feedback,
    understanding: Understanding,
    text: str,
    reading: Reading,
    shown: Iterable[Screen],
) -> None:
    """A typed question was read: keep what finds no answer, and the one before when this is the same again."""
    words = understanding.content.conversation
    if _is_courtesy(reading, understanding.content):
        if reading.confidence < _THANKS and any(piece.asks for piece in pieces(text)):  # « d'accord. Et si… ? »
            answered = tuple(answer.topic for answer in reading.answers)
            await feedback.missed(Missed(text, Vain.UNSURE, answered, understanding.nearest(text)[1]))
        return
    before = await last_question(state)
    asked = LastQuestion(
        feedback.masked(text),
        tuple(answer.topic for answer in reading.answers),
        reading.choices or reading.nearest,
        unanswered=not reading.answers and bool(reading.choices or reading.not_covered),
    )
    if before and before.row is None and _is_said_again(before, asked, words.insistences):
        await feedback.missed(_missed(before, Vain.REPHRASED))
    in_talk = before is not None and _is_recent(before) and bool(before.answered or before.nearest)
    missed = in_vain(text, reading, understanding, in_talk=in_talk)
    if missed is None and _says(shown, words.admissions):
        missed = Missed(text, Vain.ADMITTED, asked.answered, asked.nearest)
    if missed:
        asked = replace(asked, nearest=missed.nearest, row=await feedback.missed(missed))
    await keep_question(state, asked)


async def note_useless(state: FSMContext, feedback: Feedback, topics: list[str]) -> None:
    """« Pas utile »: the last question was asked in vain, if these entries answered it."""
    last = await last_question(state)
    if last and set(topics) & set(last.answered):
        await keep_question(state, replace(last, row=await feedback.missed(_missed(last, Vain.USELESS), last.row)))


async def note_useful(state: FSMContext, feedback: Feedback, topics: list[str]) -> None:
    """« Utile »: it was not in vain, even where we said that we do not know."""
    last = await last_question(state)
    if last and last.row is not None and set(topics) & set(last.answered):
        await feedback.settled(last.row)
        await keep_question(state, replace(last, row=None))


async def note_rejected(state: FSMContext, feedback: Feedback) -> None:
    """« Rien de tout cela », under what was offered last."""
    last = await last_question(state)
    if last and (last.nearest or not last.answered):
        await note_unhappy(state, feedback)


async def note_unhappy(state: FSMContext, feedback: Feedback) -> None:
    """« Ce n'est pas ma question », a complaint: the answer before was none."""
    if last := await last_question(state):
        await keep_question(state, replace(last, row=await feedback.missed(_missed(last, Vain.REJECTED), last.row)))


async def note_pressed(state: FSMContext, feedback: Feedback, topic: str, typed: str = "") -> None:
    """One of the entries offered was the one meant: the question was not in vain, it is answered by it.

    `typed`: the label, where it was typed; « comment postuler » is a question too.
    """
    last = await last_question(state)
    if last is None or last.answered or topic not in last.nearest:
        if " " in typed.strip():
            await keep_question(state, LastQuestion(feedback.masked(typed), (topic,), ()))
        return
    if last.row is not None:
        await feedback.settled(last.row)
    await keep_question(state, replace(last, answered=(topic,), row=None, unanswered=False))


def _missed(last: LastQuestion, why: Vain) -> Missed:
    return Missed(last.question, why, last.answered, last.nearest)


def in_vain(text: str, reading: Reading, understanding: Understanding, *, in_talk: bool = False) -> Missed | None:
    """Whether a reading leaves the question, or a part of it, without a sure answer.

    `in_talk`: whether the programme was talked about just before; what is refused then is likely to be about it.
    """
    answered = tuple(answer.topic for answer in reading.answers)
    for part in reading.parts:
        if isinstance(part.decision, Unknown) and part.decision.why == Why.NOT_COVERED:
            return Missed(part.text, Vain.UNKNOWN, answered, part.decision.nearest)
    if reading.kind == "choice":
        return Missed(text, Vain.HESITATION, (), reading.choices)
    if reading.kind == "answer":
        if reading.choices and reading.confidence < _UNDOUBTED:
            return Missed(text, Vain.UNSURE, answered, reading.choices)
        return _left(text, reading, understanding)
    near, topics = understanding.nearest(text)
    least = {**_NEAR, Why.NOT_OURS: 0} if in_talk else _NEAR
    is_near = any(near >= least.get(unknown.why, 2) for unknown in reading.unanswered)
    return Missed(text, Vain.REFUSED, (), topics) if is_near else None


def _left(text: str, reading: Reading, understanding: Understanding) -> Missed | None:
    """The first question beside one that is answered, of which no answer says anything."""
    asked = [found.strip() for found in _QUESTION.findall(text)]
    own = " ".join(part.text for part in reading.parts if part.text != text)
    for question in asked if len(asked) > 1 else ():
        if question.count(" ") < _TELLING or question.rstrip("? ") in own:
            continue
        likely, nearest = understanding.nearest(question)
        if likely >= _OURS and not understanding.is_clear(question):
            answered = tuple(answer.topic for answer in reading.answers)
            return Missed(question, Vain.UNKNOWN, answered, nearest)
    return None


def _is_courtesy(reading: Reading, content: Content) -> bool:
    return bool(reading.answers) and all(content.topics[answer.topic].courtesy for answer in reading.answers)


def _says(shown: Iterable[Screen], admissions: Iterable[str]) -> bool:
    """Whether what is shown begins by saying that we do not know."""
    texts = [f" {normalise(plain_text(screen.text)[:_FIRST])} " for screen in shown]
    return any(f" {said} " in text for said in admissions for text in texts)


def _is_recent(before: LastQuestion) -> bool:
    return time.time() - before.at <= _SOON


def _is_said_again(before: LastQuestion, now: LastQuestion, insistences: tuple[str, ...]) -> bool:
    """Whether a question is the one before again: it says so, its words are alike, or its entry is the same."""
    if not _is_recent(before):
        return False
    one, other = normalise(before.question), normalise(now.question)
    same_entry = bool(set(before.answered) & {*now.answered, *now.nearest[:1]})
    insists = other.startswith(insistences)
    return one != other and (same_entry or insists or token_set_ratio(one, other) >= _ALIKE)
