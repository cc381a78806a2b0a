"""Names of people in a question: those that something announces, and those that begin or end with a first name.

Announced: by a civility (« Mme Payet »), an office (« le maire Payet »), an introduction (« je m'appelle sophie
payet ») or a closing (« Cordialement, A. Payet »).
"""

import re
from collections.abc import Iterator
from functools import cache

from bot.memory.announced import CIVILITIES, CLOSINGS, INTRODUCTIONS, MAY_SAY_MORE, PARTICLES, PLACES, SHORT_CIVILITIES
from bot.sentences import tell
from knowledge.words.french import is_common
from knowledge.words.module_lists import words_beside
from knowledge.words.text import normalise

_WORD = r"[^\W\d_]+(?:['’-][^\W\d_]+)*"
_PARTICLES = rf"(?:(?i:{PARTICLES})\s+|(?:[dD]|N)['’])?"
_CAPITAL = r"[A-ZÀ-ÖØ-Ý][^\W\d_]*(?:['’-][^\W\d_]+)*"
_INITIALS = r"(?:[A-Z]\.\s*){0,2}"
_FULL = rf"{_INITIALS}{_PARTICLES}{_CAPITAL}(?:\s+{_CAPITAL}){{0,2}}"

_AFTER_CIVILITY = re.compile(
    rf"\b((?:(?i:{CIVILITIES})\.?|{SHORT_CIVILITIES}))(\s+)({_FULL}|{_WORD})((?:\s+et\s+{_CAPITAL})?)"
)
_AFTER_INTRODUCTION = re.compile(
    rf"\b((?i:{INTRODUCTIONS}))(\s*[:,]?\s+)({_WORD})((?:\s+(?:{_PARTICLES}{_CAPITAL}|{_WORD}))?)"
)
_AFTER_CLOSING = re.compile(rf"\b((?i:{CLOSINGS}))([\s,.:;!-]+)({_FULL})")

_TOKEN = re.compile(rf"{_WORD}|\S")
_SHORT = 4  # letters: the list of common words has no shorter ones


def without_names(question: str) -> str:
    """The question, each name replaced by a mark."""
    question = _AFTER_CIVILITY.sub(_civil, question)
    question = _AFTER_INTRODUCTION.sub(_introduced, question)
    question = _AFTER_CLOSING.sub(lambda found: f"{found[1]}{found[2]}{tell('masked_name')}", question)
    question = _after_office().sub(_in_office, question)
    return _without_first_names(question)


def _civil(found: re.Match[str]) -> str:
    """« Mme Payet », « madame payet »; not « Madame Le Maire », nor « monsieur peut-on »."""
    words = [normalise(word) for word in re.findall(_WORD, found[3])]
    is_role = any(word in _lists()["roles"] for word in words)
    is_name = (not is_role and words[0] not in _lists()["not_names"]) or _has_particle(found[3], is_role)
    return f"{found[1]}{found[2]}{tell('masked_name')}" if is_name else found[0]


def _has_particle(said: str, is_role: bool) -> bool:
    """« M. Le Goff », « Mme de La Tour »: the particle is no word of the sentence, as a capital follows."""
    return not is_role and re.fullmatch(rf"{_PARTICLES}{_CAPITAL}(?:\s+{_CAPITAL})*", said) is not None and " " in said


def _introduced(found: re.Match[str]) -> str:
    """« je m'appelle sophie payet », « mon nom : Payet »; « je suis » and the like only before a first name."""
    first, second = normalise(found[3]), normalise(found[4])
    announces = normalise(found[1]) not in MAY_SAY_MORE
    is_named = first in _lists()["names"] or (first in _lists()["surnames"] and second in _lists()["names"])
    is_ordinary = found[3].islower() and (first in _lists()["not_names"] | _lists()["roles"] or is_common(first))
    if not is_named and (not announces or is_ordinary):
        return found[0]
    is_surname = is_named or (announces and found[4].strip()[:1].isupper())
    has_second = bool(second) and is_surname and len(second) >= _SHORT - 1 and not _is_ordinary(found[4].strip())
    return f"{found[1]}{found[2]}{tell('masked_name')}{'' if has_second else found[4]}"


def _is_ordinary(word: str) -> bool:
    """Whether a word typed after a first name is one of the sentence, and no surname."""
    plain = normalise(word)
    if plain in _lists()["surnames"]:
        return False
    return plain in _lists()["roles"] | _lists()["not_names"] or (word.islower() and is_common(plain))


@cache
def _after_office() -> re.Pattern[str]:
    """An office in any letters, all its words, so that none is taken for the name: « La Directrice Générale Payet »."""
    roles, more = (_in_any_letters(_lists()[key]) for key in ("roles", "role_words"))
    word = rf"(?i:{roles}|{more})"  # no « *+ »: before Python 3.11.5 it finds nothing in a group like this one
    return re.compile(rf"\b((?i:{roles})(?:\s+{word})*)(\s+)(?!{word})({_CAPITAL}(?:\s+{_CAPITAL})?)")


def _in_any_letters(plain: frozenset[str]) -> str:
    """These words with or without their accents, not inside others."""
    return rf"\b(?:{'|'.join(sorted(plain))})\b".replace("e", "[eéè]")


def _in_office(found: re.Match[str]) -> str:
    """« le maire Payet », « Notre Collègue Payet »; not « le maire PS », nor « LE MAIRE REFUSE »."""
    name = found[3].split()[0]
    plain = normalise(name)
    is_acronym = name.isupper() and len(name) <= _SHORT
    is_said = plain in _lists()["not_names"] and not _has_particle(found[3], is_role=False)
    is_shouted = found[0].isupper() and is_common(plain) and plain not in _lists()["surnames"]
    return found[0] if is_acronym or is_said or is_shouted else f"{found[1]}{found[2]}{tell('masked_name')}"


def _without_first_names(question: str) -> str:
    found = list(_TOKEN.finditer(question))
    hidden = sorted(set(_in_names([one[0] for one in found])))
    for at in reversed(hidden):
        start, end = found[at].span()
        is_next = at + 1 in hidden and question[end : found[at + 1].start()].isspace()
        question = question[:start] + ("" if is_next else tell("masked_name")) + question[end:].lstrip(" " * is_next)
    return question


def _in_names(words: list[str]) -> Iterator[int]:
    """The places of first names and of the surnames beside them."""
    is_shouted = all(word.isupper() for word in words if word[:1].isalpha())
    for at, word in enumerate(words):
        before = words[at - 1] if at else ""
        if normalise(before) in PLACES or not _is_first_name(word, "".join(words[at + 1 : at + 2]), is_shouted):
            continue
        yield at
        for beside in (at + 1, at + 2):
            if beside >= len(words) or not _may_be_surname(words[beside], is_shouted):
                break
            yield beside
        is_in_capitals = before.isupper() and len(before) >= _SHORT and word[:1].isupper() and not is_shouted
        if is_in_capitals or (normalise(before) in _lists()["surnames"] and before[:1].isupper()):
            yield at - 1


def _is_first_name(word: str, follows: str, is_shouted: bool) -> bool:
    first, *others = (normalise(part) for part in re.split(r"[-’']", word))
    if others:  # « Jean-Marc », but not « Saint-Pierre » nor « Marie-Galante »
        return all(part in _lists()["names"] | _lists()["words"] for part in (first, *others))
    is_in_capitals = word[:1].isupper() and follows[:1].isupper() and not is_shouted
    return first in _lists()["names"] or (first in _lists()["words"] and is_in_capitals)


def _may_be_surname(word: str, is_shouted: bool) -> bool:
    """A capital, a known surname, or a word of some length that is no common French one."""
    plain = normalise(word)
    has_capital = word[:1].isupper() and not is_shouted
    is_known = plain in _lists()["surnames"]
    return has_capital or is_known or (word[:1].isalpha() and len(plain) >= _SHORT and not is_common(plain))


@cache
def _lists() -> dict[str, frozenset[str]]:
    read = words_beside(__file__, "prenoms")
    return {key: frozenset(text.split()) for key, text in read.items()}
