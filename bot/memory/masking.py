"""What names somebody is taken out of a question before it is kept: addresses, numbers, accounts, names.

Names are those that are introduced (« Mme Payet », « je m'appelle sophie payet ») and those that begin or end with a
first name (« Sophie Payet », « PAYET Sophie »). A surname alone is not known from a place, and stays: it is sealed.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import yaml

from bot.sentences import tell
from knowledge.questionnaire.typed_answer import clean
from knowledge.words.french import is_common
from knowledge.words.text import normalise

MAX_QUESTION = 300
"""Characters: beyond, it is a document."""

_EMAIL = re.compile(r"[\w.+'-]{1,64}\s?(?:@|\(at\)|\[at\]|\barobase\b)\s?[\w-]{1,63}(?:\s?\.\s?[\w-]{2,63})*", re.I)
_ACCOUNT = re.compile(r"(?<!\w)@\w{3,}")
_NUMBER = re.compile(r"\+?\d(?:[\s.,()/_-]{0,3}\d){6,}")
"""Seven digits or more, however spaced: telephones, SIRET… « 120 000 habitants » stays readable."""

_WORD = r"[^\W\d_]+(?:['’-][^\W\d_]+)*"
_CAPITAL = r"(?!(?i:l[ea]s?|du|de)\b)[A-ZÀ-ÖØ-Ý][^\W\d_]*(?:['’-][^\W\d_]+)*"
_NAME = re.compile(rf"\b((?i:{tell('before_a_name')}))\s+{_CAPITAL}(?:\s+{_CAPITAL}){{0,2}}")
_NAME_AS_TYPED = re.compile(rf"\b((?i:{tell('before_a_name_as_typed')}))\s+{_WORD}(?:\s+{_CAPITAL}){{0,2}}")

_TOKEN = re.compile(rf"{_WORD}|\S")
_PLACE = frozenset(
    {"saint", "sainte", "st", "ste", "port", "fort", "cap", "ile", "mont", "rue", "place", "lycee", "ecole"}
)
"""Words after which a first name is part of a place's name."""
_SHORT = 4  # letters: the list of common words has no shorter ones


def mask(question: str) -> str:
    """The question without what names somebody, and without control characters."""
    question = clean(question[: 2 * MAX_QUESTION]).replace("\n", " ")
    question = _EMAIL.sub(tell("masked_email"), question)
    question = _ACCOUNT.sub(tell("masked_account"), question)
    question = _NUMBER.sub(tell("masked_number"), question)
    for name in (_NAME, _NAME_AS_TYPED):
        question = name.sub(rf"\1 {tell('masked_name')}", question)
    return _without_names(question)[:MAX_QUESTION].strip()


def _without_names(question: str) -> str:
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
        if normalise(before) in _PLACE or not _is_first_name(word, "".join(words[at + 1 : at + 2]), is_shouted):
            continue
        yield at
        for beside in (at + 1, at + 2):
            if beside >= len(words) or not _may_be_surname(words[beside], is_shouted):
                break
            yield beside
        if before.isupper() and len(before) >= _SHORT and word[:1].isupper() and not is_shouted:
            yield at - 1


def _is_first_name(word: str, follows: str, is_shouted: bool) -> bool:
    first, *others = (normalise(part) for part in re.split(r"[-’']", word))
    if others:  # « Jean-Marc », but not « Saint-Pierre » nor « Marie-Galante »
        return all(part in _names()["names"] | _names()["words"] for part in (first, *others))
    is_in_capitals = word[:1].isupper() and follows[:1].isupper() and not is_shouted
    return first in _names()["names"] or (first in _names()["words"] and is_in_capitals)


def _may_be_surname(word: str, is_shouted: bool) -> bool:
    """A capital, or a word of some length that is no common French one."""
    plain = normalise(word)
    has_capital = word[:1].isupper() and not is_shouted
    return has_capital or (word[:1].isalpha() and len(plain) >= _SHORT and not is_common(plain))


@cache
def _names() -> dict[str, frozenset[str]]:
    read = yaml.load(Path(__file__).with_name("prenoms.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    return {key: frozenset(text.split()) for key, text in read.items()}
