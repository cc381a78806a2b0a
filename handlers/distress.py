"""Somebody in distress, met before every state. Nothing is kept: no state, context, count, vote or log."""

from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from handlers.dossier.draft import Sending, load_draft
from handlers.questionnaire.progress import Checking
from handlers.shared.cues import PERSON
from handlers.shared.screen import Screen, answer_with
from handlers.shared.switchboard import Boards
from handlers.shared.turn import DISTRESS, note_screen
from knowledge.content.models import Content
from knowledge.distress.word_lists import Met, Opened
from knowledge.understanding.understanding import Understanding
from knowledge.words.markup import parse


async def in_distress(message: Message, understanding: Understanding) -> bool | dict[str, Met]:
    """A filter: lets through what reads as distress, as `met`; of a picture or a file, its caption."""
    text = message.text or message.caption
    met = understanding.distress(text) if text else None
    return {"met": met} if met else False


def register(boards: Boards) -> None:
    """First of all handlers: whatever the person is in the midst of, whatever kind of message. No group, no bot."""
    boards.messages.add(PERSON, meet, in_distress)


async def meet(message: Message, met: Met, state: FSMContext, content: Content) -> None:
    """The one fixed reply; what was open stays as it is, and the person is told so."""
    note_screen(DISTRESS)
    text = content.distress.reply(met, await _open(state))
    await answer_with(message, Screen(parse(text)))


async def _open(state: FSMContext) -> Opened | None:
    """What waits for an answer: the questionnaire, a dossier, or nothing. Only read."""
    if await state.get_state() == Checking.asking.state:
        return "questionnaire"
    is_dossier = await state.get_state() == Sending.asking.state or await load_draft(state) is not None
    return "dossier" if is_dossier else None
