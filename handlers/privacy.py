"""What is kept of a person: shown, and erased, on request."""

import json
from collections.abc import Awaitable, Callable

from aiogram import Bot, Router
from aiogram.filters import Command, or_f
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.context import FSMContext
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from handlers.questionnaire.progress import set_aside
from handlers.shared.filters import TYPED
from handlers.shared.memory import Does
from handlers.shared.screen import Screen, ShowMenu, button
from handlers.shared.turn import note_proposal, note_screen
from knowledge.content.conversation import Act, Sentences
from knowledge.content.models import Content
from knowledge.dates.alerts import Subscriptions
from knowledge.dossier import Handovers, Outbox
from knowledge.rendering import Renderer


class EraseAll(CallbackData, prefix="eraseall"):
    """Erase everything that is kept of the person."""


def build_router() -> Router:
    """/mesdonnees and /supprimer."""
    router = Router(name=__name__)
    router.message.register(show_data, TYPED, or_f(Command("mesdonnees", ignore_case=True), Does(Act.DATA)))
    router.message.register(ask_to_erase, TYPED, or_f(Command("supprimer", ignore_case=True), Does(Act.ERASE)))
    router.message.register(say_kept, TYPED, Does(Act.KEEP))
    router.message.register(ask_what_to_stop, TYPED, Does(Act.STOP_ALL))
    router.callback_query.register(erase_all, EraseAll.filter())
    return router


async def show_data(
    message: Message,
    state: FSMContext,
    content: Content,
    outbox: Outbox,
    handovers: Handovers,
    subscriptions: Subscriptions,
    renderer: Renderer,
) -> None:
    """Everything held, in a sentence and as a file."""
    note_screen("data")
    assert message.from_user is not None  # private chats only
    words = content.messages.privacy
    kept = await state.get_data() | await set_aside(state).get_data()
    conversation = {name: value for name, value in kept.items() if value}
    dossiers = await outbox.held(message.from_user.id)
    lent = await handovers.held(message.from_user.id)
    since = await subscriptions.since(message.from_user.id)
    if not (conversation or dossiers or lent or since):
        await message.answer(words.nothing)
        return
    held = {
        "conversation": conversation,
        "dossiers": dossiers,
        "lent": lent,
        "alerts_since": since and since.isoformat(),
    }
    data = json.dumps(held, ensure_ascii=False, indent=2)
    await message.answer(**Screen(renderer.text(words.held.format(dossiers=len(dossiers)))).as_kwargs())
    await message.answer_document(BufferedInputFile(data.encode("utf-8", "replace"), words.file))


async def ask_to_erase(message: Message, content: Content, renderer: Renderer) -> None:
    """Ask once."""
    note_screen("erase")
    note_proposal(EraseAll().pack(), "")
    words = content.messages.privacy
    rows = [[button(words.erase_button, EraseAll())], [button(content.messages.start.menu_button, ShowMenu())]]
    await message.answer(**Screen(renderer.text(words.erase_question), rows).as_kwargs())


async def say_kept(message: Message, sentences: Sentences) -> None:
    """« Ne supprimez rien » : nothing was, and it is said."""
    note_screen("ack")
    await message.answer(sentences.kept)


async def ask_what_to_stop(message: Message, sentences: Sentences, renderer: Renderer) -> None:
    """« Je veux tout arrêter » : each thing has its own way."""
    note_screen("stop")
    await message.answer(**Screen(renderer.text(sentences.stop_which)).as_kwargs())


async def erase_all(
    callback: CallbackQuery,
    bot: Bot,
    state: FSMContext,
    content: Content,
    erase: Callable[[int], Awaitable[int]],
) -> None:
    """Conversation, dossiers, drafts lent, alerts and opinions; what was e-mailed is the team's to erase."""
    note_screen("erased")
    person = callback.from_user.id
    sent = await erase(person)
    await state.clear()
    await set_aside(state).clear()
    words = content.messages.privacy
    said = words.erased_sent if sent else words.erased
    await bot.send_message(person, said.format(contact=content.email))
