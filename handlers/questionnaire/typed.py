"""What is typed while a question of the questionnaire is open: an answer, or a question about the programme."""

import asyncio
from collections.abc import Callable
from typing import Any

from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from handlers.questionnaire.progress import Progress, cancelled, show
from handlers.questionnaire.screens import NOTE, FormScreens, kept
from handlers.shared.replies import Replies
from handlers.shared.turn import note_topics
from knowledge.content.questionnaire import UNKNOWN, Question
from knowledge.questionnaire.typed_answer import clean, nearest_domain, read_answer, says
from knowledge.register.authorities import Register
from knowledge.understanding.decision import Answer, Reading
from knowledge.understanding.segmentation import pieces
from knowledge.understanding.understanding import Understanding
from knowledge.words.text import normalise
from knowledge.words.typography import french

_MOST_TYPED = 1_000  # characters of a typed answer that are read
_SURE = 0.75  # confidence from which what is typed is taken for a question about the programme
_CLEAR_NAME = 0.9  # score from which what is typed is the name of an authority


async def answer_typed(
    message: Message,
    text: str,
    state: FSMContext,
    form: FormScreens,
    understanding: Understanding,
    replies: Replies,
    register: Callable[[], Register],
) -> None:
    """An answer in words, or a question about the programme: it is answered, then we go on."""
    progress = await Progress.of(state, form)
    question = progress.question
    text = text[:_MOST_TYPED]
    if progress.offered and (right := read_answer(form.yes_or_no, text, ())):
        await progress.take_known(right=right == "yes")
    elif progress.lost:
        pass  # the question that this answers may be gone: the next one is shown, told why
    elif question is not None:
        if await _is_a_button(message, text, progress, question):
            return
        reading = understanding.read(text, today=replies.renderer.clock())
        if await _is_answered(message, text, progress, question, reading, register):
            return
        await _react(message, question, form, reading, replies)
    await _show(message, progress)


async def _is_a_button(message: Message, text: str, progress: Progress, question: Question) -> bool:
    """Whether a button's label was typed; it then does what the button does."""
    form, state = progress.screens, progress.state
    words = form.words
    if says(text, words.later, *words.later_also):
        await state.set_state(None)
        await message.answer(**form.paused().as_kwargs())
    elif says(text, words.cancel, *words.cancel_also):
        await message.answer(**(await cancelled(state, form)).as_kwargs())
    elif progress.answers and says(text, words.back, *words.back_also):
        await progress.step_back()
        await _show(message, progress)
    elif (picked := _picked(text, progress)) is not None:
        await progress.accept(question, picked)
        await _show(message, progress)
    else:
        return False
    return True


def _picked(text: str, progress: Progress) -> dict[str, Any] | None:
    """Which of the authorities proposed is meant by « 2 », « la première », or « oui » where there is one."""
    words, proposed = progress.screens.words, progress.proposed
    typed = normalise(text)
    is_first = says(text, *words.first_also)
    is_right = len(proposed) == 1 and says(text, words.confirm, *words.confirm_also)
    number = (
        1 if is_first or is_right else int(typed) if len(typed) == 1 and typed.isdigit() else 0
    )  # « 01000 » is none
    picked = proposed[number - 1] if 1 <= number <= len(proposed) else None
    return picked and {name: value for name, value in picked.items() if name != NOTE}


async def _is_answered(
    message: Message,
    text: str,
    progress: Progress,
    question: Question,
    reading: Reading,
    register: Callable[[], Register],
) -> bool:
    """Whether the text was an answer; it is then taken, and what comes next is shown."""
    words = progress.screens.words
    asks = asks_about_programme(text, reading)
    value = None if asks and question.kind != "text" else read_answer(question, text, words.dont_know_also)
    if question.kind == "email" and value and progress.chosen != [value] and (meant := nearest_domain(value)):
        progress.chosen = [value]  # typed again, it is what was meant
        await progress.save()
        await message.answer(words.email_meant.format(email=meant))
        return True
    if value is not None:
        words_are_no_news = text.strip().isdigit() or says(text, *words.dont_know_also, *words.confirm_also)
        await progress.accept(question, value, "" if words_are_no_news else clean(text))
        await _show(message, progress)
        return True
    if question.kind == "authority":
        return await _names_authority(message, text, progress, question, await asyncio.to_thread(register), asks=asks)
    return await _changes_path(message, text, progress, question)


async def _names_authority(
    message: Message, text: str, progress: Progress, question: Question, register: Register, *, asks: bool
) -> bool:
    """Whether the text names authorities, then proposed, or a body that is none, then kept in the person's words."""
    named = register.look_up_near(text, progress.near)
    found = named.candidates
    is_clear = bool(found) and found[0].score >= _CLEAR_NAME
    if not is_clear and await _changes_path(message, text, progress, question):
        return True
    if asks and not is_clear:
        return False
    progress.proposed = [
        kept(candidate.authority) | {NOTE: register.telling.former(candidate, found)} for candidate in found
    ]
    await progress.save()
    if named.body:
        await progress.accept(question, UNKNOWN, clean(text))
        words = progress.screens.words
        await message.answer(f"{french(register.telling.body(named.body))} {words.authority_body}")
    if found or named.body:
        await _show(message, progress)
    return bool(found or named.body)


async def _changes_path(message: Message, text: str, progress: Progress, question: Question) -> bool:
    """« On est une association », typed just after the wrong answer to the first question: it is answered anew."""
    screens = progress.screens
    first, *others = screens.questionnaire.asked(progress.answers)
    second = others[:1] == [question] and first.kind == "choice"
    value = read_answer(first, text, ()) if second else None
    if value is None or value == progress.answers.get(first.id):
        return False
    await progress.accept(first, value)
    await message.answer(screens.words.switched.format(answer=screens.said(first, value)))
    await _show(message, progress)
    return True


async def _show(message: Message, progress: Progress) -> None:
    assert message.bot is not None
    await show(message.bot, message.chat.id, progress.state, progress)


async def _react(message: Message, question: Question, form: FormScreens, reading: Reading, replies: Replies) -> None:
    """It was no answer: a question about the programme is answered, anything else is said not to be understood."""
    if _is_question(reading):
        await answer_aside(message, reading, replies, form)
    else:
        words = form.words
        sorry = {
            "authority": words.authority_none,
            "number": words.number_expected,
            "text": words.text_expected,
            "email": words.email_expected,
            "phone": words.phone_expected,
        }
        await message.answer(sorry.get(question.kind, words.not_understood))


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
