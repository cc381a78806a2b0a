"""Which of the countries named are where a project goes, or somebody comes from, and which way one goes."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from knowledge.understanding.situation.expressions import Token, french_lists, tokens
from knowledge.understanding.situation.situation import Country, Situation

Direction = Literal["host", "send", ""]

_LISTS = {name: re.sub(r"\s+\|", "|", told) for name, told in french_lists()["partners"].items()}
_TELLS_PROJECT = re.compile(rf"\b(?:{_LISTS['tells_project']})\b")
_ONLY_MENTIONED = re.compile(rf"\b(?:{_LISTS['only_mentioned']})(?: (?:{_LISTS['between']}))*$")
_MENTIONED_BY = re.compile(rf"^(?:{_LISTS['mentioned_by']})\b")
_HOSTS = re.compile(rf"\b(?:{_LISTS['hosts']})\b")
_SENDS = re.compile(rf"\b(?:{_LISTS['sends']})\b")
_NOT_MEANT = re.compile(rf"\b(?:{_LISTS['not_meant']})\b")
_IS_OF = re.compile(rf"\b(?:{_LISTS['is_of']}|{_LISTS['comes_from']})$")
_LIVES = re.compile(rf"\b(?:{_LISTS['lives']})$")
_UP_TO_END = re.compile(r"[.!\n…]")
_SOMEBODY_OF = re.compile(rf"\b(?:{_LISTS['somebody']})(?: (?!(?:{_LISTS['to']})\b)\w+)?(?: (?:{_LISTS['of']}))?$")


_MOST = 20
"""Times that a country is named which are looked at: each is looked at with its whole sentence."""


class _Mention(NamedTuple):
    """A country where it is named: the words of its sentence before it, its own, those after; whether that asks."""

    country: Country
    before: str
    named: str
    after: str
    asks: bool


def partners(situation: Situation) -> list[Country]:
    """The countries of a project, told or asked about; none only mentioned: « né au Mali », « comme au Canada »."""
    told = {one.country.name for one in _mentions(situation) if _is_of_project(one)}
    return [country for country in situation.countries if country.name in told]


def origins(situation: Situation) -> list[str]:
    """The names of the countries that somebody is of: « je suis malien », « née au Mali »."""
    return [one.country.name for one in _mentions(situation) if _IS_OF.search(one.before)]


def lives_abroad(situation: Situation) -> bool:
    """Whether somebody is said to live in a country that is named."""
    return any(_LIVES.search(one.before) and not _IS_OF.search(one.before) for one in _mentions(situation))


def tells_project(situation: Situation) -> bool:
    """Whether a message tells of a project, by its words."""
    return bool(_TELLS_PROJECT.search(" ".join(situation.words)))


def direction(situation: Situation) -> Direction:
    """Whether one would have somebody come, or send somebody; empty where both are said, or neither."""
    said = _NOT_MEANT.sub(" ", _said(tokens(situation.text)))
    comes = any(_SOMEBODY_OF.search(one.before) for one in _mentions(situation))
    hosts, sends = comes or bool(_HOSTS.search(said)), bool(_SENDS.search(said))
    return "" if hosts == sends else "host" if hosts else "send"


def says_not(text: str) -> bool:
    """Whether a text says which way one does not go."""
    return bool(_NOT_MEANT.search(_said(tokens(text))))


def _is_of_project(one: _Mention) -> bool:
    is_told = one.asks or _TELLS_PROJECT.search(f"{one.before} {one.named} {one.after}")
    return bool(is_told) and not _ONLY_MENTIONED.search(one.before) and not _MENTIONED_BY.search(one.after)


def _mentions(situation: Situation) -> Iterator[_Mention]:
    text, mentions = situation.text, situation.mentions[:_MOST]
    sentences = list(_sentences(tokens(text))) if mentions else []
    for country in mentions:
        start, end = country.span
        sentence = next(one for one in sentences if one[-1].end >= end)
        before = _said([token for token in sentence if token.end <= start])
        named = _said([token for token in sentence if start <= token.start < end])
        after = _said([token for token in sentence if token.start >= end])
        yield _Mention(country, before, named, after, "?" in _UP_TO_END.split(text[end:], maxsplit=1)[0])


def _sentences(typed: list[Token]) -> Iterator[list[Token]]:
    sentence: list[Token] = []
    for token in typed:
        if sentence and token.begins_sentence:
            yield sentence
            sentence = []
        sentence.append(token)
    yield sentence


def _said(typed: list[Token]) -> str:
    return " ".join(token.word for token in typed)
