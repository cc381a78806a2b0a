"""How an answer that was taken is said back, and what is next shown."""

from collections.abc import Mapping

from handlers.questionnaire.progress import Progress, show
from handlers.questionnaire.typed_text import TypedText
from handlers.shared.screen import answer_with, plain
from handlers.shared.typed_places import note_place
from knowledge.content.questionnaire import UNKNOWN, Question
from knowledge.questionnaire.engine import words_of


async def say_back(typed: TypedText) -> None:
    """A typed answer is said back where how it was read is not plain, or it corrects one; then comes what is next."""
    progress, question = typed.progress, typed.question
    await note_place(progress.state, typed.message, f"form:{question.id}")
    said, words = progress.screens.answered(progress.answers).get(question.id, ""), progress.screens.words
    if typed.instead_of and said:
        told = corrected(progress, question, typed.instead_of)
        await answer_with(typed.message, plain(told))
    elif said and (typed.asks_beside or _is_to_be_shown(question.id, progress)):
        await answer_with(typed.message, plain(words.chosen.format(label=said)))
    await show_next(typed)


def _is_to_be_shown(question: str, progress: Progress) -> bool:
    """Whether how it was read is not plain from what was typed."""
    return isinstance(progress.answers[question], Mapping) or is_in_words(question, progress)


async def switch(typed: TypedText, value: str) -> None:
    """The first question is answered anew, and that is said."""
    progress, screens = typed.progress, typed.progress.screens
    await progress.accept(typed.first, value)
    await typed.message.answer(switched(progress, screens.said(typed.first, value)))
    await show_next(typed)


async def show_next(typed: TypedText) -> None:
    """The question being asked, or how it ended; nothing while a question that came with the answer is to be met."""
    assert typed.message.bot is not None
    if not typed.asks_beside:
        await show(typed.message.bot, typed.message.chat.id, typed.progress)


def corrected(progress: Progress, question: Question, before: str) -> str:
    """« C'est corrigé : Pays, Maroc → Sénégal »."""
    after = progress.screens.brief(question, progress.answers)
    return progress.screens.words.changed.format(label=question.label, before=before, after=after)


def switched(progress: Progress, answer: str) -> str:
    """That the path is another, and the button to come back: a question has one, an end another."""
    words = progress.screens.words
    button = words.back.strip("← ") if progress.question else words.edit_button
    return words.switched.format(answer=answer, button=button)


def is_in_words(question: str, progress: Progress) -> bool:
    """Whether it was left open, but for the name that was typed: « non reconnue au registre »."""
    return progress.answers.get(question) == UNKNOWN and bool(progress.answers.get(words_of(question)))
