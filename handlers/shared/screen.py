"""From rich text and topics to what Telegram shows: entities and buttons."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from aiogram.utils.formatting import Bold, Italic, Pre, Text, TextLink

from handlers.shared.turn import note_buttons, said_again
from knowledge.content.models import Content
from knowledge.rendering import pages
from knowledge.words.markup import RichText, Span, plain_text


class ShowTopic(CallbackData, prefix="topic"):
    """Show an entry."""

    id: str


class ShowDetails(CallbackData, prefix="more"):
    """Show what an entry leaves out at first."""

    id: str


class ShowTheme(CallbackData, prefix="theme"):
    """Show the entries of the theme that this one is in: themes have no ids."""

    topic: str


class ShowThemes(CallbackData, prefix="themes"):
    """Show the list of themes."""


class ShowMenu(CallbackData, prefix="menu"):
    """Show the main menu."""


class RejectChoices(CallbackData, prefix="none"):
    """None of the topics offered is what the person meant."""


class Vote(CallbackData, prefix="vote"):
    """Say whether an answer was useful. `topics`: the answered ids, joined by a plus."""

    useful: bool
    topics: str


class AskTeam(CallbackData, prefix="askteam"):
    """Send a question to the team."""


class ShowAllDates(CallbackData, prefix="alldates"):
    """Show every call and every date."""


class AddToAgenda(CallbackData, prefix="agenda"):
    """Get the coming dates as a calendar file."""


class AlertMe(CallbackData, prefix="alertme"):
    """Be told of what changes: the consent."""


class StopAlerts(CallbackData, prefix="noalerts"):
    """Be told no more."""


Rows = list[list[InlineKeyboardButton]]


@dataclass(frozen=True)
class Screen:
    """One message to show: what it says and its rows of buttons."""

    text: RichText
    rows: Rows = field(default_factory=list)

    def as_kwargs(self) -> dict[str, Any]:
        """Arguments for aiogram's `answer` or `send_message`."""
        note_buttons((one.text, one.callback_data or "") for row in self.rows for one in row)
        return {
            **Text(said_again(plain_text(self.text)), *(_node(span) for span in self.text)).as_kwargs(),
            "reply_markup": InlineKeyboardMarkup(inline_keyboard=self.rows) if self.rows else None,
        }


def _node(span: Span) -> Text | str:
    if span.url:
        return TextLink(span.text, url=span.url)
    if span.code:
        return Pre(span.text)
    if span.bold:
        return Bold(span.text)
    return Italic(span.text) if span.italic else span.text


def paged(parts: list[RichText], rows: Rows) -> list[Screen]:
    """Parts of a text in as few messages as they fit, the buttons under the last."""
    *before, last = pages(parts)
    return [*map(Screen, before), Screen(last, rows)]


def plain(text: str) -> Screen:
    """A sentence without buttons."""
    return Screen((Span(text),))


def button(label: str, data: CallbackData) -> InlineKeyboardButton:
    """A button that sends `data` back."""
    return InlineKeyboardButton(text=label, callback_data=data.pack())


def topic_rows(content: Content, topics: Iterable[str]) -> Rows:
    """One button a line for each topic."""
    return [[button(content.topics[topic].button, ShowTopic(id=topic))] for topic in topics]


def menu_rows(content: Content) -> Rows:
    """The main menu, two buttons a line, and the way to everything else."""
    start = content.messages.start
    items = [button(item.label, ShowTopic(id=item.topic)) for item in start.menu]
    return [*_pairs(items), [button(content.messages.questions.themes_button, ShowThemes())]]


def theme_rows(content: Content) -> Rows:
    """Every theme, two buttons a line."""
    return _pairs([button(theme.theme, ShowTheme(topic=theme.topics[0].id)) for theme in content.themes])


def _pairs(buttons: list[InlineKeyboardButton]) -> Rows:
    return [buttons[n : n + 2] for n in range(0, len(buttons), 2)]
