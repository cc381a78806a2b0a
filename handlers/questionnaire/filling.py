"""The questionnaire: one question at a time, in any order of taps, typed answers and questions."""

import asyncio
from collections.abc import Callable
from typing import Any

from aiogram import Bot, F
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.questionnaire.asides import (
    answer_then_ask,
    ask_question_again,
    correct_answer,
    explain_questions,
    is_asking,
    is_on_question,
    is_said_aside,
)
from handlers.questionnaire.correcting import (
    ENDS,
    correct_at_end,
    is_of_answers,
    is_worded_so,
    list_answers,
    named_question,
    opens_named,
)
from handlers.questionnaire.earlier import said_before
from handlers.questionnaire.naming import names_instead, own_words
from handlers.questionnaire.progress import Checking, Progress, bring_back, cancelled, has_answered, progress_of, show
from handlers.questionnaire.screens import FormScreens, kept_authority
from handlers.questionnaire.several_things import holds_both
from handlers.questionnaire.typed import answer_typed
from handlers.questionnaire.verdict_screens import VerdictScreens
from handlers.shared.buttons import (
    Cancel,
    ChangeAnswer,
    Choose,
    ConfirmKnown,
    EndChoosing,
    GoBack,
    ListAnswers,
    OpenForm,
    Pause,
    Pick,
    ShowCriteria,
    Undo,
    WriteMessage,
)
from handlers.shared.cues import EDITED, TEXT, after
from handlers.shared.memory import leaves
from handlers.shared.said_aside import answered_aside
from handlers.shared.screen import Screen, answer_with, button, send_to
from handlers.shared.switchboard import Boards
from handlers.shared.turn import note_screen
from handlers.shared.typed_places import AnswersBefore
from knowledge.content.conversation import REPAIRS, DialogueAct, DialogueSentences
from knowledge.content.questionnaire import UNKNOWN, Question
from knowledge.questionnaire.engine import InvalidAnswerError
from knowledge.questionnaire.kinds import SeveralKind
from knowledge.questionnaire.typed_answer import says
from knowledge.register.authorities import Register


def register(boards: Boards) -> None:
    """Buttons at any time; typed answers while a question is open."""
    messages, presses, answer_aside = boards.messages, boards.presses, answered_aside(boards.talk, ask_question_again)
    ends = tuple(after(screen) for screen in ENDS)
    messages.add(("/annuler", "/cancel"), cancel_by_command)
    messages.add(DialogueAct.CORRECT, opens_named, progress_of, is_named)
    messages.add(Checking.asking, answer_then_ask(boards.talk), progress_of, holds_both)
    messages.add(Checking.asking, answer_typed, progress_of, is_for_question)
    messages.add(Checking.asking, explain_questions, progress_of, is_on_question)
    messages.add(Checking.asking, answer_aside, is_said_aside)
    messages.add(EDITED, correct_answer, AnswersBefore("form"), progress_of)
    messages.add(EDITED, answer_aside, is_asking)
    messages.add(ends, show_answers, says_back, progress_of)
    messages.add(TEXT, correct_at_end, has_answered, is_worded_so, progress_of, is_of_answers)
    messages.add(DialogueAct.RESUME, resume_in_words, progress_of)
    presses.add_button(OpenForm, open_afresh, rule=F.fresh)
    presses.add_button(OpenForm, open_form, progress_of)
    presses.add_button(Pause, pause)
    presses.add_button(Cancel, cancel)
    presses.add_button(Undo, undo)
    presses.add_button(ConfirmKnown, confirm_known, progress_of)
    presses.add_button(Choose, choose, progress_of)
    presses.add_button(Pick, pick, progress_of)
    presses.add_button(EndChoosing, end_choosing, progress_of)
    presses.add_button(GoBack, go_back, progress_of)
    presses.add_button(ListAnswers, show_answers, progress_of)
    presses.add_button(ChangeAnswer, change, progress_of)
    presses.add_button(ShowCriteria, show_criteria, progress_of)
    presses.add_button(WriteMessage, write_message, progress_of)


_MAYBE = frozenset({DialogueAct.DOSSIER, DialogueAct.RESUME, DialogueAct.TOLD, *REPAIRS})
"""Acts that an answer may look like: « on a déposé le dossier », of an agrément; « Fondation Exemple »."""


async def is_for_question(
    message: Message,
    progress: Progress,
    register: Callable[[], Register],
    act: DialogueAct | None = None,
    pressed: str | None = None,
) -> bool:
    """Whether what is typed is for the question asked: one's own alerts, data… and buttons are not, it waits."""
    is_free = act is DialogueAct.DROP or progress.question is None or not leaves(act, pressed)  # « stop »: of it
    text = message.text or ""
    may_be = (act in _MAYBE and progress.holds(text)) or (act is DialogueAct.TOLD and progress.takes(text))
    may_be = may_be or (not is_free and await names_instead(text, register))
    return is_free or (pressed is None and (progress.is_answered_by(text) or may_be))


async def is_named(_: Message, text: str, progress: Progress) -> bool:
    """Whether it says which answer is to be changed."""
    return named_question(text, progress) is not None


async def says_back(_: Message, text: str, form: FormScreens | None = None, pressed: str | None = None) -> bool:
    """« Retour », where there is no question to go back from."""
    return form is not None and pressed is None and says(text, form.words.back, *form.words.back_also)


async def show_answers(event: Message | CallbackQuery, bot: Bot, progress: Progress) -> None:
    """The answers, each of which can be changed: asked for in words, or by a button."""
    assert event.from_user is not None
    await list_answers(bot, event.from_user.id, progress)


async def resume_in_words(message: Message, bot: Bot, progress: Progress, sentences: DialogueSentences) -> None:
    """« Reprendre là où j'en étais » : the open question, or that there is nothing to go on with."""
    form = progress.screens
    is_asking = await progress.state.get_state() == Checking.asking.state
    if is_asking or progress.answers or progress.offered:
        await show(bot, message.chat.id, progress)
        return
    note_screen("handover")
    start = [[button(form.words.start_button, OpenForm(fresh=False))]]
    await answer_with(message, Screen(form.renderer.text(sentences.nothing_to_resume), start))


async def open_afresh(callback: CallbackQuery, bot: Bot, state: FSMContext, form: FormScreens) -> None:
    """Begin from the start."""
    await state.update_data(form=None)
    await open_form(callback, bot, await Progress.of(state, form))


async def open_form(callback: CallbackQuery, bot: Bot, progress: Progress) -> None:
    """Begin, or go on where it was left."""
    form = progress.screens
    if progress.answers:
        greeting = Screen(form.renderer.text(form.words.resume))
    else:
        greeting = form.greeting({})
        progress.offered = await said_before(progress.state, form)
    if not progress.lost:
        await send_to(bot, callback.from_user.id, greeting)
        await progress.save()
    await show(bot, callback.from_user.id, progress)


async def confirm_known(callback: CallbackQuery, callback_data: ConfirmKnown, bot: Bot, progress: Progress) -> None:
    """What was said before counts as answered, or is forgotten."""
    if progress.offered is None:
        await _stale(callback, bot, progress)
        return
    await progress.take_known(right=callback_data.right)
    await show(bot, callback.from_user.id, progress)


async def choose(callback: CallbackQuery, callback_data: Choose, bot: Bot, progress: Progress) -> None:
    """An option was pressed; where several may be, it is added or taken away."""
    questionnaire, option = progress.screens.questionnaire, callback_data.option
    question = questionnaire.questions.get(callback_data.question)
    if (
        question is None
        or question != progress.question
        or not isinstance(questionnaire.kinds[question.id], SeveralKind)
    ):
        await _take(callback, bot, progress, question, option)
    elif option in {one.id for one in question.options}:
        progress.chosen = [one for one in progress.chosen if one != option] + [option] * (option not in progress.chosen)
        await progress.save()
        await show(bot, callback.from_user.id, progress)
    else:
        await _stale(callback, bot, progress)


async def end_choosing(callback: CallbackQuery, callback_data: EndChoosing, bot: Bot, progress: Progress) -> None:
    """All that was to be chosen is chosen."""
    question = progress.screens.questionnaire.questions.get(callback_data.question)
    await _take(callback, bot, progress, question, progress.chosen)


async def pick(
    callback: CallbackQuery, callback_data: Pick, bot: Bot, progress: Progress, register: Callable[[], Register]
) -> None:
    """An authority was chosen among the proposals, or none was right."""
    value: Any = UNKNOWN
    if callback_data.kind != UNKNOWN:
        authority = (await asyncio.to_thread(register)).get(callback_data.kind, callback_data.code)
        value = kept_authority(authority) if authority else None
    question = progress.screens.questionnaire.questions.get(callback_data.question)
    words = own_words(progress, await asyncio.to_thread(register)) if value == UNKNOWN else ""
    await _take(callback, bot, progress, question, value, words)


async def _take(
    callback: CallbackQuery, bot: Bot, progress: Progress, question: Question | None, value: Any, words: str = ""
) -> None:
    """Accept a pressed answer to the question being asked; a button of another question changes nothing."""
    if question is None or question != progress.question:
        is_known = question is not None and value is not None and progress.answers.get(question.id) == value
        if not is_known:  # the same answer pressed again is let go
            await _stale(callback, bot, progress)
        return
    try:
        await progress.accept(question, value, words)
    except InvalidAnswerError:
        await _stale(callback, bot, progress)
        return
    if isinstance(callback.message, Message):
        # What was pressed stays to be read, without its buttons.
        label = next((option.label for option in question.options if option.id == value), "")
        answer = progress.screens.words.chosen.format(label=label or progress.screens.said(question, value))
        said = f"{callback.message.text or ''}\n\n{answer}".strip()
        await callback.message.edit_text(said, entities=callback.message.entities)
    await show(bot, callback.from_user.id, progress)


async def _stale(callback: CallbackQuery, bot: Bot, progress: Progress) -> None:
    """A button of the past is said to change nothing."""
    await bot.send_message(callback.from_user.id, progress.screens.words.old_button)
    await show(bot, callback.from_user.id, progress)


async def go_back(callback: CallbackQuery, callback_data: GoBack, bot: Bot, progress: Progress) -> None:
    """Ask the question before again; its answer stays until there is another."""
    if progress.question is None or progress.question.id != callback_data.question:
        await _stale(callback, bot, progress)
        return
    await progress.step_back()
    await show(bot, callback.from_user.id, progress)


async def pause(callback: CallbackQuery, bot: Bot, state: FSMContext, form: FormScreens) -> None:
    """Leave; the answers stay."""
    note_screen("paused")
    await state.set_state(None)
    await send_to(bot, callback.from_user.id, form.paused())


async def cancel(callback: CallbackQuery, bot: Bot, state: FSMContext, form: FormScreens) -> None:
    """Take the answers away; for some minutes they can be had back."""
    note_screen("cancelled")
    await send_to(bot, callback.from_user.id, await cancelled(state, form))


async def cancel_by_command(message: Message, state: FSMContext, form: FormScreens | None = None) -> None:
    """/annuler."""
    note_screen("cancelled")
    if form is not None:
        await answer_with(message, await cancelled(state, form))


async def undo(callback: CallbackQuery, bot: Bot, state: FSMContext, form: FormScreens) -> None:
    """Go on with the answers that were taken away."""
    note_screen("undone")
    if not await bring_back(state):
        await bot.send_message(callback.from_user.id, form.words.undo_too_late)
        return
    await bot.send_message(callback.from_user.id, form.words.undone)
    await show(bot, callback.from_user.id, await Progress.of(state, form))


async def change(callback: CallbackQuery, callback_data: ChangeAnswer, bot: Bot, progress: Progress) -> None:
    """Ask one question again, from the recap."""
    if callback_data.question not in progress.answers:
        await _stale(callback, bot, progress)
        return
    await progress.ask_again(callback_data.question)
    await show(bot, callback.from_user.id, progress)


async def show_criteria(callback: CallbackQuery, bot: Bot, progress: Progress) -> None:
    """The verdict, criterion by criterion."""
    note_screen("details")
    await send_to(bot, callback.from_user.id, *VerdictScreens(progress.screens).details(progress.answers))


async def write_message(callback: CallbackQuery, bot: Bot, progress: Progress) -> None:
    """A message to the team, to be copied and sent by the person."""
    note_screen("message")
    await send_to(bot, callback.from_user.id, *VerdictScreens(progress.screens).message(progress.answers))
