"""A person talking to the assistant, through the real Dispatcher; the one fake is at Telegram's edge."""

import weakref
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import gettempdir
from typing import Any
from unittest.mock import patch
from uuid import uuid4

from aiogram import Bot, Dispatcher
from aiogram.types import Message, Update, User

from bot import app
from bot.database.database import Database
from bot.memory.erasures import Erasures
from bot.pseudonyms import Pseudonyms
from bot.stores import AllOfAPerson
from bot.terminal.offline import PERSON, OfflineSession, Sent
from handlers.shared.turn import Turn, listening
from knowledge.content.banner import Banner
from knowledge.content.models import Content
from knowledge.understanding.understanding import Understanding
from tests.keeping import stores_of

KEY = b"key of the tests"

_known = app._known
_MOST_SHARED = 8
_shared: dict[tuple[int, int, date, bool], tuple[Content, Understanding, app.Known]] = {}


def _known_once(
    clock: Callable[[], date],
    banner: Callable[[], Banner | None],
    sends: bool,
    content: Content,
    understanding: Understanding,
) -> app.Known:
    """What handlers receive of a content: made once for all who talk about it on a day, as in service."""
    key = (id(content), id(understanding), clock(), sends)
    if key not in _shared:
        if len(_shared) == _MOST_SHARED:
            del _shared[next(iter(_shared))]
        _shared[key] = (content, understanding, _known(clock, banner, sends, content, understanding))
    return _shared[key][2]


def _no_banner() -> None:
    return None


class Conversation:
    """`says` and `presses`; `replies` are the messages shown since, `turn` what the last message came to."""

    def __init__(
        self,
        content: Content,
        understanding: Understanding,
        database: Database,
        today: date,
        *,
        files: Path | None = None,
        person: User = PERSON,
        banner: Callable[[], Banner | None] | None = None,
    ) -> None:
        self.stores = stores_of(database, KEY, files=files, today=today)
        self.outbox, self.feedback = self.stores.outbox, self.stores.feedback
        self.session = OfflineSession(self._keep, person)
        self.bot = Bot("42:local", session=self.session)
        noted = Path(gettempdir()) / f"tevo-{uuid4().hex}"
        weakref.finalize(self, noted.unlink, missing_ok=True)
        erasures = Erasures(noted, Pseudonyms(KEY))
        everything = AllOfAPerson(self.stores.all, database, Pseudonyms(KEY), erasures)
        with patch.object(app, "_known", _known if banner else _known_once):
            args = (content, understanding, self.stores, everything, lambda: today)
            self.live = app.build_live(*args, banner or _no_banner)
        self.dispatcher: Dispatcher = self.live.dispatcher
        self.sent: list[Sent] = []
        self.turn = Turn()

    def _keep(self, sent: Sent) -> None:
        self.sent.append(sent)

    @property
    def replies(self) -> list[Message]:
        return [sent.message for sent in self.sent if sent.message and not sent.edited]

    @property
    def said(self) -> str:
        """Everything said in return, as one text."""
        return "\n".join(message.text or message.caption or "" for message in self.replies)

    @property
    def toasts(self) -> list[str]:
        return [sent.toast for sent in self.sent if sent.toast]

    @property
    def buttons(self) -> list[str]:
        """The labels under the last message."""
        markup = self.replies[-1].reply_markup if self.replies else None
        return [button.text for row in markup.inline_keyboard for button in row] if markup else []

    async def says(self, *texts: str, **fields: Any) -> str:
        """Send typed messages, one after the other; everything said in return to the last, as one text."""
        for text in texts:
            await self.feeds(self.session.brings(text=text, **fields))
        return self.said

    async def brings(self, **fields: Any) -> str:
        """Send any other message."""
        return await self.feeds(self.session.brings(**fields))

    async def presses(self, label: str, on: Message | None = None) -> str:
        """Press the button called `label`, under the last message that has it (or under `on`)."""
        for message in [on] if on else reversed(self.replies):
            current = self.session.messages.get(message.message_id, message)
            for row in current.reply_markup.inline_keyboard if current.reply_markup else []:
                for button in row:
                    if button.text == label:
                        return await self.feeds(self.session.presses(button.callback_data or "", current))
        raise AssertionError(f"no button « {label} » among the messages shown; last: {self.buttons}")

    async def feeds(self, update: Update) -> str:
        """Give an update to the dispatcher."""
        self.sent.clear()
        with listening() as self.turn:
            await self.dispatcher.feed_update(self.bot, update)
        return self.said
