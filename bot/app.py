"""The composition root: every part is named here, once."""

from collections.abc import Callable
from datetime import date
from functools import cache

from aiogram import Dispatcher
from aiogram.fsm.storage.base import BaseEventIsolation, BaseStorage

from bot.recap import draw
from handlers import root_router
from handlers.form_screens import FormScreens
from handlers.replies import Replies
from knowledge.authorities import Register
from knowledge.content import Content
from knowledge.dossier import Outbox
from knowledge.feedback import Feedback
from knowledge.matching import Matcher
from knowledge.rendering import Renderer


def build_dispatcher(
    content: Content,
    matcher: Matcher,
    feedback: Feedback,
    storage: BaseStorage,
    isolation: BaseEventIsolation,
    outbox: Outbox,
    clock: Callable[[], date],
) -> Dispatcher:
    """The dispatcher with all handlers, and what they receive by name."""
    renderer = Renderer(content, clock)
    dispatcher = Dispatcher(
        storage=storage,
        events_isolation=isolation,
        content=content,
        matcher=matcher,
        feedback=feedback,
        renderer=renderer,
        replies=Replies(content, renderer),
        form=FormScreens(content, content.form, renderer) if content.form else None,
        dossier_form=content.dossier,
        outbox=outbox,
        draw_recap=draw,
        register=cache(Register.load),  # half a second and 34 MB: for the first who names an authority
    )
    dispatcher.include_router(root_router(with_form=content.form is not None, with_dossier=content.dossier is not None))
    return dispatcher
