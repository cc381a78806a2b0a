"""Countries as people type them → ISO 3166-1 codes, and back to their names."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from rapidfuzz import fuzz, process

from knowledge.content.questionnaire import Aid
from knowledge.words.text import normalise

_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
_LETTER_A = 0x1F1E6
_LONGEST = 6  # words of a name
_LONGEST_ADDRESS = 8  # words
_SAINTS = frozenset({"saint", "sainte", "st", "ste"})
_SHORTEST_SLIP = 5  # letters of a name that may be misspelt
_ALIKE, _ALIKE_LONG, _LONG = 84.0, 80.0, 9  # per cent; « Guyane » is not Guyana, « Magadascar » is Madagascar


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = yaml.load(Path(__file__).with_suffix(".yaml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    return data


@cache
def _lists() -> tuple[dict[str, str], dict[str, str], frozenset[str]]:
    """Names by code, codes by normalised way to write them, and what is no country."""
    data = _data()
    names = {code: country["name"] for code, country in data["countries"].items()}
    ways = {normalise(way): code for code, known in usual_names().items() for way in known}
    return names, ways, frozenset(map(normalise, data["areas"]))


def country_name(code: str) -> str:
    """« Togo », for TG. Raises KeyError for another code."""
    return _lists()[0][code]


def usual_names() -> dict[str, tuple[str, ...]]:
    """Every way to write each country, by code."""
    return {code: (one["name"], *one.get("also", ())) for code, one in _data()["countries"].items()}


def aid_status(code: str, aid: Aid) -> str:
    """recipient or other, as the dated list says; else union, or how the sources cite it: cited, where both ways."""
    if aid.dated and code in aid.dated.countries:
        return str(aid.dated.countries[code])
    if code in aid.union:
        return "union"
    ways = {"destination": code in aid.destinations, "origin": code in aid.origins} if not aid.dated else {}
    found = [way for way, is_cited in ways.items() if is_cited]
    return "cited" if len(found) > 1 else found[0] if found else "unknown"


def is_little(word: str) -> bool:
    """Whether a word around a country says nothing of where it is."""
    return word in _data()["little"]


def is_code(code: object) -> bool:
    """Whether it is the code of a country."""
    return code in _lists()[0]


def is_area(text: str) -> bool:
    """« l'Afrique de l'Ouest »: no country, and no slip either."""
    typed = normalise(text)
    return any(f" {typed} ".endswith(f" {area} ") for area in _lists()[2])


def named(text: str) -> list[tuple[str, str]]:
    """Code and normalised way of each country within a text, in order, the longest names first where they overlap."""
    found = _flags(text)
    _, ways, _ = _lists()
    typed = normalise(text).split()
    at = 0
    while at < len(typed):
        spans = (" ".join(typed[at : at + size]) for size in range(min(_LONGEST, len(typed) - at), 0, -1))
        way = next((span for span in spans if span in ways), None)
        if way:
            found.append((ways[way], way))
        at += len(way.split()) if way else 1
    return list({code: (code, way) for code, way in found}.values()) or _misspelt(typed)


def is_place_in_one(text: str) -> bool:
    """Whether a few words say a place by its country: « au Sénégal », « Thiès, Sénégal »; no partner of a commune."""
    typed = re.sub(rf"^(?:(?:{'|'.join(_data()['we_are'])}) )+", "", normalise(text)).split()
    found = named(text)
    if len(found) != 1 or len(typed) > _LONGEST_ADDRESS or set(_data()["towards"]) & set(typed):
        return False
    exact = [way.split() for _, way in found if way in _lists()[1] or not way]
    at_ends = [way for way in exact if typed[len(typed) - len(way) :] == way or typed[: len(way)] == way]
    return any(not way or not _is_within_saint(typed, way) for way in at_ends)


def _is_within_saint(typed: list[str], way: list[str]) -> bool:
    """« Saint-Maurice » is no Mauritius."""
    return any(typed[at : at + len(way)] == way and typed[at - 1] in _SAINTS for at in range(1, len(typed)))


def _flags(text: str) -> list[tuple[str, str]]:
    codes = ("".join(chr(ord(sign) - _LETTER_A + ord("A")) for sign in flag) for flag in _FLAG.findall(text))
    return [(code, "") for code in codes if is_code(code)]


def _misspelt(typed: list[str]) -> list[tuple[str, str]]:
    """The country that one of the words, or all of them, nearly spell."""
    _, ways, areas = _lists()
    if " ".join(typed) in areas:
        return []
    likely = [way for way in ways if len(way) >= _SHORTEST_SLIP]
    for text in (" ".join(typed), *sorted(typed, key=len, reverse=True)):
        if len(text) >= _SHORTEST_SLIP:
            least = _ALIKE_LONG if len(text) >= _LONG else _ALIKE
            found = process.extractOne(text, likely, scorer=fuzz.ratio, score_cutoff=least)
            if found:
                return [(ways[found[0]], text)]
    return []
