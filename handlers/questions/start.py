"""First screen, deep links and commands."""

from aiogram import Bot
from aiogram.filters import CommandObject
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from handlers.questionnaire.screens import FormScreens
from handlers.questions.answering import tell_entry
from handlers.shared.buttons import OpenForm
from handlers.shared.cues import SLASH
from handlers.shared.replies import Replies
from handlers.shared.screen import Screen, answer_with, button
from handlers.shared.switchboard import Boards
from handlers.shared.turn import note_screen
from knowledge.content.models import Content


def register(boards: Boards) -> None:
    """Commands; the last, whatever is not listed before."""
    boards.talk.add("/start", greet)
    boards.talk.add(("/aide", "/help", "/menu"), help_out)
    boards.talk.add(SLASH, run_command)


async def greet(
    message: Message,
    command: CommandObject,
    bot: Bot,
    state: FSMContext,
    content: Content,
    replies: Replies,
    form: FormScreens | None = None,
) -> None:
    """Say who we are and show the menu; or open the topic of a deep link at once."""
    await state.set_state(None)  # a questionnaire is left as it is: what is typed next is a question
    await state.update_data(misses=0, topics=[])
    if command.args is None:
        note_screen("menu")
        menu = replies.welcome()
        begun = form is not None and ((await state.get_data()).get("form") or {}).get("answers")
        resume = [[button(form.words.resume_button, OpenForm(fresh=False))]] if form is not None and begun else []
        await answer_with(message, Screen(menu.text, [*resume, *menu.rows]))
    elif (topic := content.current(command.args)) in content.topics:
        await tell_entry(bot, message.chat.id, topic, state, replies)
    else:
        await answer_with(message, replies.menu(content.messages.start.unknown_link))


async def help_out(message: Message, content: Content, replies: Replies) -> None:
    """Say what the assistant can do."""
    note_screen("help")
    await answer_with(message, replies.menu(content.messages.start.help))


async def run_command(
    message: Message, command: CommandObject, bot: Bot, state: FSMContext, content: Content, replies: Replies
) -> None:
    """A command that opens a topic, from the content's list; else the help."""
    topics = {known.name: known.topic for known in content.messages.commands}
    topic = topics.get(command.command.lower())
    if topic is None:
        await message.answer(content.messages.inputs.unknown_command)
        await help_out(message, content, replies)
        return
    await tell_entry(bot, message.chat.id, topic, state, replies)
