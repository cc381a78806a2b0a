"""What is typed while a question of the questionnaire is open: an answer, or a question about the programme."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from aiogram.types import Message

from handlers.questionnaire.homonyms import Picked, picked
from handlers.questionnaire.progress import Progress, cancelled, show
from handlers.questionnaire.screens import NOTE, FormScreens, kept
from handlers.shared.replies import Replies
from handlers.shared.turn import note_topics
from knowledge.content.questionnaire import UNKNOWN, Question
from knowledge.questionnaire.kinds import Authority, Choice, Kind, kind_of
from knowledge.questionnaire.typed_answer import clean, says
from knowledge.register.authorities import Found, Register
from knowledge.understanding.decision import Answer, Reading
from knowledge.understanding.segmentation import pieces
from knowledge.understanding.understanding import Understanding
from knowledge.words.typography import french

_MOST_TYPED = 1_000  # characters of a typed answer that are read
_SURE = 0.75  # confidence from which what is typed is taken for a question about the programme
_CLEAR_NAME = 0.9  # score from which what is typed is the name of an authority


@dataclass(frozen=True)
class _Typed:
    """What was typed, what it was typed for, and how it was understood."""

    message: Message
    text: str
    progress: Progress
    question: Question
    reading: Reading
    register: Callable[[], Register]

    @property
    def kind(self) -> Kind:
        return self.progress.screens.questionnaire.kinds[self.question.id]

    @cached_property
    def asks(self) -> bool:
        """Whether it is a question that we can answer."""
        return asks_about_programme(self.text, self.reading)

    @cached_property
    def value(self) -> Any:
        """The answer that it is; None when it is none."""
        if self.asks and not self.kind.takes_words:
            return None
        return self.kind.read(self.text, self.progress.screens.words.dont_know_also)

    async def named(self) -> Found | None:
        """The authorities that it may name, or the body that is none; None where no authority is asked for."""
        if not isinstance(self.kind, Authority):
            return None
        return (await asyncio.to_thread(self.register)).look_up_near(self.text, self.progress.near)


async def answer_typed(
    message: Message,
    text: str,
    progress: Progress,
    understanding: Understanding,
    replies: Replies,
    register: Callable[[], Register],
) -> None:
    """An answer in words, or a question about the programme: it is answered, then we go on."""
    question, text = progress.question, text[:_MOST_TYPED]
    if progress.offered and (right := kind_of(progress.screens.yes_or_no).read(text, ())):
        await progress.take_known(right=right == "yes")
    elif question is not None and not progress.lost:  # else what this answers may be gone: the next is shown, told why
        reading = understanding.read(text, today=replies.renderer.today)
        typed = _Typed(message, text, progress, question, reading, register)
        for attempt in _ATTEMPTS:
            if await attempt(typed):
                return
        await _react(typed, replies)
    await _show(message, progress)


async def _is_a_button(typed: _Typed) -> bool:
    """A button's label does what the button does."""
    text, progress = typed.text, typed.progress
    form, words = progress.screens, progress.screens.words
    if says(text, words.later, *words.later_also):
        await progress.state.set_state(None)
        await typed.message.answer(**form.paused().as_kwargs())
    elif says(text, words.cancel, *words.cancel_also):
        await typed.message.answer(**(await cancelled(progress.state, form)).as_kwargs())
    elif progress.answers and says(text, words.back, *words.back_also):
        await progress.step_back()
        await _show(typed.message, progress)
    else:
        return False
    return True


async def _picks(typed: _Typed) -> bool:
    """One of the authorities proposed, or none of them."""
    progress, words = typed.progress, typed.progress.screens.words
    if not progress.proposed:
        return False
    found = picked(typed.text, progress.proposed, words, await asyncio.to_thread(typed.register))
    if found is None:
        return False
    if found.elsewhere:
        there = (await asyncio.to_thread(typed.register)).look_up_in(progress.unmatched, found.elsewhere)
        if there.candidates:
            await _take_name(typed, there, progress.unmatched)
            return True
        found = Picked(none=True)
    if found.one is not None:
        await progress.accept(typed.question, {name: value for name, value in found.one.items() if name != NOTE})
    elif found.none:
        progress.proposed = []
        await progress.save()
        await typed.message.answer(words.authority_none)
    else:
        await typed.message.answer(words.authority_several)
    await _show(typed.message, progress)
    return True


async def _is_doubtful(typed: _Typed) -> bool:
    """A valid answer, but odd: asked about once; typed again, it is what was meant."""
    progress, value = typed.progress, typed.value
    doubt = typed.kind.doubt(value, progress.screens.words) if value is not None else ""
    if not doubt or progress.chosen == [value]:
        return False
    progress.chosen = [value]
    await progress.save()
    await typed.message.answer(doubt)
    return True


async def _answers(typed: _Typed) -> bool:
    """It is taken, and what comes next is shown."""
    value, words = typed.value, typed.progress.screens.words
    if value is None:
        return False
    is_no_news = typed.text.strip().isdigit() or says(typed.text, *words.dont_know_also, *words.confirm_also)
    own = typed.progress.unmatched if isinstance(typed.kind, Authority) else "" if is_no_news else clean(typed.text)
    await typed.progress.accept(typed.question, value, own)
    await _show(typed.message, typed.progress)
    return True


async def _clearly_names(typed: _Typed) -> bool:
    """The authorities that it surely names are proposed."""
    named = await typed.named()
    if named is None or not named.candidates or named.candidates[0].score < _CLEAR_NAME:
        return False
    await _take_name(typed, named, clean(typed.text))
    return True


async def _changes_path(typed: _Typed) -> bool:
    """« On est une association », typed just after the wrong answer to the first question: it is answered anew."""
    progress = typed.progress
    screens = progress.screens
    first, *others = screens.questionnaire.asked(progress.answers)
    kind = screens.questionnaire.kinds[first.id]
    is_second = others[:1] == [typed.question] and isinstance(kind, Choice)
    value = kind.read(typed.text, ()) if is_second else None
    if value is None or value == progress.answers.get(first.id):
        return False
    await progress.accept(first, value)
    await typed.message.answer(screens.words.switched.format(answer=screens.said(first, value)))
    await _show(typed.message, progress)
    return True


async def _perhaps_names(typed: _Typed) -> bool:
    """The authorities that it may name are proposed; those proposed for another name are dropped."""
    named = None if typed.asks else await typed.named()
    if named is None:
        return False
    await _take_name(typed, named, clean(typed.text))
    return bool(named.candidates or named.body)


_ATTEMPTS: tuple[Callable[[_Typed], Awaitable[bool]], ...] = (
    _is_a_button,
    _picks,
    _is_doubtful,
    _answers,
    _clearly_names,
    _changes_path,
    _perhaps_names,
)
"""What may be meant, likeliest first: each says whether it was, and has then answered."""


async def _take_name(typed: _Typed, named: Found, name: str) -> None:
    """Authorities are proposed; a body that is none is kept in the person's words, `name`."""
    telling, found, progress = typed.register().telling, named.candidates, typed.progress
    progress.proposed = [kept(candidate.authority) | {NOTE: telling.former(candidate, found)} for candidate in found]
    progress.unmatched = name
    await progress.save()
    if named.body:
        await progress.accept(typed.question, UNKNOWN, name)
        await progress.accept_body(named.body.kind)
        said = f"{french(telling.body(named.body))} {progress.screens.words.authority_body}"
        await typed.message.answer(said)
    if found or named.body:
        await _show(typed.message, progress)


async def _show(message: Message, progress: Progress) -> None:
    assert message.bot is not None
    await show(message.bot, message.chat.id, progress)


async def _react(typed: _Typed, replies: Replies) -> None:
    """It was no answer: a question about the programme is answered, anything else is said not to be understood."""
    if _is_question(typed.reading):
        await answer_aside(typed.message, typed.reading, replies, typed.progress.screens)
    else:
        await typed.message.answer(typed.kind.sorry(typed.progress.screens.words))


async def answer_aside(message: Message, reading: Reading, replies: Replies, form: FormScreens) -> None:
    """A question about the programme in the midst of others: its answer, then « Revenons à… »."""
    note_topics(answer.topic for answer in reading.answers)
    for screen in replies.to(reading, 0):
        await message.answer(**screen.as_kwargs())
    await message.answer(form.words.back_to_question)


def asks_about_programme(text: str, reading: Reading) -> bool:
    """Whether what was typed has the form of a question, and one that we can answer."""
    return _is_question(reading) and any(piece.asks for piece in pieces(text))


def _is_question(reading: Reading) -> bool:
    decision = reading.parts[0].decision
    return isinstance(decision, Answer) and decision.confidence >= _SURE
