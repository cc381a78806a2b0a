"""Sending a dossier, or a question: information, consent, whom to answer, a recap, the outbox."""

import asyncio
from collections.abc import Callable
from typing import Any

from aiogram import Bot, F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from handlers.dossier.draft import Draft, Sending, drop_draft, load_draft, save_draft
from handlers.dossier.screens import (
    ChangeDetail,
    Confirm,
    Consent,
    CorrectDetails,
    DossierScreens,
    GiveUp,
    ListDetails,
    ShowDraft,
    Skip,
    StartNew,
)
from handlers.questionnaire.progress import Progress
from handlers.questionnaire.screens import FormScreens
from handlers.questionnaire.typed import answer_aside, asks_about_programme
from handlers.questionnaire.verdict_screens import VerdictScreens
from handlers.shared.buttons import SendDossier
from handlers.shared.filters import TYPED
from handlers.shared.replies import Replies
from handlers.shared.screen import AskTeam, Screen
from handlers.shared.turn import note_screen
from knowledge.content.dossier import DossierForm
from knowledge.content.questionnaire import Question
from knowledge.dossier import INQUIRY, Delivery, Dossier, Outbox, Recap, last_application, new_reference
from knowledge.questionnaire.engine import LONGEST
from knowledge.questionnaire.typed_answer import clean, nearest_domain, read_answer, says
from knowledge.understanding.understanding import Understanding
from knowledge.words.markup import Span

Draw = Callable[[str, Recap, DossierForm, str, str], bytes]
"""Draws a PDF: which one, the recap, its words, the reference, the team's address."""


def build_router() -> Router:
    """The way from the verdict, or from a question without an answer, to the outbox."""
    router = Router(name=__name__)
    router.message.register(take_detail, Sending.asking, TYPED, F.text.as_("text"), ~F.text.startswith("/"))
    router.message.register(give_up_by_command, TYPED, Command("annuler", "cancel", ignore_case=True))
    router.callback_query.register(start, SendDossier.filter())
    router.callback_query.register(start_new, StartNew.filter())
    router.callback_query.register(start_inquiry, AskTeam.filter())
    router.callback_query.register(begin, Consent.filter(F.given))
    router.callback_query.register(refuse, Consent.filter())
    router.callback_query.register(begin_update, CorrectDetails.filter())
    router.callback_query.register(skip, Skip.filter())
    router.callback_query.register(list_details, ListDetails.filter())
    router.callback_query.register(show_draft, ShowDraft.filter())
    router.callback_query.register(change_detail, ChangeDetail.filter())
    router.callback_query.register(confirm, Confirm.filter())
    router.callback_query.register(give_up, GiveUp.filter())
    return router


async def start(
    callback: CallbackQuery, bot: Bot, state: FSMContext, outbox: Outbox, dossier_screens: DossierScreens
) -> None:
    """The information first; or, to somebody who sent a dossier already, what becomes of it."""
    person = callback.from_user.id
    if await decided_answers(state, dossier_screens.form) is None:
        await bot.send_message(person, dossier_screens.words.no_answers)
        return
    application = last_application(await outbox.statuses(person))
    note_screen("dossier" if application else "consent")
    screen = dossier_screens.existing(application) if application else dossier_screens.notice(inquiry=False)
    await _send(bot, person, screen)


async def start_new(callback: CallbackQuery, bot: Bot, dossier_screens: DossierScreens) -> None:
    """Another dossier, beside the one that was sent."""
    note_screen("consent")
    await _send(bot, callback.from_user.id, dossier_screens.notice(inquiry=False))


async def start_inquiry(callback: CallbackQuery, bot: Bot, dossier_screens: DossierScreens) -> None:
    """The information, before a question is sent to the team."""
    note_screen("consent")
    await _send(bot, callback.from_user.id, dossier_screens.notice(inquiry=True))


async def refuse(callback: CallbackQuery, bot: Bot, dossier_screens: DossierScreens) -> None:
    """Nothing is asked."""
    note_screen("refused")
    await _send(bot, callback.from_user.id, dossier_screens.refused())


async def begin(
    callback: CallbackQuery, callback_data: Consent, bot: Bot, state: FSMContext, dossier_screens: DossierScreens
) -> None:
    """Ask the first detail, or go on with those typed. The question that found no answer need not be typed again."""
    inquiry = callback_data.inquiry
    draft = await load_draft(state)
    if draft is None or draft.inquiry != inquiry or draft.revision:
        draft = Draft(new_reference(), inquiry, {})
    asked = (await state.get_data()).get("asked") if inquiry else None
    if asked and asked != draft.asked:  # else it may have been corrected since
        draft.asked, draft.details[INQUIRY] = asked, clean(asked)[:LONGEST]
    await _go_on(bot, callback.from_user.id, state, draft, dossier_screens)


async def begin_update(
    callback: CallbackQuery, bot: Bot, state: FSMContext, outbox: Outbox, dossier_screens: DossierScreens
) -> None:
    """The dossier that was sent, with the answers of now, under the same reference."""
    application = last_application(await outbox.statuses(callback.from_user.id))
    sent = application.dossier if application else None
    if sent is None or await decided_answers(state, dossier_screens.form) is None:
        await bot.send_message(callback.from_user.id, dossier_screens.words.no_answers)
        return
    draft = Draft(sent.reference, False, dict(sent.details), sent.revision + 1)
    await _go_on(bot, callback.from_user.id, state, draft, dossier_screens)


async def take_detail(
    message: Message,
    text: str,
    bot: Bot,
    state: FSMContext,
    dossier_screens: DossierScreens,
    understanding: Understanding,
    replies: Replies,
) -> None:
    """A typed detail, or what a button says, or a question aside; what is none of them is said with an example."""
    draft = await load_draft(state)
    question = draft.next(dossier_screens.dossier_form) if draft else None
    if draft is None or question is None:
        await state.set_state(None)
        await message.answer(dossier_screens.words.old_button)
        return
    if says(text, dossier_screens.words.cancel, *dossier_screens.words.cancel_also):
        await drop_draft(state)
        await message.answer(dossier_screens.words.cancelled)
        return
    value = "" if dossier_screens.is_skipped(question, text) else read_answer(question, text, ())
    # « Pierre Comment » is a name, « 06 12 34 56 78, vous rappelez quand ? » a number.
    may_ask = value is None or (question.kind == "text" and "?" in text and not dossier_screens.is_free(question))
    reading = understanding.read(text, today=replies.renderer.clock()) if may_ask else None
    if reading and asks_about_programme(text, reading):
        await answer_aside(message, reading, replies, dossier_screens.form)
        await _go_on(bot, message.chat.id, state, draft, dossier_screens)
    elif sorry := _objection(draft, question, value, dossier_screens):
        await save_draft(state, draft)
        await _send(bot, message.chat.id, dossier_screens.detail(question, sorry))
    else:
        draft.details[question.id] = value or ""
        await _go_on(bot, message.chat.id, state, draft, dossier_screens)


def _objection(draft: Draft, question: Question, value: str | None, screens: DossierScreens) -> str:
    """Why what was typed is not taken; empty when it is. A doubtful address is taken when it is typed again."""
    words = screens.form.words
    if value is None:
        return {"email": words.email_expected, "phone": words.phone_expected}.get(question.kind, words.text_expected)
    meant = nearest_domain(value) if question.kind == "email" else None
    if meant is None or draft.doubted == value:
        return ""
    draft.doubted = value
    return words.email_meant.format(email=meant)


async def skip(
    callback: CallbackQuery, callback_data: Skip, bot: Bot, state: FSMContext, dossier_screens: DossierScreens
) -> None:
    """Leave an optional detail out."""
    draft = await load_draft(state)
    question: Question | None = draft.next(dossier_screens.dossier_form) if draft else None
    is_asked = question is not None and question.id == callback_data.question
    if draft is None or not is_asked or not dossier_screens.is_optional(callback_data.question):
        await bot.send_message(callback.from_user.id, dossier_screens.words.old_button)
        return
    draft.details[callback_data.question] = ""
    await _go_on(bot, callback.from_user.id, state, draft, dossier_screens)


async def list_details(callback: CallbackQuery, bot: Bot, state: FSMContext, dossier_screens: DossierScreens) -> None:
    """The details, each a button that changes it."""
    note_screen("details")
    draft = await load_draft(state)
    if draft is None:
        await bot.send_message(callback.from_user.id, dossier_screens.words.old_button)
        return
    await _send(bot, callback.from_user.id, dossier_screens.details(draft))


async def show_draft(callback: CallbackQuery, bot: Bot, state: FSMContext, dossier_screens: DossierScreens) -> None:
    """Back from the list of details."""
    draft = await load_draft(state)
    if draft is None:
        await bot.send_message(callback.from_user.id, dossier_screens.words.old_button)
        return
    await _go_on(bot, callback.from_user.id, state, draft, dossier_screens)


async def change_detail(
    callback: CallbackQuery, callback_data: ChangeDetail, bot: Bot, state: FSMContext, dossier_screens: DossierScreens
) -> None:
    """Ask one detail again; the others stay."""
    draft = await load_draft(state)
    if draft is None or callback_data.question not in draft.details:
        await bot.send_message(callback.from_user.id, dossier_screens.words.old_button)
        return
    del draft.details[callback_data.question]
    await _go_on(bot, callback.from_user.id, state, draft, dossier_screens)


async def give_up(callback: CallbackQuery, bot: Bot, state: FSMContext, dossier_screens: DossierScreens) -> None:
    """Forget it; nothing is sent."""
    await drop_draft(state)
    await bot.send_message(callback.from_user.id, dossier_screens.words.cancelled)


async def give_up_by_command(message: Message, state: FSMContext, dossier_screens: DossierScreens) -> None:
    """/annuler while something is about to be sent; else it is the questionnaire's."""
    if await load_draft(state) is None:
        raise SkipHandler
    await drop_draft(state)
    await message.answer(dossier_screens.words.cancelled)


async def confirm(
    callback: CallbackQuery,
    callback_data: Confirm,
    bot: Bot,
    state: FSMContext,
    outbox: Outbox,
    dossier_screens: DossierScreens,
    draw: Draw,
) -> None:
    """Put it in the outbox, then forget the draft, then say where it is."""
    note_screen("sent")
    words, person = dossier_screens.words, callback.from_user.id
    draft = await load_draft(state)
    shown = (callback_data.reference, callback_data.revision)
    if draft is None or shown != (draft.reference, draft.revision) or draft.next(dossier_screens.dossier_form):
        await bot.send_message(person, words.already.format(reference=callback_data.reference))
        return
    answers = None if draft.inquiry else await decided_answers(state, dossier_screens.form)
    if answers is None and not draft.inquiry:
        await bot.send_message(person, words.no_answers)
        return
    dossier = _dossier(draft, answers, dossier_screens)
    delivery = await outbox.put(person, dossier)
    await drop_draft(state)
    sentence = words.kept if delivery == Delivery.KEPT else words.waiting
    said = sentence.format(reference=draft.reference, contact=dossier_screens.contact)
    await _send(bot, person, Screen(dossier_screens.form.renderer.text(said)))
    if delivery == Delivery.KEPT:
        for screen in _to_send_oneself(dossier, dossier_screens):
            await _send(bot, person, screen)
    if dossier.recap:
        await send_paper(bot, person, "recap", dossier.recap, dossier.reference, dossier_screens, draw)


async def send_paper(
    bot: Bot, person: int, paper: str, recap: Recap, reference: str, screens: DossierScreens, draw: Draw
) -> None:
    """Draw a PDF and send it."""
    form = screens.dossier_form
    pdf = await asyncio.to_thread(draw, paper, recap, form, reference, screens.contact)
    name = (form.kit if paper == "kit" else form.recap).file.format(reference=reference)
    await bot.send_document(person, BufferedInputFile(pdf, name))


async def decided_answers(state: FSMContext, form: FormScreens) -> dict[str, Any] | None:
    """The answers, once every question that matters has one and the programme is for this person; else None."""
    answers = (await Progress.of(state, form)).answers
    is_decided = form.questionnaire.next(answers) is None and form.questionnaire.ending(answers) is None
    return answers if is_decided else None


def _to_send_oneself(dossier: Dossier, screens: DossierScreens) -> list[Screen]:
    """The text to copy, where nothing is sent from here."""
    if dossier.recap is None:
        return [Screen((Span(dossier.details[INQUIRY], code=True),))]
    asked = screens.dossier_form.asked(inquiry=False)
    said = (dossier.details.get(q.id) for q in asked if q.kind in ("email", "phone") or not screens.is_optional(q.id))
    return VerdictScreens(screens.form).message(dossier.answers, ", ".join(value for value in said if value))


def _dossier(draft: Draft, answers: dict[str, Any] | None, screens: DossierScreens) -> Dossier:
    """What is sent. `answers`: those of the questionnaire; None for a question alone."""
    version = screens.form.content.version
    if answers is None:
        return Dossier(draft.reference, draft.details, content=version)
    recap = VerdictScreens(screens.form).recap(answers, screens.dossier_form.recap)
    return Dossier(draft.reference, draft.details, recap, answers, draft.revision, version)


async def _go_on(bot: Bot, person: int, state: FSMContext, draft: Draft, screens: DossierScreens) -> None:
    """The next detail, or the recap of all."""
    await save_draft(state, draft)
    question = draft.next(screens.dossier_form)
    await state.set_state(Sending.asking if question else None)
    note_screen("detail" if question else "recap")
    for screen in [screens.detail(question)] if question else screens.recap(draft):
        await _send(bot, person, screen)


async def _send(bot: Bot, person: int, screen: Screen) -> None:
    await bot.send_message(person, **screen.as_kwargs())
