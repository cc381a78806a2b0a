"""What is typed while a question of the questionnaire is open: an answer, or a question about the programme."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.types import Message

from handlers.questionnaire.homonyms import Picked, picked
from handlers.questionnaire.progress import Progress, cancelled, show
from handlers.questionnaire.screens import NOTE, kept
from handlers.questionnaire.typed_text import Typed, is_reserved, is_sure_question
from handlers.shared.replies import Replies
from handlers.shared.screen import plain
from handlers.shared.turn import note_screen
from handlers.shared.typed_places import note_place
from knowledge.content.questionnaire import UNKNOWN
from knowledge.questionnaire.kinds import Authority, Choice, Country, kind_of
from knowledge.questionnaire.typed_answer import clean, says
from knowledge.register.authorities import Found, Register
from knowledge.understanding.understanding import Understanding
from knowledge.words.text import normalise
from knowledge.words.typography import french

_MOST_TYPED = 1_000  # characters of a typed answer that are read
_TELLS_WHO = re.compile(r"(?:non )?(?:je suis|on est|nous sommes|c est pour|c est une?|ici)\b")
_SHORT = 5  # words
_CLEAR_NAME = 0.9  # score from which what is typed is the name of an authority


async def answer_typed(
    message: Message,
    text: str,
    progress: Progress,
    understanding: Understanding,
    replies: Replies,
    register: Callable[[], Register],
) -> None:
    """An answer in words. Raises SkipHandler for a question about the programme: the conversation answers it."""
    text = text[:_MOST_TYPED]
    right = kind_of(progress.screens.yes_or_no).read(text, ()) if progress.offered and not is_reserved(text) else None
    if right:
        await progress.take_known(right=right == "yes")
    elif progress.question is not None and not progress.lost:  # else what this answers may be gone: the next is shown
        reading = understanding.read(text, today=replies.renderer.today)
        typed = Typed(message, text, progress, progress.question, reading, understanding.told(text), register)
        if progress.offered:  # neither yes nor no: what follows from it is answered, or it is asked again
            await _beyond_what_is_offered(typed)
            return
        for attempt in _ATTEMPTS:
            if await attempt(typed):
                return
        await _react(typed)
    await _show(message, progress)


async def _beyond_what_is_offered(typed: Typed) -> None:
    """An answer to the question after the one to confirm confirms it too."""
    progress, words = typed.progress, typed.progress.screens.words
    if typed.asks:
        raise SkipHandler
    known = Progress(progress.screens, progress.state, {"answers": (progress.offered or {}).get("answers", {})})
    if known.question is not None and not is_reserved(typed.text):
        following = replace(typed, progress=known, question=known.question)
        named = await following.named()
        if following.value is not None or (named and named.candidates and named.candidates[0].score >= _CLEAR_NAME):
            await progress.take_known(right=True)
            taken = replace(typed, question=known.question)
            for attempt in (_answers, _clearly_names):
                if await attempt(taken):
                    return
    await typed.message.answer(**plain(words.not_understood).as_kwargs())
    await _show(typed.message, progress)


async def _is_a_button(typed: Typed) -> bool:
    """A button's label does what the button does."""
    text, progress = typed.text, typed.progress
    form, words = progress.screens, progress.screens.words
    if says(text, words.later, *words.later_also):
        note_screen("paused")
        await progress.state.set_state(None)
        await typed.message.answer(**form.paused().as_kwargs())
    elif says(text, words.cancel, *words.cancel_also):
        note_screen("cancelled")
        await typed.message.answer(**(await cancelled(progress.state, form)).as_kwargs())
    elif progress.answers and says(text, words.back, *words.back_also):
        await progress.step_back()
        await _show(typed.message, progress)
    else:
        return False
    return True


async def _says_yes_but(typed: Typed) -> bool:
    """« Oui, mais… » is no yes."""
    if not is_reserved(typed.text) or typed.kind.takes_words or not isinstance(typed.kind, Choice):
        return False
    await typed.message.answer(**plain(typed.progress.screens.words.yes_but).as_kwargs())
    await _show(typed.message, typed.progress)
    return True


async def _picks(typed: Typed) -> bool:
    """One of the authorities proposed, or none of them."""
    progress, words = typed.progress, typed.progress.screens.words
    if not progress.proposed:
        return False
    found = picked(typed.text, progress.proposed, words, await asyncio.to_thread(typed.register))
    if found is None:
        return False
    if found.elsewhere:
        there = (await asyncio.to_thread(typed.register)).look_up_in(progress.unmatched, found.elsewhere)
        if there.candidates:
            await _take_name(typed, there, progress.unmatched)
            return True
        found = Picked(none=True)
    if found.one is not None:
        await progress.accept(typed.question, {name: value for name, value in found.one.items() if name != NOTE})
        await _confirm(typed)
        return True
    if found.none:
        progress.proposed = []
        await progress.save()
        await typed.message.answer(**plain(words.authority_none).as_kwargs())
    else:
        which = words.authority_several if len(progress.proposed) > 1 else words.not_understood
        await typed.message.answer(**plain(which).as_kwargs())
    await _show(typed.message, progress)
    return True


async def _is_doubtful(typed: Typed) -> bool:
    """A valid answer, but odd: asked about once; typed again, it is what was meant."""
    progress, value = typed.progress, typed.value
    doubt = typed.kind.doubt(value, progress.screens.words) if value is not None else ""
    if not doubt or progress.chosen == [value]:
        return False
    progress.chosen = [value]
    await progress.save()
    await typed.message.answer(**plain(doubt).as_kwargs())
    return True


async def _answers(typed: Typed) -> bool:
    """It is taken, and what comes next is shown."""
    value, words = typed.value, typed.progress.screens.words
    if value is None:
        return False
    is_no_news = typed.text.strip().isdigit() or says(typed.text, *words.dont_know_also, *words.confirm_also)
    own = typed.progress.unmatched if isinstance(typed.kind, Authority) else "" if is_no_news else clean(typed.text)
    await typed.progress.accept(typed.question, value, own)
    await _confirm(typed)
    return True


async def _confirm(typed: Typed) -> None:
    """A typed name is said back, as it was read; then comes what is next."""
    progress, question = typed.progress, typed.question
    await note_place(progress.state, typed.message, f"form:{question.id}")
    if isinstance(progress.answers.get(question.id), Mapping):
        said = progress.screens.answered(progress.answers).get(question.id, "")
        await typed.message.answer(**plain(progress.screens.words.chosen.format(label=said)).as_kwargs())
    await _show(typed.message, progress)


async def _clearly_names(typed: Typed) -> bool:
    """The authorities that it surely names are proposed."""
    named = await typed.named()
    if named is None or not named.candidates or named.candidates[0].score < _CLEAR_NAME:
        return False
    await _take_name(typed, named, clean(typed.text))
    return True


async def _changes_path(typed: Typed) -> bool:
    """« On est une association », « ville de Tunis »: the first question, just answered, is answered anew."""
    progress, first = typed.progress, typed.first
    screens = progress.screens
    kind = screens.questionnaire.kinds[first.id]
    if screens.questionnaire.asked(progress.answers)[1:2] != [typed.question] or not isinstance(kind, Choice):
        return False
    said = typed.corrected or typed.text
    is_told = len(normalise(said).split()) <= _SHORT or _TELLS_WHO.match(normalise(said))
    value = None if await _is_a_body(typed) else typed.told.get(first.id)
    value = value or (kind.read(said, ()) if is_told else None)
    if value is None or value == progress.answers.get(first.id):
        return False
    await progress.accept(first, value)
    await typed.message.answer(screens.words.switched.format(answer=screens.said(first, value)))
    await _show(typed.message, progress)
    return True


async def _is_a_body(typed: Typed) -> bool:
    """Whether it names a body that is an authority's own: « CCAS de Rocamadour »."""
    named = await typed.named()
    return named is not None and named.body is not None


async def _perhaps_names(typed: Typed) -> bool:
    """The authorities that it may name are proposed; those proposed for another name are dropped."""
    named = None if typed.asks else await typed.named()
    if named is None or (typed.is_question and not named.candidates):
        return False
    await _take_name(typed, named, clean(typed.text))
    return bool(named.candidates or named.body)


async def _corrects(typed: Typed) -> bool:
    """« Non, je voulais dire le Bénin » : an answer given before is changed, the last one that this can be."""
    progress, engine = typed.progress, typed.progress.screens.questionnaire
    said = typed.corrected
    given = [one for one in engine.asked(progress.answers) if one.id in progress.answers and one != typed.question]
    for question in reversed(given) if said else ():
        kind = engine.kinds[question.id]
        value = kind.read(said, ())
        is_told = isinstance(value, Mapping) and value.get("countries") if isinstance(kind, Country) else value
        if is_told and value not in (question.otherwise, UNKNOWN, progress.answers[question.id]):
            await progress.accept(question, value, clean(said) if isinstance(kind, Country) else "")
            words, answer = progress.screens.words, progress.screens.answered(progress.answers)[question.id]
            is_path = question == engine.form.questions[0]
            told = words.switched.format(answer=progress.screens.said(question, value))
            await typed.message.answer(**plain(told if is_path else words.corrected.format(answer=answer)).as_kwargs())
            await _show(typed.message, progress)
            return True
    return False


_ATTEMPTS: tuple[Callable[[Typed], Awaitable[bool]], ...] = (
    _is_a_button,
    _corrects,
    _says_yes_but,
    _picks,
    _is_doubtful,
    _answers,
    _clearly_names,
    _changes_path,
    _perhaps_names,
)
"""What may be meant, likeliest first: each says whether it was, and has then answered."""


async def _take_name(typed: Typed, named: Found, name: str) -> None:
    """Authorities are proposed; a body that is none is kept in the person's words, `name`."""
    telling, found, progress = typed.register().telling, named.candidates, typed.progress
    progress.proposed = [kept(candidate.authority) | {NOTE: telling.former(candidate, found)} for candidate in found]
    progress.unmatched = name
    await progress.save()
    if named.body:
        await progress.accept(typed.question, UNKNOWN, name)
        await progress.accept_body(named.body.kind)
        said = f"{french(telling.body(named.body))} {progress.screens.words.authority_body}"
        await typed.message.answer(**plain(said).as_kwargs())
    if found or named.body:
        await _show(typed.message, progress)


async def _show(message: Message, progress: Progress) -> None:
    assert message.bot is not None
    await show(message.bot, message.chat.id, progress)


async def _react(typed: Typed) -> None:
    """It was no answer: a question goes to the conversation, anything else is said not to be understood."""
    words = typed.progress.screens.words
    is_answer = says(typed.text, *words.confirm_also, *words.deny_also)
    if not is_answer and (is_sure_question(typed.reading) or typed.is_question):
        raise SkipHandler
    await typed.message.answer(**plain(typed.kind.sorry(words)).as_kwargs())
