"""Whatever Telegram may deliver: every kind of update and of message, built from aiogram's own models."""

from datetime import UTC, datetime
from enum import Enum
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import pytest
from aiogram.types import Chat, ChatMemberBanned, ChatMemberMember, ChatMemberUpdated, Message, Update, User
from pydantic import BaseModel

from bot.terminal.offline import PERSON
from handlers.shared.cues import _SERVICE
from tests.conversation import Conversation

PRIVATE = Chat(id=PERSON.id, type="private")
UPDATES = sorted(set(Update.model_fields) - {"update_id"})
_ENVELOPE = {"message_id", "date", "chat", "from_user", "sender_chat", "via_bot", "edit_date"}
CONTENTS = sorted(set(Message.model_fields) - _ENVELOPE)

_VALUES: dict[Any, Any] = {str: "x", int: 1, float: 1.0, bool: True, datetime: datetime(2026, 1, 1, tzinfo=UTC)}


def smallest(kind: Any) -> Any:
    """The smallest value that aiogram accepts for a type."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return smallest(next(one for one in arguments if one is not type(None)))
    if origin is Annotated:
        return smallest(arguments[0])
    if origin is Literal:
        return arguments[0]
    if origin is list:
        return [smallest(arguments[0])]
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return kind(**{name: smallest(f.annotation) for name, f in kind.model_fields.items() if f.is_required()})
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next(iter(kind))
    return _VALUES.get(kind, "x")


async def test_no_kind_of_update_makes_a_handler_fail(
    conversation: Conversation, caplog: pytest.LogCaptureFixture
) -> None:
    for name in UPDATES:
        await conversation.feeds(Update(update_id=1, **{name: smallest(Update.model_fields[name].annotation)}))

        assert not caplog.records, name


@pytest.mark.parametrize("chat", [PRIVATE, Chat(id=-100, type="supergroup"), Chat(id=-200, type="channel")])
async def test_no_kind_of_message_makes_a_handler_fail_and_a_person_gets_a_reply(
    conversation: Conversation, chat: Chat, caplog: pytest.LogCaptureFixture
) -> None:
    for name in CONTENTS:
        content = {name: smallest(Message.model_fields[name].annotation)}
        message = Message(message_id=1, date=datetime.now(UTC), chat=chat, from_user=PERSON, **content)

        await conversation.feeds(Update(update_id=1, message=message))
        assert conversation.replies or chat != PRIVATE or message.content_type in _SERVICE, name
        await conversation.feeds(Update(update_id=2, edited_message=message))
        assert not caplog.records, name


@pytest.mark.parametrize("name", ["message", "edited_message"])
async def test_what_nobody_sent_is_ignored(
    conversation: Conversation, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    message = Message(message_id=1, date=datetime.now(UTC), chat=PRIVATE, text="combien ça coûte ?")
    content: dict[str, Any] = {name: message}

    assert await conversation.feeds(Update(update_id=1, **content)) == ""
    assert not caplog.records


async def test_who_blocks_or_unblocks_the_assistant_is_told_nothing(
    conversation: Conversation, caplog: pytest.LogCaptureFixture
) -> None:
    bot = User(id=42, is_bot=True, first_name="TeVo")
    blocked, member = ChatMemberBanned(user=bot, until_date=datetime.now(UTC)), ChatMemberMember(user=bot)
    for before, after in ((member, blocked), (blocked, member)):
        event = ChatMemberUpdated(
            chat=PRIVATE, from_user=PERSON, date=datetime.now(UTC), old_chat_member=before, new_chat_member=after
        )
        assert await conversation.feeds(Update(update_id=1, my_chat_member=event)) == ""
    assert not caplog.records


@pytest.mark.parametrize(
    "text", ["", " ", "\0", "\ud83d", "\u202e", "a" * 4096, "😀" * 2048, "/" * 4096, "/start " * 500]
)
async def test_hostile_texts_get_a_reply(conversation: Conversation, text: str) -> None:
    await conversation.says(text)

    assert conversation.replies
