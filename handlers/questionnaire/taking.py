"""How an answer that was taken is said back, and what is next shown."""

from collections.abc import Mapping

from aiogram.types import Message

from handlers.questionnaire.progress import Progress, show
from handlers.questionnaire.typed_text import TypedText
from handlers.shared.screen import plain
from handlers.shared.typed_places import note_place
from knowledge.content.questionnaire import UNKNOWN
from knowledge.questionnaire.engine import words_of


async def confirm(typed: TypedText) -> None:
    """A typed name is said back, as it was read; then comes what is next."""
    progress, question = typed.progress, typed.question
    await note_place(progress.state, typed.message, f"form:{question.id}")
    said, words = progress.screens.answered(progress.answers).get(question.id, ""), progress.screens.words
    if progress.is_edited:
        await typed.message.answer(**plain(words.corrected.format(answer=said)).as_kwargs())
    elif isinstance(progress.answers.get(question.id), Mapping) or is_in_words(question.id, progress):
        await typed.message.answer(**plain(words.chosen.format(label=said)).as_kwargs())
    await show_next(typed.message, progress)


async def switch(typed: TypedText, value: str) -> None:
    """The first question is answered anew, and that is said."""
    progress, screens = typed.progress, typed.progress.screens
    await progress.accept(typed.first, value)
    await typed.message.answer(switched(progress, screens.said(typed.first, value)))
    await show_next(typed.message, progress)


async def show_next(message: Message, progress: Progress) -> None:
    """The question being asked, or how it ended."""
    assert message.bot is not None
    await show(message.bot, message.chat.id, progress)


def switched(progress: Progress, answer: str) -> str:
    """That the path is another, and the button to come back: a question has one, an end another."""
    words = progress.screens.words
    button = words.back.strip("← ") if progress.question else words.edit_button
    return words.switched.format(answer=answer, button=button)


def is_in_words(question: str, progress: Progress) -> bool:
    """Whether it was left open, but for the name that was typed: « non reconnue au registre »."""
    return progress.answers.get(question) == UNKNOWN and bool(progress.answers.get(words_of(question)))
