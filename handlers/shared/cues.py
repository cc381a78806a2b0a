"""What an update is known by: its cues, under which the switchboard lists who takes it."""

import re

from aiogram import Bot
from aiogram.enums import ChatType, ContentType
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from knowledge.content.conversation import OWN_MATTERS, DialogueAct
from knowledge.content.messages import COMMAND as NAME

BOT, GROUP, PERSON = "bot", "group", "person"
"""Who wrote, and where: another bot, anybody in a group, a person in a private chat. Each message has one of these."""

TEXT = "text"
"""A person sent a text. It may also have the cues that follow, its act, its state and the screen that it follows."""
PRESSED = "pressed"
"""It is the label of a button, or agrees to what was proposed."""
SLASH = "/"
"""It is a command. `/dates`: that one."""

EDITED = "edited"
"""A text sent before was changed."""
SILENT = "silent"
"""Nobody said anything: a message was pinned, what is no text was changed."""
BUTTON = "button"
"""A button was pressed; the prefix of its class is a cue as well."""

_SERVICE = {
    ContentType.PINNED_MESSAGE,
    ContentType.MESSAGE_AUTO_DELETE_TIMER_CHANGED,
    ContentType.CHAT_BACKGROUND_SET,
    ContentType.WRITE_ACCESS_ALLOWED,
}

_ANY_COMMAND = Command(re.compile(NAME, re.IGNORECASE))


async def command_of(message: Message, bot: Bot) -> CommandObject | None:
    """The command that a text is, if it is one and not another bot's."""
    found = await _ANY_COMMAND(message, bot)
    return found["command"] if isinstance(found, dict) else None


def after(screen: str) -> str:
    """The cue of a text typed just after this screen."""
    return f"after {screen}"


def cues_of_press(callback: CallbackQuery) -> frozenset[str]:
    """Those of a pressed button."""
    if callback.from_user.is_bot:
        return frozenset({BOT})
    return frozenset({BUTTON, (callback.data or "").partition(":")[0]})


def cues_of_edited(message: Message) -> frozenset[str]:
    """Those of a message that was changed."""
    whose = _whose(message) or frozenset({PERSON, EDITED if message.text else SILENT})
    return frozenset({SILENT}) if GROUP in whose else whose


def cues_of_message(
    message: Message,
    state: str | None,
    screen: str,
    act: DialogueAct | None,
    command: CommandObject | None,
    pressed: str | None,
) -> frozenset[str]:
    """Those of a new message. What was forwarded does nothing with the forwarder's rights, and answers no form."""
    if whose := _whose(message):
        return whose
    if not message.text:
        return frozenset({PERSON, SILENT} if message.content_type in _SERVICE else {PERSON})
    cues = {PERSON, TEXT}
    is_typed = message.forward_origin is None and message.via_bot is None
    if act and (is_typed or act not in OWN_MATTERS):
        cues.add(act)
    if is_typed and pressed is not None:
        cues.add(PRESSED)
    if is_typed and command:
        cues |= {SLASH, f"/{command.command.casefold()}"}
    if is_typed and not message.text.startswith("/"):
        cues |= {after(screen), state or ""}
    return frozenset(cues)


def _whose(message: Message) -> frozenset[str] | None:
    """All that counts of what is no person's in a private chat."""
    if message.from_user and message.from_user.is_bot:
        return frozenset({BOT})  # two bots would answer each other without end
    return frozenset({GROUP}) if message.chat.type != ChatType.PRIVATE else None
