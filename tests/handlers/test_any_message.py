"""Whatever Telegram can deliver in a private chat gets one kind word, and never an error."""

from typing import Any

import pytest
from aiogram import Bot
from aiogram.methods import LeaveChat, TelegramMethod
from aiogram.types import Chat, Update, User
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conversation import Conversation

PERSON = {"id": 1, "is_bot": False, "first_name": "Vous"}
CHAT = {"id": 1, "type": "private"}
FILE = {"file_id": "f", "file_unique_id": "f"}
SIZED = FILE | {"width": 1, "height": 1}

CONTENTS: list[dict[str, Any]] = [
    {"text": "quel est le prix ?"},
    {"text": "/start"},
    {"text": "/inconnue"},
    {"text": "😀😀"},
    {"text": "¿Cuánto cuesta para el ayuntamiento?"},
    {"text": "How much does it cost for the town hall?"},
    {"text": "\u202e\u200b"},
    {"voice": FILE | {"duration": 1}},
    {"audio": FILE | {"duration": 1}},
    {"video": SIZED | {"duration": 1}},
    {"video_note": FILE | {"length": 1, "duration": 1}},
    {"photo": [SIZED], "caption": "combien ?"},
    {"animation": SIZED | {"duration": 1}, "document": FILE},
    {"document": FILE, "caption": "/start"},
    {"sticker": SIZED | {"type": "regular", "is_animated": False, "is_video": False, "emoji": "👍"}},
    {"dice": {"emoji": "🎲", "value": 6}},
    {"location": {"latitude": 16.2, "longitude": -61.5}},
    {"venue": {"location": {"latitude": 0, "longitude": 0}, "title": "Mairie", "address": "1 rue"}},
    {"contact": {"phone_number": "0102030405", "first_name": "A"}},
    {"story": {"id": 1, "chat": CHAT}},
    {"game": {"title": "x", "description": "x", "photo": [SIZED]}},
    {"unheard_of": {"a": 1}},
    {},
]

FORWARDED: dict[str, Any] = {"forward_origin": {"type": "user", "date": 1, "sender_user": PERSON}}
AROUND = st.sampled_from([{}, FORWARDED, {"via_bot": {"id": 9, "is_bot": True, "first_name": "b"}}])


@settings(max_examples=120)
@given(st.lists(st.tuples(st.sampled_from(CONTENTS), AROUND), min_size=1, max_size=4))
async def test_any_message_gets_a_kind_word(conversation: Conversation, messages: list[tuple[Any, Any]]) -> None:
    for number, (content, around) in enumerate(messages, 1):
        message = {"message_id": number, "date": 1, "chat": CHAT, "from": PERSON} | content | around
        said = await conversation.feeds(Update.model_validate({"update_id": number, "message": message}))

        assert said, message
        assert "Pardon, une erreur" not in said, message


@settings(max_examples=40)
@given(st.sampled_from(CONTENTS), st.sampled_from(["group", "supergroup", "channel"]))
async def test_elsewhere_nothing_is_answered_but_where_to_write(
    conversation: Conversation, content: dict[str, Any], kind: str
) -> None:
    message = {"message_id": 1, "date": 1, "chat": {"id": -5, "type": kind, "title": "x"}, "from": PERSON} | content
    await conversation.feeds(Update.model_validate({"update_id": 1, "message": message}))

    assert {reply.text for reply in conversation.replies} <= {conversation.dispatcher["content"].messages.inputs.group}


async def test_in_its_teams_own_group_it_says_nothing_and_stays(conversation: Conversation) -> None:
    conversation.dispatcher["team_chats"] = {-100}

    assert await conversation.says("bonjour", chat=Chat(id=-100, type="supergroup")) == ""
    assert await conversation.says("bonjour", chat=Chat(id=-200, type="supergroup")) != ""


@pytest.mark.parametrize("told", [{"migrate_to_chat_id": -200}, {"migrate_from_chat_id": -100}])
async def test_its_teams_own_group_stays_so_under_the_number_of_a_supergroup(
    conversation: Conversation, told: dict[str, int]
) -> None:
    conversation.dispatcher["team_chats"] = {-100}
    moved = Chat(id=-100 if "migrate_to_chat_id" in told else -200, type="group")

    assert await conversation.brings(chat=moved, **told) == ""
    assert await conversation.says("bonjour", chat=Chat(id=-200, type="supergroup")) == ""
    assert await conversation.says("bonjour", chat=Chat(id=-300, type="supergroup")) != ""


@pytest.mark.parametrize("kind", ["private", "group"])
async def test_another_bot_is_never_answered(conversation: Conversation, kind: str) -> None:
    robot = User(id=5, is_bot=True, first_name="Robot")

    assert await conversation.says("combien ça coûte ?", from_user=robot, chat=Chat(id=5, type=kind)) == ""


@pytest.mark.parametrize(("chat", "leaves"), [(-100, False), (-200, True)])
async def test_added_to_a_group_it_leaves_it_but_for_its_teams_own(
    conversation: Conversation, chat: int, leaves: bool
) -> None:
    conversation.dispatcher["team_chats"] = {-100}
    left: list[int] = []
    make_request = conversation.session.make_request

    async def noted(bot: Bot, method: TelegramMethod[Any], timeout: int | None = None) -> Any:  # noqa: ASYNC109
        if isinstance(method, LeaveChat):
            left.append(int(method.chat_id))
        return await make_request(bot, method, timeout)

    conversation.session.make_request = noted  # type: ignore[method-assign]
    robot = {"id": 42, "is_bot": True, "first_name": "TeVo"}
    group = {"id": chat, "type": "supergroup", "title": "x"}
    added = {"chat": group, "from": PERSON, "date": 1}
    added |= {f"{when}_chat_member": {"user": robot, "status": s} for when, s in (("old", "left"), ("new", "member"))}

    said = await conversation.feeds(Update.model_validate({"update_id": 1, "my_chat_member": added}))

    assert (left == [chat], bool(said)) == (leaves, leaves)


async def test_a_button_that_another_bot_presses_does_nothing(conversation: Conversation) -> None:
    robot = {"id": 5, "is_bot": True, "first_name": "Robot"}
    press = {"id": "1", "from": robot, "chat_instance": "1", "data": "menu", "message": None}

    assert await conversation.feeds(Update.model_validate({"update_id": 1, "callback_query": press})) == ""
