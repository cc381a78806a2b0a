"""What the conversation remembers from one turn to the next, and what a message does to it."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import Any

from aiogram import BaseMiddleware
from aiogram.enums import ChatType
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message, TelegramObject

from handlers.shared.cues import command_of, cues_of_edited, cues_of_message, cues_of_press
from handlers.shared.hearing import Hearing
from handlers.shared.labels import Labels
from handlers.shared.turn import DATA, FORGETTING, Turn, heard
from knowledge.content.conversation import DialogueAct, DialogueSentences
from knowledge.content.models import Content
from knowledge.conversation import follow_up
from knowledge.conversation.dialogue_reader import DialogueReader
from knowledge.conversation.frame import Frame
from knowledge.understanding.understanding import Understanding
from knowledge.words.dictation import punctuated

_KEY = "frame"

_TOLD_BESIDE = frozenset({DialogueAct.DOUBT, DialogueAct.SOURCE, DialogueAct.COMPLAINT})
"""Acts that a message only seems to do where it tells a fact: « ah oui, j'oubliais, elle a un handicap »."""


class Remembering(BaseMiddleware):
    """Gives handlers what the message is by itself and in its conversation; keeps what is shown now."""

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
        now = time.time()
        memory = await state.get_data()
        content: Content = data["content"]
        # An entry may be gone since: the content changes while people talk.
        frame = Frame.of(memory.get(_KEY), now).of_known(content.current, content.topics)
        sentences: DialogueSentences = data["sentences"]
        known = await _known(event, frame, data)
        with heard() as turn:
            turn.before, turn.again = frame.first, sentences.said_again
            result = await handler(event, {**data, **known, "frame": frame})
        if turn.screen not in FORGETTING or (turn.screen == DATA and memory):
            await _keep(state, frame, turn, int(now))
        return result


async def _known(event: TelegramObject, frame: Frame, data: dict[str, Any]) -> dict[str, Any]:
    """Its `cues`; of a text, `text`, `act` and what is `told` for it, the `command`, the button that is `pressed`."""
    if isinstance(event, CallbackQuery):
        return {"cues": cues_of_press(event)}
    assert isinstance(event, Message)
    text = punctuated(event.text or "")
    is_command = text.startswith("/") and event.chat.type == ChatType.PRIVATE  # /supprimr, put right: what it says
    if data["event_update"].edited_message is event and not is_command:
        return {"cues": cues_of_edited(event), "text": text}
    return await known_of_text(event, text, frame, data)


async def known_of_text(event: Message, text: str, frame: Frame, data: dict[str, Any]) -> dict[str, Any]:
    """The same of a text that was typed in it."""
    reader: DialogueReader = data["reader"]
    labels: Labels = data["labels"]
    state: str | None = data["raw_state"]
    is_command = text.startswith("/")
    understanding: Understanding = data["understanding"]
    hearing: Hearing = data["hearing"]
    content: Content = data["content"]
    does = ""
    if text and not is_command:
        does = reader.does(
            text,
            frame.shown_last,
            follows=bool(frame.topics),
            # In a form what is typed is an answer, unless it surely is none: « maire adjointe » hands nothing over.
            guesses=state is None,
            is_clear=partial(understanding.is_clear, text),
        )
    told = reader.told(does)
    is_of_project = told is not None and understanding.names_partners(text)  # « on travaille avec le Laos »
    only_thanks = told is not None and told.asks_nothing and follow_up.thanks(text, content.conversation.follow_ups)
    if is_of_project or only_thanks or ((told or does in _TOLD_BESIDE) and hearing.notes.tells_fact(text, frame)):
        told, does = None, ""
    if does and state is None and hearing.last.means(text, does, frame):
        told, does = None, ""
    act = DialogueAct.TOLD if told else DialogueAct(does) if does else None
    pressed = labels.pressed(text, act, frame)
    command = await command_of(event, data["bot"]) if is_command else None
    cues = cues_of_message(event, state, frame.screen, act, command, pressed)
    return {"cues": cues, "text": text, "act": act, "told": told, "pressed": pressed, "command": command}


async def _keep(state: FSMContext, frame: Frame, turn: Turn, now: int) -> None:
    speaker = turn.speaker if turn.speaker.kind else frame.speaker
    form = frame.form if turn.form is None else turn.form
    project = frame.project if turn.project is None else turn.project
    authority, authority_left = turn.authority or (frame.authority, frame.authority_left)
    if turn.topics or turn.offered or turn.screen:
        topics = tuple(turn.topics[:3]) or (frame.topics if turn.goes_on or not turn.screen else ())
        kept = Frame(
            topics=topics,
            before=frame.behind(topics),
            history=frame.told_with(turn.topics[:2], turn.point) if turn.topics else frame.history,
            point=turn.point if turn.topics else frame.point if topics else "",
            act=turn.act,
            offered=tuple(turn.offered),
            screen=turn.screen,
            buttons=turn.buttons,
            proposed=turn.proposed,
            shown=turn.shown,
            told=turn.told,
            at=now,
        )
    elif turn.kind or turn.first:
        kept = replace(frame.aged() if turn.kind else frame, at=frame.at or now)
    else:
        return
    kept = replace(kept, speaker=speaker, form=form, project=project, first=turn.first)
    kept = replace(kept, authority=authority, authority_left=authority_left)
    await state.update_data({_KEY: kept.kept()})


def leaves(act: DialogueAct | None, pressed: str | None) -> bool:
    """Whether a message leaves the form that is open: one's own alerts, data…, or a button that is no entry.

    The label of an entry may be an answer too; asked in a form, entries are answered there.
    """
    return act is not None or (pressed is not None and not pressed.startswith(("topic:", "theme:")))
