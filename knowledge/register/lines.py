"""What a line of the register tells, and what the YAML adds to it."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.register.former import Former
from knowledge.register.query import Language

REGISTER_FILE = Path(__file__).with_name("collectivites-2026.tsv.gz")
COLUMNS = ("kind", "code", "siren", "departement", "region", "zone", "population", "postcodes", "name", "search")
"""Of the file; `search` holds the normalised names to look for, separated by `|`."""
WEAK = "~"
"""Begins a name to look for that others have more right to."""


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
    """An authority that a query may name, how well it fits, from 0 to 1, and the part of it that the query names."""

    authority: Authority
    score: float
    former: Former | None = None


def _keyed(named: dict[str, list[str]]) -> dict[tuple[str, str], list[str]]:
    return {(key.split()[0], key.split()[1]): values for key, values in named.items()}


class Lines:
    """Those of the file, and of the authorities that it lacks."""

    def __init__(self, lines: list[str], language: Language) -> None:
        self._lines = lines + [_special_line(row, language) for row in language.data["special"]]
        self._first = sum(line.startswith(("departement\t", "region\t")) for line in lines[:150])
        self._last = len(lines)

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def large(self) -> list[list[str]]:
        """The départements and the regions of the file, in columns."""
        return [line.split("\t") for line in self._lines[: self._first]]

    def authority(self, row: int) -> Authority:
        """The authority that a line tells of."""
        kind, code, siren, departement, region, zone, population, postcodes, name, _ = self._lines[row].split("\t")
        return Authority(
            code, siren or None, name, kind, departement, region, zone, int(population), tuple(postcodes.split())
        )

    def row(self, kind: str, code: str) -> int | None:
        """The number of an authority's line: sorted by kind and code, but for large and special ones at both ends."""
        begins = f"{kind}\t{code}\t"
        row = bisect_left(self._lines, begins, self._first, self._last)
        if row < self._last and self._lines[row].startswith(begins):
            return row
        ends = (*range(self._first), *range(self._last, len(self._lines)))
        return next((row for row in ends if self._lines[row].startswith(begins)), None)

    def population(self, row: int) -> int:
        """Of the authority that a line tells of."""
        return int(self._lines[row].split("\t", 7)[6])

    def of_siren(self, siren: str) -> list[int]:
        """The numbers of the lines of a SIREN. Rare enough to look through every line."""
        return [row for row, line in enumerate(self._lines) if f"\t{siren}\t" in line]


def powers(data: dict[str, Any]) -> dict[tuple[str, str], frozenset[str]]:
    """The authorities that hold the powers of several kinds."""
    held = _keyed(data["acts_as"]) | {("special", row["code"]): row["acts_as"] for row in data["special"]}
    return {key: frozenset((key[0], *kinds)) for key, kinds in held.items()}


def other_names(language: Language) -> dict[tuple[str, str], list[str]]:
    """The names that the YAML adds to those of the file, those of before behind a `WEAK`."""
    aliases, old = _keyed(language.data["aliases"]), _keyed(language.data["old_names"])
    return {
        key: [*map(language.joined, aliases.get(key, ())), *(WEAK + language.joined(name) for name in old.get(key, ()))]
        for key in aliases.keys() | old.keys()
    }


def _special_line(row: dict[str, Any], language: Language) -> str:
    """An authority that the administrative map lacks, as a line of the register."""
    row = {"kind": "special", **row, "search": "|".join(map(language.joined, row["names"]))}
    return "\t".join(str(row.get(column, "")) for column in COLUMNS)
