"""How an answer that was taken is said back, and what is next shown."""

from collections.abc import Mapping

from aiogram.types import Message

from handlers.questionnaire.progress import Progress, show
from handlers.questionnaire.typed_text import TypedText
from handlers.shared.screen import plain
from handlers.shared.typed_places import note_place


async def confirm(typed: TypedText) -> None:
    """A typed name is said back, as it was read; then comes what is next."""
    progress, question = typed.progress, typed.question
    await note_place(progress.state, typed.message, f"form:{question.id}")
    if isinstance(progress.answers.get(question.id), Mapping):
        said = progress.screens.answered(progress.answers).get(question.id, "")
        await typed.message.answer(**plain(progress.screens.words.chosen.format(label=said)).as_kwargs())
    await show_next(typed.message, progress)


async def switch(typed: TypedText, value: str) -> None:
    """The first question is answered anew, and that is said."""
    progress, screens = typed.progress, typed.progress.screens
    await progress.accept(typed.first, value)
    await typed.message.answer(screens.words.switched.format(answer=screens.said(typed.first, value)))
    await show_next(typed.message, progress)


async def show_next(message: Message, progress: Progress) -> None:
    """The question being asked, or how it ended."""
    assert message.bot is not None
    await show(message.bot, message.chat.id, progress)
