"""Where one is, and which country one speaks of: by name only, never by a stem or a slip."""

import gzip
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from knowledge.content.questionnaire import Aid, Form
from knowledge.content.situation import Countries
from knowledge.questionnaire.countries import aid_status, inhabitants, left, usual_names
from knowledge.register.lines import REGISTER_FILE
from knowledge.register.query import INTERCO
from knowledge.understanding.situation.areas import Area, area_by_code, area_lines
from knowledge.understanding.situation.expressions import Token, expressions, french_lists, listed, span
from knowledge.understanding.situation.situation import Country, Place, Span
from knowledge.words.text import unaccented
from knowledge.words.word_groups import Expressions

_LISTS = french_lists()
_TO_PLACE = frozenset(_LISTS["to_place"].split())
_DOUBTFUL_COUNTRIES = frozenset(_LISTS["doubtful_countries"].split())
_NOT_COUNTRIES = expressions([(_LISTS["not_countries"], True)])
_BEFORE_LANGUAGE = frozenset(_LISTS["before_language"].split())
_DOUBTFUL_AREAS = frozenset(_LISTS["doubtful_areas"].split())
_LEADS_TO_AREA = listed(_LISTS["leads_to_area"])
_NOT_AREAS = listed(_LISTS["not_areas"])
_THE, _MEETING = _LISTS["the_meeting"].split()
_BEFORE_MEETING = frozenset(_LISTS["before_meeting"].split())
_AFTER_MEETING = frozenset(_LISTS["after_meeting"].split())
_IN_SO_LONG = frozenset(_LISTS["in_so_long"].split())
_TIME_UNITS = frozenset(_LISTS["time_units"].split())
_NUMBERS = frozenset(_LISTS["numbers"])
_SAYS_WHEN = 3
"""Words of « dans dix minutes », « à 14 h »."""
_TELLS_MEETING = frozenset(_LISTS["tells_meeting"].split())
_CONTRACTS, *_CONTRACTED = _LISTS["contracted"].split()
_COUNTED = frozenset(f"{_LISTS['counted']} {_LISTS['inhabitants']}".split())
_MONEY = "€"
_BEFORE_NUMBER = listed(_LISTS["before_number"])
_NEAR = 3  # words
_CONTINUES = frozenset(_LISTS["continues_name"].split())
_LE, _GREAT = _LISTS["begins_intercos"].split("|")
_TELLING = 3  # words
_METROPOLE, _COMMUNE = "metro", "commune"
_POSTCODE = 5  # digits
_NEXT = (1, 2, 3)
"""Words from a name to the next one of a list: « Maurice, Madagascar », « le malien ou l'espagnol »."""


@cache
def _areas() -> Expressions[Area]:
    """The régions, départements and overseas territories, by every usual name."""
    shared = _LISTS["names_of_towns"]
    listed = ((row[8], Area(row[8], row[5])) for row in area_lines() if row[0] in ("departement", "region"))
    usual = ((names, Area(*told.split(", "))) for names, told in _LISTS["areas"].items())
    return expressions([*((name, area) for name, area in listed if name not in shared), *usual])


@cache
def _overseas_communes() -> Expressions[Area]:
    """The names that communes bear in one place overseas and none in the hexagone: Sainte-Rose is in two.

    Reading the whole register takes a tenth of a second: once, and only when some name is to be looked up.
    """
    zones: dict[str, set[str]] = defaultdict(set)
    territories: dict[str, set[str]] = defaultdict(set)
    with gzip.open(REGISTER_FILE, "rt", encoding="utf-8") as file:
        for line in file:
            kind, _, _, departement, _, zone, _, _, name, _ = line.split("\t")
            if kind == _COMMUNE:
                zones[name].add(zone)
                territories[name].add(departement)
    overseas = ((name, *territories[name]) for name, found in zones.items() if _METROPOLE not in found)
    alone = ((name, where[0]) for name, *where in overseas if len(where) == 1)
    return expressions((name, area_by_code()[code]) for name, code in alone if code in area_by_code())


@cache
def intercos() -> tuple[str, ...]:
    """The names that tell an intercommunalité by themselves: « Grand Cahors », « Lamballe Terre et Mer »."""
    with gzip.open(REGISTER_FILE, "rt", encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file if not line.startswith(_COMMUNE)]
    names = (row[9].partition("|")[0].removeprefix(_LE) for row in rows if row[0] in INTERCO)
    return tuple(name for name in names if _is_telling(name.split()))


def _is_telling(name: list[str]) -> bool:
    """« Grand Reims », or three words that count: fewer may be said of anything."""
    return (name[0] == _GREAT and len(name) > 1) or len([word for word in name if word not in _CONTINUES]) >= _TELLING


def places(typed: list[Token], words: list[str], text: str) -> Iterator[Place]:
    """The places of France named, in order. Postcodes and numbers of départements count, other numbers do not."""
    at = 0
    while at < len(typed):
        area, size = _area(at, typed, words, text)
        if area is not None:
            yield Place(area.name, area.zone, span(typed, at, at + size))
        at += size


def _area(at: int, typed: list[Token], words: list[str], text: str) -> tuple[Area | None, int]:
    if words[at].isdigit() or words[at] in ("2a", "2b"):
        return _numbered(at, typed, words, text), 1
    area, size = _areas().at(at, words)
    if area is not None and not _is_part_of_name(at, size, typed) and not _is_common_word(at, size, typed):
        return area, size
    if typed[at].capital and at and words[at - 1] in _TO_PLACE:
        area, size = _overseas_communes().at(at, words)
        if area is None and words[at - 1] in _CONTRACTED:  # « du Robert » is of « Le Robert »
            area, size = _overseas_communes().at(0, [_CONTRACTS, *words[at : at + 5]])
            size -= 1
        if area is not None and not _is_part_of_name(at, size, typed):
            return area, size
    return None, max(1, size)


def _numbered(at: int, typed: list[Token], words: list[str], text: str) -> Area | None:
    word = words[at]
    if len(word) == _POSTCODE:
        is_amount = text[typed[at].end :].lstrip().startswith(_MONEY) or not _COUNTED.isdisjoint(words[at + 1 : at + 2])
        return None if is_amount else area_by_code().get(word[:3]) or area_by_code().get(word[:2])
    closes = all(")" in token.before for token in typed[at + 1 : at + 2])  # « (28) », not « (28 000 hab.) »
    is_told = words[at - 2 : at] in _BEFORE_NUMBER or (typed[at].before.endswith("(") and closes)
    return area_by_code().get(word) if at and is_told and len(word) <= 3 else None


def _is_part_of_name(at: int, size: int, typed: list[Token]) -> bool:
    """Whether the words are only a part of a longer name: « Saint-Barthélemy-d'Anjou », « Val-de-Marne-Sud »."""
    follows = typed[at + size : at + size + 2]
    goes_on = bool(follows) and (
        follows[0].before in ("-", "‑") or (typed[at].word == "saint" and follows[0].word in _CONTINUES)
    )
    return goes_on or typed[at].before in ("-", "‑")


def _is_common_word(at: int, size: int, typed: list[Token]) -> bool:
    token = typed[at]
    if typed[at + size - 1].word == _MEETING and _is_meeting(at, size, typed):
        return True
    if size > 1 or token.word not in _DOUBTFUL_AREAS or "(" in token.before:
        return False
    is_led = at > 0 and typed[at - 1].word in _TO_PLACE
    return not (token.capital and is_led) and not _is_led_to(at, typed)


def _is_led_to(at: int, typed: list[Token]) -> bool:
    """« en creuse », « ds la drôme », in small letters."""
    before = [token.word for token in typed[max(0, at - 2) : at]]
    lead = next((lead for lead in _LEADS_TO_AREA if before[-len(lead) :] == lead), None)
    return lead is not None and [*lead, typed[at].word] not in _NOT_AREAS


def _is_meeting(at: int, size: int, typed: list[Token]) -> bool:
    """« On sort d'une réunion », « hier à la réunion du bureau »: no island, unless its name has its capital."""
    before = {token.word for token in typed[max(0, at - 2) : at]}
    after = {token.word for token in typed[at + size : at + size + 1]}
    is_named = typed[at + size - 1].capital and (size > 1 or (at > 0 and not typed[at].opens))
    is_told = not (_BEFORE_MEETING.isdisjoint(before) and _AFTER_MEETING.isdisjoint(after))
    return not is_named and (is_told or _is_soon(at + size, typed))


def _is_soon(at: int, typed: list[Token]) -> bool:
    """« Réunion dans 10 min », « réunion à 14 h » : what follows tells when."""
    said = [token.word for token in typed[at : at + 3]]
    return (
        len(said) == _SAYS_WHEN
        and said[0] in _IN_SO_LONG
        and (said[1].isdigit() or said[1] in _NUMBERS)
        and (said[2] in _TIME_UNITS)
    )


def meetings_told(typed: list[Token]) -> Iterator[Span]:
    """The meetings that one comes from or goes to: « hier à la réunion du bureau » tells nothing of what is asked."""
    for at in (at for at, token in enumerate(typed) if token.word == _MEETING):
        size = 2 if at and typed[at - 1].word == _THE else 1
        start = at - size + 1
        around = {token.word for token in typed[max(0, start - _NEAR) : at + _NEAR]}
        if _is_meeting(start, size, typed) and not _TELLS_MEETING.isdisjoint(around):
            yield span(typed, start, at + 1)
        elif _is_soon(at + 1, typed):
            yield span(typed, start, at + 1 + _SAYS_WHEN)


class CountryNames:
    """The countries that the questionnaire knows, by name or adjective."""

    def __init__(self, texts: Countries, form: Form | None) -> None:
        question = next((q for q in form.questions if q.id == texts.question), None) if form else None
        aid = (question.aid if question else None) or Aid()
        known = usual_names() if question else {}
        named = {code: (ways[0], aid_status(code, aid)) for code, ways in known.items()}
        codes = {unaccented(ways[0]): code for code, ways in known.items()}
        said = ((way, named[code]) for code, ways in known.items() for way in ways if way not in texts.not_names)
        told = ((codes.get(unaccented(name)), towns) for name, towns in texts.towns.items())
        towns = ((ways, named[code]) for code, ways in told if code)
        self._known = expressions([*said, *towns])
        people = ((word, named[code]) for code, words in inhabitants().items() if code in named for word in words)
        self._people = expressions(people)
        self._codes = {name: code for code, (name, _) in named.items()}
        self._begins = frozenset().union(*(known.sizes for known in (_NOT_COUNTRIES, self._known, self._people)))

    def find(self, typed: list[Token], words: list[str], text: str) -> Iterator[Country]:
        """The countries named, in order, without those given up for others.

        « Maurice » or « Dominique » alone is somebody's name, in a list a country.
        """
        found = self._left_standing(list(self._named(typed, words)), text)
        sure = {at for at, _, is_sure in found if is_sure}
        for at, country, is_sure in found:
            is_name = typed[at].capital or words[at] in self._people.sizes
            is_listed = is_name and any({at - way, at + way} & sure for way in _NEXT)
            if is_sure or is_listed:
                yield country

    def _named(self, typed: list[Token], words: list[str]) -> Iterator[tuple[int, Country, bool]]:
        """The place of each country that may be named, the country, and whether it surely is one."""
        at = 0
        while at < len(typed):
            if words[at] not in self._begins:  # most words
                at += 1
                continue
            nothing, size = _NOT_COUNTRIES.at(at, words)
            if nothing:
                at += size
                continue
            found, size = self._known.at(at, words)
            if found is not None and not self._is_part_of_name(at, size, typed):
                yield at, Country(*found, span(typed, at, at + size)), not self._is_doubtful(at, size, typed)
            elif found is None:
                found, size = self._people.at(at, words)
                if found is not None:
                    yield at, Country(*found, span(typed, at, at + size)), not _is_language(at, typed)
            at += size

    def _left_standing(self, found: list[tuple[int, Country, bool]], text: str) -> list[tuple[int, Country, bool]]:
        """Without « laissez tomber le Maroc », where another country is named."""
        gone = left(text) if len({country.name for _, country, _ in found}) > 1 else frozenset()
        return [one for one in found if self._codes[one[1].name] not in gone]

    def _is_part_of_name(self, at: int, size: int, typed: list[Token]) -> bool:
        follows = typed[at + size] if at + size < len(typed) else None
        return typed[at].before == "-" or (follows is not None and follows.before == "-")

    def _is_doubtful(self, at: int, size: int, typed: list[Token]) -> bool:
        is_led = at > 0 and typed[at - 1].word in _TO_PLACE
        return size == 1 and typed[at].word in _DOUBTFUL_COUNTRIES and not (is_led and typed[at].capital)


def _is_language(at: int, typed: list[Token]) -> bool:
    """« Parler espagnol », « prof d'anglais »: no country."""
    return at > 0 and not typed[at].capital and typed[at - 1].word in _BEFORE_LANGUAGE
