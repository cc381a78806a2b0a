"""The register of French local authorities: a noisy name → at most five candidates, best first.

A query is read in several ways (« ville d'Avray » is a name, « ville de Lyon » a kind and a name,
« Saint-Martin (79) » a name and a place). Each reading fetches the names that share the most
telling trigrams with it, from an inverted index; the best of them are then compared letter by
letter. The kind and the place weigh on the score and never exclude: people get them wrong.

How people speak is in `authorities.yaml`; the register, `register/collectivites-2026.tsv.gz`, is made by
`python -m knowledge.register.build`.
"""

import gzip
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
import yaml
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from knowledge.text import words

HERE = Path(__file__).parent
PACKAGED = HERE / "register" / "collectivites-2026.tsv.gz"
COLUMNS = ("kind", "code", "siren", "departement", "region", "zone", "population", "postcodes", "name", "search")
WEAK = "~"
"""Marks, in the column `search`, a name that others may rightly bear before this authority."""
INTERCO = frozenset({"cc", "ca", "cu", "metro", "met69", "ept"})

Floats = NDArray[np.float32]

_LONGEST_QUERY = 200
_COMPARED = 48  # names compared letter by letter, for each reading
_LEAST = 0.62  # below, a candidate has nothing to do with what was typed
# What speaks against a candidate, in points of similarity.
_OTHER_KIND, _NEAR_KIND, _KIND_UNSAID = 0.25, 0.04, 0.02
_ELSEWHERE, _OTHER_POSTCODE = 0.25, 0.10
_WEAK_NAME = 0.05
_READ_INTO = 0.03  # each word taken for a kind or a place: a name as it stands comes first


@dataclass(frozen=True, slots=True)
class Authority:
    """A local authority: `kind` and `code` together identify it."""

    code: str
    siren: str | None
    name: str
    kind: str
    departement: str
    region: str
    zone: str
    population: int
    postcodes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An authority that a query may name, and how well it fits, from 0 to 1."""

    authority: Authority
    score: float


@dataclass(frozen=True, slots=True)
class Place:
    """Where a query says that its authority lies."""

    departements: frozenset[str] = frozenset()
    postcode: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand a query: a name, perhaps a kind (its rank in the YAML) and a place."""

    name: str
    kind: int | None
    place: Place | None
    doubt: float


class Language:
    """How people speak of authorities: reads a query in every sensible way."""

    def __init__(self, path: Path = HERE / "authorities.yaml") -> None:
        self.data = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)  # noqa: S506 — the safe loader, in C
        self._abbreviations = {tuple(short.split()): long.split() for short, long in self.data["abbreviations"].items()}
        self._little = frozenset(self.data["little"])
        self._kinds = {tuple(text.split()): i for i, kind in enumerate(self.data["kinds"]) for text in kind["words"]}
        self._fillers = {tuple(text.split()): -1 for text in self.data["fillers"]}
        self._places = {self.bare(name): frozenset(codes.split()) for name, codes in self.data["places"].items()}
        self._codes: set[str] = set()

    def learn_place(self, name: str, departements: Iterable[str]) -> None:
        """Take `name` for a place; a single département is known by its number as well."""
        self._places.setdefault(self.bare(name), frozenset(departements))
        self._codes.update(departements)

    def spelled(self, text: str) -> list[str]:
        """The words of a text, abbreviations spelled out, numbers put together."""
        typed = _glued(words(text[:_LONGEST_QUERY]))
        result: list[str] = []
        at = 0
        while at < len(typed):
            size = next((n for n in (3, 2, 1) if tuple(typed[at : at + n]) in self._abbreviations), 0)
            result += self._abbreviations[tuple(typed[at : at + size])] if size else [typed[at]]
            at += size or 1
        return result

    def bare(self, name: str) -> str:
        """A name without the little words that people drop or add."""
        return " ".join(word for word in name.split() if word not in self._little)

    def without(self, typed: list[str], kinds: Iterable[str]) -> list[str]:
        """The words left when every expression for one of these kinds is taken out."""
        wanted = {rank for rank, kind in enumerate(self.data["kinds"]) if set(kind["means"]) <= set(kinds)}
        spans = [span for span in _spans(typed, self._kinds) if span[2] in wanted]
        return _cut(typed, spans)

    def readings(self, query: str) -> Iterator[Reading]:
        """Every sensible way to understand a query."""
        typed = self.spelled(query)
        seen: set[tuple[str, int | None, Place | None]] = set()
        for kind, named in self._kind_readings(typed):
            for place, rest in self._place_readings(named):
                for meant in {kind, None} if place and rest != named and kind is not None else {kind}:
                    name = self._name(rest, place, full=rest == typed)
                    if name is not None and (name, meant, place) not in seen:
                        seen.add((name, meant, place))
                        yield Reading(name, meant, place, _READ_INTO * (len(rest) < len(typed)))

    def _kind_readings(self, typed: list[str]) -> Iterator[tuple[int | None, list[str]]]:
        yield None, typed
        spans = _spans(typed, self._kinds)
        fillers = _spans(typed, self._fillers)
        kind = spans[0][2] if spans else None
        if spans or fillers:
            yield kind, _cut(typed, [*spans[:1], *fillers])
        if len(spans) > 1:
            yield kind, _cut(typed, [*spans, *fillers])

    def _place_readings(self, typed: list[str]) -> Iterator[tuple[Place | None, list[str]]]:
        yield None, typed
        number, rest = self._number(typed)
        if number:
            yield number, rest
        for size in range(min(6, len(rest) - 1), 0, -1):
            for part, left in ((rest[-size:], rest[:-size]), (rest[:size], rest[size:])):
                place = self._place(" ".join(part))
                if place:
                    yield number or place, left
                    return

    def _place(self, text: str) -> Place | None:
        name = self.bare(text)
        if name in self._places:
            return Place(self._places[name])
        close = process.extractOne(name, self._places.keys(), scorer=OSA.normalized_similarity, score_cutoff=0.83)
        return Place(self._places[close[0]]) if close and len(name) > 4 else None

    def _number(self, typed: list[str]) -> tuple[Place | None, list[str]]:
        for at in range(len(typed) - 1, -1, -1):
            word = typed[at]
            left = typed[:at] + typed[at + 1 :]
            if word.isdecimal() and len(word) == 5:
                prefixes = {word[:2], word[:3], *(("2A", "2B") if word.startswith("20") else ())}
                return Place(frozenset(prefixes & self._codes), word), left
            code = word.upper().zfill(2)
            if word[0].isdecimal() and code in self._codes:
                return Place(frozenset({code})), left
        return None, typed

    def _name(self, rest: list[str], place: Place | None, full: bool) -> str | None:
        """The name left to look for: none when a place says it all, the number of « CD 17 »."""
        if full or any(word not in self._little for word in rest):
            return " ".join(rest) or None
        if place is None or place.postcode:
            return "" if place else None
        return min(place.departements).lower() if len(place.departements) == 1 else None


Span = tuple[int, int, int]
"""Start, end and rank of an expression found in a list of words."""


def _spans(typed: list[str], known: dict[tuple[str, ...], int]) -> list[Span]:
    found: list[Span] = []
    at = 0
    while at < len(typed):
        size = next((n for n in range(5, 0, -1) if at + n <= len(typed) and tuple(typed[at : at + n]) in known), 0)
        if size:
            found.append((at, at + size, known[tuple(typed[at : at + size])]))
        at += size or 1
    return found


def _cut(typed: list[str], spans: Iterable[Span]) -> list[str]:
    gone = {at for start, end, _ in spans for at in range(start, end)}
    return [word for at, word in enumerate(typed) if at not in gone]


def _glued(typed: list[str]) -> list[str]:
    """« 2 a » → « 2a »; « 97 410 » → « 97410 »; the same for SIREN and SIRET numbers."""
    result: list[str] = []
    for word in typed:
        if result and result[-1] == "2" and word in ("a", "b"):
            result[-1] += word
        elif result and word.isdecimal() and result[-1].isdecimal() and len(result[-1] + word) in (5, 6, 9, 14):
            result[-1] += word
        else:
            result.append(word)
    return result


class Trigrams:
    """An inverted index: which names hold three letters in a row, and how telling those are."""

    _BASE = 38  # letters, digits, space, line break: a trigram fits 16 bits

    def __init__(self, names: list[str]) -> None:
        codes = self._codes(" " + " \n ".join(names) + " ")
        owners = np.cumsum(codes == self._BASE - 1, dtype=np.int32)[:-2]
        grams = self._grams(codes)
        inside = (codes[:-2] < self._BASE - 1) & (codes[1:-1] < self._BASE - 1) & (codes[2:] < self._BASE - 1)
        grams, owners = grams[inside], owners[inside]
        counts = np.bincount(grams, minlength=self._BASE**3)
        self._owners = owners[np.argsort(grams, kind="stable")]
        self._starts = np.concatenate(([0], np.cumsum(counts)))
        self._weights = (np.log(len(names) / np.maximum(counts, 1)) ** 2).astype(np.float32)
        self._lengths = np.sqrt(np.bincount(owners, self._weights[grams], len(names)) + 1e-6).astype(np.float32)

    def likeness(self, name: str) -> Floats:
        """How much each name of the index looks like `name`: the cosine of their weighted trigrams."""
        grams = np.unique(self._grams(self._codes(f" {name} ")))
        held = [self._owners[self._starts[gram] : self._starts[gram + 1]] for gram in grams]
        weights = np.repeat(self._weights[grams], [len(owners) for owners in held])
        shared = np.bincount(np.concatenate(held), weights, len(self._lengths)).astype(np.float32)
        return shared / self._lengths / np.sqrt(self._weights[grams].sum() + 1e-6)

    def _codes(self, text: str) -> NDArray[np.uint16]:
        table = np.zeros(256, np.uint16)
        for code, letter in enumerate(b"abcdefghijklmnopqrstuvwxyz0123456789\n", start=1):
            table[letter] = code
        return table[np.frombuffer(text.encode("ascii"), np.uint8)]

    def _grams(self, codes: NDArray[np.uint16]) -> NDArray[np.uint16]:
        return codes[:-2] * np.uint16(self._BASE**2) + codes[1:-1] * np.uint16(self._BASE) + codes[2:]


class Register:
    """The local authorities of France, found by name."""

    def __init__(self, lines: list[str], language: Language) -> None:
        self._language = language
        self._lines = [*_authorities(lines, language.data["not_authorities"]), *_special(language.data["special"])]
        self._powers: list[frozenset[str]] = []
        self._areas: list[str] = [""]  # the first is everywhere: a région is never elsewhere
        self._names: list[str] = []
        self._by_postcode: dict[str, list[int]] = {}
        _learn_places(language, lines)
        self._index()

    @classmethod
    def load(cls, path: Path = PACKAGED) -> Self:
        """The register of a file made by `knowledge.register.build`; the packaged one by default."""
        return cls(gzip.decompress(path.read_bytes()).decode("utf-8").splitlines()[1:], Language())

    def find(self, query: str, most: int = 5) -> list[Candidate]:
        """The authorities that `query` may name, best first, the most populous first among equals."""
        found = {row: 1.0 for row in self._numbered(query)}
        for reading in self._language.readings(query):
            for row, score in self._fitting(reading):
                found[row] = max(score, found.get(row, 0.0))
        best = sorted(found, key=lambda row: (-round(found[row], 3), -int(self._populations[row])))[:most]
        return [Candidate(_authority(self._lines[row]), round(found[row], 3)) for row in best]

    def _index(self) -> None:
        """Everything that `find` needs, in arrays: one item for each name (an authority may have several)."""
        powers: dict[frozenset[str], int] = {}
        areas = {"": 0}
        acts_as = _keyed(self._language.data["acts_as"])
        special = {row["code"]: row["acts_as"] for row in self._language.data["special"]}
        others = _other_names(self._language.data)
        rows, power, area, weak, populations = [], [], [], [], []
        for row, line in enumerate(self._lines):
            kind, code, _, departement, _, _, population, postcodes, _, search = line.split("\t")
            held = frozenset((kind, *(special[code] if kind == "special" else acts_as.get((kind, code), ()))))
            populations.append(int(population))
            for postcode in postcodes.split():
                self._by_postcode.setdefault(postcode, []).append(row)
            for name in (*search.split("|"), *others.get((kind, code), ())):
                self._names.append(name.removeprefix(WEAK))
                rows.append(row)
                weak.append(name.startswith(WEAK))
                power.append(powers.setdefault(held, len(powers)))
                area.append(areas.setdefault(departement, len(areas)))
        self._powers, self._areas = list(powers), list(areas)
        self._populations = np.array(populations, np.int32)
        self._rows, self._power, self._area = np.array(rows), np.array(power, np.uint8), np.array(area, np.uint8)
        self._weak = np.array(weak, np.float32) * np.float32(_WEAK_NAME)
        self._trigrams = Trigrams(self._names)
        self._against_kind = {kind: self._kind_points(kind) for kind in (None, *range(len(self._language.data["kinds"])))}

    def _kind_points(self, kind: int | None) -> Floats:
        """What each set of powers loses when a query says this kind, or none."""
        if kind is None:
            return np.array([_KIND_UNSAID * bool(held <= INTERCO) for held in self._powers], np.float32)
        said = self._language.data["kinds"][kind]
        means, near = set(said["means"]), set(said.get("near", ()))
        points = [0 if held & means else _NEAR_KIND if held & near else _OTHER_KIND for held in self._powers]
        return np.array(points, np.float32)

    def _against(self, reading: Reading) -> Floats:
        """What each name loses for its kind and its place."""
        points = self._against_kind[reading.kind][self._power] + self._weak
        if reading.place:
            inside = [not area or area in reading.place.departements for area in self._areas]
            points += np.where(inside, 0, _ELSEWHERE).astype(np.float32)[self._area]
        if reading.place and reading.place.postcode:
            points += np.float32(_OTHER_POSTCODE)
            points[np.isin(self._rows, self._by_postcode.get(reading.place.postcode, []))] -= np.float32(_OTHER_POSTCODE)
        return points
