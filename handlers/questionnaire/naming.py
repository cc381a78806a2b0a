"""The name of an authority typed in words: proposed, picked among several, kept as it is, or in another country."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import replace

from handlers.questionnaire.homonyms import Picked, picked_authority
from handlers.questionnaire.progress import Progress
from handlers.questionnaire.screens import NOTE, kept_authority, shortened
from handlers.questionnaire.taking import say_back, show_next, switch
from handlers.questionnaire.typed_text import CLEAR_NAME, TypedText
from handlers.shared.screen import answer_with, plain
from knowledge.content.questionnaire import UNKNOWN
from knowledge.questionnaire import countries
from knowledge.questionnaire.kinds import AuthorityKind, ChoiceKind, CountryKind
from knowledge.questionnaire.typed_answer import clean, renamed, says, without_introduction
from knowledge.register.authorities import FoundAuthorities, Register
from knowledge.words.text import normalise
from knowledge.words.typography import french

_WORD_ENDS = re.compile(r"[\s'’-]+")
_TOLD = 0.96  # the same of a name told as it stands, its kind or its place beside it


async def picks(typed: TypedText) -> bool:
    """One of the authorities proposed, or none of them."""
    progress, words = typed.progress, typed.progress.screens.words
    if not progress.proposed:
        return False
    found = picked_authority(typed.text, progress.proposed, words, await asyncio.to_thread(typed.register))
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
        await say_back(typed)
        return True
    if found.among:
        progress.proposed = [dict(one) for one in found.among]
        await progress.save()
    if found.none:
        progress.proposed = []
        await progress.save()
        await answer_with(typed.message, plain(words.authority_none))
    else:
        return await _asks_which(typed)
    await show_next(typed)
    return True


async def names_another(typed: TypedText) -> bool:
    """« non, finalement c'est pour Embrun », of the authority proposed, or chosen before."""
    progress, engine = typed.progress, typed.progress.screens.questionnaire
    asked = engine.asked(progress.answers)
    about = engine.authority_question(progress.answers)
    left = renamed(typed.text)
    if about is None or not left or typed.is_question:
        return False
    is_near = typed.question in asked[asked.index(about) : asked.index(about) + 2]
    if not is_near and not (about.id in progress.answers and await says_a_name(left, typed.register)):
        return False  # « non, la culture » answers what is asked now
    return await proposes_instead(typed, left)


async def proposes_instead(typed: TypedText, name: str) -> bool:
    """The authorities that a name surely means are proposed, in place of the one that was chosen."""
    progress = typed.progress
    about = progress.screens.questionnaire.authority_question(progress.answers)
    if about is None:
        return False
    other = replace(typed, text=name, question=about)
    found = await other.looked_up()
    if not is_clear(found):
        return False
    if about.id in progress.answers:
        await progress.ask_again(about.id)
    await _take_name(other, found, clean(name))
    return True


async def names_instead(text: str, register: Callable[[], Register]) -> bool:
    """Whether it may correct an authority or a country given before: « non finalement c'est le Togo »."""
    left = renamed(text)
    return bool(left) and (bool(countries.named(left)) or await says_a_name(left, register))


async def says_a_name(text: str, register: Callable[[], Register]) -> bool:
    """Whether it is worded as the name of an authority, and names no country."""
    names = (await asyncio.to_thread(register)).own_names
    return names.says_name(f" {text}") and not countries.named(text)  # a capital that begins it is one of the name


async def clearly_names(typed: TypedText) -> bool:
    """The authorities that it surely names are proposed."""
    named = await typed.named()
    if named is None or not is_clear(named):
        return False
    await _take_name(typed, named, clean(typed.text))
    return True


async def resembles_a_name(typed: TypedText) -> bool:
    """« com com du pays de Saillans », in answer to who one is: what it resembles is proposed, not asked again."""
    named = await typed.named()
    if (
        typed.is_question
        or named is None
        or not named.candidates
        or not typed.register().own_names.says_name(typed.text)
    ):
        return False
    await _take_name(typed, named, clean(typed.text))
    return True


async def tells_unmatched(typed: TypedText) -> bool:
    """« la commune de Mata-Utu », in answer to who one is: that the register has no such name is said."""
    named, names = await typed.named(), typed.register().own_names
    if typed.is_question or named is None or named.candidates or named.body or not names.says_name(typed.text):
        return False
    await _tell_unmatched(typed)
    return True


async def perhaps_names(typed: TypedText) -> bool:
    """The authorities that it may name are proposed; those proposed for another name are dropped."""
    named = None if typed.asks else await typed.named()
    if named is None or (typed.is_question and not named.candidates):
        return False
    progress, is_name = typed.progress, may_be_a_name(typed.text, typed.progress, typed.register())
    is_again = bool(progress.unmatched) and says(without_introduction(clean(typed.text)), progress.unmatched)
    if is_name and is_again and not is_clear(named):  # it is what was meant
        await progress.accept(typed.question, UNKNOWN, progress.unmatched)
        await say_back(typed)
        return True
    is_told = bool(named.body) or is_clear(named) or (bool(named.candidates) and is_name)
    is_asked = typed.reading.is_surely_ours or typed.is_question
    if progress.proposed and not is_told and not is_asked:
        return await _asks_which(typed)
    if is_told or (named.candidates and not progress.unmatched):
        await _take_name(typed, named, clean(typed.text))
        return True
    if is_name and not is_asked:
        await _tell_unmatched(typed)
        return True
    return False


async def _tell_unmatched(typed: TypedText) -> None:
    """A name that the register does not have is kept once it is typed again, or « je ne sais pas » said."""
    progress, words = typed.progress, typed.progress.screens.words
    progress.unmatched = without_introduction(clean(typed.text))
    await progress.save()
    sorry = words.authority_number if typed.register().sirens(typed.text) else words.authority_unmatched
    sorry = sorry.format(name=shortened(progress.unmatched))
    await answer_with(typed.message, plain(sorry))
    await show_next(typed)


async def _asks_which(typed: TypedText) -> bool:
    """Always: what is none of those proposed, and no other name, leaves the list where it is."""
    words = typed.progress.screens.words
    which = words.authority_several if len(typed.progress.proposed) > 1 else words.not_understood
    await answer_with(typed.message, plain(which))
    await show_next(typed)
    return True


def answers_later(text: str, progress: Progress) -> bool:
    """Whether it is an answer to what is asked later: « accueillir un jeune »."""
    engine = progress.screens.questionnaire
    open_ = [one for one in engine.asked(progress.answers) if one.id not in progress.answers and not one.of_bodies]
    kinds = (engine.kinds[one.id] for one in open_ if one != progress.question)
    return any(
        isinstance(kind, ChoiceKind) and not isinstance(kind, CountryKind) and kind.is_told_in(text) for kind in kinds
    )


def may_be_a_name(text: str, progress: Progress, register: Register) -> bool:
    """Whether words that the register does not have are kept as the name of who applies."""
    names = register.own_names
    return (
        bool(register.sirens(text))
        or names.says_kind(text)
        or (names.may_be(text) and not answers_later(text, progress))
    )


def own_words(progress: Progress, register: Register) -> str:
    """What is kept of an authority that is not known: the name typed last, if it may be one."""
    return progress.unmatched if may_be_a_name(progress.unmatched, progress, register) else ""


async def names_at_once(typed: TypedText) -> bool:
    """In place of who one is, the authority itself, or a body of one: « Saint-Nolff », « le CCAS de Rennes »."""
    option = typed.authority_option
    if typed.question != typed.first or typed.is_question or option is None:
        return False
    found = await typed.looked_up()
    is_named = is_clear(found) and typed.value is None
    if not (found.body or is_named):
        return False
    await typed.progress.accept(typed.first, option)
    following = typed.progress.question
    if following is None or (found.body and not _is_told_by_name(typed, found)):
        await show_next(typed)
    else:
        await _take_name(replace(typed, question=following), found, clean(typed.text))
    return True


async def is_abroad(typed: TypedText) -> bool:
    """A place of another country is no authority of the register."""
    is_asked = typed.question.abroad is not None and isinstance(typed.kind, AuthorityKind) and not typed.is_question
    if not is_asked or not countries.is_place_in_one(typed.text):
        return False
    found = await typed.looked_up()
    if found.body or is_clear(found):
        return False
    await switch(typed, str(typed.question.abroad))
    return True


async def _take_name(typed: TypedText, named: FoundAuthorities, name: str) -> None:
    """Authorities are proposed; a body that is none is kept in the person's words, `name`."""
    telling, progress = typed.register().telling, typed.progress
    found = named.candidates
    if found and found[0].score >= _TOLD:  # « Aubagne » is not Aumagne
        found = [one for one in found if one.score >= CLEAR_NAME]
    progress.proposed = [
        kept_authority(candidate.authority) | {NOTE: telling.former(candidate, found)} for candidate in found
    ]
    progress.unmatched = name
    await progress.save()
    if named.body:
        await progress.accept(typed.question, UNKNOWN, _name_from(name, named.body.said))
        await progress.accept_body(named.body.kind)
        said = f"{french(telling.body(named.body))} {progress.screens.words.authority_body}"
        await answer_with(typed.message, plain(said))
    if found or named.body:
        await show_next(typed)


def _name_from(text: str, begins: str) -> str:
    """« je suis agent au PETR de Langres » : the name alone, from the word that begins it; as it is otherwise."""
    said = without_introduction(text)
    ends = (" ".join(said.split()[at:]) for at in range(len(said.split()))) if said != text else ()
    return next((end for end in ends if f"{normalise(end)} ".startswith(f"{begins} ")), said)


def is_clear(found: FoundAuthorities) -> bool:
    """Whether it is surely the name of an authority."""
    return bool(found.candidates) and found.candidates[0].score >= CLEAR_NAME


def _is_told_by_name(typed: TypedText, found: FoundAuthorities) -> bool:
    """Whether a body is told by its name, not by its kind alone: « le CCAS de Rennes », not « un CCAS »."""
    words = _WORD_ENDS.split(typed.text)[1:]
    is_capital = any(word[:1].isupper() and not word.isupper() for word in words)
    has_number = any(character.isdigit() for word in words for character in word)
    is_one = found.body is not None and (found.body.is_unique or found.body.of is not None)
    return is_one or is_capital or has_number
