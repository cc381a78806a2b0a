"""The name of an authority typed in words: proposed, picked among several, kept as it is, or in another country."""

import asyncio
from dataclasses import replace

from handlers.questionnaire.homonyms import Picked, picked
from handlers.questionnaire.screens import NOTE, kept
from handlers.questionnaire.taking import confirm, show_next, switch
from handlers.questionnaire.typed_text import TypedText
from handlers.shared.screen import plain
from knowledge.content.questionnaire import UNKNOWN
from knowledge.questionnaire import countries
from knowledge.questionnaire.kinds import AuthorityKind
from knowledge.questionnaire.typed_answer import clean
from knowledge.register.authorities import FoundAuthorities
from knowledge.words.typography import french

_CLEAR_NAME = 0.9  # score from which what is typed is the name of an authority
_TOLD = 0.96  # the same of a name told as it stands, its kind or its place beside it


async def picks(typed: TypedText) -> bool:
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
        await confirm(typed)
        return True
    if found.among:
        progress.proposed = [dict(one) for one in found.among]
        await progress.save()
    if found.none:
        progress.proposed = []
        await progress.save()
        await typed.message.answer(**plain(words.authority_none).as_kwargs())
    else:
        which = words.authority_several if len(progress.proposed) > 1 else words.not_understood
        await typed.message.answer(**plain(which).as_kwargs())
    await show_next(typed.message, progress)
    return True


async def clearly_names(typed: TypedText) -> bool:
    """The authorities that it surely names are proposed."""
    named = await typed.named()
    if named is None or not is_clear(named):
        return False
    await _take_name(typed, named, clean(typed.text))
    return True


async def perhaps_names(typed: TypedText) -> bool:
    """The authorities that it may name are proposed; those proposed for another name are dropped."""
    named = None if typed.asks else await typed.named()
    if named is None or (typed.is_question and not named.candidates):
        return False
    await _take_name(typed, named, clean(typed.text))
    return bool(named.candidates or named.body)


async def names_at_once(typed: TypedText) -> bool:
    """In place of who one is, the authority itself, or a body of one: « Saint-Nolff », « le CCAS de Rennes »."""
    option = typed.authority_option
    if typed.question != typed.first or typed.is_question or option is None:
        return False
    found = await _looked_up(typed)
    is_named = is_clear(found) and typed.value is None
    if not (found.body or is_named):
        return False
    await typed.progress.accept(typed.first, option)
    following = typed.progress.question
    if following is None or (found.body and not _is_told_by_name(typed, found)):
        await show_next(typed.message, typed.progress)
    else:
        await _take_name(replace(typed, question=following), found, clean(typed.text))
    return True


async def is_abroad(typed: TypedText) -> bool:
    """A place of another country is no authority of the register."""
    is_asked = typed.question.abroad is not None and isinstance(typed.kind, AuthorityKind) and not typed.is_question
    if not is_asked or not countries.is_place_in_one(typed.text):
        return False
    found = await _looked_up(typed)
    if found.body or is_clear(found):
        return False
    await switch(typed, str(typed.question.abroad))
    return True


async def _take_name(typed: TypedText, named: FoundAuthorities, name: str) -> None:
    """Authorities are proposed; a body that is none is kept in the person's words, `name`."""
    telling, progress = typed.register().telling, typed.progress
    found = named.candidates
    if found and found[0].score >= _TOLD:  # « Aubagne » is not Aumagne
        found = [one for one in found if one.score >= _CLEAR_NAME]
    progress.proposed = [kept(candidate.authority) | {NOTE: telling.former(candidate, found)} for candidate in found]
    progress.unmatched = name
    await progress.save()
    if named.body:
        await progress.accept(typed.question, UNKNOWN, name)
        await progress.accept_body(named.body.kind)
        said = f"{french(telling.body(named.body))} {progress.screens.words.authority_body}"
        await typed.message.answer(**plain(said).as_kwargs())
    if found or named.body:
        await show_next(typed.message, progress)


def is_clear(found: FoundAuthorities) -> bool:
    """Whether it is surely the name of an authority."""
    return bool(found.candidates) and found.candidates[0].score >= _CLEAR_NAME


async def _looked_up(typed: TypedText) -> FoundAuthorities:
    register = await asyncio.to_thread(typed.register)
    return register.look_up_near(typed.text, typed.progress.near)


def _is_told_by_name(typed: TypedText, found: FoundAuthorities) -> bool:
    """Whether a body is told by its name, not by its kind alone: « le CCAS de Rennes », not « un CCAS »."""
    words = typed.text.split()[1:]
    is_capital = any(word[:1].isupper() and not word.isupper() for word in words)
    has_number = any(character.isdigit() for word in words for character in word)
    return bool(found.body and found.body.of) or is_capital or has_number
