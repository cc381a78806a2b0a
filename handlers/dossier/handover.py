"""A colleague goes on with a draft: the élu begins, the DGS ends."""

from aiogram import Bot, F, Router
from aiogram.filters import Command, CommandObject
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.dossier.screens import DossierScreens
from handlers.questionnaire.progress import Progress, progress_of, show
from handlers.shared.buttons import Lend
from handlers.shared.filters import TYPED
from handlers.shared.memory import Does
from handlers.shared.screen import Screen, button
from handlers.shared.turn import note_screen
from knowledge.content.conversation import Act, Sentences
from knowledge.conversation.reader import code_in
from knowledge.dossier import Handovers


class Revoke(CallbackData, prefix="revoke"):
    """End the code that was given."""


def build_router() -> Router:
    """Lending a draft, taking one over."""
    router = Router(name=__name__)
    router.message.register(take_by_command, TYPED, Command("reprendre", ignore_case=True))
    router.message.register(take_in_words, TYPED, Does(Act.CODE), F.text.as_("text"))
    router.message.register(offer, TYPED, Does(Act.HAND_OVER), progress_of)
    router.callback_query.register(lend, Lend.filter(), progress_of)
    router.callback_query.register(revoke, Revoke.filter())
    return router


async def lend(
    callback: CallbackQuery, bot: Bot, progress: Progress, handovers: Handovers, dossier_screens: DossierScreens
) -> None:
    """Give a code. The details of the person are not lent."""
    note_screen("handover")
    words, person = dossier_screens.dossier_form.handover, callback.from_user.id
    if not progress.answers:
        await bot.send_message(person, words.nothing)
        return
    code = await handovers.lend(person, progress.answers)
    text = dossier_screens.form.renderer.text(words.lent.format(code=code))
    await bot.send_message(person, **Screen(text, [[button(words.revoke, Revoke())]]).as_kwargs())


async def offer(message: Message, progress: Progress, dossier_screens: DossierScreens, sentences: Sentences) -> None:
    """How a colleague may go on, asked in words: the button draws the code."""
    note_screen("handover")
    words = dossier_screens.dossier_form.handover
    if not progress.answers:
        await message.answer(f"{sentences.hand_over}\n\n{words.nothing}")
        return
    screen = Screen(dossier_screens.form.renderer.text(sentences.hand_over), [[button(words.button, Lend())]])
    await message.answer(**screen.as_kwargs())


async def revoke(callback: CallbackQuery, bot: Bot, handovers: Handovers, dossier_screens: DossierScreens) -> None:
    """The code given last does not serve any more."""
    note_screen("handover")
    words = dossier_screens.dossier_form.handover
    had_one = await handovers.revoke(callback.from_user.id)
    await bot.send_message(callback.from_user.id, words.revoked if had_one else words.not_lent)


async def take_in_words(
    message: Message, text: str, state: FSMContext, handovers: Handovers, dossier_screens: DossierScreens
) -> None:
    """« Voici mon code RP-7KQM-X3FA » ; without a code, where to write it."""
    if code := code_in(text):
        await take(message, code, state, handovers, dossier_screens)
    else:
        note_screen("handover")
        await message.answer(dossier_screens.dossier_form.handover.ask)


async def take_by_command(
    message: Message, command: CommandObject, state: FSMContext, handovers: Handovers, dossier_screens: DossierScreens
) -> None:
    """/reprendre RP-7KQM-X3FA."""
    note_screen("handover")
    if command.args:
        await take(message, command.args, state, handovers, dossier_screens)
    else:
        await message.answer(dossier_screens.dossier_form.handover.ask)


async def take(
    message: Message, code: str, state: FSMContext, handovers: Handovers, dossier_screens: DossierScreens
) -> None:
    """Go on with the answers that were lent, in place of one's own."""
    note_screen("handover")
    words = dossier_screens.dossier_form.handover
    lent = await handovers.lent(code)
    before = (await state.get_data()).get("form")
    if lent is not None:  # kept here before the code is spent: a process that dies in between loses nothing
        await state.update_data(form={"answers": lent})
        if not await handovers.spend(code):
            await state.update_data(form=before)
            lent = None
    if lent is None:
        await message.answer(words.unknown)
        return
    await message.answer(**Screen(dossier_screens.form.renderer.text(words.taken)).as_kwargs())
    assert message.bot is not None
    await show(message.bot, message.chat.id, await Progress.of(state, dossier_screens.form))
