"""What is not a typed question in a private chat: voice, pictures, groups, old buttons."""

from aiogram import Bot, F, Router
from aiogram.enums import ChatType, ContentType
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message, TelegramObject

from handlers.shared.cues import BOT, BUTTON, GROUP, PERSON, SILENT
from handlers.shared.replies import Replies
from handlers.shared.screen import send_to
from handlers.shared.switchboard import Boards
from knowledge.content.models import Content

_PRIVATE = F.chat.type == ChatType.PRIVATE

_REACTIONS = {
    ContentType.VOICE: "voice",
    ContentType.AUDIO: "voice",
    ContentType.VIDEO_NOTE: "voice",
    ContentType.PHOTO: "picture",
    ContentType.VIDEO: "picture",
    ContentType.ANIMATION: "picture",
    ContentType.STICKER: "sticker",
    ContentType.DICE: "sticker",
    ContentType.LOCATION: "location",
    ContentType.VENUE: "location",
    ContentType.CONTACT: "contact",
    ContentType.DOCUMENT: "document",
}


def register_others(boards: Boards) -> None:
    """What is no person's in a private chat: to a group, a polite word."""
    boards.messages.add((BOT, SILENT), ignore)
    boards.messages.add(GROUP, answer_group)
    boards.presses.add(BOT, ignore)


def register_members(router: Router) -> None:
    """Groups that take us in: a polite word, and out."""
    router.my_chat_member.register(leave_group, ~_PRIVATE, F.new_chat_member.status.in_({"member", "administrator"}))
    router.my_chat_member.register(ignore)


def register(boards: Boards) -> None:
    """What nothing else took, in a private chat."""
    boards.talk.add(PERSON, react_to_no_text)
    boards.presses.add(BUTTON, answer_old_button)


async def react_to_no_text(message: Message, content: Content) -> None:
    """One kind sentence for anything that is not text."""
    name = _REACTIONS.get(ContentType(message.content_type), "other")
    await message.answer(getattr(content.messages.inputs, name))


async def answer_group(message: Message, content: Content, team_chats: set[int]) -> None:
    """In a group, only say where to write; in the team's own, nothing, under its next number either."""
    new = message.migrate_to_chat_id
    if message.chat.id in team_chats and new:
        team_chats.add(new)
    elif message.migrate_from_chat_id in team_chats:
        team_chats.add(message.chat.id)
    elif message.text and message.chat.id not in team_chats:
        await message.answer(content.messages.inputs.group)


async def leave_group(event: ChatMemberUpdated, bot: Bot, content: Content, team_chats: set[int]) -> None:
    """Added to a group: say why we leave, and leave; the team's own is where we report."""
    if event.chat.id in team_chats:
        return
    await bot.send_message(event.chat.id, content.messages.inputs.group)
    await bot.leave_chat(event.chat.id)


async def ignore(_: TelegramObject) -> None:
    """Seen, and nothing to say."""


async def answer_old_button(callback: CallbackQuery, bot: Bot, replies: Replies) -> None:
    """A button that no handler knows, or of an entry that is gone: from a version before, or forged."""
    await send_to(bot, callback.from_user.id, replies.menu(replies.content.messages.inputs.old_button))
