"""What is typed while a question of the questionnaire is open: an answer, or a question about the programme."""

import asyncio
import itertools
from collections.abc import Awaitable, Callable
from dataclasses import replace

from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.types import Message

from handlers.questionnaire.correcting import corrects, told_of_named
from handlers.questionnaire.naming import (
    answers_later,
    clearly_names,
    is_abroad,
    is_clear,
    names_another,
    names_at_once,
    own_words,
    perhaps_names,
    picks,
    resembles_a_name,
    tells_unmatched,
)
from handlers.questionnaire.offered import names_again, renames_what_is_offered, says_again_who
from handlers.questionnaire.progress import Progress, cancelled, show
from handlers.questionnaire.several_things import last_meant
from handlers.questionnaire.taking import say_back, show_next, switch
from handlers.questionnaire.typed_text import MOST_TYPED, TypedText
from handlers.shared.hearing import Hearing
from handlers.shared.screen import answer_with, plain
from handlers.shared.turn import note_screen
from knowledge.questionnaire import countries
from knowledge.questionnaire.affirming import WAYS
from knowledge.questionnaire.filler import without_filler
from knowledge.questionnaire.kinds import AuthorityKind, ChoiceKind, CountryKind
from knowledge.questionnaire.typed_answer import (
    clean,
    is_reserved,
    opens_bare,
    renamed,
    says,
    says_loosely,
    spelled_signs,
    tells_who,
)
from knowledge.register.authorities import Register
from knowledge.words.text import normalise

_SHORT = 5  # words


async def answer_typed(
    message: Message,
    text: str,
    progress: Progress,
    hearing: Hearing,
    register: Callable[[], Register],
    instead_of: str = "",
    asks_beside: bool = False,
) -> None:
    """An answer in words; `instead_of` and `asks_beside` are those of `TypedText`.

    Raises SkipHandler for a question about the programme: the conversation answers it.
    """
    text = without_filler(spelled_signs(text[:MOST_TYPED]))
    right = progress.says_right(text) if progress.offered and not is_reserved(text) else None
    may_rename = progress.offered and (renamed(text) or not right)
    if may_rename and await renames_what_is_offered(message, text, progress, hearing, register):
        return
    if right:
        await progress.take_known(right=right == "yes")
    elif progress.question is not None and not progress.lost:  # else what this answers may be gone: the next is shown
        typed = TypedText(message, text, progress, progress.question, hearing, register, instead_of, asks_beside)
        if progress.offered:  # neither yes nor no: what follows from it is answered, or it is asked again
            await _beyond_what_is_offered(typed)
            return
        if await names_another(typed):
            return
        typed = await last_meant(typed)
        for attempt in _ATTEMPTS:
            if await attempt(typed):
                return
        await _react(typed)
    assert message.bot is not None
    if not asks_beside:
        await show(message.bot, message.chat.id, progress)


async def _beyond_what_is_offered(typed: TypedText) -> None:
    """An answer to the question after the one to confirm confirms it too."""
    progress, words = typed.progress, typed.progress.screens.words
    if typed.asks:
        raise SkipHandler
    known = Progress(progress.screens, progress.state, {"answers": (progress.offered or {}).get("answers", {})})
    if await names_again(typed, known):
        await progress.take_known(right=True)
        await show_next(typed)
        return
    if known.question is not None and not is_reserved(typed.text):
        following = replace(typed, progress=known, question=known.question)
        named = await following.named()
        if following.value is not None or (named and is_clear(named)):
            await progress.take_known(right=True)
            taken = replace(typed, question=known.question)
            for attempt in (_answers, clearly_names):
                if await attempt(taken):
                    return
    if await says_again_who(typed, known):
        return
    await answer_with(typed.message, plain(words.not_understood))
    await show_next(typed)


async def _is_a_button(typed: TypedText) -> bool:
    """A button's label does what the button does."""
    text, progress = typed.text, typed.progress
    form, words = progress.screens, progress.screens.words
    if says(text, words.later, *words.later_also):
        note_screen("paused")
        await progress.state.set_state(None)
        await answer_with(typed.message, form.paused())
    elif says(text, words.cancel, *words.cancel_also):
        note_screen("cancelled")
        await answer_with(typed.message, await cancelled(progress.state, form))
    elif progress.answers and says(text, words.back, *words.back_also):
        await progress.step_back()
        await show_next(typed)
    else:
        return False
    return True


async def _denies_the_name(typed: TypedText) -> bool:
    """« Non, pas celle-là », of the authority just chosen: which one is asked again."""
    progress, engine = typed.progress, typed.progress.screens.questionnaire
    asked = engine.asked(progress.answers)
    before = next((one for one, other in itertools.pairwise(asked) if other == typed.question), None)
    is_wrong = says(typed.text, *progress.screens.words.authority_wrong_also)
    if before is None or not isinstance(engine.kinds[before.id], AuthorityKind) or not is_wrong:
        return False
    await progress.ask_again(before.id)
    await show_next(typed)
    return True


async def _says_yes_but(typed: TypedText) -> bool:
    """« Oui, mais… » is no yes."""
    if not is_reserved(typed.text) or typed.kind.takes_words or not isinstance(typed.kind, ChoiceKind):
        return False
    await answer_with(typed.message, plain(typed.progress.screens.words.yes_but))
    await show_next(typed)
    return True


async def _is_doubtful(typed: TypedText) -> bool:
    """A valid answer, but odd: asked about once; typed again, it is what was meant."""
    progress, value = typed.progress, typed.value
    doubt = typed.kind.doubt(value, progress.screens.words) if value is not None else ""
    if not doubt or progress.chosen == [value]:
        return False
    progress.chosen = [value]
    await progress.save()
    await answer_with(typed.message, plain(doubt))
    return True


async def _answers(typed: TypedText) -> bool:
    """It is taken, and what comes next is shown."""
    value, words = typed.value, typed.progress.screens.words
    if value is None:
        return False
    is_place = typed.text.strip().isdigit() and value != typed.question.bare  # « 2 », of the second option
    is_no_news = is_place or says_loosely(typed.text, *words.dont_know_also, *WAYS, *words.deny_also)
    own = "" if is_no_news or typed.kind.is_in_its_words(typed.text) else clean(typed.text)
    if isinstance(typed.kind, AuthorityKind):
        own = own_words(typed.progress, await asyncio.to_thread(typed.register))
    value = typed.kind.completed(value, typed.progress.chosen[:1])
    await typed.progress.accept(typed.question, value, own)
    if typed.question == typed.first and await _tells_more(typed):
        return True
    await say_back(typed)
    return True


async def _tells_more(typed: TypedText) -> bool:
    """What the answer to the first question tells besides: « comité de jumelage », « région Occitanie »."""
    progress, engine = typed.progress, typed.progress.screens.questionnaire
    for question in engine.asked(progress.answers):
        if question.id in typed.told and question.id not in progress.answers and question.kind == "choice":
            await progress.accept(question, typed.told[question.id])
    following = progress.question
    kind = engine.kinds[following.id] if following else None
    if following and isinstance(kind, ChoiceKind) and not isinstance(kind, CountryKind) and not following.otherwise:
        value = kind.told_at_length(typed.text)
        if value is not None:
            await progress.accept(following, value)
    if following is None or not isinstance(kind, AuthorityKind):
        return False
    named = replace(typed, question=following)
    for attempt in (is_abroad, clearly_names, resembles_a_name, tells_unmatched):
        if await attempt(named):
            return True
    return False


async def _changes_path(typed: TypedText) -> bool:
    """« On est une association », « ville de Tunis »: the first question, just answered, is answered anew."""
    progress, first = typed.progress, typed.first
    screens = progress.screens
    kind = screens.questionnaire.kinds[first.id]
    if screens.questionnaire.asked(progress.answers)[1:2] != [typed.question] or not isinstance(kind, ChoiceKind):
        return False
    said = typed.corrected or typed.text
    is_told = len(normalise(said).split()) <= _SHORT or tells_who(said)
    value = None if await _is_a_body(typed) else typed.told.get(first.id)
    if value is None and is_told and not answers_later(said, progress):  # « accueillir un jeune »: no « jeune » applies
        value = kind.read(said, ())
    if value is None or value == progress.answers.get(first.id):
        return False
    await switch(typed, value)
    return True


async def _is_a_body(typed: TypedText) -> bool:
    """Whether it names a body that is an authority's own: « CCAS de Rocamadour »."""
    named = await typed.named()
    return named is not None and named.body is not None


async def _corrects_before(typed: TypedText) -> bool:
    """What begins as a correction, or leaves a country for another, may change an answer given before.

    So does a country alone, « finalement c'est le Togo », where any words would be an answer.
    """
    leaves = not isinstance(typed.kind, CountryKind) and bool(countries.left(typed.text))
    is_country = typed.question.otherwise is not None and bool(countries.named(typed.text))
    may_correct = typed.corrected or leaves or is_country or told_of_named(typed)
    return bool(may_correct) and not typed.is_question and await corrects(typed)


_ATTEMPTS: tuple[Callable[[TypedText], Awaitable[bool]], ...] = (
    _is_a_button,
    _denies_the_name,
    _corrects_before,
    _says_yes_but,
    is_abroad,
    picks,
    names_at_once,
    _is_doubtful,
    _answers,
    clearly_names,
    _changes_path,
    perhaps_names,
)
"""What may be meant, likeliest first: each says whether it was, and has then answered."""


async def _react(typed: TypedText) -> None:
    """It was no answer: a question goes to the conversation, anything else is said not to be understood."""
    words = typed.progress.screens.words
    is_reply = opens_bare(typed.text) and not typed.is_question
    # « surtout pas le Mali » answers the question, and leaves it open
    is_country = isinstance(typed.kind, CountryKind) and bool(countries.named(typed.text)) and "?" not in typed.text
    is_answer = is_reply or is_country or says(typed.text, *WAYS, *words.deny_also)
    if not is_answer and (typed.reading.is_surely_ours or typed.is_question):
        raise SkipHandler
    await answer_with(typed.message, plain(typed.kind.sorry(words)))
