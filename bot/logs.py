"""Logs without secrets, message texts or Telegram ids: filtered in one place, on the root handler.

Texts hide in exceptions: aiogram's decoding errors print the whole payload, a ValueError the value. So a
traceback keeps its lines of code, and the message only for errors known not to quote what people write.
"""

import asyncio
import json
import logging
import re
import sys
import threading
from collections.abc import Collection
from datetime import datetime
from types import TracebackType
from typing import Any, TextIO

from bot.describe import describe
from bot.pseudonyms import Pseudonyms

logger = logging.getLogger(__name__)

_TOKEN = re.compile(r"\d{6,}:[\w-]{30,}")
_PERSON = re.compile(r"\b(chat|user|person)(_id)?(\s?[=: ]\s?)(-?\d{4,})\b")
_LOUD = ("aiohttp.access", "aiosqlite", "asyncio", "sqlalchemy.engine", "alembic")
"""Loggers that tell every step: heard from WARNING on, even when ours are at DEBUG."""


class AsJson(logging.Formatter):
    """One JSON object a line, for programs that collect logs."""

    def format(self, record: logging.LogRecord) -> str:
        """What the text says, in fields; the time with its zone."""
        at = datetime.fromtimestamp(record.created).astimezone().isoformat(timespec="milliseconds")
        told = {"at": at, "level": record.levelname, "logger": record.name, "message": record.getMessage()}
        return json.dumps(told | ({"error": record.exc_text} if record.exc_text else {}), ensure_ascii=False)


class Redaction(logging.Filter):
    """Takes out of each record what must not be written; the record goes on."""

    def __init__(self, secrets: Collection[str], pseudonyms: Pseudonyms) -> None:
        super().__init__()
        # Longest first: a secret within another would leave the rest of it readable.
        self._secrets = sorted((secret for secret in secrets if secret), key=len, reverse=True)
        self._pseudonyms = pseudonyms

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record in place."""
        record.msg = self.clean(_message(record))
        record.args = ()
        if record.exc_info and record.exc_info[1]:
            record.exc_text = self.clean(describe(record.exc_info[1]))
        record.exc_info = record.stack_info = None  # exc_text is what the formatter prints
        return True

    def clean(self, text: str) -> str:
        """The text without secrets or Telegram ids."""
        for secret in self._secrets:
            text = text.replace(secret, "***")
        text = _TOKEN.sub("***", text)
        return _PERSON.sub(lambda m: f"{m[1]} {self._pseudonyms.of(int(m[4]), 'logs')}", text)


def configure(
    level: str,
    secrets: Collection[str],
    pseudonyms: Pseudonyms,
    stream: TextIO | None = None,
    *,
    as_json: bool = False,
) -> None:
    """Log to standard error (or `stream`), redacted; uncaught exceptions too. Call once, at start."""
    handler = logging.StreamHandler(stream or sys.stderr)
    text = logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%S%z")
    handler.setFormatter(AsJson() if as_json else text)
    handler.addFilter(Redaction(secrets, pseudonyms))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in _LOUD:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.captureWarnings(True)  # aiogram warns of unknown updates with their whole text
    logging.raiseExceptions = False  # a record that cannot be formatted would be printed with its arguments
    sys.excepthook = _log_uncaught
    threading.excepthook = lambda args: _log_uncaught(
        args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback
    )


def watch_loop() -> None:
    """Send what nobody awaited in the running loop to the logs. Call once in each loop."""
    asyncio.get_running_loop().set_exception_handler(_log_from_loop)


def _message(record: logging.LogRecord) -> str:
    try:
        message = record.getMessage()
    except Exception:  # a bad call to the logger must not stop what it tells about
        return str(record.msg)
    return message.partition("\n")[0] if record.name == "py.warnings" else message


def _log_uncaught(kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    logger.critical("uncaught", exc_info=(kind, error, traceback))


def _log_from_loop(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    # The rest of the context is left out: a future's repr quotes its result.
    logger.error("%s", context["message"].partition("\n")[0], exc_info=context.get("exception"))
