"""A message that holds an answer and a question, or that takes back what it began with: each is taken for itself."""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import islice

from aiogram.types import Message

from handlers.questionnaire.homonyms import picked_authority
from handlers.questionnaire.naming import is_clear
from handlers.questionnaire.progress import Progress
from handlers.questionnaire.typed_text import TypedText
from handlers.shared.hearing import Hearing
from knowledge.content.questionnaire import UNKNOWN
from knowledge.conversation.dialogue_reader import DialogueReader
from knowledge.conversation.follow_up import last_said, without_opening
from knowledge.questionnaire import countries
from knowledge.questionnaire.kinds import AuthorityKind, CountryKind, NameKind
from knowledge.questionnaire.typed_answer import clause_ends, is_reserved, spelled_signs
from knowledge.register.authorities import Register
from knowledge.understanding.segmentation import pieces
from knowledge.words.text import words

_LONGEST = 400
"""Characters; who writes more tells a story."""
_MOST_CUTS = 4
"""Places where a message is tried to be cut; each is read, and looked up in the register."""


async def holds_both(
    message: Message,
    text: str,
    progress: Progress,
    hearing: Hearing,
    register: Callable[[], Register],
    reader: DialogueReader,
    pressed: str | None = None,
) -> bool | dict[str, tuple[str, str]]:
    """A filter: the message holds an answer to the open question, and a question; they are given as `parts`."""
    said, question = pieces(text), progress.question
    is_one = len(said) <= 1 and "?" not in text.rstrip(" ?")
    if pressed or question is None or is_one or len(text) > _LONGEST or is_reserved(text):
        return False

    def typed(part: str) -> TypedText:
        return TypedText(message, part, progress, question, hearing, register)

    for answer, asked in islice(_parted(text), _MOST_CUTS):
        is_name = isinstance(progress.screens.questionnaire.kinds[question.id], NameKind)  # « Zorglub et compagnie ? »
        is_asked = ("?" in asked and not is_name) or typed(asked).reading.is_surely_ours
        if (
            is_asked
            and not _asks_of_it(answer, asked)
            and not reader.does(answer, guesses=False)
            and await is_answer(typed(spelled_signs(answer)))
        ):
            is_clear_alone = bool(typed(asked).reading.answers) or not typed(text).reading.answers
            return {"parts": (answer, asked if is_clear_alone else text)}  # « le Togo, c'est accepté ? »
    return False


def _asks_of_it(answer: str, asked: str) -> bool:
    """« Avec le Togo, c'est bon le Togo ? » : the country is asked about before it is chosen."""
    return bool({code for code, _ in countries.named(answer)} & {code for code, _ in countries.named(asked)})


def _parted(text: str) -> Iterator[tuple[str, str]]:
    """What may be an answer and what asks, the answer first, and as long as may be; then the other way round."""
    cuts = list(clause_ends(text))
    for cut in reversed(cuts):
        before, after = text[: cut.start()].strip(), text[cut.end() :].strip()
        if "?" not in cut.group() and before and _asks(after) and not _asks(before):
            yield before, after
    for cut in cuts:
        before, after = text[: cut.end()].strip(), text[cut.end() :].strip()
        if after and _asks(before) and not _asks(after):
            yield after, before


def _asks(text: str) -> bool:
    return any(piece.asks for piece in pieces(text))


async def is_answer(typed: TypedText) -> bool:
    """Whether it surely answers what is asked: it is no « je ne sais pas », nor a few words before a question."""
    progress, question, kind, value = typed.progress, typed.question, typed.kind, typed.value
    if progress.offered:  # what answers the question after it confirms it too
        known = Progress(progress.screens, progress.state, {"answers": progress.offered.get("answers", {})})
        following = replace(typed, progress=known, question=known.question) if known.question else None
        says_so = progress.says_right(typed.text)
        return bool(says_so) or (following is not None and await is_answer(following))
    register = await asyncio.to_thread(typed.register)
    if progress.proposed and (
        found := picked_authority(typed.text, progress.proposed, progress.screens.words, register)
    ):
        return found.one is not None
    if isinstance(kind, AuthorityKind) or (question == typed.first and value is None):
        named = await typed.looked_up()
        is_told = bool(named.candidates) and register.own_names.says_kind(typed.text)  # « la commune de … »
        return bool(named.body) or is_clear(named) or is_told
    if isinstance(kind, CountryKind) and isinstance(value, Mapping):
        return bool(value["countries"])
    if value is not None and (value == question.otherwise or isinstance(kind, NameKind)):
        follow_ups = progress.screens.content.conversation.follow_ups
        left = words(without_opening(typed.text, follow_ups))
        return any(word not in follow_ups.little for word in left)
    return value not in (None, UNKNOWN)


async def last_meant(typed: TypedText) -> TypedText:
    """What it says last, where it takes back the answer that it began with; else as it is."""
    after = last_said(typed.text, typed.progress.screens.content.conversation.follow_ups)
    takes_any = typed.kind.takes_words or isinstance(typed.kind, NameKind)
    if not after or typed.progress.offered or typed.progress.proposed or takes_any:
        return typed
    last = replace(typed, text=after)
    is_any = typed.question.otherwise is not None and last.value == typed.question.otherwise
    return last if not is_any and await is_answer(last) else typed
