"""The register of French local authorities: a noisy name → at most five candidates, best first.

A query is read in several ways (« ville d'Avray » is a name, « ville de Lyon » a kind and a name,
« Saint-Martin (79) » a name and a place). Each reading fetches the names that share its most
telling trigrams, from an inverted index; the best of them are then compared letter by letter.
The kind and the place weigh on the score and never exclude: people get them wrong.

How people speak is in `authorities.yaml`; the register, `register/collectivites-2026.tsv.gz`, is made
from its sources by `python -m knowledge.register.build SOURCE.csv`.
"""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from knowledge.register.reading import INTERCO, Language, Place, Reading
from knowledge.register.trigrams import Floats, Trigrams

Integers = NDArray[np.integer[Any]]

PACKAGED = Path(__file__).with_name("collectivites-2026.tsv.gz")
COLUMNS = ("kind", "code", "siren", "departement", "region", "zone", "population", "postcodes", "name", "search")
"""Of the file; `search` holds the normalised names to look for, separated by `|`."""
WEAK = "~"
"""Begins a name to look for that others have more right to."""

_COMPARED = 48  # names compared in every way, for each reading
_SHORT = 7  # letters
_LEAST = 0.62  # below, a candidate has nothing to do with what was typed
# What speaks against a candidate, in points of similarity.
_OTHER_KIND, _NEAR_KIND, _KIND_UNSAID, _WEAK_NAME = 0.25, 0.04, 0.03, 0.05
_ELSEWHERE, _OTHER_POSTCODE = 0.25, 0.10
_FAITH_IN_PLACE = 0.1  # the place agrees: less of the name will do
_PLAUSIBLE = 0.1  # least share of telling trigrams to look further
_EXACT = 0.999
_POSTCODE_ALONE = 0.9
_PLACE_ADDED = 0.1  # points that a name may lose once the known place is added to it
_FAR_BEHIND = 0.3  # points behind the best, from which a candidate is not worth showing


@dataclass(frozen=True, slots=True)
class Authority:
    """A local authority; `kind` and `code` together identify it."""

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


class Register:
    """The local authorities of France, found by name."""

    def __init__(self, lines: list[str], language: Language) -> None:
        self.language = language
        self._lines = lines + [_special_line(row, language) for row in language.data["special"]]
        self._learn_places()
        self._index()

    @classmethod
    def load(cls, path: Path = PACKAGED) -> Self:
        """The register of a file made by `knowledge.register.build`; the packaged one by default."""
        return cls(gzip.decompress(path.read_bytes()).decode("utf-8").splitlines()[1:], Language())

    def find(self, query: str, most: int = 5) -> list[Candidate]:
        """The authorities that `query` may name, best first; among equals the most populous first."""
        found: dict[int, float] = dict.fromkeys(self._numbered(query), 1.0)
        for reading in self.language.readings(query):
            for row, score in self._fitting(reading):
                found[row] = max(score, found.get(row, 0.0))
        least = max(found.values(), default=0.0) - _FAR_BEHIND
        kept = {row: round(min(score, 1.0), 3) for row, score in found.items() if score >= least}
        best = sorted(kept, key=lambda row: (-kept[row], -int(self._populations[row]), row))[: max(most, 0)]
        return [Candidate(_authority(self._lines[row]), kept[row]) for row in best]

    def find_near(self, query: str, place: str, most: int = 5) -> list[Candidate]:
        """The same, by somebody who is known to be of that place, unless what is typed says otherwise."""
        found = self.find(query, most)
        near = self.find(f"{query} {place}", most) if place else []
        lost = found[0].score - near[0].score if found and near else 0
        return near if near and lost <= _PLACE_ADDED else found

    def get(self, kind: str, code: str) -> Authority | None:
        """The authority of this kind and code; rare enough to look through every line."""
        begins = f"{kind}\t{code}\t"
        return next((_authority(line) for line in self._lines if line.startswith(begins)), None)

    def _numbered(self, query: str) -> list[int]:
        """The authorities of a SIREN or SIRET number. Rare enough to look through every line."""
        sirens = [word[:9] for word in self.language.spelled(query) if word.isdecimal() and len(word) in (9, 14)]
        return [row for siren in sirens for row, line in enumerate(self._lines) if f"\t{siren}\t" in line]

    def _fitting(self, reading: Reading) -> Iterator[tuple[int, float]]:
        """The authorities that fit a reading, with their scores; one may come by several names."""
        names, likeness, against = self._nearest(reading) if reading.name else self._of_postcode(reading)
        scores = likeness - against - np.float32(reading.doubt)
        least = _LEAST - _FAITH_IN_PLACE * (reading.place is not None)
        for at in np.flatnonzero(scores >= least):
            yield int(self._rows[names[at]]), float(scores[at])

    def _nearest(self, reading: Reading) -> tuple[Integers, Floats, Floats]:
        """The names that look most like the one read, their likeness, and what speaks against them."""
        likeness = self._trigrams.likeness(reading.name)
        plausible = np.flatnonzero(likeness > _PLAUSIBLE)
        names = _best(plausible, likeness[plausible] - self._against(plausible, reading))
        rivals = self._rivals(reading, exact=bool(likeness.max() > _EXACT))
        if len(rivals):
            letters = process.cdist([reading.name], self._names_at(rivals), scorer=OSA.normalized_similarity)[0]
            names = np.union1d(names, _best(rivals, letters - self._against(rivals, reading)))
        return names, self._likeness(reading.name, self._names_at(names)), self._against(names, reading)

    def _rivals(self, reading: Reading, exact: bool) -> Integers:
        """Names to compare whatever trigrams they share: all of the place, or all that are short.

        A typo leaves a short name no trigram: « Mtez » has none of « Metz ».
        """
        if reading.place:
            return np.flatnonzero(self._inside(reading.place)[self._area])
        return self._short if len(reading.name) <= _SHORT and not exact else self._short[:0]

    def _names_at(self, names: Integers) -> list[str]:
        return [self._names[at] for at in names.tolist()]

    def _of_postcode(self, reading: Reading) -> tuple[Integers, Floats, Floats]:
        """The names of all that a postcode, given alone, is shared by."""
        rows = self._by_postcode.get(reading.place.postcode, []) if reading.place else []
        names = np.flatnonzero(np.isin(self._rows, rows))
        return names, np.full(len(names), _POSTCODE_ALONE, np.float32), self._against(names, reading)

    def _likeness(self, typed: str, names: list[str]) -> Floats:
        """How much each name looks like what was typed; a part of a name counts for a little less."""
        if not names:
            return np.zeros(0, np.float32)
        bare = self.language.bare
        core = bare(typed) or typed
        cores = [bare(name) or name for name in names]
        share = np.array([len(core) / len(name) for name in cores])
        whole = process.cdist([typed], names, scorer=OSA.normalized_similarity)[0]
        letters = process.cdist([core], cores, scorer=OSA.normalized_similarity)[0]
        # Spaces around, so that a part begins and ends where words do.
        part = process.cdist([f" {core} "], [f" {name} " for name in cores], scorer=fuzz.partial_ratio)[0] / 100
        more = process.cdist([core], cores, scorer=fuzz.token_set_ratio)[0] / 100
        ways = (
            0.9 * letters + 0.1 * whole,
            0.97 * whole,  # « lees ecorces »: the little word itself is misspelt
            part * np.where(share <= 1, 0.74 + 0.14 * share, 0),
            more * (0.50 + 0.25 * np.minimum(share, 1 / share)),
        )
        likeness: Floats = np.maximum.reduce(ways).astype(np.float32)
        return likeness

    def _against(self, names: Integers, reading: Reading) -> Floats:
        """What these names lose for their kind and their place."""
        points: Floats = self._kind_points[reading.kind][self._powers[names]] + self._weak[names]
        if reading.place:
            points += self._place_points(names, reading.place)
        return points

    def _place_points(self, names: Integers, place: Place) -> Floats:
        points: Floats = np.where(self._inside(place), 0, _ELSEWHERE).astype(np.float32)[self._area[names]]
        if place.postcode:
            points += np.float32(_OTHER_POSTCODE)
            points[np.isin(self._rows[names], self._by_postcode.get(place.postcode, []))] = 0
        return points

    def _inside(self, place: Place) -> NDArray[np.bool_]:
        return np.array([not area or area in place.departements for area in self._areas])

    def _learn_places(self) -> None:
        """Départements and regions are hints as well as authorities, even those that are no authority."""
        rows = [row for row in (line.split("\t") for line in self._lines[:150]) if row[0] in ("departement", "region")]
        for kind, code, _, _, region, *_, name, _ in rows:
            inside = [row[1] for row in rows if row[0] == "departement" and row[4] == region]
            self.language.learn_place(name, [code] if kind == "departement" else inside)

    def _index(self) -> None:
        """What `find` needs, in arrays of one item for each name: an authority may have several."""
        data = self.language.data
        excluded = {(kind, code) for kind, codes in data["not_authorities"].items() for code in codes}
        held = _powers(data)
        others = _other_names(self.language)
        kinds: dict[frozenset[str], int] = {}
        areas = {"": 0}  # a region has no département: it is never elsewhere
        self._names: list[str] = []
        self._by_postcode: dict[str, list[int]] = {}
        table: list[tuple[int, int, int, bool]] = []
        populations: list[int] = []
        for row, line in enumerate(self._lines):
            kind, code, _, departement, _, _, population, postcodes, _, search = line.split("\t")
            populations.append(int(population))
            if (kind, code) in excluded:
                continue
            for postcode in postcodes.split():
                self._by_postcode.setdefault(postcode, []).append(row)
            power = kinds.setdefault(held.get((kind, code)) or frozenset((kind,)), len(kinds))
            area = areas.setdefault(departement, len(areas))
            for name in search.split("|") + others.get((kind, code), []):
                self._names.append(name.removeprefix(WEAK))
                table.append((row, power, area, name.startswith(WEAK)))
        self._populations = np.array(populations, np.int32)
        self._areas = list(areas)
        self._rows, self._powers, self._area, weak = np.array(table, np.int32).T
        self._weak: Floats = weak.astype(np.float32) * np.float32(_WEAK_NAME)
        self._short = np.array([at for at, name in enumerate(self._names) if len(name) <= _SHORT + 1])
        self._trigrams = Trigrams(self._names)
        said: list[Any] = [None, *data["kinds"]]
        self._kind_points = {
            rank - 1 if rank else None: _kind_points(list(kinds), kind) for rank, kind in enumerate(said)
        }


def _best(names: Integers, points: Floats) -> Integers:
    return names if len(names) <= _COMPARED else names[np.argpartition(-points, _COMPARED)[:_COMPARED]]


def _kind_points(powers: list[frozenset[str]], said: dict[str, list[str]] | None) -> Floats:
    """What each set of powers loses when a query says this kind, or none."""
    if said is None:
        return np.array([_KIND_UNSAID * bool(held & INTERCO - {"ept"}) for held in powers], np.float32)
    means, near = set(said["means"]), set(said.get("near", ()))
    return np.array([0 if held & means else _NEAR_KIND if held & near else _OTHER_KIND for held in powers], np.float32)


def _keyed(named: dict[str, list[str]]) -> dict[tuple[str, str], list[str]]:
    return {(key.split()[0], key.split()[1]): values for key, values in named.items()}


def _powers(data: dict[str, Any]) -> dict[tuple[str, str], frozenset[str]]:
    """The authorities that hold the powers of several kinds."""
    held = _keyed(data["acts_as"]) | {("special", row["code"]): row["acts_as"] for row in data["special"]}
    return {key: frozenset((key[0], *kinds)) for key, kinds in held.items()}


def _other_names(language: Language) -> dict[tuple[str, str], list[str]]:
    aliases, old = _keyed(language.data["aliases"]), _keyed(language.data["old_names"])
    return {
        key: [*map(language.joined, aliases.get(key, ())), *(WEAK + language.joined(name) for name in old.get(key, ()))]
        for key in aliases.keys() | old.keys()
    }


def _special_line(row: dict[str, Any], language: Language) -> str:
    """An authority that the administrative map lacks, as a line of the register."""
    row = {"kind": "special", **row, "search": "|".join(map(language.joined, row["names"]))}
    return "\t".join(str(row.get(column, "")) for column in COLUMNS)


def _authority(line: str) -> Authority:
    kind, code, siren, departement, region, zone, population, postcodes, name, _ = line.split("\t")
    return Authority(
        code, siren or None, name, kind, departement, region, zone, int(population), tuple(postcodes.split())
    )
