"""What the assistant does with an update: aiogram on one side, knowledge on the other."""

from aiogram import Router

from handlers import apology, distress, privacy, typed_buttons
from handlers.dates import alerts, all_dates
from handlers.dossier import amending, details, handouts, handover, sending, status
from handlers.questionnaire import filling, invited, noted
from handlers.questions import answering, inputs, repairing, start, stock_replies
from handlers.shared.counting import Counting
from handlers.shared.cues import PERSON
from handlers.shared.memory import Remembering
from handlers.shared.switchboard import Boards


def root_router(*, with_form: bool, with_dossier: bool, with_calendar: bool) -> Router:
    """Every handler, in the order in which they are tried; those of a questionnaire where the content has one."""
    boards = Boards()
    for register in (
        distress.register,  # whatever the person is in the midst of
        inputs.register_others,
        # What is typed while a detail or an answer is asked is theirs; what is none goes to the talk, and back to them.
        *((amending.register, details.register, sending.register) if with_dossier else ()),
        *((filling.register, invited.register, noted.register) if with_form else ()),
        typed_buttons.register,
        privacy.register,
        *((status.register, handouts.register, handover.register) if with_dossier else ()),
        *((all_dates.register, alerts.register) if with_calendar else ()),
        start.register,
        stock_replies.register,
        repairing.register,
        answering.register,
        inputs.register,
    ):
        register(boards)
    boards.messages.add(PERSON, boards.talk.take)
    return _router(boards)


def _router(boards: Boards) -> Router:
    """What aiogram is given: whatever is said or pressed goes to the boards, with what they find it by."""
    router = Router(name=__name__)
    for observer, board in (
        (router.message, boards.messages),
        (router.edited_message, boards.messages),
        (router.callback_query, boards.presses),
    ):
        observer.outer_middleware(Counting())
        observer.outer_middleware(Remembering())
        observer.register(board.take)
    alerts.register_members(router)
    inputs.register_members(router)
    apology.register(router)
    return router
