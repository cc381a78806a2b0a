"""« Me prévenir »: asked for with one tap, stopped with one tap."""

from typing import Any

from aiogram import Bot, F, Router
from aiogram.enums import ChatType
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message

from handlers.shared.buttons import AlertMe, ShowTopic, StopAlerts
from handlers.shared.replies import Replies
from handlers.shared.screen import Screen, answer_with, button, send_to
from handlers.shared.switchboard import Boards
from handlers.shared.turn import note_proposal, note_screen
from knowledge.content.calendar_texts import CalendarTexts
from knowledge.content.conversation import DialogueAct, DialogueSentences
from knowledge.dates.calendar_changes import Subscriptions
from knowledge.understanding.understanding import Understanding
from knowledge.words import markup


def register(boards: Boards) -> None:
    """/mesalertes and the two buttons."""
    boards.talk.add(("/mesalertes", DialogueAct.ALERTS), show_alerts)
    boards.talk.add(DialogueAct.STOP_ALERTS, stop_in_words)
    boards.presses.add_button(AlertMe, subscribe)
    boards.presses.add_button(StopAlerts, unsubscribe)


def register_members(router: Router) -> None:
    """Whoever blocks the bot."""
    router.my_chat_member.register(forget, F.chat.type == ChatType.PRIVATE, F.new_chat_member.status == "kicked")


def alert(calendar: CalendarTexts, body: str) -> dict[str, Any]:
    """An announcement as it is sent: its text, and the way out under it."""
    words = calendar.alerts
    rows = [
        [button(words.dates_button, ShowTopic(id=calendar.screen.topic))],
        [button(words.stop_button, StopAlerts())],
    ]
    return Screen(markup.parse(body), rows).as_kwargs()


async def show_alerts(
    message: Message, calendar: CalendarTexts, subscriptions: Subscriptions, replies: Replies
) -> None:
    """Whether the person is told, of what, and the button that changes it."""
    assert message.from_user is not None  # private chats only
    note_screen("alerts")
    words, renderer = calendar.alerts, replies.renderer
    since = await subscriptions.since(message.from_user.id)
    if since:
        text = renderer.text(words.is_on.format(date=renderer.wording.date(since)))
        screen = Screen(text, [[button(words.stop_button, StopAlerts())]])
    else:
        note_proposal(AlertMe().pack(), "")
        screen = Screen(renderer.text(f"{words.is_off}\n\n{words.offer}"), replies.alert_rows())
    await answer_with(message, screen)


async def stop_in_words(
    message: Message,
    text: str,
    calendar: CalendarTexts,
    subscriptions: Subscriptions,
    replies: Replies,
    sentences: DialogueSentences,
    understanding: Understanding,
) -> None:
    """« Je ne veux plus de messages » ends them at once; asked how to, the button is shown."""
    assert message.from_user is not None  # private chats only
    person = message.from_user.id
    note_screen("alerts")
    if not await subscriptions.since(person):
        await answer_with(message, Screen(replies.renderer.text(sentences.not_subscribed)))
    elif understanding.situation(text).acts:
        await show_alerts(message, calendar, subscriptions, replies)
    else:
        await subscriptions.unsubscribe(person)
        await answer_with(message, _stopped(calendar, replies))


async def subscribe(
    callback: CallbackQuery, bot: Bot, calendar: CalendarTexts, subscriptions: Subscriptions, replies: Replies
) -> None:
    """The button under its precise description was pressed: that is the consent."""
    note_screen("alerts")
    person, words = callback.from_user.id, calendar.alerts
    await subscriptions.subscribe(person)
    screen = Screen(replies.renderer.text(words.on), [[button(words.stop_button, StopAlerts())]])
    await send_to(bot, person, screen)


async def unsubscribe(
    callback: CallbackQuery, bot: Bot, calendar: CalendarTexts, subscriptions: Subscriptions, replies: Replies
) -> None:
    """No more, and nothing is kept."""
    note_screen("alerts")
    await subscriptions.unsubscribe(callback.from_user.id)
    await send_to(bot, callback.from_user.id, _stopped(calendar, replies))


def _stopped(calendar: CalendarTexts, replies: Replies) -> Screen:
    """That it is done, and the button to take them up again."""
    return Screen(replies.renderer.text(calendar.alerts.off), replies.alert_rows())


async def forget(event: ChatMemberUpdated, subscriptions: Subscriptions) -> None:
    """The person blocked the bot."""
    await subscriptions.unsubscribe(event.from_user.id)
