"""Where a person is in the questionnaire, kept in the conversation's data."""

import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from aiogram import Bot
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import TelegramObject

from handlers.questionnaire.screens import FormScreens
from handlers.questionnaire.verdict_screens import VerdictScreens
from handlers.shared.screen import Screen, send_to
from handlers.shared.set_apart import CANCELLED
from handlers.shared.turn import note_counted, note_screen, note_verdict
from knowledge.content.questionnaire import Question
from knowledge.questionnaire.affirming import affirms
from knowledge.questionnaire.engine import UNDO_SECONDS
from knowledge.questionnaire.kinds import kind_of
from knowledge.questionnaire.typed_answer import says, without_hesitation
from knowledge.understanding.segmentation import pieces


class Checking(StatesGroup):
    """`asking`: what is typed may be an answer."""

    asking = State()


def set_aside(state: FSMContext) -> FSMContext:
    """Where answers that were taken away wait for a change of mind."""
    return FSMContext(storage=state.storage, key=replace(state.key, destiny=CANCELLED))


async def put_aside(state: FSMContext) -> bool:
    """Take the answers away; whether there were any."""
    form = (await state.get_data()).get("form")
    if form:  # kept there before it is gone from here: a process that dies in between loses nothing
        await set_aside(state).set_data({"form": form, "at": int(time.time())})
    await state.set_state(None)
    await state.update_data(form=None)
    return bool(form)


async def cancelled(state: FSMContext, form: FormScreens) -> Screen:
    """Take the answers away, and say so."""
    had_any = await put_aside(state)
    return form.cancelled() if had_any else Screen(form.renderer.text(form.words.nothing_to_cancel))


async def bring_back(state: FSMContext) -> bool:
    """Put answers taken away less than ten minutes ago back; whether it could be done. Newer answers stay."""
    data = await set_aside(state).get_data()
    newer = ((await state.get_data()).get("form") or {}).get("answers")
    is_possible = bool(data) and not newer and time.time() - data["at"] <= UNDO_SECONDS
    if is_possible:
        await state.update_data(form=data["form"])
    if not newer:
        await set_aside(state).clear()
    return is_possible


async def exchange(state: FSMContext) -> bool:
    """Put the answers set aside less than ten minutes ago in place of those of now, which are set aside in turn."""
    data, now = await set_aside(state).get_data(), (await state.get_data()).get("form")
    is_possible = bool(data) and time.time() - data["at"] <= UNDO_SECONDS
    if is_possible:
        await state.update_data(form=data["form"])
        await set_aside(state).set_data({"form": now, "at": int(time.time())})
    return is_possible


_VERDICT = "verdict"
"""Among the questions reached: the end."""

_KEPT = (
    "answers",
    "reached",
    "offered",
    "aside",
    "near",
    "editing",
    "chosen",
    "proposed",
    "unmatched",
    "taken",
    "given",
    "told_sent",
)


class Progress:
    """One person's questionnaire, kept in the conversation's data."""

    def __init__(self, screens: FormScreens, state: FSMContext, data: Mapping[str, Any]) -> None:
        self.screens = screens
        self.state = state
        self.answers: dict[str, Any] = screens.questionnaire.still_valid(data.get("answers", {}))
        changed = data.get("version") != screens.content.version
        self.lost = len(self.answers) < len(data.get("answers", {})) or (changed and self._is_new_before())
        """Whether the questionnaire has changed since: answers that no longer count, or a question in their midst."""
        self.offered: dict[str, Any] | None = data.get("offered")
        """What was understood of the conversation before, until it is confirmed or denied."""
        self.aside: dict[str, Any] = data.get("aside", {})
        """Answers of a path that was left: they count for nothing unless one comes back to it."""
        self.near: str = data.get("near", "")
        """Where the person's authority lies, in words."""
        self.proposed: list[dict[str, Any]] = data.get("proposed", [])
        """The authorities that a typed name may mean, until one is chosen."""
        self.unmatched: str = data.get("unmatched", "")
        """The name that was typed last and that the register does not have: the person's words, if none is found."""
        self.taken: list[str] = data.get("taken", [])
        """The codes under which colleagues had shared these answers when they were taken."""
        self.given: list[str] = data.get("given", [])
        """The codes under which this person gave them."""
        self.told_sent: str = data.get("told_sent", "")
        """The dossier that a colleague sent from these answers, once that was told."""
        self.reached: list[str] = data.get("reached", [])
        """The questions shown so far, and the verdict: each counts once for the team."""
        self.editing: str | None = data.get("editing")
        self.chosen: list[str] = data.get("chosen", [])

    @classmethod
    async def of(cls, state: FSMContext, screens: FormScreens) -> "Progress":
        """What was kept of this conversation."""
        return cls(screens, state, (await state.get_data()).get("form") or {})

    @property
    def codes(self) -> list[str]:
        """All the codes under which these answers are shared, as far as is known here."""
        return [*self.taken, *self.given]

    def _is_new_before(self) -> bool:
        asked = [question.id in self.answers for question in self.screens.questionnaire.asked(self.answers)]
        return False in asked and True in asked[asked.index(False) :]

    @property
    def question(self) -> Question | None:
        """The question being asked: the one to change, else the next without an answer."""
        asked = {question.id: question for question in self.screens.questionnaire.asked(self.answers)}
        return asked.get(self.editing or "") or self.screens.questionnaire.next(self.answers)

    def is_answered_by(self, text: str) -> bool:
        """Whether a text is, word for word, one of the answers to what is asked, or says yes to what is proposed."""
        words, question = self.screens.words, self.screens.yes_or_no if self.offered else self.question
        if (self.offered or self.proposed) and affirms(text):
            return True
        options = question.options if question else ()
        ways = [way for option in options for way in (option.label, *option.also)]
        return says(text, *ways, *words.dont_know_also)

    def says_right(self, text: str) -> str | None:
        """Whether what is offered is right: the one option or the other; None where a text says neither."""
        yes_or_no = self.screens.yes_or_no
        return yes_or_no.options[0].id if affirms(text) else kind_of(yes_or_no).read(text, ())

    def holds(self, text: str) -> bool:
        """Whether a text that asks nothing surely holds an answer to what is asked."""
        if self.question is None or self.offered or any(piece.asks for piece in pieces(text)):
            return False
        return self.screens.questionnaire.kinds[self.question.id].is_told_in(text)

    def takes(self, text: str) -> bool:
        """Whether any words answer what is asked, and these ask nothing: « la jeunesse et l'engagement citoyen »."""
        question = None if self.offered else self.question
        asks = any(piece.asks for piece in pieces(without_hesitation(text)))
        return bool(question and question.otherwise) and not asks

    async def save(self) -> None:
        """Keep it, before anything is shown: what is shown was kept."""
        kept = {name: getattr(self, name) for name in _KEPT}
        kept["version"] = self.screens.content.version
        await self.state.update_data(form=kept)

    async def take_known(self, *, right: bool) -> None:
        """What was said before counts as answered, or is forgotten."""
        offered, self.offered = self.offered or {}, None
        if right:
            self.answers = self.screens.questionnaire.still_valid(offered["answers"])
            self.near = offered.get("near", "")
        await self.save()
        await self.state.update_data(mention=None)

    async def accept(self, question: Question, value: Any, words: str = "") -> None:
        """Take an answer, and how the person put it. Raises InvalidAnswerError."""
        questionnaire, before = self.screens.questionnaire, self.answers
        self.answers = questionnaire.accept(before, question.id, value, words)
        left = {name for name in before if name not in self.answers}
        # Own words go aside with their answer only: of one that was changed they say nothing any more.
        self.aside |= {name: before[name] for name in left if name.partition(".")[0] in left}
        if question == questionnaire.form.questions[0]:  # on another path, and perhaps back: nothing is asked twice
            self.answers = questionnaire.still_valid({**self.aside, **self.answers})
        self.editing, self.chosen, self.proposed, self.unmatched = None, [], [], ""
        if question.id not in before and question.id in self.reached:
            note_counted(f"passed:{question.id}")
        await self.save()

    async def accept_body(self, kind: str) -> None:
        """Take what follows from the body that was named in place of an authority: « SIVOM » is a groupement."""
        for question in self.screens.questionnaire.asked(self.answers):
            if question.id not in self.answers and kind in question.of_bodies:
                await self.accept(question, question.of_bodies[kind])

    async def ask_again(self, question_id: str) -> None:
        """Ask a question that has an answer, which stays until there is another."""
        self.editing, self.chosen, self.proposed = question_id, [], []
        await self.save()

    async def step_back(self) -> None:
        """Ask the question before the one being asked."""
        asked = [question.id for question in self.screens.questionnaire.asked(self.answers)]
        at = asked.index(self.question.id) if self.question else len(asked)
        await self.ask_again(asked[max(0, at - 1)])

    def shown(self) -> list[Screen]:
        """The question being asked, or how it ended."""
        if self.offered:
            return [self.screens.confirmation(self.offered["said"])]
        question = self.question
        if question and self.proposed:
            return [self.screens.candidates(question, self.proposed, self.unmatched)]
        if question:
            return [self.screens.question(question, self.answers, self.chosen)]
        if ending := self.screens.questionnaire.ending(self.answers):
            return self.screens.ending(ending)
        return VerdictScreens(self.screens).verdict(self.answers)

    async def note(self) -> None:
        """Tell whoever listens which screen this is; the first time, it is counted."""
        engine = self.screens.questionnaire
        here = "" if self.offered else self.question.id if self.question else _VERDICT
        is_new = here not in ("", *self.reached)
        if is_new:
            self.reached = [*self.reached, here]
            await self.save()
        if self.offered or self.question:
            note_screen("question")
            if is_new:
                note_counted(f"reached:{here}")
        elif engine.ending(self.answers):
            note_screen("ending")
            if is_new:
                note_counted("verdict:ending")
        else:
            verdict = engine.verdict(self.answers)
            if is_new:
                note_counted(*_counted(verdict.outcome, self.answers))
            note_verdict(verdict.outcome, {result.criterion.id: result.outcome for result in verdict.results})


def _counted(outcome: str, answers: Mapping[str, Any]) -> list[str]:
    """A verdict, and the same by what is known of the authority: each by itself, never together."""
    authority = next((value for value in answers.values() if isinstance(value, Mapping) and "zone" in value), None)
    if authority is None:
        return [f"verdict:{outcome}"]
    told = {name: authority[name] for name in ("kind", "region", "zone")}
    return [f"verdict:{outcome}", *(f"verdict:{outcome}:{name}:{value}" for name, value in told.items() if value)]


async def has_answered(_: TelegramObject, state: FSMContext) -> bool:
    """A filter: an answer is kept. What is for those who have one is asked of nobody else's messages."""
    return bool(((await state.get_data()).get("form") or {}).get("answers"))


async def progress_of(event: TelegramObject, state: FSMContext, form: FormScreens) -> dict[str, Progress]:
    """A filter: the handler is given the person's `progress`."""
    return {"progress": await Progress.of(state, form)}


async def show(bot: Bot, chat: int, progress: Progress) -> None:
    """What comes next; while it is a question, what is typed may answer it."""
    if progress.lost:
        await bot.send_message(chat, progress.screens.words.changed_form)
        await progress.save()  # told once
    await progress.state.set_state(Checking.asking if progress.question else None)
    await progress.note()
    await send_to(bot, chat, *progress.shown())
