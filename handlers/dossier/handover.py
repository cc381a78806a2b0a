"""A colleague goes on with a draft: the élu begins, the DGS ends."""

from aiogram import Bot
from aiogram.filters import CommandObject
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.dossier.colleagues import shared_fate
from handlers.dossier.screens import DossierScreens
from handlers.questionnaire.progress import Progress, exchange, progress_of, put_aside, show
from handlers.shared.buttons import Exchange, Lend, OpenForm, Revoke, TakeOver
from handlers.shared.screen import Screen, answer_with, button, plain, send_to
from handlers.shared.switchboard import Boards
from handlers.shared.turn import note_proposal, note_screen
from knowledge.content.conversation import DialogueAct, DialogueSentences
from knowledge.conversation.dialogue_reader import code_in
from knowledge.limits import Action, Limits
from knowledge.submission import Handovers, Lent, Outbox, last_application
from knowledge.words.codes import letters_of


def register(boards: Boards) -> None:
    """Lending a draft, taking one over."""
    boards.talk.add(("/reprendre", DialogueAct.CODE), take, told_code, progress_of)
    boards.talk.add(DialogueAct.HAND_OVER, offer, progress_of)
    boards.presses.add_button(Exchange, take_back)
    boards.presses.add_button(TakeOver, take_in_place, progress_of)
    boards.presses.add_button(Lend, lend, progress_of)
    boards.presses.add_button(Revoke, revoke)


async def lend(
    callback: CallbackQuery,
    bot: Bot,
    progress: Progress,
    outbox: Outbox,
    handovers: Handovers,
    dossier_screens: DossierScreens,
    limits: Limits,
) -> None:
    """Give a code. The details of the person are not lent."""
    note_screen("handover")
    words, person = dossier_screens.dossier_form.handover, callback.from_user.id
    if not progress.answers:
        await bot.send_message(person, words.nothing)
        return
    if not await limits.allow(person, Action.CODE, callback.id):
        await bot.send_message(person, words.too_many)
        return
    code = await handovers.lend(person, Lent(progress.answers, tuple(progress.codes)))
    progress.given = [*progress.given, letters_of(code)]
    await progress.save()
    application = last_application(await outbox.statuses(person))
    if application and application.dossier and application.dossier.answers == progress.answers:
        await handovers.note_sent(code, application.reference)
    text = dossier_screens.form.renderer.text(words.lent.format(code=code))
    await send_to(bot, person, Screen(text, [[button(words.revoke, Revoke())]]))


async def offer(
    message: Message, progress: Progress, dossier_screens: DossierScreens, sentences: DialogueSentences
) -> None:
    """How a colleague may go on, asked in words: the button draws the code."""
    note_screen("handover")
    words = dossier_screens.dossier_form.handover
    if not progress.answers:
        await answer_with(message, plain(f"{sentences.hand_over}\n\n{words.nothing}"))
        return
    screen = Screen(dossier_screens.form.renderer.text(sentences.hand_over), [[button(words.button, Lend())]])
    await answer_with(message, screen)


async def revoke(callback: CallbackQuery, bot: Bot, handovers: Handovers, dossier_screens: DossierScreens) -> None:
    """The code given last does not serve any more."""
    note_screen("handover")
    words = dossier_screens.dossier_form.handover
    had_one = await handovers.revoke(callback.from_user.id)
    await bot.send_message(callback.from_user.id, words.revoked if had_one else words.not_lent)


async def told_code(_: Message, text: str = "", command: CommandObject | None = None) -> dict[str, str]:
    """A filter: the `code` of « /reprendre RP-7KQM-X3FA », or of « Voici mon code RP-7KQM-X3FA »; empty without one."""
    return {"code": (command.args if command else code_in(text)) or ""}


async def take(
    message: Message,
    code: str,
    progress: Progress,
    handovers: Handovers,
    dossier_screens: DossierScreens,
    limits: Limits,
) -> None:
    """Go on with the answers that were lent; whoever has some of one's own is asked first. A code that lacks too."""
    note_screen("handover")
    words = dossier_screens.dossier_form.handover
    assert message.bot is not None
    if not code:
        await answer_with(message, plain(words.ask))
    elif sorry := await _objection(message.chat.id, code, handovers, dossier_screens, limits):
        await answer_with(message, plain(sorry))
    elif progress.answers:
        replace, keep = TakeOver(code=letters_of(code)), OpenForm(fresh=False)
        note_proposal(replace.pack(), keep.pack())  # and the open question waits: « oui » would answer both
        rows = [[button(words.replace, replace)], [button(words.keep_own, keep)]]
        await answer_with(message, Screen(dossier_screens.form.renderer.text(words.own_first), rows))
    else:
        await _take_over(message.bot, message.chat.id, code, progress, handovers, dossier_screens)


async def take_in_place(
    callback: CallbackQuery,
    callback_data: TakeOver,
    bot: Bot,
    progress: Progress,
    handovers: Handovers,
    dossier_screens: DossierScreens,
    limits: Limits,
) -> None:
    """Take the answers that were lent in place of one's own, which wait ten minutes."""
    note_screen("handover")
    person = callback.from_user.id
    if sorry := await _objection(person, callback_data.code, handovers, dossier_screens, limits):
        await bot.send_message(person, sorry)
    else:
        await _take_over(bot, person, callback_data.code, progress, handovers, dossier_screens)


async def _objection(person: int, code: str, handovers: Handovers, screens: DossierScreens, limits: Limits) -> str:
    """Why the code is not taken, empty when it is. Whoever tries many must wait, the right one included."""
    words = screens.dossier_form.handover
    if await limits.are_reached(person, Action.WRONG_CODE):
        return words.locked
    if await handovers.lent(code) is not None:
        return ""
    await limits.allow(person, Action.WRONG_CODE, letters_of(code))
    return words.unknown


async def _take_over(
    bot: Bot, person: int, code: str, progress: Progress, handovers: Handovers, dossier_screens: DossierScreens
) -> None:
    words, state = dossier_screens.dossier_form.handover, progress.state
    lent = await handovers.lent(code)
    own = (await state.get_data()).get("form") if progress.answers else None
    if lent is not None:  # kept here before the code is spent: a process that dies in between loses nothing
        if own:
            await put_aside(state)
        await state.update_data(form={"answers": lent.answers, "taken": [*lent.codes, letters_of(code)]})
        if not await handovers.spend(code):
            await state.update_data(form=own)
            lent = None
    if lent is None:
        await bot.send_message(person, words.unknown)
        return
    rows = [[button(words.undo, Exchange())]] if own else []
    text = f"{words.taken} {words.own_waits}" if own else words.taken
    await send_to(bot, person, Screen(dossier_screens.form.renderer.text(text), rows))
    taken = await Progress.of(state, dossier_screens.form)
    if shared := dossier_screens.shared(await shared_fate(taken, handovers, ()), has_own=False):
        await send_to(bot, person, shared)
    await show(bot, person, taken)


async def take_back(callback: CallbackQuery, bot: Bot, state: FSMContext, dossier_screens: DossierScreens) -> None:
    """One's own answers again; those of the code can be had back as long."""
    note_screen("undone")
    form = dossier_screens.form
    if not await exchange(state):
        await bot.send_message(callback.from_user.id, form.words.undo_too_late)
        return
    words, back = dossier_screens.dossier_form.handover, await Progress.of(state, form)
    said, other = (words.exchanged, words.undo) if back.taken else (form.words.undone, words.exchange)
    screen = Screen(form.renderer.text(said), [[button(other, Exchange())]])
    await send_to(bot, callback.from_user.id, screen)
    await show(bot, callback.from_user.id, back)
