"""The details that somebody gives to be answered: typed one by one, shown, changed, given up."""

from aiogram import Bot, F, Router
from aiogram.filters import Command, or_f
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.dossier.draft import Draft, Sending, draft_of, drop_draft, load_draft, save_draft
from handlers.dossier.screens import ChangeDetail, DossierScreens, GiveUp, ListDetails, ShowDraft, Skip
from handlers.questionnaire.typed import answer_aside, asks_about_programme
from handlers.shared.filters import TYPED
from handlers.shared.memory import leaves
from handlers.shared.replies import Replies
from handlers.shared.turn import note_screen
from knowledge.content.conversation import Act
from knowledge.content.questionnaire import Question
from knowledge.questionnaire.kinds import Name, kind_of
from knowledge.questionnaire.typed_answer import says
from knowledge.understanding.understanding import Understanding


def register(router: Router) -> None:
    """What is typed and pressed while something is about to be sent; else a button of the past."""
    typed = (Sending.asking, TYPED, F.text.as_("text"), ~F.text.startswith("/"))
    router.message.register(take_detail, *typed, draft_of, is_detail)
    router.message.register(nothing_to_complete, *typed, is_gone)
    router.message.register(give_up_by_command, TYPED, Command("annuler", "cancel", ignore_case=True), draft_of)
    router.callback_query.register(skip, Skip.filter(), draft_of)
    router.callback_query.register(list_details, ListDetails.filter(), draft_of)
    router.callback_query.register(show_draft, ShowDraft.filter(), draft_of)
    router.callback_query.register(change_detail, ChangeDetail.filter(), draft_of)
    of_a_draft = (Skip.filter(), ListDetails.filter(), ShowDraft.filter(), ChangeDetail.filter())
    router.callback_query.register(old_button, or_f(*of_a_draft))
    router.callback_query.register(give_up, GiveUp.filter())


async def is_detail(
    _: Message, draft: Draft, dossier_screens: DossierScreens, act: Act | None = None, pressed: str | None = None
) -> bool:
    """Whether what is typed is for the detail asked: one's own alerts, data… and buttons are not, it waits."""
    question = draft.next(dossier_screens.dossier_form)
    return question is None or dossier_screens.is_free(question) or not leaves(act, pressed)


async def take_detail(
    message: Message,
    text: str,
    state: FSMContext,
    draft: Draft,
    dossier_screens: DossierScreens,
    understanding: Understanding,
    replies: Replies,
) -> None:
    """A typed detail, or what a button says, or a question aside; what is none of them is said with an example."""
    question = draft.next(dossier_screens.dossier_form)
    if question is None:
        await nothing_to_complete(message, state, dossier_screens)
        return
    if says(text, dossier_screens.words.cancel, *dossier_screens.words.cancel_also):
        await give_up_by_command(message, state, dossier_screens)
        return
    value = "" if dossier_screens.is_skipped(question, text) else kind_of(question).read(text, ())
    if _may_ask(question, text, value, dossier_screens):
        reading = understanding.read(text, today=replies.renderer.today)
        if asks_about_programme(text, reading):
            await answer_aside(message, reading, replies, dossier_screens.form)
            await _go_on(message, state, draft, dossier_screens)
            return
    if sorry := _objection(draft, question, value, dossier_screens):
        await save_draft(state, draft)
        await message.answer(**dossier_screens.detail(question, sorry).as_kwargs())
        return
    draft.details[question.id] = value or ""
    await _go_on(message, state, draft, dossier_screens)


def _may_ask(question: Question, text: str, value: str | None, screens: DossierScreens) -> bool:
    """« Pierre Comment » is a name, « 06 12 34 56 78, vous rappelez quand ? » a number."""
    is_text = not (kind_of(question).tells_how_to_reach or screens.is_free(question))
    return value is None or (is_text and "?" in text)


def _objection(draft: Draft, question: Question, value: str | None, screens: DossierScreens) -> str:
    """Why what was typed is not taken; empty when it is. What is doubtful is taken when it is typed again."""
    kind, words = kind_of(question), screens.form.words
    if value is None:
        return kind.sorry(words)
    if said_before := _same(draft, question, value, screens):
        return screens.words.same_twice.format(label=said_before.label, question=question.label)
    doubt = kind.doubt(value, words) if value and draft.doubted != value else ""
    if doubt:
        draft.doubted = value
    return doubt


async def is_gone(_: Message, state: FSMContext) -> bool:
    """Whether there is no draft any more."""
    return await load_draft(state) is None


def _same(draft: Draft, question: Question, value: str, screens: DossierScreens) -> Question | None:
    """The other name that is the same to the letter: a message that left twice, or answers two questions at once."""
    asked = screens.dossier_form.asked(inquiry=draft.inquiry)
    names = [one for one in asked if isinstance(kind_of(one), Name)]
    others = (one for one in names if question in names and one != question)
    return next((one for one in others if draft.details.get(one.id, "").casefold() == value.casefold()), None)


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
    if not is_asked or not dossier_screens.is_optional(callback_data.question):
        await old_button(callback, bot, dossier_screens)
        return
    draft.details[callback_data.question] = ""
    await go_on(bot, callback.from_user.id, state, draft, dossier_screens)


async def list_details(callback: CallbackQuery, bot: Bot, draft: Draft, dossier_screens: DossierScreens) -> None:
    """The details, each a button that changes it."""
    note_screen("details")
    await bot.send_message(callback.from_user.id, **dossier_screens.details(draft).as_kwargs())


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
    for screen in [screens.detail(question)] if question else screens.recap(draft):
        await bot.send_message(person, **screen.as_kwargs())


async def _go_on(message: Message, state: FSMContext, draft: Draft, screens: DossierScreens) -> None:
    assert message.bot is not None
    await go_on(message.bot, message.chat.id, state, draft, screens)
