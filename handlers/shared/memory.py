"""What the conversation remembers from one turn to the next, and what a message does to it."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from aiogram import BaseMiddleware
from aiogram.filters import Filter
from aiogram.fsm.context import FSMContext
from aiogram.types import Message, TelegramObject

from handlers.shared.labels import Labels
from handlers.shared.turn import DATA, FORGETTING, Turn, heard
from knowledge.content.conversation import DialogueAct, DialogueSentences
from knowledge.content.models import Content
from knowledge.conversation.dialogue_reader import DialogueReader
from knowledge.conversation.frame import Frame

_KEY = "frame"


class Remembering(BaseMiddleware):
    """Gives handlers `frame`, what was shown last, and `act`, what the message does; keeps what is shown now."""

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        """Around whatever handles the event."""
        state: FSMContext | None = data.get("state")
        if state is None:  # nobody sent it: there is no conversation to go on with, and nobody to answer
            return None
        reader: DialogueReader = data["reader"]
        now = time.time()
        memory = await state.get_data()
        content: Content = data["content"]
        # An entry may be gone since: the content changes while people talk.
        frame = Frame.of(memory.get(_KEY), now).of_known(content.current, content.topics)
        text = event.text if isinstance(event, Message) else None
        labels: Labels = data["labels"]
        sentences: DialogueSentences = data["sentences"]
        does = (
            # In a form what is typed is an answer, unless it surely is none: « maire adjointe » hands nothing over.
            reader.does(text, frame.shown_last, follows=bool(frame.topics), guesses=data.get("raw_state") is None)
            if text and not text.startswith("/")
            else ""
        )
        told = reader.told(does)
        act = DialogueAct.TOLD if told else DialogueAct(does) if does else None
        pressed = labels.pressed(text, act, frame) if text else None
        with heard() as turn:
            turn.before, turn.again = frame.first, sentences.said_again
            result = await handler(event, data | {"frame": frame, "act": act, "told": told, "pressed": pressed})
        if turn.screen not in FORGETTING or (turn.screen == DATA and memory):
            await _keep(state, frame, turn, int(now))
        return result


async def _keep(state: FSMContext, frame: Frame, turn: Turn, now: int) -> None:
    if turn.topics or turn.offered or turn.screen:
        topics = tuple(turn.topics[:3]) or (frame.topics if turn.goes_on or not turn.screen else ())
        kept = Frame(
            topics,
            frame.behind(topics),
            turn.act,
            tuple(turn.offered),
            turn.screen,
            turn.buttons,
            turn.proposed,
            turn.shown,
            turn.told,
            turn.first,
            now,
        )
    elif turn.kind or turn.first:
        kept = replace(frame.aged() if turn.kind else frame, first=turn.first, at=frame.at or now)
    else:
        return
    await state.update_data({_KEY: kept.kept()})


def leaves(act: DialogueAct | None, pressed: str | None) -> bool:
    """Whether a message leaves the form that is open: one's own alerts, data…, or a button that is no entry.

    The label of an entry may be an answer too; asked in a form, entries are answered there.
    """
    return act is not None or (pressed is not None and not pressed.startswith(("topic:", "theme:")))


class Does(Filter):
    """Lets a message through that does one of these acts."""

    def __init__(self, *acts: DialogueAct) -> None:
        self._acts = acts

    async def __call__(self, _: Message, act: DialogueAct | None = None) -> bool:
        """Whether it does."""
        return act in self._acts
