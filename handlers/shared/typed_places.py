"""Which answer or detail each message typed in a form gave: one that is edited later corrects it."""

from aiogram.filters import Filter
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

_KEY = "typed"
_KEPT = 40  # messages


async def note_place(state: FSMContext, message: Message, place: str) -> None:
    """Remember that this message answers the question `place`: numbers and ids only."""
    known: dict[str, str] = (await state.get_data()).get(_KEY) or {}
    kept = {**known, str(message.message_id): place}
    await state.update_data({_KEY: dict(list(kept.items())[-_KEPT:])})


class AnswersBefore(Filter):
    """Lets an edited message through that answered a question of `form`, as `place`: the question's id."""

    def __init__(self, form: str) -> None:
        self._form = form

    async def __call__(self, message: Message, state: FSMContext) -> bool | dict[str, str]:
        """Whether it did."""
        known: dict[str, str] = (await state.get_data()).get(_KEY) or {}
        form, _, question = known.get(str(message.message_id), "").partition(":")
        return {"place": question} if form == self._form else False
