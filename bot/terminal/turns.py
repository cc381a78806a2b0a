"""`tevo chat --json`: a conversation that a program reads and leads, one JSON object a line each way.

In, a line of text is what the person types. A JSON object does something else: `{"press": "Commencer"}` presses
the last button with that label, `{"edit": "…"}` edits the line typed before, `{"caption": "…"}` sends a picture.

Out, for each line: `said`, then the fields of `handlers.shared.turn.Turn`, then `messages`, each with its `text`,
`buttons`, whether it was `edited` and its `files`, then `toasts` and the milliseconds `ms` that it took.
"""

import json
import time
from collections.abc import AsyncIterator
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, TextIO

from aiogram import Bot, Dispatcher
from aiogram.types import Message, PhotoSize, Update

from bot.sentences import tell
from bot.terminal.offline import OfflineSession, Sent
from handlers.shared.turn import listening

_PICTURE = PhotoSize(file_id="local", file_unique_id="local", width=1, height=1)


_OWN = ("buttons", "proposed", "shown", "told", "goes_on", "before", "first", "again", "counted")
"""Fields of a turn that are for the conversation itself."""


class UnknownLineError(ValueError):
    """A line that says nothing which can be done. The message says why, for whoever wrote the program."""


class Turns:
    """Leads a conversation line by line, and writes what each came to."""

    def __init__(self, out: TextIO) -> None:
        self.session = OfflineSession(self._keep)
        self._out = out
        self._sent: list[Sent] = []
        self._shown: list[int] = []  # numbers of the messages shown, oldest first
        self._typed: Message | None = None

    async def talk(self, lines: AsyncIterator[str], dispatcher: Dispatcher, bot: Bot) -> None:
        """Answer each line until the end of input. Nothing is said before the first one."""
        async for line in lines:
            self._sent.clear()
            started = time.perf_counter()
            with listening() as turn:
                try:
                    await dispatcher.feed_update(bot, self._update(line))
                except UnknownLineError as error:
                    self._write({"said": line, "error": str(error)})
                    continue
            ms = round((time.perf_counter() - started) * 1000, 3)
            toasts = [sent.toast for sent in self._sent if sent.toast]
            messages = [_shown(sent) for sent in self._sent if sent.message]
            told = {name: value for name, value in asdict(turn).items() if name not in _OWN}
            self._write({"said": line, **told, "messages": messages, "toasts": toasts, "ms": ms})

    async def tell(self, sentence: str) -> None:
        """What the operator should know, on a line of its own."""
        self._write({"operator": sentence})

    def _update(self, line: str) -> Update:
        match _object(line):
            case None:
                return self._type(line)
            case {"say": str(text)}:
                return self._type(text)
            case {"edit": str(text)}:
                return self._edit(text)
            case {"press": str(label)}:
                return self._press(label)
            case {"caption": str(text)}:
                return self.session.brings(caption=text, photo=[_PICTURE])
            case _:
                raise UnknownLineError(tell("turns_unknown"))

    def _type(self, text: str) -> Update:
        update = self.session.says(text)
        self._typed = update.message
        return update

    def _edit(self, text: str) -> Update:
        if self._typed is None:
            raise UnknownLineError(tell("turns_nothing_to_edit"))
        edited = self._typed.model_copy(update={"text": text, "edit_date": int(datetime.now(UTC).timestamp())})
        return Update(update_id=self.session.says("").update_id, edited_message=edited)

    def _press(self, label: str) -> Update:
        for number in reversed(self._shown):
            message = self.session.messages.get(number)
            rows = message.reply_markup.inline_keyboard if message and message.reply_markup else []
            for button in (button for row in rows for button in row):
                if button.text == label:
                    return self.session.presses(button.callback_data or "", message)
        raise UnknownLineError(tell("turns_no_button", label=label))

    def _keep(self, sent: Sent) -> None:
        self._sent.append(sent)
        if sent.message and not sent.edited:
            self._shown.append(sent.message.message_id)

    def _write(self, turn: dict[str, Any]) -> None:
        self._out.write(f"{json.dumps(turn, ensure_ascii=False)}\n")
        self._out.flush()


def _object(line: str) -> dict[str, Any] | None:
    """The JSON object that a line holds; None when it is what a person types."""
    if not line.startswith("{"):
        return None
    try:
        found = json.loads(line)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _shown(sent: Sent) -> dict[str, Any]:
    assert sent.message is not None
    message, markup = sent.message, sent.message.reply_markup
    return {
        "text": message.text or message.caption or "",
        "buttons": [button.text for row in markup.inline_keyboard for button in row] if markup else [],
        "edited": sent.edited,
        "files": [sent.file[0]] if sent.file else [],
    }
