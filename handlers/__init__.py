"""What the assistant does with an update: aiogram on one side, knowledge on the other."""

from aiogram import Router
from aiogram.utils.callback_answer import CallbackAnswerMiddleware

from handlers import distress, errors, privacy
from handlers.dates import alerts, calendar
from handlers.dossier import details, handover, sending, status
from handlers.questionnaire import filling
from handlers.questions import answering, inputs, start


def root_router(*, with_form: bool, with_dossier: bool, with_calendar: bool) -> Router:
    """Every handler, in the order in which they are tried; those of a questionnaire where the content has one."""
    router = Router(name=__name__)
    # Answered before the handler: a late answer would turn a success into an error (query too old).
    router.callback_query.middleware(CallbackAnswerMiddleware(pre=True))
    router.include_routers(
        distress.build_router(),  # whatever the person is in the midst of
        inputs.build_groups_router(),
        privacy.build_router(),
        *(router.build_router() for router in (status, handover, details, sending) if with_dossier),
        *([calendar.build_router(), alerts.build_router()] if with_calendar else []),
        *([filling.build_router()] if with_form else []),
        start.build_router(),
        answering.build_router(),
        inputs.build_router(),
        errors.build_router(),
    )
    return router
