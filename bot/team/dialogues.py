"""Whole conversations, as content: what is said, what must come of it. Held with the real handlers.

`examples/conversations/*.yaml`. A turn that fails today says why under `known`: it is counted, not hidden.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Annotated, Literal

import yaml
from aiogram import Bot, Dispatcher
from aiogram.types import Message, Update, User
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from bot.sentences import tell
from bot.team.labelled import LabelledError
from bot.terminal.offline import OfflineSession, Sent
from handlers.shared.turn import Turn, listening
from knowledge.words.identifiers import Id

FOLDER = "examples/conversations"

Sort = Literal["question", "follow-up", "repair", "own", "form", "courtesy", "off"]
_Names = Annotated[tuple[str, ...], Field(min_length=1)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Want(_Part):
    """What must come: one of the entries, screens or kinds named, every text of `says`, none of `not_topics`."""

    topics: _Names | None = None
    screen: _Names | None = None
    kind: _Names | None = None
    says: _Names | None = None
    """Regular expressions, in the messages shown or on their buttons."""
    not_topics: _Names | None = None

    def met_by(self, turn: Turn, shown: str) -> bool:
        """Whether a turn is as wanted."""
        ways = {"topics": set(turn.topics), "screen": {turn.screen}, "kind": {turn.kind}}
        wanted = {name: set(names) for name in ways if (names := getattr(self, name))}
        is_there = not wanted or any(names & ways[name] for name, names in wanted.items())
        is_said = all(re.search(way, shown, re.IGNORECASE) for way in self.says or ())
        return is_there and is_said and not set(self.not_topics or ()) & set(turn.topics)


class DialogueTurn(_Part):
    """One turn: what is typed, or the button that is pressed."""

    say: Annotated[str, Field(min_length=1)] | None = None
    press: str | None = None
    edit: str | None = None
    """What the message typed last becomes."""
    want: Want
    sort: Sort
    known: str | None = None
    """Why it fails today."""

    @model_validator(mode="after")
    def _does_one_thing(self) -> "DialogueTurn":
        if sum(what is not None for what in (self.say, self.press, self.edit)) != 1:
            raise ValueError
        return self


class Dialogue(_Part):
    """A conversation of one person. `kind`: who it is."""

    id: Id
    kind: str
    turns: Annotated[tuple[DialogueTurn, ...], Field(min_length=2)]


@dataclass(frozen=True)
class TurnOutcome:
    """What became of a turn. `repeats`: whether the reply is the one just before."""

    dialogue: Dialogue
    turn: DialogueTurn
    right: bool
    repeats: bool
    got: str

    @property
    def is_news(self) -> bool:
        """Whether it goes wrong, and the content does not know."""
        return self.repeats or not (self.right or self.turn.known)

    @property
    def is_mended(self) -> bool:
        """Whether what was known to go wrong goes right."""
        return self.right and self.turn.known is not None

    def __str__(self) -> str:
        said = self.turn.say or self.turn.press or self.turn.edit
        return tell(
            "dialogue_mended" if self.is_mended else "dialogue_news", dialogue=self.dialogue.id, said=said, got=self.got
        )


def read_dialogues(folder: Path) -> list[Dialogue]:
    """Those of a content folder, file by file. Raises LabelledError."""
    found: list[Dialogue] = []
    for path in sorted((folder / FOLDER).glob("*.yaml")):
        try:
            rows = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
            found += [Dialogue.model_validate(row) for row in rows]
        except (OSError, UnicodeDecodeError, yaml.YAMLError, TypeError, ValidationError) as error:
            raise LabelledError(tell("labelled_wrong", path=path, reason=_reason(error))) from None
    return found


def _reason(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"{'.'.join(map(str, first['loc']))} {first['msg']}"
    return type(error).__name__


class _Person:
    """Somebody who talks to the assistant."""

    def __init__(self, dispatcher: Dispatcher, number: int) -> None:
        self._sent: list[Sent] = []
        self._session = OfflineSession(self._sent.append, User(id=number, is_bot=False, first_name=tell("you")))
        self._bot = Bot("42:local", session=self._session)
        self._dispatcher = dispatcher
        self._typed: Message | None = None

    async def does(self, turn: DialogueTurn) -> tuple[Turn, str, str]:
        """What a turn came to, the texts shown, and the texts with their buttons."""
        update = self._update(turn)
        self._sent.clear()
        with listening() as heard:
            if update is not None:
                await self._dispatcher.feed_update(self._bot, update)
        shown = [sent.message for sent in self._sent if sent.message and not sent.edited]
        texts = [message.text or message.caption or "" for message in shown]
        return heard, "\n".join(texts), "\n".join([*texts, *(label for label, _ in _buttons(shown))])

    def _update(self, turn: DialogueTurn) -> Update | None:
        """None where the button is not there."""
        if turn.say is not None:
            update = self._session.says(turn.say)
            self._typed = update.message
            return update
        if turn.edit is not None:
            if self._typed is None:
                return None
            edited = self._typed.model_copy(update={"text": turn.edit, "edit_date": 1})
            return Update(update_id=self._session.says("").update_id, edited_message=edited)
        labels = dict(reversed(list(_buttons(reversed(self._session.messages.values())))))
        data = labels.get(turn.press or "")
        return self._session.presses(data, None) if data else None


def _buttons(messages: Iterable[Message]) -> Iterator[tuple[str, str]]:
    for message in messages:
        for row in message.reply_markup.inline_keyboard if message.reply_markup else []:
            yield from ((one.text, one.callback_data or "") for one in row)


_SHOWN = 120  # characters of a reply
_numbers = count(1_000)


async def hold(dialogue: Dialogue, dispatcher: Dispatcher) -> list[TurnOutcome]:
    """Hold a conversation, as somebody who was never there before."""
    person, before, outcomes = _Person(dispatcher, next(_numbers)), "", []
    for turn in dialogue.turns:
        heard, texts, shown = await person.does(turn)
        got = f"[{heard.kind} {heard.screen} {'+'.join(heard.topics)}] {' '.join(texts.split())[:_SHOWN]}"
        outcomes.append(
            TurnOutcome(dialogue, turn, turn.want.met_by(heard, shown), bool(before) and texts == before, got)
        )
        before = texts
    return outcomes


def scored(outcomes: Iterable[TurnOutcome]) -> list[str]:
    """How many turns are right by sort, then in all, and how many whole conversations; one line each."""
    outcomes = list(outcomes)
    asked = Counter(one.turn.sort for one in outcomes)
    right = Counter(one.turn.sort for one in outcomes if one.right)
    lines = [tell("dialogue_sort", sort=sort, right=right[sort], asked=asked[sort]) for sort in sorted(asked)]
    names = {one.dialogue.id for one in outcomes}
    failed = {one.dialogue.id for one in outcomes if not one.right}
    lines.append(
        tell(
            "dialogue_total",
            right=sum(right.values()),
            asked=len(outcomes),
            whole=len(names - failed),
            dialogues=len(names),
            repeats=sum(one.repeats for one in outcomes),
        )
    )
    return lines
