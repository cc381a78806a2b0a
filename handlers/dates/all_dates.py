"""/dates: the calendar as of today, in words and as a picture, and the coming dates for an agenda."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from aiogram import Bot
from aiogram.fsm.context import FSMContext
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from handlers.shared.buttons import AddToAgenda, ShowAllDates
from handlers.shared.replies import Replies
from handlers.shared.screen import Screen, answer_with, paged, send_to
from handlers.shared.switchboard import Boards
from handlers.shared.turn import note_screen, note_topics
from knowledge.content.calendar_texts import CalendarTexts
from knowledge.content.models import Content
from knowledge.dates.timeline import Timeline


@dataclass(frozen=True)
class AgendaFile:
    """A calendar file, in the iCalendar format, how many dates it holds, and whether one of them has an hour."""

    file: bytes
    count: int
    has_hours: bool


DrawTimeline = Callable[[Content, date], bytes]
MakeAgenda = Callable[[Content, date], AgendaFile | None]


def register(boards: Boards) -> None:
    """The command, everything at once, the agenda."""
    boards.talk.add("/dates", show_dates)
    boards.presses.add_button(ShowAllDates, show_all)
    boards.presses.add_button(AddToAgenda, add_to_agenda)


async def show_dates(
    message: Message,
    state: FSMContext,
    content: Content,
    calendar: CalendarTexts,
    replies: Replies,
    draw_timeline: DrawTimeline,
) -> None:
    """The picture, then the entry about dates."""
    today = replies.renderer.today
    drawn = await asyncio.to_thread(draw_timeline, content, today)
    caption = calendar.picture.caption.format(date=replies.renderer.wording.date(today))
    await message.answer_photo(BufferedInputFile(drawn, calendar.picture.file), caption=caption)
    note_screen("dates")
    note_topics([calendar.screen.topic])
    await answer_with(message, *replies.topics([calendar.screen.topic]))
    await state.update_data(misses=0, topics=[calendar.screen.topic])


async def show_all(
    callback: CallbackQuery, bot: Bot, content: Content, calendar: CalendarTexts, replies: Replies
) -> None:
    """Every call and every date, past ones too."""
    note_screen("dates")
    renderer = replies.renderer
    paragraphs = Timeline(content, renderer.wording).full(calendar.screen)
    pages = paged([renderer.text(paragraph) for paragraph in paragraphs], replies.agenda_rows())
    await send_to(bot, callback.from_user.id, *pages)


async def add_to_agenda(
    callback: CallbackQuery,
    bot: Bot,
    content: Content,
    calendar: CalendarTexts,
    replies: Replies,
    make_agenda: MakeAgenda,
) -> None:
    """The coming dates as a file; where there is none, the alerts instead."""
    note_screen("agenda")
    words = calendar.agenda
    made = await asyncio.to_thread(make_agenda, content, replies.renderer.now)
    if made is None:
        screen = Screen(replies.renderer.text(words.nothing), replies.alert_rows())
        await send_to(bot, callback.from_user.id, screen)
        return
    said = [words.caption.format(n=made.count), *([words.paris_time] if made.has_hours else [])]
    file = BufferedInputFile(made.file, words.file)
    await bot.send_document(callback.from_user.id, file, caption="\n\n".join(said))
