"""What one sentence answers, which is no entry: « sans réponse à mon courriel », « vous enregistrez ça ? »."""

from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from handlers.questionnaire.earlier import Earlier
from handlers.questions.repairing import answer_beside
from handlers.shared.beside import asked_after
from handlers.shared.hearing import Hearing
from handlers.shared.narrowed import Narrowed
from handlers.shared.screen import Screen, answer_with
from handlers.shared.switchboard import Boards
from handlers.shared.turn import note_going_on, note_screen, note_topics
from knowledge.content.conversation import DialogueAct, StockReply
from knowledge.conversation.dialogue_reader import DialogueReader
from knowledge.conversation.frame import Frame
from knowledge.feedback import Feedback


def register(boards: Boards) -> None:
    """Before questions: these are none."""
    boards.talk.add(DialogueAct.TOLD, tell_then_answer, is_asked_after)
    boards.talk.add(DialogueAct.TOLD, tell_stock_reply)


async def is_asked_after(
    _: Message, text: str, told: StockReply, reader: DialogueReader, hearing: Hearing
) -> dict[str, str] | bool:
    """Whether a question of its own follows what a stock reply answers: that."""
    asked = asked_after(text, told, reader, hearing)
    return {"asked": asked} if asked else False


async def tell_then_answer(  # noqa: PLR0913, PLR0917 (each part by its name, as aiogram gives them)
    message: Message,
    told: StockReply,
    asked: str,
    act: DialogueAct,
    frame: Frame,
    state: FSMContext,
    hearing: Hearing,
    feedback: Feedback,
    earlier: Earlier,
) -> None:
    """What one sentence answers, then what is asked after it."""
    await answer_with(message, Screen(hearing.replies.renderer.text(told.says)))
    await answer_beside(message, asked, act, frame, state, hearing, feedback, earlier)


async def tell_stock_reply(message: Message, told: StockReply, frame: Frame, narrowed: Narrowed) -> None:
    """What one sentence answers; what was talked about before still is."""
    note_screen(frame.screen if frame.screen in told.after else "told")
    note_going_on()
    if not (told.asks_nothing and frame.topics):  # an aside does not change the subject
        note_topics(told.topics[:1])
    screen = narrowed.told(told)
    await answer_with(message, screen)
