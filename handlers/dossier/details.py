"""The details that somebody gives to be answered: typed one by one, shown, changed, given up."""

from typing import Any

from aiogram import Bot
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import or_f
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.dossier.doubts import is_name, may_ask, objection, settled, surely_asks
from handlers.dossier.draft import Draft, Sending, draft_of, drop_draft, load_draft, save_draft
from handlers.dossier.screens import DossierScreens
from handlers.questionnaire.asides import is_on_question
from handlers.questionnaire.typed_text import asks_about_programme
from handlers.shared.buttons import ChangeDetail, Confirm, GiveUp, ListDetails, ShowDraft, Skip
from handlers.shared.cues import EDITED, after
from handlers.shared.memory import leaves
from handlers.shared.replies import Replies
from handlers.shared.said_aside import answered_aside
from handlers.shared.screen import answer_with, plain, send_to
from handlers.shared.switchboard import Boards
from handlers.shared.turn import note_proposal, note_screen, proposes, talked
from handlers.shared.typed_places import AnswersBefore, note_place
from knowledge.content.conversation import DialogueAct
from knowledge.content.dossier import detail_said
from knowledge.questionnaire.kinds import kind_of
from knowledge.questionnaire.typed_answer import says
from knowledge.understanding.understanding import Understanding

_SURE_ACTS = frozenset({DialogueAct.ERASE, DialogueAct.DATA, DialogueAct.STOP_ALL, DialogueAct.STOP_ALERTS})
"""Acts that nothing written as a name hides: rights are asked for with any capitals."""


def register(boards: Boards) -> None:
    """What is typed and pressed while something is about to be sent; else a button of the past."""
    messages, presses = boards.messages, boards.presses
    answer_aside = answered_aside(boards.talk, _ask_again)
    messages.add(Sending.asking, explain, draft_of, is_no_name, or_f(is_on_question, is_of_details))
    messages.add(Sending.asking, take_detail, draft_of, is_detail)
    messages.add(Sending.asking, answer_aside, draft_of, is_said_aside)
    messages.add(after("recap"), answer_aside, is_no_button, draft_of, is_complete)
    messages.add(Sending.asking, nothing_to_complete, is_gone)
    messages.add(EDITED, correct_detail, AnswersBefore("detail"), draft_of)
    messages.add(EDITED, tell_late, AnswersBefore("detail"))
    messages.add(("/annuler", "/cancel"), give_up_by_command, draft_of)
    presses.add_button(Skip, skip, draft_of)
    presses.add_button(ListDetails, list_details, draft_of)
    presses.add_button(ShowDraft, show_draft, draft_of)
    presses.add_button(ChangeDetail, change_detail, draft_of)
    for of_a_draft in (Skip, ListDetails, ShowDraft, ChangeDetail):
        presses.add_button(of_a_draft, old_button)
    presses.add_button(GiveUp, give_up)


async def is_detail(
    _: Message,
    text: str,
    draft: Draft,
    dossier_screens: DossierScreens,
    act: DialogueAct | None = None,
    pressed: str | None = None,
) -> bool:
    """Whether what is typed is for the detail asked: one's own alerts, data… and buttons are not, it waits."""
    question = draft.next(dossier_screens.dossier_form)
    if question is None or act is DialogueAct.DROP or dossier_screens.is_free(draft, question):
        return True
    if act not in _SURE_ACTS and pressed is None and is_name(draft, question, text):
        return True
    return not leaves(act, pressed) or (pressed is None and dossier_screens.is_skipped(draft, question, text))


async def is_no_name(_: Message, text: str, draft: Draft, dossier_screens: DossierScreens) -> bool:
    """Whether it may ask something, of the name that is asked."""
    return not is_name(draft, draft.next(dossier_screens.dossier_form), text)


async def is_said_aside(_: Message, act: DialogueAct | None = None, pressed: str | None = None) -> bool:
    """Whether the detail is asked again after it; a button that leaves the form lets it wait."""
    return act is not None or not leaves(act, pressed)


async def is_no_button(_: Message, pressed: str | None) -> bool:
    """Whether it is said at the recap, and is none of its buttons."""
    return pressed is None


async def is_complete(_: Message, draft: Draft, dossier_screens: DossierScreens) -> bool:
    """Whether the draft waits for nothing but to be sent."""
    return draft.next(dossier_screens.dossier_form) is None


async def is_of_details(_: Message, text: str, draft: Draft, dossier_screens: DossierScreens) -> bool:
    """« Pourquoi vous demandez ça ? », of a detail that no words whatever answer."""
    question, words = draft.next(dossier_screens.dossier_form), dossier_screens.words
    return question is not None and not dossier_screens.is_free(draft, question) and says(text, *words.explained_also)


async def explain(
    message: Message, text: str, state: FSMContext, draft: Draft, dossier_screens: DossierScreens
) -> None:
    """What the details are for; then the one that is open again. Typed again, it is a name."""
    draft.doubted = text
    await answer_with(message, plain(dossier_screens.words.explained))
    await _go_on(message, state, draft, dossier_screens)


async def _ask_again(message: Message, state: FSMContext, dossier_screens: DossierScreens, **_: Any) -> None:
    """The open detail, or the recap."""
    draft = await load_draft(state)
    is_open = await state.get_state() == Sending.asking.state or talked()
    if draft is not None and is_open and not proposes():  # else « oui » would answer both
        await answer_with(message, plain(dossier_screens.form.words.back_to_question))
        await _go_on(message, state, draft, dossier_screens)


async def correct_detail(
    message: Message, text: str, place: str, state: FSMContext, draft: Draft, dossier_screens: DossierScreens
) -> None:
    """A detail edited where it was typed is changed, and what was open is shown again."""
    question = next((one for one in dossier_screens.dossier_form.asked(inquiry=draft.inquiry) if one.id == place), None)
    if question is None or place not in draft.details:
        await tell_late(message, dossier_screens)
        return
    value = "" if dossier_screens.is_skipped(draft, question, text) else kind_of(question).read(text, ())
    if sorry := objection(draft, question, text, value, dossier_screens):
        await message.answer(sorry)
        return
    draft.take(place, value or "")
    said = detail_said(question, draft.details[place]) or dossier_screens.words.skipped
    answer = dossier_screens.form.words.answered.format(label=question.label, answer=said)
    await message.answer(dossier_screens.form.words.corrected.format(answer=answer))
    await _go_on(message, state, draft, dossier_screens)


async def tell_late(message: Message, dossier_screens: DossierScreens) -> None:
    """What is edited was sent, or given up: how to change what was sent."""
    await answer_with(message, plain(dossier_screens.form.words.edited_late))


async def take_detail(  # noqa: PLR0913, PLR0917 (each part by its name, as aiogram gives them)
    message: Message,
    text: str,
    state: FSMContext,
    draft: Draft,
    dossier_screens: DossierScreens,
    understanding: Understanding,
    replies: Replies,
    act: DialogueAct | None = None,
) -> None:
    """A typed detail, or what a button says; what is neither is said with an example.

    Raises SkipHandler for a question about the programme: the conversation answers it.
    """
    question = draft.next(dossier_screens.dossier_form)
    if question is None:
        await nothing_to_complete(message, state, dossier_screens)
        return
    text = settled(draft, question, text, dossier_screens)
    words, is_optional = dossier_screens.words, dossier_screens.is_optional(draft, question.id)
    is_kept = is_optional or is_name(draft, question, text) or dossier_screens.says_none(question, text)
    if says(text, words.cancel, *words.cancel_also) or (act is DialogueAct.DROP and not is_kept):
        await give_up_by_command(message, state, dossier_screens)
        return
    # « rien », « laissez tomber » : of an optional detail alone, what was typed before is not lost.
    is_left_out = (is_optional and act is DialogueAct.DROP) or dossier_screens.is_skipped(draft, question, text)
    value = "" if is_left_out else kind_of(question).read(text, ())
    if surely_asks(draft, question, text, value, dossier_screens):
        raise SkipHandler
    if may_ask(draft, question, text, value, dossier_screens):
        reading = understanding.read(text, today=replies.renderer.today)
        if asks_about_programme(text, reading):
            raise SkipHandler
    if sorry := objection(draft, question, text, value, dossier_screens):
        await save_draft(state, draft)
        await answer_with(message, dossier_screens.detail(draft, question, sorry))
        return
    draft.take(question.id, value or "")
    await note_place(state, message, f"detail:{question.id}")
    await _go_on(message, state, draft, dossier_screens)


async def is_gone(_: Message, state: FSMContext) -> bool:
    """Whether there is no draft any more."""
    return await load_draft(state) is None


async def nothing_to_complete(message: Message, state: FSMContext, dossier_screens: DossierScreens) -> None:
    """What was about to be sent is gone."""
    await state.set_state(None)
    await message.answer(dossier_screens.words.old_button)


async def old_button(callback: CallbackQuery, bot: Bot, dossier_screens: DossierScreens) -> None:
    """A button of a draft that is gone."""
    await bot.send_message(callback.from_user.id, dossier_screens.words.old_button)


async def skip(
    callback: CallbackQuery,
    callback_data: Skip,
    bot: Bot,
    state: FSMContext,
    draft: Draft,
    dossier_screens: DossierScreens,
) -> None:
    """Leave an optional detail out."""
    question = draft.next(dossier_screens.dossier_form)
    is_asked = question is not None and question.id == callback_data.question
    if not is_asked or not dossier_screens.is_optional(draft, callback_data.question):
        await old_button(callback, bot, dossier_screens)
        return
    draft.take(callback_data.question, "")
    await go_on(bot, callback.from_user.id, state, draft, dossier_screens)


async def list_details(callback: CallbackQuery, bot: Bot, draft: Draft, dossier_screens: DossierScreens) -> None:
    """The details, each a button that changes it."""
    note_screen("details")
    note_proposal(ShowDraft().pack(), "")
    await send_to(bot, callback.from_user.id, dossier_screens.details(draft))


async def show_draft(
    callback: CallbackQuery, bot: Bot, state: FSMContext, draft: Draft, dossier_screens: DossierScreens
) -> None:
    """Back from the list of details."""
    await go_on(bot, callback.from_user.id, state, draft, dossier_screens)


async def change_detail(
    callback: CallbackQuery,
    callback_data: ChangeDetail,
    bot: Bot,
    state: FSMContext,
    draft: Draft,
    dossier_screens: DossierScreens,
) -> None:
    """Ask one detail again; the others stay."""
    if callback_data.question not in draft.details:
        await old_button(callback, bot, dossier_screens)
        return
    del draft.details[callback_data.question]
    await go_on(bot, callback.from_user.id, state, draft, dossier_screens)


async def give_up(callback: CallbackQuery, bot: Bot, state: FSMContext, dossier_screens: DossierScreens) -> None:
    """Forget it; nothing is sent."""
    await drop_draft(state)
    await bot.send_message(callback.from_user.id, dossier_screens.words.cancelled)


async def give_up_by_command(message: Message, state: FSMContext, dossier_screens: DossierScreens) -> None:
    """/annuler while something is about to be sent; else it is the questionnaire's."""
    await drop_draft(state)
    await message.answer(dossier_screens.words.cancelled)


async def go_on(bot: Bot, person: int, state: FSMContext, draft: Draft, screens: DossierScreens) -> None:
    """The next detail, or the recap of all."""
    await save_draft(state, draft)
    question = draft.next(screens.dossier_form)
    await state.set_state(Sending.asking if question else None)
    note_screen("detail" if question else "recap")
    if question is None:
        note_proposal(Confirm(reference=draft.reference, revision=draft.revision).pack(), "")
    await send_to(bot, person, *([screens.detail(draft, question)] if question else screens.recap(draft)))


async def _go_on(message: Message, state: FSMContext, draft: Draft, screens: DossierScreens) -> None:
    assert message.bot is not None
    await go_on(message.bot, message.chat.id, state, draft, screens)
