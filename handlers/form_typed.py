"""What is typed while a question of the questionnaire is open: an answer, or a question about the programme."""

import asyncio
from collections.abc import Callable

from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from handlers.form_progress import Progress, show
from handlers.form_screens import FormScreens
from handlers.replies import Replies
from knowledge.authorities import Register
from knowledge.decision import Answer, Reading
from knowledge.form import Question
from knowledge.matching import Matcher
from knowledge.segmentation import pieces
from knowledge.typed_answer import nearest_domain, read_answer

_MOST_TYPED = 1_000  # characters of a typed answer that are read
_SURE = 0.75  # confidence from which what is typed is taken for a question about the programme
_CLEAR_NAME = 0.9  # score from which what is typed is the name of an authority


async def answer_typed(
    message: Message,
    text: str,
    state: FSMContext,
    form: FormScreens,
    matcher: Matcher,
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
        reading = matcher.find(text)
        if await _is_answered(message, text, progress, question, reading, register):
            return
        await _react(message, question, form, reading, replies)
    assert message.bot is not None
    await show(message.bot, message.chat.id, state, progress)


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
        await progress.accept(question, value)
        assert message.bot is not None
        await show(message.bot, message.chat.id, progress.state, progress)
        return True
    found = []
    if question.kind == "authority":
        found = (await asyncio.to_thread(register)).find_near(text, progress.near)
    if not (found and found[0].score >= _CLEAR_NAME) and await _changes_path(message, text, progress, question):
        return True
    if found and not (asks and found[0].score < _CLEAR_NAME):
        proposed = progress.screens.candidates(question, [candidate.authority for candidate in found])
        await message.answer(**proposed.as_kwargs())
        return True
    return False


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
    assert message.bot is not None
    await show(message.bot, message.chat.id, progress.state, progress)
    return True


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
    for screen in replies.to(reading, 0):
        await message.answer(**screen.as_kwargs())
    await message.answer(form.words.back_to_question)


def asks_about_programme(text: str, reading: Reading) -> bool:
    """Whether what was typed has the form of a question, and one that we can answer."""
    return _is_question(reading) and any(piece.asks for piece in pieces(text))


def _is_question(reading: Reading) -> bool:
    decision = reading.parts[0].decision
    return isinstance(decision, Answer) and decision.confidence >= _SURE
