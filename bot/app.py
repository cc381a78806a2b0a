"""The composition root: every part is named here, once."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache, partial

from aiogram import Dispatcher
from aiogram.fsm.storage.base import BaseEventIsolation

from bot.papers.agenda import agenda
from bot.papers.recap import draw, draw_note
from bot.papers.timeline_picture import draw_timeline
from bot.stores import Stores
from bot.telegram.shortcuts import filter_at_once
from handlers import root_router
from handlers.dossier.screens import DossierScreens
from handlers.privacy import PersonalData
from handlers.questionnaire.earlier import Earlier
from handlers.questionnaire.screens import FormScreens
from handlers.shared.hearing import Hearing
from handlers.shared.labels import Labels
from handlers.shared.limits import Limits
from handlers.shared.narrowed import Narrowed
from handlers.shared.replies import Replies
from knowledge.content.banner import Banner
from knowledge.content.models import Content
from knowledge.conversation.reader import conversation_reader
from knowledge.register.authorities import Register
from knowledge.rendering import Renderer
from knowledge.understanding.understanding import Understanding


def build_dispatcher(
    content: Content,
    understanding: Understanding,
    isolation: BaseEventIsolation,
    stores: Stores,
    personal_data: PersonalData,
    clock: Callable[[], date],
    banner: Callable[[], Banner | None] = lambda: None,
) -> Dispatcher:
    """The dispatcher with all handlers, and what they receive by name."""
    renderer = Renderer(content, clock, banner)
    form = FormScreens(content, content.form, renderer) if content.form else None
    sending = DossierScreens(form, content.dossier) if form and content.dossier else None
    register = cache(Register.load)  # half a second and 34 MB: for the first who names an authority
    replies = Replies(content, renderer)
    narrowed = Narrowed(replies, content.conversation)
    dispatcher = Dispatcher(
        storage=stores.conversations,
        events_isolation=isolation,
        content=content,
        understanding=understanding,
        renderer=renderer,
        replies=replies,
        narrowed=narrowed,
        hearing=Hearing(understanding, replies, narrowed),
        form=form,
        earlier=Earlier(form, register),
        dossier_screens=sending,
        **vars(stores),
        personal_data=personal_data,
        draw=draw,
        draw_note=partial(draw_note, content.dossier) if content.dossier else None,
        calendar=content.calendar,
        draw_timeline=draw_timeline,
        make_agenda=lambda content, now: agenda(content, now, datetime.now(UTC)),
        register=register,
        labels=Labels(content),
        limits=Limits(),
        reader=conversation_reader(content, understanding.models),
        sentences=content.conversation.sentences,
    )
    dispatcher.include_router(
        root_router(
            with_form=form is not None,
            with_dossier=sending is not None,
            with_calendar=content.calendar is not None,
        )
    )
    filter_at_once(dispatcher)
    return dispatcher
