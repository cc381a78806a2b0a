"""From rich text and topics to what Telegram shows: entities and buttons."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from aiogram import Bot
from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, Message, MessageEntity

from handlers.shared.buttons import ShowTheme, ShowThemes, ShowTopic
from handlers.shared.turn import note_buttons, said_again
from knowledge.content.models import Content
from knowledge.words.markup import RichText, TextSpan, length, pages, plain_text
from knowledge.words.said_once import said_once

Rows = list[list[InlineKeyboardButton]]


@dataclass(frozen=True)
class Screen:
    """One message to show: what it says and its rows of buttons."""

    text: RichText
    rows: Rows = field(default_factory=list)

    def introduced(self, sentence: str) -> "Screen":
        """The same, with a sentence before it."""
        return Screen((TextSpan(f"{sentence}\n\n"), *self.text), self.rows)

    def as_kwargs(self) -> dict[str, Any]:
        """Arguments for aiogram's `answer` or `send_message`."""
        note_buttons((one.text, one.callback_data or "") for row in self.rows for one in row)
        text = said_once(self.text)
        said = (TextSpan(said_again(plain_text(text))), *text)
        return {
            "text": plain_text(said),
            "entities": _entities(said),
            "parse_mode": None,
            "reply_markup": InlineKeyboardMarkup(inline_keyboard=self.rows) if self.rows else None,
        }


def _entities(text: RichText) -> list[MessageEntity]:
    """The styles of a text, placed as Telegram counts: in UTF-16 units."""
    entities: list[MessageEntity] = []
    offset = 0
    for span in text:
        size = length((span,))
        if kind := _kind(span):
            entities.append(_entity(kind, offset, size, span.url))
        offset += size
    return entities


def _kind(span: TextSpan) -> str | None:
    if span.url:
        return "text_link"
    styles = {"pre": span.code, "bold": span.bold, "italic": span.italic}
    return next((kind for kind, holds in styles.items() if holds), None)


# aiogram's objects take as long to make as the text they are for; the same ones come back with every answer.
@lru_cache(maxsize=5_000)
def _entity(kind: str, offset: int, size: int, url: str | None) -> MessageEntity:
    return MessageEntity(type=kind, offset=offset, length=size, url=url)


@lru_cache(maxsize=5_000)
def _button(label: str, data: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=label, callback_data=data)


def paged(parts: list[RichText], rows: Rows) -> list[Screen]:
    """Parts of a text in as few messages as they fit, the buttons under the last."""
    *before, last = pages(parts)
    return [*map(Screen, before), Screen(last, rows)]


def plain(text: str) -> Screen:
    """A sentence without buttons."""
    return Screen((TextSpan(text),))


def button(label: str, data: CallbackData) -> InlineKeyboardButton:
    """A button that sends `data` back."""
    return _button(label, data.pack())


@lru_cache(maxsize=1_000)
def topic_button(label: str, topic: str) -> InlineKeyboardButton:
    """The one that shows an entry: half of all buttons."""
    return button(label, ShowTopic(id=topic))


def topic_rows(content: Content, topics: Iterable[str]) -> Rows:
    """One button a line for each topic."""
    return [[topic_button(content.topics[topic].button, topic)] for topic in topics]


def menu_rows(content: Content) -> Rows:
    """The main menu, two buttons a line, and the way to everything else."""
    start = content.messages.start
    items = [topic_button(item.label, item.topic) for item in start.menu]
    return [*_pairs(items), [button(content.messages.questions.themes_button, ShowThemes())]]


def theme_rows(content: Content) -> Rows:
    """Every theme, two buttons a line."""
    return _pairs([button(theme.theme, ShowTheme(topic=theme.topics[0].id)) for theme in content.themes])


def _pairs(buttons: list[InlineKeyboardButton]) -> Rows:
    return [buttons[n : n + 2] for n in range(0, len(buttons), 2)]


async def answer_with(message: Message, *screens: Screen) -> None:
    """Answer what was typed."""
    for screen in screens:
        await message.answer(**screen.as_kwargs())


async def send_to(bot: Bot, person: int, *screens: Screen) -> None:
    """The same where a button was pressed: its message may be gone."""
    for screen in screens:
        await bot.send_message(person, **screen.as_kwargs())
