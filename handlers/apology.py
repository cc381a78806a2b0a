"""When a handler fails: the person is told, the operator can find it, nothing personal is logged."""

import logging

from aiogram import Bot, Router
from aiogram.types import ErrorEvent

from knowledge.content.models import Content

logger = logging.getLogger(__name__)


def register(router: Router) -> None:
    """The last resort."""
    router.errors.register(apologise)


async def apologise(event: ErrorEvent, bot: Bot, content: Content) -> None:
    """Say that it failed and that it is not the person's fault; the intake keeps the update."""
    logger.error("handler failed on update %s", event.update.update_id, exc_info=event.exception)
    person = getattr(event.update.event, "from_user", None)
    if person is not None and not person.is_bot:
        await bot.send_message(person.id, content.messages.errors.internal.format(contact=content.email))
