"""A Telegram in this process, for the terminal and the tests: the real Bot and handlers run on it.

Only the methods that the assistant calls are known; another one raises, so that tests tell at once.
"""

from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import (
    AnswerCallbackQuery,
    DeleteMessage,
    DeleteWebhook,
    EditMessageReplyMarkup,
    EditMessageText,
    GetMe,
    LeaveChat,
    SendChatAction,
    SendDocument,
    SendMessage,
    SendPhoto,
    SetMyCommands,
    SetMyDescription,
    SetMyShortDescription,
)
from aiogram.methods.base import TelegramMethod, TelegramType
from aiogram.types import BufferedInputFile, CallbackQuery, Chat, Document, Message, PhotoSize, Update, User

from bot.sentences import tell

PERSON = User(id=1, is_bot=False, first_name=tell("you"))
"""Who talks to the assistant in this process."""

_BOT = User(id=42, is_bot=True, first_name="Assistant", username="tevo_local")


@dataclass(frozen=True)
class Sent:
    """What the assistant did: a new or edited message, a file, or a word over a pressed button."""

    message: Message | None = None
    edited: bool = False
    file: tuple[str, bytes] | None = None
    toast: str | None = None


class OfflineSession(BaseSession):
    """Answers the assistant's calls as Telegram would, and shows each to `show`."""

    def __init__(self, show: Callable[[Sent], None], person: User = PERSON) -> None:
        super().__init__()
        self.person = person
        self.show = show
        self.messages: dict[int, Message] = {}
        self._last_id = 0

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109
    ) -> TelegramType:
        """Carry out one method. Raises NotImplementedError for a method that the assistant never calls."""
        match method:
            case GetMe():
                result: Any = _BOT
            case SendMessage():
                result = self._send(
                    bot,
                    method.chat_id,
                    text=method.text,
                    entities=method.entities,
                    reply_markup=method.reply_markup,
                )
            case SendDocument() | SendPhoto():
                result = await self._send_file(bot, method)
            case EditMessageText() | EditMessageReplyMarkup():
                result = self._edit(bot, method)
            case AnswerCallbackQuery():
                if method.text:
                    self.show(Sent(toast=method.text))
                result = True
            case DeleteMessage():
                self.messages.pop(method.message_id, None)
                result = True
            case DeleteWebhook() | SetMyCommands() | SetMyDescription() | SetMyShortDescription():
                result = True
            case SendChatAction() | LeaveChat():
                result = True
            case _:
                raise NotImplementedError(f"OfflineSession does not know {type(method).__name__}")
        return cast("TelegramType", result)

    def _send(self, bot: Bot, chat_id: int | str, file: tuple[str, bytes] | None = None, **fields: Any) -> Message:
        message = Message(
            message_id=self._next_id(),
            date=datetime.now(UTC),
            chat=_chat(int(chat_id)),
            from_user=_BOT,
            **fields,
        ).as_(bot)
        self.messages[message.message_id] = message
        self.show(Sent(message=message, file=file))
        return message

    async def _send_file(self, bot: Bot, method: SendDocument | SendPhoto) -> Message:
        given = method.document if isinstance(method, SendDocument) else method.photo
        if not isinstance(given, BufferedInputFile):
            raise NotImplementedError("OfflineSession takes files from memory only")
        content = (given.filename or "file", given.data)
        ids: dict[str, Any] = {"file_id": "local", "file_unique_id": "local"}
        fields: dict[str, Any] = {
            "caption": method.caption,
            "caption_entities": method.caption_entities,
            "reply_markup": method.reply_markup,
        }
        if isinstance(method, SendDocument):
            fields["document"] = Document(**ids, file_name=given.filename)
        else:
            fields["photo"] = [PhotoSize(**ids, width=1, height=1)]
        return self._send(bot, method.chat_id, file=content, **fields)

    def _edit(self, bot: Bot, method: EditMessageText | EditMessageReplyMarkup) -> Message:
        before = self.messages.get(method.message_id or 0)
        if before is None:
            raise TelegramBadRequest(method, "Bad Request: message to edit not found")
        changes: dict[str, Any] = {"reply_markup": method.reply_markup}
        if isinstance(method, EditMessageText):
            changes |= {"text": method.text, "entities": method.entities}
        after = before.model_copy(update=changes).as_(bot)
        if after == before:
            raise TelegramBadRequest(method, "Bad Request: message is not modified")
        self.messages[after.message_id] = after
        self.show(Sent(message=after, edited=True))
        return after

    def says(self, text: str) -> Update:
        """The update for a message typed by the person."""
        return self.brings(text=text)

    def brings(self, **fields: Any) -> Update:
        """The update for any message of the person: `voice=…`, `photo=…`, `text=…`."""
        given = {"chat": _chat(self.person.id), "from_user": self.person, "date": datetime.now(UTC), **fields}
        number = self._next_id()
        return Update(update_id=number, message=Message(message_id=number, **given))

    def presses(self, data: str, on: Message | None) -> Update:
        """The update for a pressed button; `on`: the message that carries it, None when it is gone."""
        number = self._next_id()
        query = CallbackQuery(id=str(number), from_user=self.person, chat_instance="local", data=data, message=on)
        return Update(update_id=number, callback_query=query)

    def _next_id(self) -> int:
        self._last_id += 1
        return self._last_id

    async def close(self) -> None:
        """Nothing to close."""

    async def stream_content(self, *args: Any, **kwargs: Any) -> AsyncGenerator[bytes, None]:
        """Files are never downloaded: the assistant does not read them."""
        raise NotImplementedError
        yield b""  # makes this a generator, as the base class declares


def _chat(chat_id: int) -> Chat:
    return Chat(id=chat_id, type="private" if chat_id > 0 else "group")
