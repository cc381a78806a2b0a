"""Sending a dossier: information, consent, whom to call back, a recap; and where it is afterwards."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from aiogram import Bot, F, Router
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from handlers.form_progress import Progress
from handlers.form_screens import FormScreens, SendDossier, ShowRecap
from handlers.screen import Rows, Screen, button
from handlers.start import TYPED
from knowledge.dossier import Delivery, Dossier, Outbox, Status, new_reference
from knowledge.dossier_form import EMAIL, DossierForm
from knowledge.form import Question
from knowledge.typed_answer import nearest_domain, read_answer

PARIS = ZoneInfo("Europe/Paris")


class Consent(CallbackData, prefix="consent"):
    """Accept the information, or refuse."""

    given: bool


class Skip(CallbackData, prefix="skip"):
    """Leave an optional question without an answer."""

    question: str


class Confirm(CallbackData, prefix="confirm"):
    """Send what the recap shows."""

    reference: str


class Correct(CallbackData, prefix="correct"):
    """Give one's details again."""


class GiveUp(CallbackData, prefix="giveup"):
    """Send nothing, and erase the details."""


class EraseDossier(CallbackData, prefix="erase"):
    """Erase what was sent from here."""


class Sending(StatesGroup):
    """`asking`: what is typed answers a question about whom to call back."""

    asking = State()


def build_router() -> Router:
    """The way from the verdict to the outbox."""
    router = Router(name=__name__)
    router.message.register(tell_status, TYPED, Command("mondossier", ignore_case=True))
    router.message.register(take_detail, Sending.asking, TYPED, F.text.as_("text"), ~F.text.startswith("/"))
    router.callback_query.register(show_recap, ShowRecap.filter())
    router.callback_query.register(inform, SendDossier.filter())
    router.callback_query.register(begin, Consent.filter(F.given))
    router.callback_query.register(refuse, Consent.filter())
    router.callback_query.register(skip, Skip.filter())
    router.callback_query.register(confirm, Confirm.filter())
    router.callback_query.register(correct, Correct.filter())
    router.callback_query.register(give_up, GiveUp.filter())
    router.callback_query.register(erase, EraseDossier.filter())
    return router


async def show_recap(
    callback: CallbackQuery,
    bot: Bot,
    state: FSMContext,
    dossier_form: DossierForm,
    form: FormScreens,
    draw_recap: Callable[[dict[str, Any]], bytes],
) -> None:
    """The recap as a PDF, to circulate in the council. Nothing personal is in it."""
    progress = await Progress.of(state, form)
    words = dossier_form.recap
    fields = form.recap_fields(progress.answers, words, form.renderer.wording.date(form.renderer.clock()))
    pdf = await asyncio.to_thread(draw_recap, fields)
    document = BufferedInputFile(pdf, words.file.format(reference=words.draft))
    await bot.send_document(callback.from_user.id, document)


async def inform(callback: CallbackQuery, bot: Bot, dossier_form: DossierForm, form: FormScreens) -> None:
    """Before anything personal is asked: who receives it, why, how long, how to erase it."""
    words = dossier_form.words
    rows: Rows = [[button(words.accept, Consent(given=True)), button(words.refuse, Consent(given=False))]]
    await _send(bot, callback.from_user.id, Screen(form.renderer.text(words.notice), rows))


async def refuse(callback: CallbackQuery, bot: Bot, dossier_form: DossierForm) -> None:
    """Nothing is asked."""
    await bot.send_message(callback.from_user.id, dossier_form.words.refused)


async def begin(
    callback: CallbackQuery, bot: Bot, state: FSMContext, dossier_form: DossierForm, form: FormScreens
) -> None:
    """Ask the first detail. The reference is drawn now: whatever is pressed twice is kept once."""
    await state.update_data(dossier={"reference": new_reference(), "details": {}})
    await _go_on(bot, callback.from_user.id, state, dossier_form, form)


async def correct(
    callback: CallbackQuery, bot: Bot, state: FSMContext, dossier_form: DossierForm, form: FormScreens
) -> None:
    """Ask the details again, under the same reference."""
    draft = await _draft(state)
    if draft is None:
        await bot.send_message(callback.from_user.id, dossier_form.words.old_button)
        return
    await state.update_data(dossier={**draft, "details": {}})
    await _go_on(bot, callback.from_user.id, state, dossier_form, form)


async def take_detail(
    message: Message, text: str, bot: Bot, state: FSMContext, dossier_form: DossierForm, form: FormScreens
) -> None:
    """A typed detail; what cannot be one is said with an example."""
    draft = await _draft(state)
    question = _next(dossier_form, draft["details"]) if draft else None
    if draft is None or question is None:
        await state.set_state(None)
        await message.answer(dossier_form.words.old_button)
        return
    value = read_answer(question, text, ())
    words = form.words
    if value is None:
        sorry = {"email": words.email_expected, "phone": words.phone_expected}
        await message.answer(sorry.get(question.kind, words.text_expected))
        return
    meant = nearest_domain(value) if question.kind == "email" else None
    if meant and draft.get("doubted") != value:  # typed again, it is what was meant
        await state.update_data(dossier={**draft, "doubted": value})
        await message.answer(words.email_meant.format(email=meant))
        return
    await _keep(state, draft, question.id, value)
    await _go_on(bot, message.chat.id, state, dossier_form, form)


async def skip(
    callback: CallbackQuery,
    callback_data: Skip,
    bot: Bot,
    state: FSMContext,
    dossier_form: DossierForm,
    form: FormScreens,
) -> None:
    """Leave an optional detail out."""
    draft = await _draft(state)
    question = _next(dossier_form, draft["details"]) if draft else None
    if (
        draft is None
        or question is None
        or question.id != callback_data.question
        or not _optional(dossier_form, question)
    ):
        await bot.send_message(callback.from_user.id, dossier_form.words.old_button)
        return
    await _keep(state, draft, question.id, "")
    await _go_on(bot, callback.from_user.id, state, dossier_form, form)


async def give_up(callback: CallbackQuery, bot: Bot, state: FSMContext, dossier_form: DossierForm) -> None:
    """Erase the details; nothing is sent."""
    await state.set_state(None)
    await state.update_data(dossier=None)
    await bot.send_message(callback.from_user.id, dossier_form.words.cancelled)


async def confirm(
    callback: CallbackQuery,
    callback_data: Confirm,
    bot: Bot,
    state: FSMContext,
    dossier_form: DossierForm,
    form: FormScreens,
    outbox: Outbox,
) -> None:
    """Put the dossier in the outbox, then forget the draft."""
    words, person = dossier_form.words, callback.from_user.id
    draft = await _draft(state)
    if draft is None or draft["reference"] != callback_data.reference or _next(dossier_form, draft["details"]):
        await bot.send_message(person, words.already.format(reference=callback_data.reference))
        return
    progress = await Progress.of(state, form)
    delivery = await outbox.put(person, _dossier(draft, dossier_form, form, progress.answers))
    await state.set_state(None)
    await state.update_data(dossier=None)
    sentence = words.kept if delivery == Delivery.KEPT else words.waiting
    said = sentence.format(reference=draft["reference"], contact=form.content.email)
    await _send(bot, person, Screen(form.renderer.text(said)))


async def tell_status(message: Message, dossier_form: DossierForm, form: FormScreens, outbox: Outbox) -> None:
    """/mondossier: never « sent » for what is only kept."""
    assert message.from_user is not None  # private chats only
    status = await outbox.status(message.from_user.id)
    words = dossier_form.words
    if status is None:
        await message.answer(words.none)
        return
    text = _status_sentence(status, dossier_form, form)
    rows: Rows = [[button(words.erase_button, EraseDossier())]]
    await message.answer(**Screen(form.renderer.text(text), rows).as_kwargs())


async def erase(
    callback: CallbackQuery, bot: Bot, dossier_form: DossierForm, form: FormScreens, outbox: Outbox
) -> None:
    """Erase the person's dossiers from here, and say whom to ask for the rest."""
    had_any = await outbox.erase(callback.from_user.id)
    words = dossier_form.words
    said = words.erased.format(contact=form.content.email) if had_any else words.none
    await bot.send_message(callback.from_user.id, said)


def _status_sentence(status: Status, dossier_form: DossierForm, form: FormScreens) -> str:
    words = dossier_form.words
    sentence = {
        Delivery.SENT: words.status_sent,
        Delivery.HELD: words.status_held,
        Delivery.KEPT: words.status_kept,
    }.get(status.delivery, words.status_waiting)
    return sentence.format(
        reference=status.reference,
        created=_moment(status.created_at, dossier_form, form),
        sent=_moment(status.sent_at or 0, dossier_form, form),
        contact=form.content.email,
    )


def _moment(seconds: int, dossier_form: DossierForm, form: FormScreens) -> str:
    at = datetime.fromtimestamp(seconds, PARIS)
    return dossier_form.words.day.format(
        date=form.renderer.wording.date(at.date()), time=at.strftime(dossier_form.words.time)
    )


def _dossier(
    draft: Mapping[str, Any], dossier_form: DossierForm, form: FormScreens, answers: Mapping[str, Any]
) -> Dossier:
    verdict = form.questionnaire.verdict(answers, changes=False)
    authority = next((value for value in answers.values() if isinstance(value, Mapping)), None)
    questions = {question.id: question for question in form.questionnaire.asked(answers)}
    return Dossier(
        reference=draft["reference"],
        authority=form.authority(authority) if authority else "",
        verdict=str(verdict.outcome),
        answers=tuple((questions[name].label, form.said(questions[name], value)) for name, value in answers.items()),
        criteria=tuple((str(r.outcome), r.criterion.title, r.rule.text) for r in verdict.results),
        contact=tuple(_lines(draft["details"], dossier_form)),
        reply_to=draft["details"][EMAIL],
    )


def _lines(details: Mapping[str, str], dossier_form: DossierForm) -> list[tuple[str, str]]:
    skipped = dossier_form.words.skipped
    return [(question.label, details[question.id] or skipped) for question in dossier_form.questions]


async def _draft(state: FSMContext) -> dict[str, Any] | None:
    return (await state.get_data()).get("dossier")


async def _keep(state: FSMContext, draft: Mapping[str, Any], question: str, value: str) -> None:
    await state.update_data(dossier={**draft, "details": {**draft["details"], question: value}})


def _next(dossier_form: DossierForm, details: Mapping[str, str]) -> Question | None:
    return next((question for question in dossier_form.questions if question.id not in details), None)


def _optional(dossier_form: DossierForm, question: Question) -> bool:
    return question.id in dossier_form.optional


async def _go_on(bot: Bot, person: int, state: FSMContext, dossier_form: DossierForm, form: FormScreens) -> None:
    """The next detail, or the recap of all."""
    draft = await _draft(state) or {}
    words = dossier_form.words
    question = _next(dossier_form, draft["details"])
    if question is not None:
        await state.set_state(Sending.asking)
        skip_row: Rows = [[button(words.skip, Skip(question=question.id))]] if _optional(dossier_form, question) else []
        screen = Screen(form.renderer.text(question.text), [*skip_row, [button(words.cancel, GiveUp())]])
    else:
        await state.set_state(None)
        lines = "\n".join(
            words.line.format(label=label, value=value) for label, value in _lines(draft["details"], dossier_form)
        )
        rows: Rows = [
            [button(words.confirm, Confirm(reference=draft["reference"]))],
            [button(words.correct, Correct()), button(words.cancel, GiveUp())],
        ]
        screen = Screen(form.renderer.text(words.recap.format(lines=lines, contact=form.content.email)), rows)
    await _send(bot, person, screen)


async def _send(bot: Bot, person: int, screen: Screen) -> None:
    await bot.send_message(person, **screen.as_kwargs())
