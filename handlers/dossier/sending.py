"""Sending a dossier, or a question: information, consent, whom to answer, a recap, the outbox."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from aiogram import Bot, F
from aiogram.fsm.context import FSMContext
from aiogram.types import BufferedInputFile, CallbackQuery

from handlers.dossier.colleagues import note_sent, shared_fate, tell_sent
from handlers.dossier.consent import ask_consent_again, consent_of, note_consent, opens_entry
from handlers.dossier.declared import declared_before
from handlers.dossier.details import go_on
from handlers.dossier.draft import Draft, drop_draft, load_draft
from handlers.dossier.own_mail import to_send_oneself
from handlers.dossier.screens import DossierScreens
from handlers.questionnaire.progress import Progress, progress_of
from handlers.shared.buttons import AskTeam, Confirm, Consent, CorrectDetails, SendDossier, ShowDraft, StartNew
from handlers.shared.cues import SLASH, after
from handlers.shared.last_question import last_question
from handlers.shared.said_aside import answered_aside
from handlers.shared.screen import Screen, send_to
from handlers.shared.switchboard import Boards
from handlers.shared.turn import note_proposal, note_screen
from knowledge.content.dossier import DossierForm, told
from knowledge.conversation.frame import Frame
from knowledge.limits import Action, Limits
from knowledge.questionnaire.kinds import LONGEST
from knowledge.questionnaire.typed_answer import clean
from knowledge.submission import (
    INQUIRY,
    Delivery,
    Dossier,
    DossierStatus,
    Handovers,
    Outbox,
    Recap,
    last_application,
)
from knowledge.words.codes import new_code

Draw = Callable[[str, Recap, DossierForm, str, str], bytes]
"""Draws a PDF: which one, the recap, its words, the reference, the team's address."""


def register(boards: Boards) -> None:
    """The way from the verdict, or from a question without an answer, to the outbox."""
    boards.messages.add(after("consent"), answered_aside(boards.talk, ask_consent_again), consent_of)
    boards.messages.add(SLASH, answered_aside(boards.talk, ask_consent_again), opens_entry, consent_of)
    boards.presses.add_button(SendDossier, start, progress_of)
    boards.presses.add_button(StartNew, start_new)
    boards.presses.add_button(AskTeam, start_inquiry)
    boards.presses.add_button(Consent, begin, progress_of, rule=F.given)
    boards.presses.add_button(Consent, refuse)
    boards.presses.add_button(CorrectDetails, begin_update, progress_of)
    boards.presses.add_button(Confirm, confirm, progress_of, shown_draft)
    boards.presses.add_button(Confirm, tell_old_recap, progress_of)


async def start(
    callback: CallbackQuery,
    bot: Bot,
    progress: Progress,
    outbox: Outbox,
    handovers: Handovers,
    dossier_screens: DossierScreens,
) -> None:
    """The information first; or, to somebody who sent a dossier already, what becomes of it."""
    person = callback.from_user.id
    if decided_answers(progress) is None:
        await send_to(bot, person, dossier_screens.undecided(progress))
        return
    statuses = await outbox.statuses(person)
    application = last_application(statuses)
    sent = (await shared_fate(progress, handovers, statuses)).reference
    if sent and application is None:
        await tell_sent(bot, person, progress, sent, dossier_screens, StartNew())
        return
    if application:
        note_screen("dossier")
        note_proposal(callback.data or "", "")  # a bare « oui » does not say which of the two
    else:
        note_consent(inquiry=False)
    screen = dossier_screens.existing(application) if application else dossier_screens.notice(inquiry=False)
    await send_to(bot, person, screen)


async def start_new(callback: CallbackQuery, bot: Bot, dossier_screens: DossierScreens) -> None:
    """Another dossier, beside the one that was sent."""
    note_consent(inquiry=False)
    await send_to(bot, callback.from_user.id, dossier_screens.notice(inquiry=False))


async def start_inquiry(callback: CallbackQuery, bot: Bot, dossier_screens: DossierScreens) -> None:
    """The information, before a question is sent to the team."""
    note_consent(inquiry=True)
    await send_to(bot, callback.from_user.id, dossier_screens.notice(inquiry=True))


async def refuse(callback: CallbackQuery, bot: Bot, dossier_screens: DossierScreens) -> None:
    """Nothing is asked."""
    note_screen("refused")
    await send_to(bot, callback.from_user.id, dossier_screens.refused())


async def begin(  # noqa: PLR0913, PLR0917 (each part by its name, as aiogram gives them)
    callback: CallbackQuery,
    callback_data: Consent,
    bot: Bot,
    state: FSMContext,
    progress: Progress,
    frame: Frame,
    dossier_screens: DossierScreens,
    limits: Limits,
) -> None:
    """Ask the first detail, or go on with those typed. The question that found no answer need not be typed again."""
    inquiry = callback_data.inquiry
    if await limits.are_reached(callback.from_user.id, _action(inquiry=inquiry, revision=0)):
        await _tell_too_many(bot, callback.from_user.id, dossier_screens)
        return
    draft = await load_draft(state)
    if draft is None or draft.inquiry != inquiry or draft.revision:
        draft = Draft(new_code(dossier_screens.form.content.programme.reference_prefix), inquiry, {})
    last = await last_question(state) if inquiry else None
    asked = last.to_send(asks=decided_answers(progress) is not None) if last else None
    if asked and asked != draft.asked:  # else it may have been corrected since
        draft.asked, draft.details[INQUIRY] = asked, clean(asked)[:LONGEST]
    if inquiry:
        shown, before = last.answered if last else (), await declared_before(progress, frame)
        draft.asker, draft.known = dossier_screens.recaps.known(progress.answers, shown, before)
    await go_on(bot, callback.from_user.id, state, draft, dossier_screens)


async def begin_update(
    callback: CallbackQuery,
    bot: Bot,
    progress: Progress,
    outbox: Outbox,
    dossier_screens: DossierScreens,
    limits: Limits,
) -> None:
    """The dossier that was sent, with the answers of now, under the same reference."""
    application = last_application(await outbox.statuses(callback.from_user.id))
    sent = application.dossier if application else None
    if sent is None or decided_answers(progress) is None:
        await bot.send_message(callback.from_user.id, dossier_screens.words.no_answers)
        return
    if await limits.are_reached(callback.from_user.id, Action.CORRECTION):
        await _tell_too_many(bot, callback.from_user.id, dossier_screens)
        return
    draft = Draft(sent.reference, False, dict(sent.details), sent.revision + 1)
    await go_on(bot, callback.from_user.id, progress.state, draft, dossier_screens)


async def shown_draft(
    _: CallbackQuery, callback_data: Confirm, state: FSMContext, dossier_screens: DossierScreens
) -> bool | dict[str, Draft]:
    """A filter: the `draft`, where it is complete, and the one that was shown above the button."""
    draft = await load_draft(state)
    if draft is None or draft.next(dossier_screens.dossier_form) is not None:
        return False
    is_same = (callback_data.reference, callback_data.revision) == (draft.reference, draft.revision)
    return {"draft": draft} if is_same else False


async def confirm(  # noqa: PLR0913, PLR0917 (each part by its name, as aiogram gives them)
    callback: CallbackQuery,
    bot: Bot,
    draft: Draft,
    progress: Progress,
    outbox: Outbox,
    handovers: Handovers,
    dossier_screens: DossierScreens,
    draw: Draw,
    limits: Limits,
) -> None:
    """Put it in the outbox, then forget the draft, then say where it is."""
    note_screen("sent")
    person = callback.from_user.id
    statuses = await outbox.statuses(person)
    dossier = _dossier(draft, progress, last_application(statuses), dossier_screens)
    if dossier is None:
        await bot.send_message(person, dossier_screens.words.no_answers)
        return
    if dossier.recap and not draft.revision:
        sent = (await shared_fate(progress, handovers, statuses)).reference or ""
        if sent not in ("", progress.told_sent):
            await tell_sent(bot, person, progress, sent, dossier_screens, ShowDraft())
            return
        dossier = replace(dossier, completes=sent)
    if dossier.completes:
        dossier = replace(dossier, completed=await outbox.answered(dossier.completes))
    if not await limits.allow(person, _action(inquiry=draft.inquiry, revision=draft.revision), callback.data or ""):
        await _tell_too_many(bot, person, dossier_screens)
        return
    delivery = await outbox.put(person, dossier)
    if dossier.recap:
        await note_sent(progress, handovers, dossier.reference)
    await drop_draft(progress.state)
    await send_to(bot, person, *_where_it_is(dossier, delivery, dossier_screens))
    if dossier.recap:
        await send_paper(bot, person, "recap", dossier.recap, dossier.reference, dossier_screens, draw)


async def tell_old_recap(
    callback: CallbackQuery,
    callback_data: Confirm,
    bot: Bot,
    progress: Progress,
    outbox: Outbox,
    dossier_screens: DossierScreens,
) -> None:
    """What a recap showed cannot be sent from it: it was sent, or is being changed, or is gone."""
    note_screen("sent")
    words, person = dossier_screens.words, callback.from_user.id
    if any(_is_in(status, callback_data) for status in await outbox.statuses(person)):
        await bot.send_message(person, words.already.format(reference=callback_data.reference))
    elif draft := await load_draft(progress.state):
        await bot.send_message(person, words.not_yet)
        await go_on(bot, person, progress.state, draft, dossier_screens)
    else:
        note_screen("dossier")
        await send_to(bot, person, dossier_screens.nothing_to_send(has_result=decided_answers(progress) is not None))


def _is_in(status: DossierStatus, shown: Confirm) -> bool:
    """Whether the outbox holds what was shown; of what cannot be read any more, nobody knows the revision."""
    revision = status.dossier.revision if status.dossier else shown.revision
    return status.reference == shown.reference and revision >= shown.revision


def _action(*, inquiry: bool, revision: int) -> Action:
    if inquiry:
        return Action.QUESTION
    return Action.CORRECTION if revision else Action.DOSSIER


async def _tell_too_many(bot: Bot, person: int, screens: DossierScreens) -> None:
    """What was prepared stays."""
    note_screen("too-many")
    await bot.send_message(person, screens.words.too_many.format(contact=screens.contact))


def _dossier(draft: Draft, progress: Progress, last: DossierStatus | None, screens: DossierScreens) -> Dossier | None:
    """What is sent; None while the questionnaire of an application has no result. `last`: the application before."""
    version = screens.form.content.version
    if draft.inquiry:
        unanswered = draft.asked is not None
        known = tuple((label, value) for label, value in draft.known)
        return Dossier(
            draft.reference, draft.details, content=version, unanswered=unanswered, asker=draft.asker, known=known
        )
    answers = decided_answers(progress)
    if answers is None:
        return None
    dossier = Dossier(draft.reference, draft.details, screens.recaps.of(answers), answers, draft.revision, version)
    if not draft.revision or last is None or last.dossier is None:
        return dossier
    # A correction is told with what the team has; one that never left is nothing to it.
    before = told(last.dossier, screens.dossier_form) if last.delivery.may_be_received else last.dossier.before
    return replace(dossier, before=before, completes=last.dossier.completes)


def _where_it_is(dossier: Dossier, delivery: Delivery, screens: DossierScreens) -> list[Screen]:
    """Its reference and where it is; the text to copy, where nothing is sent from here."""
    words = screens.words
    sentence = words.waiting if dossier.email else words.waiting_here
    sentence = sentence if screens.form.content.processing else words.waiting_facts
    sentence = words.kept if delivery == Delivery.KEPT else sentence
    said = sentence.format(reference=dossier.reference, contact=screens.contact)
    copy = to_send_oneself(dossier, screens) if delivery == Delivery.KEPT else []
    return [Screen(screens.form.renderer.text(said)), *copy]


async def send_paper(
    bot: Bot, person: int, paper: str, recap: Recap, reference: str, screens: DossierScreens, draw: Draw
) -> None:
    """Draw a PDF and send it."""
    form = screens.dossier_form
    pdf = await asyncio.to_thread(draw, paper, recap, form, reference, screens.contact)
    name = (form.kit if paper == "kit" else form.recap).file.format(reference=reference)
    await bot.send_document(person, BufferedInputFile(pdf, name))


def decided_answers(progress: Progress) -> dict[str, Any] | None:
    """The answers, once every question that matters has one and the programme is for this person; else None."""
    questionnaire, answers = progress.screens.questionnaire, progress.answers
    is_decided = questionnaire.next(answers) is None and questionnaire.ending(answers) is None
    return answers if is_decided else None
