"""What an update has to say: collected while it is handled, kept with what it changed, sent after the commit.

So handlers never wait for the network; nothing is said of what was undone; and what Telegram does not take now
is still there to be said later, after a restart too.
"""

import base64
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, cast

from aiogram import Bot, methods
from aiogram.client.default import Default
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.methods import TelegramMethod
from aiogram.methods.base import Response, TelegramType
from aiogram.types import BufferedInputFile

SaidMethods = list[TelegramMethod[Any]]

_collected: ContextVar[SaidMethods | None] = ContextVar("said", default=None)


@contextmanager
def collecting() -> Iterator[SaidMethods]:
    """While this lasts, what is sent is only collected; here it is."""
    said: SaidMethods = []
    token = _collected.set(said)
    try:
        yield said
    finally:
        _collected.reset(token)


class Collector(BaseRequestMiddleware):
    """The first middleware of the Bot's session. Whoever sends gets True for an answer: no message exists yet."""

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        """Collect it, where somebody listens."""
        said = _collected.get()
        if said is None or method.__api_method__.startswith("get"):
            return await make_request(bot, method)
        said.append(method)
        return cast("Response[TelegramType]", True)


def pack(said: Iterable[TelegramMethod[Any]]) -> str:
    """As JSON text, files included."""
    return f"[{','.join(map(_packed, said))}]"


def _packed(method: TelegramMethod[Any]) -> str:
    fields = method.model_dump_json(exclude_none=True, warnings=False, fallback=_in_json)
    return f'["{type(method).__name__}",{fields}]'


def unpack(text: str) -> SaidMethods:
    """What was packed. Raises ValueError when another version of aiogram packed it, and this one cannot read it."""
    try:
        return [getattr(methods, name)(**_opened(fields)) for name, fields in json.loads(text)]
    except (AttributeError, TypeError) as error:
        raise ValueError(str(error)) from None


def _in_json(value: object) -> dict[str, str | None] | None:
    """What pydantic cannot write. aiogram's defaults are left to the aiogram that will read this."""
    if isinstance(value, Default):  # nearly all: five of each message
        return None
    if isinstance(value, BufferedInputFile):
        return {_FILE: base64.b64encode(value.data).decode(), "name": value.filename}
    raise TypeError(type(value).__name__)


def _opened(value: Any) -> Any:
    match value:
        case {"file in base64": data, "name": name}:
            return BufferedInputFile(base64.b64decode(data), name)
        case dict():
            return {key: _opened(inner) for key, inner in value.items() if inner is not None}
        case list():
            return [_opened(inner) for inner in value]
    return value


_FILE = "file in base64"
