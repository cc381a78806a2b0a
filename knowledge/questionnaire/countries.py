"""Countries as people type them → ISO 3166-1 codes, and back to their names."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from knowledge.content.questionnaire import Aid
from knowledge.questionnaire.typed_answer import NOT, is_said
from knowledge.words.french import is_common
from knowledge.words.module_lists import words_beside
from knowledge.words.text import normalise

LEFT_OUT = frozenset({"union", "other"})
"""Statuses of countries that development aid does not cover."""
_FLAG = re.compile("([\U0001f1e6-\U0001f1ff]{2})")
_LETTER_A = 0x1F1E6
_CUT = "|"
_CUTS = re.compile(r"[,;/+&\n|]")
_LONGEST = 6  # words of a name
_LONGEST_ADDRESS = 8  # words
_SHORTEST_SLIP = 5  # letters of a name that may be misspelt
_ALIKE_WHOLE = 90.0  # where it goes on after the name of another: « Congo Kinsasha »
_ALIKE, _ALIKE_LONG, _LONG = 84.0, 80.0, 9  # per cent; « Guyane » is not Guyana, « Magadascar » is Madagascar


@cache
def _data() -> dict[str, Any]:
    return words_beside(__file__)


@cache
def _lists() -> tuple[dict[str, str], dict[str, str], frozenset[str]]:
    """Names by code, codes by normalised way to write them, and what is no country."""
    data = _data()
    names = {code: country["name"] for code, country in data["countries"].items()}
    ways = {normalise(way): code for code, known in usual_names().items() for way in known}
    return names, ways, frozenset(map(normalise, data["areas"]))


@cache
def _first_words() -> frozenset[str]:
    return frozenset(way.partition(" ")[0] for way in _lists()[1])


@lru_cache(maxsize=200)
def _near_in_length(size: int, least: float) -> list[str]:
    """What may be misspelt in so many letters, being so much alike: both count the letters that are the same."""
    known = (way for way in _lists()[1] if len(way) >= _SHORTEST_SLIP)
    return [way for way in known if 200 * min(size, len(way)) >= least * (size + len(way))]


def country_name(code: str) -> str:
    """« Togo », for TG. Raises KeyError for another code."""
    return _lists()[0][code]


def usual_names() -> dict[str, tuple[str, ...]]:
    """Every way to write each country, by code."""
    return {code: (one["name"], *one.get("also", ())) for code, one in _data()["countries"].items()}


@cache
def inhabitants() -> dict[str, tuple[str, ...]]:
    """The people of each country and its adjective, singular and plural, by code."""
    known = ((code, one.get("people", "").split()) for code, one in _data()["countries"].items())
    return {code: tuple(form for word in words for form in (word, _plural(word))) for code, words in known}


def _plural(word: str) -> str:
    return word if word.endswith(("s", "x")) else f"{word}s"


def aid_status(code: str, aid: Aid) -> str:
    """recipient or other, as the dated list says; else union, or how the sources cite it: cited, where both ways.

    unlisted: a list was given, and says nothing of it.
    """
    if aid.dated and code in aid.dated.countries:
        return str(aid.dated.countries[code])
    if code in aid.union:
        return "union"
    if aid.dated:
        return "unlisted"
    ways = {"destination": code in aid.destinations, "origin": code in aid.origins}
    found = [way for way, is_cited in ways.items() if is_cited]
    return "cited" if len(found) > 1 else found[0] if found else "unknown"


def is_little(word: str) -> bool:
    """Whether a word around a country says nothing of where it is."""
    return word in _data()["little"]


def is_code(code: object) -> bool:
    """Whether it is the code of a country."""
    return code in _lists()[0]


def code_meant(typed: str) -> str:
    """The code that an editor meant: in small letters, in three letters, or the name of one country; else nothing.

    A name that several begin with, « Congo » beside « Corée », tells none: a wrong code would be right to the eye.
    """
    known, code = _lists()[0], typed.strip().upper()
    if found := code if code in known else _data()["three_letters"].get(code):
        return str(found)
    exact, words = _lists()[1].get(normalise(typed)), normalise(typed)
    if exact or len(words) < _SHORTEST_SLIP:
        return exact or ""
    alike = process.extract(words, [*_lists()[1]], scorer=OSA.normalized_similarity, score_cutoff=_ALIKE / 100)
    begun = [way for way in _lists()[1] if way.startswith(f"{words} ")]
    codes = {_lists()[1][way] for way in [*(str(one[0]) for one in alike), *begun]}
    return codes.pop() if len(codes) == 1 else ""


def is_area(text: str) -> bool:
    """« l'Afrique de l'Ouest »: no country, and no slip either."""
    typed = normalise(text)
    return any(f" {typed} ".endswith(f" {area} ") for area in _lists()[2])


@lru_cache(maxsize=200)  # each clause of a message is compared with the countries of the whole
def named(text: str) -> list[tuple[str, str]]:
    """Code and normalised way of each country within a text, in order, the longest names first where they overlap."""
    found: dict[str, str] = {}
    for part in _FLAG.split(text):  # every other one is a flag
        for code, way in _flag(part) or _written(part):
            found[code] = found.get(code) or way
    return list(found.items()) or _misspelt(normalise(text).split())


def _written(text: str) -> Iterator[tuple[str, str]]:
    for words, exact in _segments(text):
        yield from _in_segment(words, exact) or (_slipped(" ".join(words)) if len(words) == 1 else [])


@lru_cache(maxsize=200)
def left(text: str, *, denied: bool = True) -> frozenset[str]:
    """The codes of the countries that a text leaves for others: « le Bénin plutôt que la Roumanie ».

    `denied`: also by a plain denial, « pas le Mali mais le Togo ».
    """
    typed, data = normalise(text), _data()
    is_worded_so = re.search(rf"\b(?:{data['left_before']}|{data['left_after']})\b", typed)
    if not is_worded_so and NOT.isdisjoint(typed.split()):
        return frozenset()
    little = "|".join(data["little"])
    said = [(code, way) for code, way in named(text) if way]
    before = rf"\b(?:{data['left_before']})(?: (?:{little}))*"
    apart = normalise(_CUTS.sub(f" {data['between'][0]} ", text))  # « le Mali ça marche pas, au Sénégal oui »
    unsaid = {code for code, way in said if denied and not is_said(way, apart)}
    return frozenset(unsaid if len(unsaid) < len(said) else ()) | frozenset(
        code
        for code, way in said
        if re.search(rf"{before} {re.escape(way)}\b", typed)
        or re.search(rf"\b{re.escape(way)} (?:{data['left_after']})\b", typed)
    )


def _segments(text: str) -> Iterator[tuple[list[str], list[tuple[str, str]]]]:
    """What stands between « , », « / », « et », « ou »: its words, and the countries that are spelled right in it."""
    _, ways, _ = _lists()
    between = {_CUT, *_data()["between"]}
    typed = [word for part in _CUTS.split(text) for word in (*normalise(part).split(), _CUT)]
    words: list[str] = []
    exact: list[tuple[str, str]] = []
    at = 0
    while at < len(typed):
        longest = min(_LONGEST, len(typed) - at) if typed[at] in _first_words() else 0
        spans = (" ".join(typed[at : at + size]) for size in range(longest, 0, -1))
        way = next((span for span in spans if span in ways), None)
        if way:  # « et » within « Antigua-et-Barbuda » cuts nothing
            exact.append((ways[way], way))
        elif typed[at] in between:
            yield words, exact
            words, exact = [], []
        size = len(way.split()) if way else 1
        words += typed[at : at + size] if typed[at] not in between or way else []
        at += size


def _in_segment(words: list[str], exact: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Its countries; one that all of it nearly spells, « guinée équatorial », before « guinée » alone."""
    while words and is_little(words[0]):
        words = words[1:]
    if exact:
        whole = " ".join(words)
        longer = _nearest(whole, _ALIKE_WHOLE) if len(exact) == 1 and whole != exact[0][1] else []
        return longer or exact
    ends = (words[-size:] for size in range(min(_LONGEST, len(words)), 0, -1))
    said = ((" ".join(end), _ALIKE_WHOLE if end[1:] else 0) for end in ends if not is_little(end[0]))
    return next((found for text, least in said if (found := _nearest(text, least))), [])


def _slipped(word: str) -> list[tuple[str, str]]:
    """The country that a word alone in its place spells but for a letter: « maroq », « kenia »; no French word."""
    if len(word) < _SHORTEST_SLIP or word in _data()["no_slips"] or is_common(word):
        return []
    names = {normalise(name): code for code, name in _lists()[0].items()}
    found = process.extractOne(word, list(names), scorer=OSA.distance, score_cutoff=1)
    return [(names[found[0]], word)] if found else []


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
    return any(typed[at : at + len(way)] == way and typed[at - 1] in _data()["saints"] for at in range(1, len(typed)))


def _flag(text: str) -> list[tuple[str, str]]:
    """The country whose flag is all of a text."""
    code = "".join(chr(ord(sign) - _LETTER_A + ord("A")) for sign in text) if _FLAG.fullmatch(text) else ""
    return [(code, "")] if is_code(code) else []


def _misspelt(typed: list[str]) -> list[tuple[str, str]]:
    """The country that one of the words, or all of them, nearly spell."""
    if " ".join(typed) in _lists()[2]:
        return []
    texts = (" ".join(typed), *sorted(typed, key=len, reverse=True))
    return next((found for text in texts if (found := _nearest(text))), [])


def _nearest(text: str, least: float = 0) -> list[tuple[str, str]]:
    """The country that a text nearly spells, if any; an area is none."""
    _, ways, areas = _lists()
    if len(text) < _SHORTEST_SLIP or text in areas or text in _data()["no_slips"]:
        return []
    least = least or (_ALIKE_LONG if len(text) >= _LONG else _ALIKE)
    found = process.extractOne(text, _near_in_length(len(text), least), scorer=fuzz.ratio, score_cutoff=least)
    return [(ways[found[0]], text)] if found else []
