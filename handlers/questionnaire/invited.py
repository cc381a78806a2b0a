"""Just after the entry that invites to say who one is: a bare name begins the questionnaire."""

from typing import Any

from aiogram import Bot
from aiogram.types import Message

from handlers.questionnaire.earlier import Earlier
from handlers.questionnaire.progress import Progress, progress_of, show
from handlers.questionnaire.screens import FormScreens
from handlers.shared.cues import TEXT
from handlers.shared.switchboard import Boards
from knowledge.content.conversation import DialogueAct
from knowledge.conversation.frame import Frame


def register(boards: Boards) -> None:
    """Before the conversation takes it for a question."""
    boards.messages.add(TEXT, begin_with_name, follows_invitation, progress_of, says_name)


async def follows_invitation(
    _: Message,
    form: FormScreens,
    frame: Frame,
    raw_state: str | None,
    act: DialogueAct | None = None,
    pressed: str | None = None,
) -> bool:
    """A filter: just after the entry that invites to say who one is."""
    is_free = raw_state is None and act is None and pressed is None
    return is_free and frame.topics[:1] == form.questionnaire.form.offered_with[:1]


async def says_name(_: Message, text: str, progress: Progress, earlier: Earlier) -> bool | dict[str, Any]:
    """A filter: before any answer, the name of an authority, given as `named`."""
    named = None if progress.answers else await earlier.named(text)
    return {"named": named} if named else False


async def begin_with_name(message: Message, bot: Bot, progress: Progress, named: dict[str, Any]) -> None:
    """The questionnaire begins, with that name to be confirmed."""
    progress.offered = named
    await progress.save()
    await show(bot, message.chat.id, progress)
