"""What is said in the midst of the questionnaire and is no answer, or corrects one: it is met, then we go on."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import Bot
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from handlers.questionnaire.progress import Checking, Progress, show
from handlers.questionnaire.screens import FormScreens
from handlers.questionnaire.typed import answer_typed
from handlers.shared.buttons import OpenForm
from handlers.shared.hearing import Hearing
from handlers.shared.memory import known_of_text, leaves
from handlers.shared.screen import answer_with, plain
from handlers.shared.switchboard import Switchboard
from handlers.shared.turn import proposes, withdraw_proposal
from knowledge.content.conversation import REPAIRS, DialogueAct
from knowledge.conversation.frame import Frame
from knowledge.register.authorities import Register


async def is_said_aside(_: Message, act: DialogueAct | None = None, pressed: str | None = None) -> bool:
    """Whether the question is asked again after it; a button that leaves the form lets it wait."""
    return act is not DialogueAct.RESUME and (act is not None or not leaves(act, pressed))  # « reprendre » asks it


async def is_asking(_: Message, raw_state: str | None) -> bool:
    """Whether a question of the questionnaire is open."""
    return raw_state == Checking.asking.state


async def is_on_question(_: Message, frame: Frame, act: DialogueAct | None = None, pressed: str | None = None) -> bool:
    """« Je ne comprends pas », where no answer was shown since: it is said of the question asked."""
    return act in REPAIRS and pressed is None and not frame.topics


async def explain_questions(message: Message, bot: Bot, progress: Progress) -> None:
    """What the questions are for, and how one may answer; then the question again."""
    await answer_with(message, plain(progress.screens.words.explained))
    await show(bot, message.chat.id, progress)


def answer_then_ask(talk: Switchboard) -> Callable[..., Awaitable[None]]:
    """A handler that takes the answer, has the conversation answer the question beside it, then goes on."""

    async def take_both(message: Message, bot: Bot, progress: Progress, parts: tuple[str, str], **data: Any) -> None:
        """« Le Togo. Et combien ça coûte ? »."""
        answer, asked = parts
        await answer_typed(message, answer, progress, data["hearing"], data["register"], asks_beside=True)
        given = {**data, "bot": bot}
        await talk.take(message, **{**given, **await known_of_text(message, asked, data["frame"], given)})
        await ask_question_again(message, bot, progress.state, progress.screens)

    return take_both


async def ask_question_again(message: Message, bot: Bot, state: FSMContext, form: FormScreens, **_: Any) -> None:
    """The open question again, or how it ended."""
    withdraw_proposal(OpenForm.__prefix__)  # it is open
    if await state.get_state() != Checking.asking.state or proposes():  # else « oui » would answer both
        return
    progress = await Progress.of(state, form)
    if progress.question:
        await answer_with(message, plain(form.words.back_to_question))
    await show(bot, message.chat.id, progress)


async def correct_answer(
    message: Message,
    text: str,
    place: str,
    progress: Progress,
    hearing: Hearing,
    register: Callable[[], Register],
) -> None:
    """An answer edited where it was typed: its question is answered anew, and the open one asked again."""
    if place not in progress.answers:
        await answer_with(message, plain(progress.screens.words.edited_late))
        return
    await progress.ask_again(place)
    before = progress.screens.brief(progress.screens.questionnaire.questions[place], progress.answers)
    try:
        await answer_typed(message, text, progress, hearing, register, instead_of=before)
    except SkipHandler:
        await show_again(message, progress)


async def show_again(message: Message, progress: Progress) -> None:
    """What was typed for this question is none of its answers: it is asked again."""
    assert message.bot is not None
    await answer_with(message, plain(progress.screens.words.not_understood))
    await show(message.bot, message.chat.id, progress)
