"""Make the packaged register: `python -m knowledge.register.build collectivites-2026.csv communes-anciennes-2026.csv`.

The sources and their columns are described in README.md. What is added to it: the population of the
Rhône without the Métropole de Lyon, and the normalised names by which each authority is looked for.
"""

import csv
import gzip
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from knowledge.register import former
from knowledge.register.lines import COLUMNS, REGISTER_FILE, WEAK
from knowledge.register.query import INTERCO, Language

_Row = dict[str, str]
_FIRST = ("departement", "region")
_IN_BRACKETS = re.compile(r"\(([^)]*)\)")
_SHORTEST_ACRONYM = 4
_LARGE = 5_000
"""Inhabitants from which a commune is known by the beginning of its name: « Brive », « Saint-Maixent »."""


def build(source: Path, target: Path) -> None:
    """Write the register made from `source`. The same source gives the same bytes."""
    language = Language()
    with source.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    centres = _centres(rows)
    lines = ["\t".join(COLUMNS)]
    for row in sorted(rows, key=lambda row: (row["kind"] not in _FIRST, row["kind"], row["code"])):
        row["population"] = str(
            language.data["populations"].get(f"{row['kind']} {row['code']}") or row["population"] or 0
        )
        row["name"] = language.data["spellings"].get(row["name"], row["name"])
        row["search"] = "|".join(_distinct(_names(row, centres.get(row["code"]), language)))
        lines.append("\t".join(" ".join(row[column].split()) for column in COLUMNS))
    _write(lines, target)


def build_former(source: Path, target: Path) -> None:
    """Write the names of before made from `source`. The same source gives the same bytes."""
    language = Language()
    with source.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    lines = ["\t".join(former.COLUMNS)]
    for row in sorted(rows, key=lambda row: (row["kind"], row["code"])):
        row["search"] = "" if row["kind"] == former.ARRONDISSEMENT else language.joined(row["name"])
        lines.append("\t".join(" ".join(row[column].split()) for column in former.COLUMNS))
    _write(lines, target)


def _write(lines: list[str], target: Path) -> None:
    target.write_bytes(gzip.compress("\n".join(lines).encode("utf-8"), mtime=0))


def _distinct(names: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for name in names:
        if name.removeprefix(WEAK) not in seen:
            yield name
        seen.add(name.removeprefix(WEAK))


def _centres(rows: Iterable[_Row]) -> dict[str, str]:
    """The most populous commune of each intercommunalité: « agglo de Niort » is the « CA du Niortais »."""
    communes = sorted((row for row in rows if row["epci"]), key=lambda row: int(row["population"] or 0))
    return {row["epci"]: row["name"] for row in communes}


def _names(row: _Row, centre: str | None, language: Language) -> Iterator[str]:
    full = language.joined(row["name"])
    outside = language.joined(_IN_BRACKETS.sub(" ", row["name"]))
    if row["kind"] in INTERCO - {"ept"}:
        yield from _names_of_interco(row, outside, centre, language)
        return
    yield full
    if outside != full:
        yield WEAK + outside
    if row["kind"] == "departement":
        yield row["code"].lower()
    if row["kind"] == "ept":
        yield WEAK + _initials(full)
    if row["kind"] == "commune" and int(row["population"] or 0) >= _LARGE:
        yield WEAK + _beginning(full, language)


def _beginning(name: str, language: Language) -> str:
    """« le puy » of « le puy en velay », « saint ouen » of « saint ouen sur seine »."""
    words = name.split()
    vague = {*language.little, *language.data["beginnings"]}
    first = next((at for at, word in enumerate(words) if word not in vague), len(words))
    return " ".join(words[: first + 1])


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split())


def _names_of_interco(row: _Row, full: str, centre: str | None, language: Language) -> Iterator[str]:
    full = full.removeprefix(row["kind"] + " ")
    words = language.trimmed(language.without(full.split(), INTERCO))
    core = " ".join(words) or full
    yield core
    yield " ".join(language.trimmed(full.split()))
    yield from (language.joined(inside) for inside in _IN_BRACKETS.findall(row["name"]))
    telling = language.trimmed([word for word in words if word not in language.data["generic"]])
    yield WEAK + (" ".join(telling) or core)
    if centre:
        yield WEAK + language.joined(centre)
    initials = _initials(language.bare(core))
    acronyms = [row["kind"][:2] + initials] if row["kind"] in ("cc", "ca", "cu") else []
    acronyms += [initials, _initials(language.bare(" ".join(language.trimmed(full.split()))))]
    yield from (WEAK + acronym for acronym in acronyms if len(acronym) >= _SHORTEST_ACRONYM)


if __name__ == "__main__":
    build(Path(sys.argv[1]), REGISTER_FILE)
    build_former(Path(sys.argv[2]), former.FORMER_FILE)
