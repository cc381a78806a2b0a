"""Which of the countries named are where a project goes, or somebody comes from, and which way one goes."""

import re
from collections.abc import Iterator
from typing import Literal

from knowledge.understanding.situation.expressions import Token, french_lists, tokens
from knowledge.understanding.situation.situation import Country, Situation

Direction = Literal["host", "send", ""]

_LISTS = {name: re.sub(r"\s+\|", "|", told) for name, told in french_lists()["partners"].items()}
_TELLS_PROJECT = re.compile(rf"\b(?:{_LISTS['tells_project']})\b")
_ONLY_MENTIONED = re.compile(rf"\b(?:{_LISTS['only_mentioned']})(?: (?:{_LISTS['between']}))*$")
_MENTIONED_BY = re.compile(rf"^(?:{_LISTS['mentioned_by']})\b")
_HOSTS = re.compile(rf"\b(?:{_LISTS['hosts']})\b")
_SENDS = re.compile(rf"\b(?:{_LISTS['sends']})\b")
_SOMEBODY_OF = re.compile(rf"\b(?:{_LISTS['somebody']})(?: (?!(?:{_LISTS['to']})\b)\w+)?(?: (?:{_LISTS['of']}))?$")


def partners(situation: Situation) -> list[Country]:
    """The countries of a project, told or asked about; none only mentioned: « né au Mali », « comme au Canada »."""
    told = {country.name for country in situation.mentions if _is_of_project(country, situation.text)}
    return [country for country in situation.countries if country.name in told]


def tells_project(situation: Situation) -> bool:
    """Whether a message tells of a project, by its words."""
    return bool(_TELLS_PROJECT.search(" ".join(situation.words)))


def direction(situation: Situation) -> Direction:
    """Whether one would have somebody come, or send somebody; empty where both are said, or neither."""
    said = _said(tokens(situation.text))
    comes = any(_SOMEBODY_OF.search(_around(country, situation.text)[0]) for country in situation.mentions)
    hosts, sends = comes or bool(_HOSTS.search(said)), bool(_SENDS.search(said))
    return "" if hosts == sends else "host" if hosts else "send"


def _is_of_project(country: Country, text: str) -> bool:
    before, named, after = _around(country, text)
    asks = "?" in re.split(r"[.!\n…]", text[country.span[1] :])[0]
    is_told = asks or _TELLS_PROJECT.search(f"{before} {named} {after}")
    return bool(is_told) and not _ONLY_MENTIONED.search(before) and not _MENTIONED_BY.search(after)


def _around(country: Country, text: str) -> tuple[str, str, str]:
    """The words of its sentence before a country, its own, and those after."""
    start, end = country.span
    sentence = next(one for one in _sentences(tokens(text)) if one[-1].end >= end)
    before = [token for token in sentence if token.end <= start]
    after = [token for token in sentence if token.start >= end]
    return _said(before), _said([token for token in sentence if start <= token.start < end]), _said(after)


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
