"""Of a message that Telegram took nothing is read; whatever else it answers is what aiogram makes of it."""

import json
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import ClientDecodeError, TelegramBadRequest
from aiogram.methods import GetMe, Response, SendMessage

from bot.telegram.session import Session
from tests.bot_api import ME

BOT, MESSAGE = Bot("42:local"), SendMessage(chat_id=1, text="Bonjour")


def test_a_message_that_was_taken_is_not_built_again() -> None:
    answer = '{"ok": true, "result": {"of": "a Telegram to come"}}'

    taken: Response[Any] = Session().check_response(BOT, MESSAGE, 200, answer)

    assert taken.result is True


@pytest.mark.parametrize(
    ("status", "answer", "error"),
    [
        (400, '{"ok": false, "error_code": 400, "description": "Bad Request: chat not found"}', TelegramBadRequest),
        (200, "<html>a proxy</html>", ClientDecodeError),
        (200, "[true]", ClientDecodeError),
        (502, '{"ok": true}', Exception),
    ],
)
def test_a_message_that_was_not_taken_is_an_error(status: int, answer: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        Session().check_response(BOT, MESSAGE, status, answer)


def test_what_is_asked_of_telegram_is_read() -> None:
    answer = Session().check_response(BOT, GetMe(), 200, json.dumps({"ok": True, "result": ME}))

    assert answer.result
    assert answer.result.id == ME["id"]
