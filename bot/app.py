"""The composition root: every part is named here, once."""

from collections.abc import Callable
from datetime import date

from aiogram import Dispatcher
from aiogram.fsm.storage.base import BaseEventIsolation, BaseStorage

from handlers import root_router
from handlers.replies import Replies
from knowledge.content import Content
from knowledge.feedback import Feedback
from knowledge.matching import Matcher
from knowledge.rendering import Renderer


def build_dispatcher(
    content: Content,
    matcher: Matcher,
    feedback: Feedback,
    storage: BaseStorage,
    isolation: BaseEventIsolation,
    clock: Callable[[], date],
) -> Dispatcher:
    """The dispatcher with all handlers, and what they receive by name."""
    dispatcher = Dispatcher(
        storage=storage,
        events_isolation=isolation,
        content=content,
        matcher=matcher,
        feedback=feedback,
        replies=Replies(content, Renderer(content, clock)),
    )
    dispatcher.include_router(root_router())
    return dispatcher
