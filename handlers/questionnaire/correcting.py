"""An answer given before is changed: by its value, by the name of its question, or from the list of all of them."""

from collections.abc import Callable, Mapping
from typing import Any

from aiogram import Bot
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.types import Message

from handlers.questionnaire.naming import names_instead, proposes_instead, says_a_name
from handlers.questionnaire.progress import Progress, show
from handlers.questionnaire.taking import corrected, show_next, switched
from handlers.questionnaire.typed_text import MOST_TYPED, TypedText
from handlers.shared.hearing import Hearing
from handlers.shared.screen import answer_with, plain, send_to
from handlers.shared.turn import note_screen
from handlers.shared.typed_places import note_place
from knowledge.content.conversation import DialogueAct
from knowledge.content.questionnaire import UNKNOWN, Question
from knowledge.conversation.dialogue_reader import DialogueReader
from knowledge.conversation.follow_up import repaired
from knowledge.conversation.frame import Frame
from knowledge.questionnaire import countries
from knowledge.questionnaire.kinds import ChoiceKind, CountryKind, NameKind
from knowledge.questionnaire.typed_answer import adds, changes_mind, clean, first_named, renamed, told_after
from knowledge.register.authorities import Register

NOT_FOR_THEM = "ending"
"""The screen that ends the path of whoever cannot apply."""
ENDS = (NOT_FOR_THEM, "verdict", "corrections", "sent", "dossier")
"""Screens after which what is typed may correct an answer."""
LIST = "corrections"
"""The one of them that asks which answer is to be changed."""


async def list_answers(bot: Bot, chat: int, progress: Progress) -> None:
    """The answers, each a button that changes it."""
    note_screen(LIST)
    await send_to(bot, chat, progress.screens.corrections(progress.answers))


async def is_worded_so(  # noqa: PLR0913, PLR0917 (each part by its name, as aiogram gives them)
    _: Message,
    text: str,
    reader: DialogueReader,
    hearing: Hearing,
    frame: Frame,
    register: Callable[[], Register],
    raw_state: str | None,
    act: DialogueAct | None = None,
    pressed: str | None = None,
) -> bool | dict[str, bool]:
    """A filter: outside the questions, what is worded as a correction, or follows the list of answers.

    `surely`: whether it is one, whatever was shown before.
    """
    if raw_state is not None or pressed is not None:
        return False
    if frame.screen == NOT_FOR_THEM and "?" not in text and await says_a_name(text, register):
        return {"surely": False}  # « une école », then « mairie d'Ambert »: another applicant
    # « non finalement » refuses; « non finalement c'est le Togo » corrects
    if act not in (None, DialogueAct.CORRECT) and not changes_mind(text):
        return {"surely": False} if await names_instead(text, register) else False
    said = reader.changes_answer(text)
    surely = "surely" in said or frame.screen == LIST
    is_repaired = repaired(text, hearing.narrowed.words.follow_ups) != text or bool(countries.left(text))
    return {"surely": surely} if surely or said or is_repaired or adds(text) else False


async def is_of_answers(_: Message, text: str, progress: Progress, frame: Frame, surely: bool) -> bool:
    """Whether it is of the answers, once all of them are given: they were just shown, or it says of which it speaks."""
    is_told = surely or changes_mind(text) or named_question(text, progress) is not None
    is_known = is_told or frame.screen in ENDS
    return bool(progress.answers) and progress.question is None and is_known


async def correct_at_end(
    message: Message,
    text: str,
    progress: Progress,
    hearing: Hearing,
    register: Callable[[], Register],
    surely: bool,
) -> None:
    """« Je voulais dire la Jordanie », « changez le pays », once all is answered. Raises SkipHandler for the rest."""
    text = text[:MOST_TYPED]
    first = progress.screens.questionnaire.form.questions[0]
    typed = TypedText(message, text, progress, first, hearing, register)
    if typed.asks or typed.is_question or "?" in text:
        raise SkipHandler
    if await corrects(typed) or await proposes_instead(typed, renamed(text) or typed.meant):
        return
    if not surely or not await opens_named(message, text, progress):
        raise SkipHandler


async def opens_named(message: Message, text: str, progress: Progress) -> bool:
    """« Je veux changer ma réponse sur le pays » : that question is asked again."""
    question = named_question(text, progress)
    if question is None:
        return False
    assert message.bot is not None
    await progress.ask_again(question.id)
    await show(message.bot, message.chat.id, progress)
    return True


def named_question(text: str, progress: Progress) -> Question | None:
    """The question, of those that have an answer, that a text names first."""
    asked = progress.screens.questionnaire.asked(progress.answers)
    named = first_named(text, (one for one in asked if one.id in progress.answers))
    return named[0] if named else None


async def corrects(typed: TypedText) -> bool:
    """« Non, je voulais dire le Bénin » : an answer given before is changed, the last one that this can be.

    The one that it names, « le thème c'est la santé », before any other; a name, which any words may be, last.
    """
    kinds, is_of_another = typed.progress.screens.questionnaire.kinds, False
    if named := told_of_named(typed):
        question, said = named
        if await _corrects_to(typed, question, kinds[question.id].read(said, ()), said):
            return True
    given = _given(typed)[::-1]
    for question in given:
        kind = kinds[question.id]
        is_country = isinstance(kind, CountryKind)
        # « non, on a une asso partenaire » : no other path
        is_left = not _tells_country(typed, question) if is_country else typed.may_deny
        if is_left or isinstance(kind, NameKind):
            continue
        value = kind.read(typed.meant, ())
        is_told = is_country or value not in (None, False, UNKNOWN, question.otherwise)
        is_of_another = is_of_another or is_told
        if is_told and await _corrects_to(typed, question, value, typed.meant):
            return True
    if is_of_another or not _tells_name(typed):
        return False
    name = next((one for one in given if isinstance(kinds[one.id], NameKind)), None)
    return name is not None and await _corrects_to(typed, name, kinds[name.id].read(typed.meant, ()), typed.meant)


async def _corrects_to(typed: TypedText, question: Question, value: Any, said: str) -> bool:
    """The answer that these words are takes the place of the one before; False where it is the same, or none."""
    progress, kind = typed.progress, typed.progress.screens.questionnaire.kinds[question.id]
    was = progress.answers[question.id]
    if isinstance(kind, ChoiceKind):
        value = kind.joined(was, value, typed.text)
    in_words = isinstance(kind, CountryKind) or value == question.otherwise
    if value in (None, UNKNOWN) or (value == was and not in_words):
        return False
    before = progress.screens.brief(question, progress.answers)
    await progress.accept(question, value, clean(said) if in_words else "")
    await note_place(progress.state, typed.message, f"form:{question.id}")
    await _tell_corrected(typed, question, value, before)
    return True


def told_of_named(typed: TypedText) -> tuple[Question, str] | None:
    """« le thème c'est plutôt la santé » : the question answered before that is named, and what is said to be it."""
    named = first_named(typed.text, _given(typed))
    said = told_after(named[1], typed.text) if named else ""
    return (named[0], said) if named and said else None


def _given(typed: TypedText) -> list[Question]:
    """The questions answered before."""
    progress = typed.progress
    asked = progress.screens.questionnaire.asked(progress.answers)
    return [one for one in asked if one.id in progress.answers and one != progress.question]


def _tells_name(typed: TypedText) -> bool:
    """Whether it is worded as a name: « en fait c'est Terre d'Ici », not « on n'a pas d'agrément »."""
    return (renamed(typed.text) or typed.meant)[:1].isupper()


def _tells_country(typed: TypedText, question: Question) -> bool:
    """Whether it names other countries than before; nothing else, where it may answer what is asked.

    « Non, on a travaillé avec le Togo » is no first time, « finalement la santé au Togo » a theme.
    """
    kind, before = typed.progress.screens.questionnaire.kinds[question.id], typed.progress.answers[question.id]
    read = [kind.read(text, ()) for text in (typed.meant, renamed(typed.text)) if text]
    named = [value for value in read if isinstance(value, Mapping) and value["countries"]]
    if not named or not isinstance(kind, CountryKind):
        return False
    is_other = not isinstance(before, Mapping) or before["countries"] != named[0]["countries"]
    is_left = bool(countries.left(typed.text, denied=False))
    may_answer = (typed.begins_denying or typed.question.otherwise is not None) and not is_left
    return is_other and not (may_answer and all(map(kind.says_more, named)))


async def _tell_corrected(typed: TypedText, question: Question, value: object, before: str) -> None:
    progress = typed.progress
    is_path = question == typed.first
    said = progress.screens.said(question, value)
    told = switched(progress, said) if is_path else corrected(progress, question, before)
    await answer_with(typed.message, plain(told))
    if not (is_path and await proposes_instead(typed, typed.meant)):  # « mairie d'Ambert »
        await show_next(typed)
