"""What the assistant does with an update: aiogram on one side, knowledge on the other."""

from functools import partial

from aiogram import Router

from handlers import apology, distress, privacy, typed_buttons
from handlers.dates import alerts, all_dates
from handlers.dossier import details, handover, sending, status
from handlers.questionnaire import filling
from handlers.questions import answering, inputs, repairing, start
from handlers.shared.counting import Counting
from handlers.shared.memory import Remembering


def root_router(*, with_form: bool, with_dossier: bool, with_calendar: bool) -> Router:
    """Every handler, in the order in which they are tried; those of a questionnaire where the content has one."""
    router = Router(name=__name__)
    # Answered before the handler: a late answer would turn a success into an error (query too old).
    router.callback_query.middleware(typed_buttons.AnswerPresses(pre=True))
    for observer in (router.message, router.edited_message, router.callback_query):
        observer.outer_middleware(Counting())
        observer.outer_middleware(Remembering())
    talk = Router(name="talk")
    for register in (
        distress.register,  # whatever the person is in the midst of
        inputs.register_groups,
        # What is typed while a detail or an answer is asked is theirs; what is none goes to the talk, and back to them.
        *((partial(details.register, talk=talk), partial(sending.register, talk=talk)) if with_dossier else ()),
        *((partial(filling.register, talk=talk),) if with_form else ()),
    ):
        register(router)
    for register in (
        partial(typed_buttons.register, root=router),
        privacy.register,
        *((status.register, handover.register) if with_dossier else ()),
        *((all_dates.register, alerts.register) if with_calendar else ()),
        start.register,
        repairing.register,
        answering.register,
        inputs.register,
    ):
        register(talk)
    router.include_router(talk)
    apology.register(router)
    return router
