"""The assistant in a terminal: lines in, messages out, over the very same dispatcher and handlers."""

import re
import sys
from pathlib import Path
from textwrap import TextWrapper

from aiogram import Bot, Dispatcher
from aiogram.types import InlineKeyboardButton, Message, MessageEntity
from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from bot.private_files import create_private
from bot.sentences import tell
from bot.terminal.offline import OfflineSession, Sent
from bot.terminal.typed_lines import lines

_PRESS = re.compile(r"#(\d{1,3})")
"""« #2 » presses button 2: a plain number stays an answer."""

_STYLES = {"bold": "bold", "italic": "dim italic", "text_link": "underline cyan"}
_WIDTH = 78


class Terminal:
    """Draws what the assistant sends, and turns typed lines into updates."""

    def __init__(self, files: Path) -> None:
        self.files = files
        self.console = Console(width=min(_WIDTH, Console().width), highlight=False)
        self.session = OfflineSession(self.show)
        self.buttons: list[tuple[InlineKeyboardButton, Message]] = []

    def show(self, sent: Sent) -> None:
        """Draw one thing that the assistant did."""
        if sent.toast:
            self.console.print(Text(f"  ✓ {sent.toast}", style="green"))
        if sent.file:
            self._save(*sent.file)
        if sent.message:
            self._draw(sent.message, edited=sent.edited)

    async def talk(self, dispatcher: Dispatcher, bot: Bot) -> None:
        """Greet, then answer each line until the end of input."""
        await dispatcher.feed_update(bot, self.session.says("/start"))
        self.console.print(Text(tell("chat_hint"), style="dim"))
        async for line in lines():
            await self._take(line, dispatcher, bot)

    async def tell(self, sentence: str) -> None:
        """Say something to the operator, who is the person in front of the terminal."""
        self.console.print(Text(sentence, style="yellow"))

    async def _take(self, line: str, dispatcher: Dispatcher, bot: Bot) -> None:
        if not sys.stdin.isatty():  # piped: the transcript shows what was asked
            self.console.print(Text(f"\n> {line}", style="bold green"))
        pressed = _PRESS.fullmatch(line)
        if pressed is None:
            update = self.session.says(line)
        elif 1 <= int(pressed[1]) <= len(self.buttons):
            button, message = self.buttons[int(pressed[1]) - 1]
            current = self.session.messages.get(message.message_id)
            update = self.session.presses(button.callback_data or "", current)
        else:
            self.console.print(Text(tell("chat_no_button", number=pressed[1]), style="yellow"))
            return
        self.buttons.clear()
        await dispatcher.feed_update(bot, update)

    def _draw(self, message: Message, *, edited: bool) -> None:
        text = styled(
            breakable(message.text or message.caption or "", self.console.width - 4),
            message.entities or message.caption_entities or [],
        )
        rows = message.reply_markup.inline_keyboard if message.reply_markup else []
        if edited:  # its buttons have new places in the list: number them again
            self.buttons = [(b, m) for b, m in self.buttons if m.message_id != message.message_id]
        for row in rows:
            text.append("\n" if row is not rows[0] else "\n\n")
            for button in row:
                self.buttons.append((button, message))
                text.append(f" #{len(self.buttons)} ", style="reverse")
                text.append(f" {button.text}   ")
        if not text.plain:  # a document alone: its path is told
            return
        title = tell("chat_edited") if edited else None
        self.console.print(Panel(text, title=title, title_align="left", border_style="blue"))

    def _save(self, name: str, data: bytes) -> None:
        self.files.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self.files / Path(name).name
        path.unlink(missing_ok=True)
        create_private(path, data)
        self.console.print(Text(tell("chat_saved", path=path), style="green"))


def breakable(text: str, width: int) -> str:
    """The text with ends of lines in place of spaces: rich would also break « 10 € » at its no-break space."""
    fit = TextWrapper(width, replace_whitespace=False, break_long_words=False, break_on_hyphens=False).fill
    lines = "\n".join(fit(line) for line in text.split("\n"))
    return lines if len(lines) == len(text) else text  # else the styles would be out of place


def styled(text: str, entities: list[MessageEntity]) -> Text:
    """The text with its entities as styles. Telegram counts in UTF-16 units, Python in characters."""
    result = Text(text)
    raw = text.encode("utf-16-le")
    for entity in entities:
        start = len(raw[: entity.offset * 2].decode("utf-16-le"))
        end = len(raw[: (entity.offset + entity.length) * 2].decode("utf-16-le"))
        style = _STYLES.get(entity.type, "")
        result.stylize(f"{style} link {entity.url}" if entity.url else style, start, end)
    return result
