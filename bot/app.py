"""The composition root: what handlers are given is made here, once. What runs behind them: `behind.py`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache, partial
from threading import Lock
from typing import Any

from aiogram import Dispatcher

from bot.papers.agenda import agenda
from bot.papers.recap import draw, draw_note
from bot.papers.timeline_picture import draw_timeline
from bot.stores import Stores
from handlers import root_router
from handlers.dossier.screens import DossierScreens
from handlers.privacy import PersonalData
from handlers.questionnaire.earlier import Earlier
from handlers.questionnaire.screens import FormScreens
from handlers.shared.hearing import Hearing
from handlers.shared.labels import Labels
from handlers.shared.narrowed import Narrowed
from handlers.shared.replies import Replies
from knowledge.content.banner import Banner
from knowledge.content.models import Content
from knowledge.conversation.dialogue_reader import conversation_reader
from knowledge.register.authorities import Register
from knowledge.rendering import Renderer
from knowledge.understanding.understanding import Understanding

_loaded = cache(Register.load)
_loading = Lock()


def _register() -> Register:
    """Half a second and 34 MB, for the first who names an authority; whoever does meanwhile waits for that one."""
    with _loading:
        return _loaded()


Known = dict[str, Any]
"""What handlers receive of a content, by name."""


@dataclass(frozen=True)
class Live:
    """The dispatcher, and the content that it answers with: changed in one step, between two updates.

    aiogram gives each update a copy of what the dispatcher holds by name: an update in hand ends as it began.
    """

    dispatcher: Dispatcher
    know: Callable[[Content, Understanding], Known]
    """Makes what handlers receive of another content. It takes a moment, and may be done in a thread."""

    @property
    def content(self) -> Content:
        """The one in service."""
        found: Content = self.dispatcher["content"]
        return found

    @property
    def dossier_screens(self) -> DossierScreens | None:
        """Those of the content in service; None where nothing is sent to the team."""
        found: DossierScreens | None = self.dispatcher["dossier_screens"]
        return found

    def can_become(self, content: Content) -> bool:
        """Whether the same handlers and the same couriers serve it; else a start is needed."""
        return _shape(content) == _shape(self.content)

    def become(self, known: Known) -> None:
        """Answer with this from the next update on."""
        self.dispatcher.workflow_data.update(known)


def _shape(content: Content) -> tuple[bool, ...]:
    """Which parts there are: they decide which handlers there are, and what leaves."""
    return (*_rooms(content).values(), content.processing is not None)


def _rooms(content: Content) -> dict[str, bool]:
    return {
        "with_form": content.form is not None,
        "with_dossier": content.form is not None and content.dossier is not None,
        "with_calendar": content.calendar is not None,
    }


def build_live(
    content: Content,
    understanding: Understanding,
    stores: Stores,
    personal_data: PersonalData,
    clock: Callable[[], date],
    banner: Callable[[], Banner | None] = lambda: None,
) -> Live:
    """The dispatcher with all handlers, and what they receive by name."""
    dispatcher = Dispatcher(
        storage=stores.conversations,
        **vars(stores),
        personal_data=personal_data,
        draw=draw,
        draw_timeline=draw_timeline,
        make_agenda=lambda content, now: agenda(content, now, datetime.now(UTC)),
        register=_register,
        team_chats=set(),
    )
    live = Live(dispatcher, partial(_known, clock, banner, stores.outbox.sends))
    live.become(live.know(content, understanding))
    dispatcher.include_router(root_router(**_rooms(content)))
    return live


def _known(
    clock: Callable[[], date],
    banner: Callable[[], Banner | None],
    sends: bool,
    content: Content,
    understanding: Understanding,
) -> Known:
    renderer = Renderer(content, clock, banner)
    form = FormScreens(content, content.form, renderer) if content.form else None
    replies = Replies(content, renderer)
    narrowed = Narrowed(replies, content.conversation)
    return {
        "content": content,
        "understanding": understanding,
        "renderer": renderer,
        "replies": replies,
        "narrowed": narrowed,
        "hearing": Hearing(understanding, replies, narrowed),
        "form": form,
        "earlier": Earlier(form, _register),
        "dossier_screens": DossierScreens(form, content.dossier, sends=sends) if form and content.dossier else None,
        "draw_note": partial(draw_note, content.dossier) if content.dossier else None,
        "calendar": content.calendar,
        "labels": Labels(content),
        "reader": conversation_reader(content, understanding.models),
        "sentences": content.conversation.sentences,
    }
