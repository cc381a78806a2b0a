"""Typed questions, and the buttons under their answers."""

from dataclasses import replace

from aiogram import Bot
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from handlers.questionnaire.earlier import Earlier
from handlers.questions import in_vain
from handlers.questions.answer_screens import AnswerScreens
from handlers.questions.inputs import answer_old_button
from handlers.shared.buttons import (
    RejectChoices,
    ShowDetails,
    ShowMenu,
    ShowPoint,
    ShowTheme,
    ShowThemes,
    ShowTopic,
    Vote,
)
from handlers.shared.cues import EDITED, TEXT
from handlers.shared.hearing import Hearing
from handlers.shared.replies import Replies
from handlers.shared.screen import Screen, answer_with, menu_rows, send_to, theme_rows, topic_rows
from handlers.shared.switchboard import Boards
from handlers.shared.turn import note_point, note_proposal, note_screen, note_topics
from knowledge.content.conversation import DialogueAct
from knowledge.content.models import Content
from knowledge.conversation.frame import Frame
from knowledge.feedback import Feedback
from knowledge.limits import Action, Limits
from knowledge.understanding.decision import Reading
from knowledge.understanding.understanding import LONGEST
from knowledge.words.typography import grouped


def register(boards: Boards) -> None:
    """Questions in any words, choices, votes."""
    boards.talk.add(DialogueAct.PRIVACY, show_own_entry)
    boards.talk.add(TEXT, answer_question)
    boards.talk.add(EDITED, answer_correction)
    boards.presses.add_button(ShowTopic, show_topic)
    boards.presses.add_button(ShowPoint, show_point)
    boards.presses.add_button(ShowDetails, show_details)
    boards.presses.add_button(ShowTheme, show_theme)
    boards.presses.add_button(ShowThemes, show_themes)
    boards.presses.add_button(ShowMenu, show_menu)
    boards.presses.add_button(RejectChoices, reject_choices)
    # It answers the button itself, with thanks.
    boards.presses.add_button(Vote, vote, flags={"callback_answer": {"disabled": True}})


async def answer_question(  # noqa: PLR0913 (each part by its name, as aiogram gives them)
    message: Message,
    text: str,
    state: FSMContext,
    hearing: Hearing,
    feedback: Feedback,
    earlier: Earlier,
    frame: Frame,
    *,
    in_brief: bool = False,
) -> None:
    """Answer, ask which, or say that we don't know; remember what it was about. `in_brief`: a sentence is enough."""
    misses = int((await state.get_data()).get("misses", 0))
    heard = hearing.hear(text, frame)
    if in_brief:
        heard = replace(heard, reading=hearing.replies.briefly(heard.reading))
    shown = AnswerScreens(hearing).of(heard, frame, misses)
    await answer_with(message, *shown)
    if len(text) > LONGEST:
        cut = hearing.replies.content.messages.inputs.too_long.format(limit=grouped(LONGEST))
        await message.answer(cut)
    reading = heard.reading
    if await state.get_state() is not None:
        return  # of what is typed while a form is open, nothing is kept
    await _remember(state, reading, misses)
    if heard.noted:
        await earlier.change(state, hearing.understanding.told(", ".join(heard.project.countries)))
    else:
        await earlier.listen(state, text[:LONGEST], heard.topics, hearing.understanding.told(text))
    await in_vain.note_question(state, feedback, hearing.understanding, text[:LONGEST], reading, shown)


async def show_own_entry(
    message: Message, act: DialogueAct, state: FSMContext, content: Content, replies: Replies
) -> None:
    """An own matter that an entry answers: who sees what was said here."""
    topic = content.conversation.acts[act].topic
    shown = [topic] if topic else []
    await answer_with(message, *replies.topics(shown))
    note_topics(shown)
    await state.update_data(misses=0, topics=shown)


async def _remember(state: FSMContext, reading: Reading, misses: int) -> None:
    if reading.answers:
        await state.update_data(misses=0, topics=list(dict.fromkeys(answer.topic for answer in reading.answers))[-3:])
    else:
        is_redirected = any(unknown.near_miss for unknown in reading.unanswered) or reading.acknowledgement
        await state.update_data(misses=0 if is_redirected else misses + 1)


async def answer_correction(
    message: Message,
    text: str,
    state: FSMContext,
    hearing: Hearing,
    feedback: Feedback,
    earlier: Earlier,
    frame: Frame,
) -> None:
    """An edited question is answered again, said to be so."""
    await message.answer(hearing.replies.content.messages.inputs.edited)
    await answer_question(message, text, state, hearing, feedback, earlier, frame)


async def show_topic(
    callback: CallbackQuery,
    callback_data: ShowTopic,
    bot: Bot,
    state: FSMContext,
    replies: Replies,
    feedback: Feedback,
    typed: str = "",
) -> None:
    """An entry, from a button, or from its label `typed`. Always a new message: the one with the button may be gone."""
    topic = replies.content.current(callback_data.id)
    if topic not in replies.content.topics:
        await answer_old_button(callback, bot, replies)
        return
    await tell_entry(bot, callback.from_user.id, topic, state, replies)
    await in_vain.note_pressed(state, feedback, topic, typed)


async def tell_entry(bot: Bot, chat: int, topic: str, state: FSMContext, replies: Replies) -> None:
    """The entry itself, as a button, a command or a link opens it."""
    note_topics([topic])
    if proposed := replies.proposed([topic]):
        note_proposal(proposed, "")
    await send_to(bot, chat, *replies.topics([topic]))
    await state.update_data(misses=0, topics=[topic])


async def show_point(
    callback: CallbackQuery, callback_data: ShowPoint, bot: Bot, state: FSMContext, replies: Replies, feedback: Feedback
) -> None:
    """One precise thing that an entry says; the whole entry, where it no longer says it apart."""
    topic = replies.content.topics.get(replies.content.current(callback_data.topic))
    if topic is None:
        await answer_old_button(callback, bot, replies)
        return
    point = topic.point(callback_data.point)
    note_topics([topic.id])
    note_point(point.id if point else "")
    screens = replies.point(topic.id, point) if point else replies.topics([topic.id])
    await send_to(bot, callback.from_user.id, *screens)
    await state.update_data(misses=0, topics=[topic.id])
    await in_vain.note_pressed(state, feedback, topic.id)


async def show_details(callback: CallbackQuery, callback_data: ShowDetails, bot: Bot, replies: Replies) -> None:
    """What an answer leaves out at first; the whole entry, where it no longer leaves anything out."""
    topic = replies.content.topics.get(replies.content.current(callback_data.id))
    if topic is None:
        await answer_old_button(callback, bot, replies)
        return
    screens = [replies.details(topic.id)] if topic.details else replies.topics([topic.id])
    await send_to(bot, callback.from_user.id, *screens)


async def show_theme(
    callback: CallbackQuery, callback_data: ShowTheme, bot: Bot, content: Content, replies: Replies
) -> None:
    """The entries of a theme."""
    theme = next((t for t in content.themes if any(topic.id == callback_data.topic for topic in t.topics)), None)
    if theme is None:
        await answer_old_button(callback, bot, replies)
        return
    text = replies.renderer.text(content.messages.questions.theme.format(theme=theme.theme))
    await send_to(bot, callback.from_user.id, Screen(text, topic_rows(content, (topic.id for topic in theme.topics))))


async def show_themes(callback: CallbackQuery, bot: Bot, content: Content, replies: Replies) -> None:
    """All themes."""
    note_screen("themes")
    text = replies.renderer.text(content.messages.questions.themes)
    await send_to(bot, callback.from_user.id, Screen(text, theme_rows(content)))


async def show_menu(callback: CallbackQuery, bot: Bot, content: Content, replies: Replies) -> None:
    """The main menu."""
    note_screen("menu")
    text = replies.renderer.text(content.messages.questions.themes)
    await send_to(bot, callback.from_user.id, Screen(text, menu_rows(content)))


async def reject_choices(
    callback: CallbackQuery, bot: Bot, state: FSMContext, content: Content, replies: Replies, feedback: Feedback
) -> None:
    """None of the offered topics: say how to go on, or have the question sent to the team."""
    note_screen("menu")
    text = replies.renderer.text(content.messages.questions.none_noted)
    await send_to(bot, callback.from_user.id, Screen(text, [*replies.ask_rows(), *menu_rows(content)]))
    await in_vain.note_rejected(state, feedback)


async def vote(
    callback: CallbackQuery,
    callback_data: Vote,
    state: FSMContext,
    content: Content,
    feedback: Feedback,
    limits: Limits,
) -> None:
    """Keep an opinion, once a person an entry, and take the two buttons away."""
    words = content.messages.questions
    if not await limits.allow(callback.from_user.id, Action.VOTE, callback_data.topics):
        await callback.answer(words.too_many_votes)
        return
    named = map(content.current, callback_data.topics.split("+"))
    topics = [topic for topic in dict.fromkeys(named) if topic in content.topics]
    number = callback.message.message_id if callback.message else 0
    kept = [
        await feedback.vote(callback.from_user.id, topic, number, callback_data.useful, content.version)
        for topic in topics
    ]
    if not any(kept):
        if not callback_data.useful:  # an opinion counts once, but this is another question
            await in_vain.note_useless(state, feedback, topics)
        await callback.answer(words.already_voted)
        return
    note = in_vain.note_useful if callback_data.useful else in_vain.note_useless
    await note(state, feedback, topics)
    thanks = words.thanks_useful if callback_data.useful else words.thanks_useless
    await callback.answer(thanks.format(contact=content.email))
    if isinstance(callback.message, Message):
        await callback.message.edit_reply_markup(reply_markup=_without_votes(callback.message.reply_markup))


def _without_votes(markup: InlineKeyboardMarkup | None) -> InlineKeyboardMarkup | None:
    rows = markup.inline_keyboard if markup else []
    prefix = f"{Vote.__prefix__}:"
    kept = [row for row in rows if not any((b.callback_data or "").startswith(prefix) for b in row)]
    return InlineKeyboardMarkup(inline_keyboard=kept) if kept else None
