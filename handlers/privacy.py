"""What is kept of a person: shown, and erased, on request."""

import json
from typing import Protocol

from aiogram import Bot
from aiogram.fsm.context import FSMContext
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from handlers.questionnaire.progress import set_aside
from handlers.shared.buttons import EraseAll, ShowMenu
from handlers.shared.labels import is_made_of
from handlers.shared.last_question import forget_question
from handlers.shared.screen import Screen, answer_with, button, plain
from handlers.shared.switchboard import Boards
from handlers.shared.turn import note_proposal, note_screen
from knowledge.content.conversation import DialogueAct, DialogueSentences
from knowledge.content.models import Content
from knowledge.conversation.frame import Frame
from knowledge.rendering import Renderer
from knowledge.understanding.segmentation import pieces
from knowledge.words.text import normalise


class PersonalData(Protocol):
    """All that is kept of people, wherever it is."""

    async def export(self, person: int) -> dict[str, object]:
        """All that is kept of the person, by name, as can be written in JSON; empty without anything."""

    async def erase(self, person: int) -> int:
        """Erase all of it; of how many dossiers the team has a copy."""


def register(boards: Boards) -> None:
    """/mesdonnees and /supprimer."""
    boards.talk.add(("/mesdonnees", DialogueAct.DATA), show_data)
    boards.talk.add(DialogueAct.ERASE, erase_in_words, is_said_again)
    boards.talk.add(("/supprimer", DialogueAct.ERASE), ask_to_erase)
    boards.talk.add(DialogueAct.KEEP, say_kept)
    boards.talk.add(DialogueAct.STOP_ALL, ask_what_to_stop)
    boards.presses.add_button(EraseAll, erase_all)


async def show_data(
    message: Message,
    content: Content,
    personal_data: PersonalData,
    renderer: Renderer,
) -> None:
    """Everything held, in a sentence and as a file."""
    note_screen("data")
    assert message.from_user is not None  # private chats only
    texts = content.messages.privacy
    held = await personal_data.export(message.from_user.id)
    if not held:
        await answer_with(message, plain(texts.nothing))
        return
    data = json.dumps(held, ensure_ascii=False, indent=2)
    dossiers = held.get("dossiers")
    n = len(dossiers) if isinstance(dossiers, list) else 0
    await answer_with(message, Screen(renderer.text(texts.held.format(dossiers=n))))
    await message.answer_document(BufferedInputFile(data.encode("utf-8", "replace"), texts.file))


async def ask_to_erase(message: Message, content: Content, renderer: Renderer) -> None:
    """Ask once."""
    note_screen("erase")
    note_proposal(EraseAll().pack(), "")
    texts = content.messages.privacy
    rows = [[button(texts.erase_button, EraseAll())], [button(content.messages.start.menu_button, ShowMenu())]]
    await answer_with(message, Screen(renderer.text(texts.erase_question), rows))


async def say_kept(message: Message, sentences: DialogueSentences) -> None:
    """« Ne supprimez rien » : nothing was, and it is said."""
    note_screen("ack")
    await answer_with(message, plain(sentences.kept))


async def ask_what_to_stop(
    message: Message, content: Content, sentences: DialogueSentences, renderer: Renderer
) -> None:
    """« Je veux tout arrêter » : each thing that there is has its own way."""
    note_screen("stop")
    ways = [
        *([sentences.stop_alerts] if content.calendar else []),
        *([sentences.stop_form] if content.form else []),
        sentences.stop_everything,
    ]
    await answer_with(message, Screen(renderer.text(sentences.stop_which.format(ways="\n".join(ways)))))


async def is_said_again(_: Message, text: str, frame: Frame, content: Content) -> bool:
    """« Supprimez tout », just after it was asked whether to: nothing less, nothing else, and no question."""
    groups = content.conversation.groups
    ways = (*groups["after-yes"], *groups["after-yes-erase"])
    asks = any(piece.asks for piece in pieces(text))
    return frame.screen == "erase" and not asks and is_made_of(normalise(text), ways)


async def erase_in_words(
    message: Message, bot: Bot, state: FSMContext, content: Content, personal_data: PersonalData
) -> None:
    """The erasing that was asked for twice."""
    assert message.from_user is not None  # private chats only
    await _erase(message.from_user.id, bot, state, content, personal_data)


async def erase_all(
    callback: CallbackQuery,
    bot: Bot,
    state: FSMContext,
    content: Content,
    personal_data: PersonalData,
) -> None:
    """The button."""
    await _erase(callback.from_user.id, bot, state, content, personal_data)


async def _erase(person: int, bot: Bot, state: FSMContext, content: Content, personal_data: PersonalData) -> None:
    """Conversation, dossiers, drafts lent, alerts and opinions; what was e-mailed is the team's to erase."""
    note_screen("erased")
    sent = await personal_data.erase(person)
    await state.clear()
    await set_aside(state).clear()
    await forget_question(state)
    texts = content.messages.privacy
    said = texts.erased_sent if sent else texts.erased
    await bot.send_message(person, said.format(contact=content.email))
