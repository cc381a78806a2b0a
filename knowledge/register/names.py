"""The names of the register in arrays, and how well each of them fits a reading of a query."""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from knowledge.learning.sparse import Floats
from knowledge.register import closeness
from knowledge.register.former import Former
from knowledge.register.lines import WEAK, Lines, other_names, powers
from knowledge.register.query import INTERCO, Language, QueryPlace, QueryReading
from knowledge.register.trigrams import Trigrams

Integers = NDArray[np.integer[Any]]

POSTCODE_ALONE = 0.9
"""Score of what is found by a number alone."""
_COMPARED = 48  # names compared in every way, for each reading
_SHORT = 7  # letters
_LEAST = 0.62  # below, a candidate has nothing to do with what was typed
# What speaks against a candidate, in points of similarity.
_OTHER_KIND, _NEAR_KIND, _KIND_UNSAID, _WEAK_NAME, _NAME_OF_BEFORE = 0.25, 0.04, 0.03, 0.05, 0.03
_ELSEWHERE, _OTHER_POSTCODE = 0.25, 0.10
_FAITH_IN_PLACE = 0.1  # the place agrees: less of the name will do
_PLAUSIBLE = 0.1  # least share of telling trigrams to look further
_EXACT = 0.999


@dataclass(frozen=True, slots=True)
class Match:
    """A row of the register, how well it fits, by which of its names, and what of the query was taken for a name."""

    row: int
    score: float
    name: int | None = None
    typed: str = ""


class Names:
    """Every name by which an authority is looked for: it may have several."""

    def __init__(self, lines: Lines, formers: list[Former], language: Language) -> None:
        self._lines = lines
        self._bare = language.bare
        self._names: list[str] = []
        self._table = array("i")  # for each name: the row, the number of its powers, that of its département
        self._points = array("f")  # what speaks against the name itself
        self._kinds: dict[frozenset[str], int] = {}
        self._areas = {"": 0}  # a region has no département: it is never elsewhere
        self.by_postcode: dict[str, list[int]] = {}
        self._add_lines(language)
        self._first_former = len(self._names)
        self._formers = [former for former in formers if self._add_former(former)]
        self._finish(language.data["kinds"])

    def fitting(self, reading: QueryReading) -> Iterator[Match]:
        """The authorities that fit a reading, with their scores; one may come by several names."""
        names, likeness, against = self._nearest(reading) if reading.name else self._of_postcode(reading)
        scores = likeness - against - np.float32(reading.doubt)
        least = _LEAST - _FAITH_IN_PLACE * (reading.place is not None)
        for at in np.flatnonzero(scores >= least):
            name = int(names[at])
            yield Match(int(self._rows[name]), float(scores[at]), name if reading.name else None, reading.name)

    def _nearest(self, reading: QueryReading) -> tuple[Integers, Floats, Floats]:
        """The names that look most like the one read, their likeness, and what speaks against them."""
        likeness = self._trigrams.likeness(reading.name)
        plausible = np.flatnonzero(likeness > _PLAUSIBLE)
        names = _best(plausible, likeness[plausible] - self._against(plausible, reading))
        rivals = self._rivals(reading, exact=bool(likeness.max() > _EXACT))
        if len(rivals):
            named = self._short_names if rivals is self._short else self._names_at(rivals)
            letters = process.cdist([reading.name], named, scorer=OSA.normalized_similarity)[0]
            names = np.union1d(names, _best(rivals, letters - self._against(rivals, reading)))
        return names, self._likeness(reading.name, self._names_at(names)), self._against(names, reading)

    def _rivals(self, reading: QueryReading, exact: bool) -> Integers:
        """Names to compare whatever trigrams they share: all of the place, or all that are short.

        A typo leaves a short name no trigram: « Mtez » has none of « Metz ».
        """
        if reading.place:
            return np.flatnonzero(self._inside(reading.place)[self._area])
        return self._short if len(reading.name) <= _SHORT and not exact else self._short[:0]

    def _names_at(self, names: Integers) -> list[str]:
        return [self._names[at] for at in names.tolist()]

    def _of_postcode(self, reading: QueryReading) -> tuple[Integers, Floats, Floats]:
        """The names of all that a postcode, given alone, is shared by."""
        rows = self.by_postcode.get(reading.place.postcode, []) if reading.place else []
        names = np.flatnonzero(np.isin(self._rows, rows))
        return names, np.full(len(names), POSTCODE_ALONE, np.float32), self._against(names, reading)

    def _likeness(self, typed: str, names: list[str]) -> Floats:
        """How much each name looks like what was typed; a part of a name counts for a little less."""
        if not names:
            return np.zeros(0, np.float32)
        bare = self._bare
        core = bare(typed) or typed
        cores = [bare(name) or name for name in names]
        share = np.array([len(core) / len(name) for name in cores])
        whole = process.cdist([typed], names, scorer=OSA.normalized_similarity)[0]
        squeezed = [name.replace(" ", "") for name in names]
        joined = process.cdist([typed.replace(" ", "")], squeezed, scorer=OSA.normalized_similarity)[0]
        letters = process.cdist([core], cores, scorer=OSA.normalized_similarity)[0]
        # Spaces around, so that a part begins and ends where words do.
        part = process.cdist([f" {core} "], [f" {name} " for name in cores], scorer=fuzz.partial_ratio)[0] / 100
        more = process.cdist([core], cores, scorer=fuzz.token_set_ratio)[0] / 100
        ways = (
            0.9 * letters + 0.1 * whole,
            0.97 * whole,  # « lees ecorces »: the little word itself is misspelt
            0.97 * joined,  # « lemans »
            part * np.where(share <= 1, 0.74 + 0.14 * share, 0),
            more * (0.50 + 0.25 * np.minimum(share, 1 / share)),
        )
        likeness: Floats = np.maximum.reduce(ways).astype(np.float32)
        return likeness

    def _against(self, names: Integers, reading: QueryReading) -> Floats:
        """What these names lose for their kind and their place."""
        points: Floats = self._kind_points[reading.kind][self._powers[names]] + self._weak[names]
        if reading.place:
            points += self._place_points(names, reading.place)
        return points

    def _place_points(self, names: Integers, place: QueryPlace) -> Floats:
        points: Floats = np.where(self._inside(place), 0, _ELSEWHERE).astype(np.float32)[self._area[names]]
        if place.postcode:
            points += np.float32(_OTHER_POSTCODE)
            known = [*self.by_postcode.get(place.postcode, []), self._lines.row("commune", place.postcode)]
            points[np.isin(self._rows[names], [row for row in known if row is not None])] = 0
        return points

    def _inside(self, place: QueryPlace) -> NDArray[np.bool_]:
        return np.array([not area or area in place.departements for area in self._areas])

    def is_close(self, match: Match) -> bool:
        """Whether nobody would take what was typed for another name."""
        if match.name is None:
            return True
        name, bare = self._names[match.name], self._bare
        return closeness.is_close(match.typed, name) or closeness.is_close(
            bare(match.typed), bare(name), abbreviated=True
        )

    def former(self, match: Match) -> Former | None:
        """The name of before by which an authority was found."""
        at = -1 if match.name is None else match.name - self._first_former
        return self._formers[at] if at >= 0 else None

    def _add_lines(self, language: Language) -> None:
        excluded = {(kind, code) for kind, codes in language.data["not_authorities"].items() for code in codes}
        held = powers(language.data)
        others = other_names(language)
        for row, line in enumerate(self._lines):
            kind, code, _, departement, _, _, _, postcodes, _, search = line.split("\t")
            if (kind, code) in excluded:
                continue
            for postcode in postcodes.split():
                self.by_postcode.setdefault(postcode, []).append(row)
            power = held.get((kind, code)) or frozenset((kind,))
            for name in search.split("|") + others.get((kind, code), []):
                self._add(name.removeprefix(WEAK), row, power, departement, _WEAK_NAME * name.startswith(WEAK))

    def _add_former(self, former: Former) -> bool:
        today = self._lines.row("commune", former.commune) if former.search else None
        if today is not None:
            self._add(former.search, today, frozenset({"commune"}), former.departement, _NAME_OF_BEFORE)
        return today is not None

    def _add(self, name: str, row: int, power: frozenset[str], departement: str, against: float) -> None:
        self._names.append(name)
        self._table.append(row)
        self._table.append(self._kinds.setdefault(power, len(self._kinds)))
        self._table.append(self._areas.setdefault(departement, len(self._areas)))
        self._points.append(against)

    def _finish(self, kinds: list[dict[str, list[str]]]) -> None:
        self._rows, self._powers, self._area = np.array(self._table, np.int32).reshape(-1, 3).T.copy()
        self._weak: Floats = np.array(self._points, np.float32)
        self._short = np.array([at for at, name in enumerate(self._names) if len(name) <= _SHORT + 1])
        self._short_names = self._names_at(self._short)
        self._trigrams = Trigrams(self._names)
        said = [(None, None), *enumerate(kinds)]
        self._kind_points = {rank: _kind_points(list(self._kinds), kind) for rank, kind in said}


def _best(names: Integers, points: Floats) -> Integers:
    return names if len(names) <= _COMPARED else names[np.argpartition(-points, _COMPARED)[:_COMPARED]]


def _kind_points(powers: list[frozenset[str]], said: dict[str, list[str]] | None) -> Floats:
    """What each set of powers loses when a query says this kind, or none."""
    if said is None:
        return np.array([_KIND_UNSAID * bool(held & INTERCO - {"ept"}) for held in powers], np.float32)
    means, near = set(said["means"]), set(said.get("near", ()))
    return np.array([0 if held & means else _NEAR_KIND if held & near else _OTHER_KIND for held in powers], np.float32)
