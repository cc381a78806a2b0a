"""What is said of what the conversation before told, which is to be confirmed: who one is, another name, the same."""

from collections.abc import Callable

from aiogram.types import Message

from handlers.questionnaire.naming import clearly_names, is_clear, perhaps_names
from handlers.questionnaire.progress import Progress
from handlers.questionnaire.taking import show_next, switch
from handlers.questionnaire.typed_text import CLEAR_NAME, TypedText
from handlers.shared.hearing import Hearing
from knowledge.content.questionnaire import UNKNOWN
from knowledge.questionnaire.typed_answer import is_reserved, renamed
from knowledge.register.authorities import Register


async def says_again_who(typed: TypedText, known: Progress) -> bool:
    """« une mairie », where only that it is an authority is to be confirmed; « une asso » says that it is not."""
    first = typed.first
    value = None if typed.is_question else known.screens.questionnaire.kinds[first.id].read(typed.text, ())
    if value in (None, UNKNOWN) or known.answers.keys() != {first.id}:
        return False
    await typed.progress.take_known(right=True)
    if value == known.answers[first.id]:
        await show_next(typed)
    else:
        await switch(typed, value)
    return True


async def renames_what_is_offered(
    message: Message, text: str, progress: Progress, hearing: Hearing, register: Callable[[], Register]
) -> bool:
    """« non, Embrun », « le syndicat de la Durance » : another authority than the one to be confirmed."""
    engine = progress.screens.questionnaire
    path = engine.authority_path
    known = {**path, **(progress.offered or {}).get("answers", {})}
    about = engine.authority_question(known)
    if about is None or "?" in text:
        return False
    typed = TypedText(message, renamed(text) or text, progress, about, hearing, register)
    found = await typed.looked_up()
    before = engine.authority(known)
    is_other = is_clear(found) and not any(
        before and one.score >= CLEAR_NAME and one.authority.code == before["code"] for one in found.candidates
    )
    if not (is_other or (found.body and not typed.is_question)):
        return False
    await progress.take_known(right=True)
    progress.answers = {name: value for name, value in known.items() if name != about.id}
    await progress.save()
    return await clearly_names(typed) or await perhaps_names(typed)


async def names_again(typed: TypedText, known: Progress) -> bool:
    """Whether it is the name of the very authority that is to be confirmed."""
    offered = known.screens.questionnaire.authority(known.answers)
    if not offered or is_reserved(typed.text) or typed.may_deny:
        return False
    candidates = (await typed.looked_up()).candidates
    return any(one.score >= CLEAR_NAME and one.authority.code == offered["code"] for one in candidates)
