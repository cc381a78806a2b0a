"""Where a person is in the questionnaire, kept in the conversation's data."""

from collections.abc import Mapping
from typing import Any

from aiogram import Bot
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup

from handlers.form_screens import FormScreens
from handlers.screen import Screen
from knowledge.form import Question


class Checking(StatesGroup):
    """`asking`: what is typed may be an answer."""

    asking = State()


class Progress:
    """One person's questionnaire, kept in the conversation's data."""

    def __init__(self, screens: FormScreens, state: FSMContext, data: Mapping[str, Any]) -> None:
        self.screens = screens
        self.state = state
        self.answers: dict[str, Any] = screens.questionnaire.still_valid(data.get("answers", {}))
        self.lost = len(self.answers) < len(data.get("answers", {}))
        """Whether the questionnaire has changed since: some answers no longer count."""
        self.editing: str | None = data.get("editing")
        self.chosen: list[str] = data.get("chosen", [])

    @classmethod
    async def of(cls, state: FSMContext, screens: FormScreens) -> "Progress":
        """What was kept of this conversation."""
        return cls(screens, state, (await state.get_data()).get("form") or {})

    @property
    def question(self) -> Question | None:
        """The question being asked: the one to change, else the next without an answer."""
        asked = {question.id: question for question in self.screens.questionnaire.asked(self.answers)}
        return asked.get(self.editing or "") or self.screens.questionnaire.next(self.answers)

    async def save(self) -> None:
        """Keep it, before anything is shown: what is shown was kept."""
        await self.state.update_data(form={"answers": self.answers, "editing": self.editing, "chosen": self.chosen})

    async def accept(self, question: Question, value: Any) -> None:
        """Take an answer. Raises InvalidAnswerError."""
        self.answers = self.screens.questionnaire.accept(self.answers, question.id, value)
        self.editing, self.chosen = None, []
        await self.save()

    def shown(self) -> list[Screen]:
        """The question being asked, or how it ended."""
        if question := self.question:
            return [self.screens.question(question, self.answers, self.chosen)]
        if ending := self.screens.questionnaire.ending(self.answers):
            return self.screens.ending(ending)
        return self.screens.verdict(self.answers)


async def show(bot: Bot, chat: int, state: FSMContext, progress: Progress) -> None:
    """What comes next; while it is a question, what is typed may answer it."""
    await state.set_state(Checking.asking if progress.question else None)
    for screen in progress.shown():
        await bot.send_message(chat, **screen.as_kwargs())
