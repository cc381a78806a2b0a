"""What a person is about to send, kept in the conversation's data until it is sent or given up."""

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import TelegramObject

from knowledge.content.dossier import DossierForm
from knowledge.content.questionnaire import Question

_KEY = "dossier"


class Sending(StatesGroup):
    """`asking`: what is typed is a detail of what will be sent."""

    asking = State()


@dataclass
class Draft:
    """A dossier, or a question to the team, before it is sent. The reference is drawn at its beginning:
    whatever is pressed twice is kept once."""

    reference: str
    inquiry: bool
    """Whether it is only a question to the team."""
    details: dict[str, str]
    revision: int = 0
    doubted: str | None = None
    """An address that looked misspelt: typed again, it is what was meant."""

    asked: str | None = None
    """The question without an answer from which this one began."""

    asker: str = ""
    known: list[list[str]] = field(default_factory=list)
    """Of a question: who asks, and what the person answered and was told; see `Dossier`."""

    def take(self, detail: str, value: str) -> None:
        """A detail is known; what was doubted of it is settled."""
        self.details[detail], self.doubted = value, None

    def next(self, form: DossierForm) -> Question | None:
        """The next detail to ask."""
        return next((q for q in form.asked(inquiry=self.inquiry) if q.id not in self.details), None)


async def load_draft(state: FSMContext) -> Draft | None:
    """What is about to be sent, None when nothing is."""
    kept: dict[str, Any] | None = (await state.get_data()).get(_KEY)
    return Draft(**kept) if kept else None


async def draft_of(event: TelegramObject, state: FSMContext) -> dict[str, Draft] | Literal[False]:
    """A filter: the handler is given the person's `draft`, and left out where there is none."""
    draft = await load_draft(state)
    return {"draft": draft} if draft else False


async def save_draft(state: FSMContext, draft: Draft) -> None:
    """Keep it, before anything is shown: what is shown was kept."""
    await state.update_data({_KEY: asdict(draft)})


async def drop_draft(state: FSMContext) -> None:
    """Forget it."""
    await state.set_state(None)
    await state.update_data({_KEY: None})
