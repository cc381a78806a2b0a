"""Updates as they come: raw JSON, of which nothing is certain."""

import json
import zlib
from typing import Any

from aiogram import Bot
from aiogram.dispatcher.middlewares.user_context import UserContextMiddleware
from aiogram.methods import GetUpdates
from aiogram.types import Update
from pydantic import ValidationError

ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]
"""Always sent: without it Telegram keeps the previous setting."""

_EVENTS = tuple(name for name in Update.model_fields if name != "update_id")

_GREATEST_ID = 2**52
"""No id of a person or a chat has more significant bits, Telegram promises; a database holds no more than 63."""


class GetRawUpdates(GetUpdates):
    """getUpdates, its answer not validated: one malformed update must not hold the others."""

    __returning__ = list[Any]


class UnreadableError(Exception):
    """This update is not one that we understand. The message says where and why, never what it holds."""


def number_of(raw: object) -> int:
    """Its update_id. Without a usable one: a negative number drawn from the content, the same each time."""
    number = raw.get("update_id") if isinstance(raw, dict) else None
    if isinstance(number, int) and not isinstance(number, bool) and 0 <= number < 2**63:
        return number
    return -1 - zlib.crc32(dump(raw).encode())


def person_of(raw: object) -> int | None:
    """The Telegram id of whoever caused it; of the chat when there is nobody; None when there is neither."""
    event = _event(raw)
    for key in ("from", "chat"):
        found = event.get(key)
        number = found.get("id") if isinstance(found, dict) else None
        if isinstance(number, int):
            return number
    return None


def correspondent_of(raw: object) -> int | None:
    """The Telegram id of the person to answer in private: no bot, which would answer in turn, and no group."""
    event = _event(raw)
    author, chat = event.get("from"), event.get("chat", {})
    is_private = isinstance(chat, dict) and chat.get("type", "private") == "private"
    if not is_private or not isinstance(author, dict) or author.get("is_bot"):
        return None
    return person_of(raw)


def dump(raw: object) -> str:
    """As JSON text that every database can hold: lone surrogates, which UTF-8 cannot, become « ? »."""
    try:
        return json.dumps(raw, ensure_ascii=False).encode("utf-8", "replace").decode()
    except RecursionError:
        return json.dumps("nested too deep")


def read(raw: object, bot: Bot) -> Update:
    """The update, mounted on the bot. Raises UnreadableError with the place and the kind of each mistake."""
    try:
        update = Update.model_validate(raw, context={"bot": bot})
    except (ValidationError, RecursionError) as error:
        raise UnreadableError(_mistakes(error)) from None
    # Without a known event aiogram would print the whole update in a warning.
    if all(getattr(update, name) is None for name in _EVENTS):
        unknown = sorted(raw.keys() - {"update_id"}) if isinstance(raw, dict) else []
        raise UnreadableError(f"unknown kind of update: {', '.join(unknown)[:100]}")
    if not _has_possible_ids(update):
        raise UnreadableError("id: too_large")
    return update


def sketch(raw: object, bot: Bot) -> Update | None:
    """What is left of an unreadable update when one only wants to answer its author; None if that fails too."""
    event = _event(raw)
    person = event.get("from")
    if not isinstance(person, dict):
        return None
    author = {"id": person.get("id"), "is_bot": person.get("is_bot", False), "first_name": ""}
    chat = {"id": person.get("id"), "type": "private"}
    message = {"message_id": 0, "date": 0, "from": author, "chat": chat}
    try:
        update = Update.model_validate({"update_id": number_of(raw), "message": message}, context={"bot": bot})
    except ValidationError:
        return None
    return update if _has_possible_ids(update) else None


def _has_possible_ids(update: Update) -> bool:
    """Whether the person and the chat have ids that Telegram can give."""
    whose = UserContextMiddleware.resolve_event_context(update)
    return all(abs(number or 0) < _GREATEST_ID for number in (whose.user_id, whose.chat_id))


def _event(raw: object) -> dict[str, Any]:
    """The part that tells what happened: the one object beside update_id."""
    values = raw.values() if isinstance(raw, dict) else ()
    return next((value for value in values if isinstance(value, dict)), {})


def _mistakes(error: ValidationError | RecursionError) -> str:
    if isinstance(error, RecursionError):
        return "nested too deep"
    found = error.errors(include_input=False, include_context=False, include_url=False)
    return "; ".join(f"{'.'.join(map(str, one['loc']))[:120]}: {one['type']}" for one in found[:3])
