"""Names that people still use for a part of a commune: former communes, and the arrondissements of three cities."""

import gzip
import re
from dataclasses import dataclass
from pathlib import Path

FORMER_FILE = Path(__file__).parent / "communes-anciennes-2026.tsv.gz"
COLUMNS = ("kind", "code", "commune", "departement", "name", "search")
"""Of the file: `commune` is the INSEE code of today's; `search` the name to look for, empty for an arrondissement."""
ARRONDISSEMENT = "arrondissement"
_ROMAN = {"i": 1, "v": 5, "x": 10}


@dataclass(frozen=True, slots=True)
class Former:
    """A place that is no authority, and the INSEE code of the commune that it is part of."""

    kind: str
    code: str
    commune: str
    departement: str
    name: str
    search: str


def load(path: Path = FORMER_FILE) -> list[Former]:
    """Those of a file made by `knowledge.register.build`."""
    lines = gzip.decompress(path.read_bytes()).decode("utf-8").splitlines()[1:]
    return [Former(*line.split("\t")) for line in lines]


class Arrondissements:
    """Those of Paris, Lyon and Marseille, by city and number."""

    def __init__(self, formers: list[Former]) -> None:
        self._by_number: dict[tuple[str, int], Former] = {}
        for former in formers:
            if former.kind == ARRONDISSEMENT:
                city, number = former.name.split()[:2]
                self._by_number[city.lower(), int(re.sub(r"\D", "", number))] = former
        self._cities = {city for city, _ in self._by_number}

    def named(self, typed: list[str], little: frozenset[str]) -> Former | None:
        """The one meant by these words as typed: « paris 11e », « 3 arrondissement de lyon », « paris xvi »."""
        cities = [word for word in typed if word in self._cities]
        others = [word for word in typed if word not in self._cities and word not in little]
        numbers = {number for word in others if (number := _number(word))}
        telling = [word for word in others if not _number(word)]
        if len(cities) != 1 or len(numbers) != 1 or telling:
            return None
        return self._by_number.get((cities[0], numbers.pop()))


def _number(word: str) -> int:
    """« 11 », « 11e », « 1er », « 3eme », « xvie » → the number; 0 when it is none."""
    if found := re.fullmatch(r"(\d{1,2})(?:er|i?eme|e)?", word):
        return int(found[1])
    if not (found := re.fullmatch(r"([xvi]+)(?:er|i?eme|e)?", word)):
        return 0
    values = [_ROMAN[letter] for letter in found[1]]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
