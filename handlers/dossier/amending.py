"""A detail changed in words, where all of them are shown: « ma fonction c'est DGS », « le nom est faux »."""

from aiogram import Bot
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from handlers.dossier.details import go_on
from handlers.dossier.draft import Draft, draft_of
from handlers.dossier.screens import DossierScreens
from handlers.shared.cues import after
from handlers.shared.switchboard import Boards
from knowledge.content.questionnaire import Question
from knowledge.conversation.dialogue_reader import DialogueReader
from knowledge.questionnaire.kinds import kind_of
from knowledge.questionnaire.typed_answer import first_named, told_after

_SHORT = 4  # words: « le nom est faux »

Amendment = tuple[Question, str | None]
"""The detail that is meant, and its new value; None: it is to be asked again."""


def register(boards: Boards) -> None:
    """Before what the recap has answered aside."""
    for screen in ("recap", "details"):
        boards.messages.add(after(screen), amend, draft_of, amends)


async def amends(
    _: Message,
    text: str,
    draft: Draft,
    dossier_screens: DossierScreens,
    reader: DialogueReader,
    pressed: str | None = None,
) -> bool | dict[str, Amendment]:
    """A filter: what is typed changes a detail of a complete draft, given as `amendment`."""
    if pressed is not None or draft.next(dossier_screens.dossier_form) is not None or "?" in text:
        return False
    found = amendment(text, dossier_screens.dossier_form.asked(inquiry=draft.inquiry))
    is_meant = found and (found[1] or len(text.split()) <= _SHORT or reader.changes_answer(text))
    return {"amendment": found} if found and is_meant else False


def amendment(text: str, questions: tuple[Question, ...]) -> Amendment | None:
    """Of the detail that the text names first, else of the only one that such a text can be."""
    named = first_named(text, questions)
    if named is None:
        read = ((one, kind_of(one).read(text, ())) for one in questions if kind_of(one).tells_how_to_reach)
        return next(((one, value) for one, value in read if value), None)
    question, name = named
    kind = kind_of(question)
    told = text if kind.tells_how_to_reach else told_after(name, text)
    return question, kind.read(told, ()) if told else None


async def amend(
    message: Message,
    bot: Bot,
    state: FSMContext,
    draft: Draft,
    dossier_screens: DossierScreens,
    amendment: Amendment,
) -> None:
    """Take it, or ask that detail again; then show all of them."""
    question, value = amendment
    if value:
        draft.take(question.id, value)
    else:
        del draft.details[question.id]
    await go_on(bot, message.chat.id, state, draft, dossier_screens)
