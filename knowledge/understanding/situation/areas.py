"""The régions, départements and overseas territories: the first lines of the register, read without the rest."""

import gzip
from dataclasses import dataclass
from functools import cache

from knowledge.register.lines import REGISTER_FILE
from knowledge.understanding.situation.expressions import french_lists

_NAMED_AREAS = 150  # lines


@dataclass(frozen=True, slots=True)
class Area:
    """What a name of place stands for."""

    name: str
    zone: str


@cache
def area_lines() -> tuple[list[str], ...]:
    """The lines among which they all stand, in columns."""
    with gzip.open(REGISTER_FILE, "rt", encoding="utf-8") as file:
        return tuple(line.rstrip("\n").split("\t") for line, _ in zip(file, range(_NAMED_AREAS), strict=False))


@cache
def area_by_code() -> dict[str, Area]:
    """The départements and territories, by number."""
    return {row[1]: Area(row[8], row[5]) for row in area_lines() if row[0] == "departement"}


def area_names() -> dict[str, tuple[str, ...]]:
    """By the name of each région, département and territory, as it is looked up: its number, its other usual names."""
    names: dict[str, tuple[str, ...]] = {row[8]: () for row in area_lines() if row[0] == "region"}
    names |= {area.name: (code,) for code, area in area_by_code().items()}
    for usual, told in french_lists()["areas"].items():
        name = told.partition(", ")[0]
        if name[0].isupper():  # « outre-mer » is a zone
            names[name] = (*names.get(name, ()), *usual.split("|"))
    return names


def zones() -> tuple[str, ...]:
    """Those that the register groups its places by."""
    return tuple(dict.fromkeys(area.zone for area in area_by_code().values()))
