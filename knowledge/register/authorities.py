"""The register of French local authorities: a noisy name → at most five candidates, best first.

A query is read in several ways (« ville d'Avray » is a name, « ville de Lyon » a kind and a name,
« Saint-Martin (79) » a name and a place). Each reading fetches the names that share its most
telling trigrams, from an inverted index; the best of them are then compared letter by letter.
The kind and the place weigh on the score and never exclude: people get them wrong. A name of before finds
today's commune; what resembles nothing closely, or names a body that the register does not have, finds nothing.

How people speak is in `authorities.yaml`; the register, `register/*.tsv.gz`, is made from its sources
by `knowledge.register.build`.
"""

import gzip
import re
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import Self

from knowledge.register import former as names_of_before
from knowledge.register.bodies import Bodies, Body
from knowledge.register.former import Arrondissements, Former
from knowledge.register.lines import REGISTER_FILE, Authority, Candidate, Lines
from knowledge.register.names import POSTCODE_ALONE, Match, Names
from knowledge.register.own_names import OwnNames
from knowledge.register.query import LONGEST_QUERY, Language
from knowledge.register.telling import Telling
from knowledge.words.text import unaccented

_PLACE_ADDED = 0.1  # points that a name may lose once the known place is added to it
_LOOKED_AT = 40  # candidates
_TOLD = 0.93  # score of a name told as it stands
# Points behind the best, from which a candidate is not worth showing: less when the best one bears the very name.
_FAR_BEHIND, _FAR_BEHIND_A_NAME = 0.3, 0.17


def region_names(path: Path = REGISTER_FILE) -> dict[str, str]:
    """The name of each région by its code: they come first in the file, of which no more is read."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        next(file)
        rows = (line.split("\t") for line in file)
        large = takewhile(lambda row: row[0] in ("departement", "region"), rows)
        return {row[1]: row[8] for row in large if row[0] == "region"}


@dataclass(frozen=True, slots=True)
class FoundAuthorities:
    """What a query names: authorities, best first, or a body that the register does not have."""

    candidates: list[Candidate]
    body: Body | None = None


class Register:
    """The local authorities of France, found by name."""

    def __init__(self, lines: list[str], formers: list[Former], language: Language) -> None:
        self.language = language
        self.telling = Telling(language.data)
        self.own_names = OwnNames(language)
        self._bodies = Bodies(language)
        self._arrondissements = Arrondissements(formers)
        self._former_by_code = {former.code: former for former in formers}
        self._lines = Lines(lines, language)
        self._learn_places()
        self._names = Names(self._lines, formers, language)

    @classmethod
    def load(cls, path: Path = REGISTER_FILE) -> Self:
        """The register of a file made by `knowledge.register.build`; the packaged one by default."""
        with gzip.open(path, "rt", encoding="utf-8") as file:
            next(file)  # the names of the columns
            lines = [line.rstrip("\n") for line in file]
        return cls(lines, names_of_before.load(), Language())

    def find(self, query: str, most: int = 5) -> list[Candidate]:
        """The authorities that `query` may name, best first; among equals the most populous first."""
        return self.look_up(query, most).candidates

    def look_up(self, query: str, most: int = 5) -> FoundAuthorities:
        """What `query` names; of authorities, at most `most`."""
        query = self.language.without_size(query)
        if part := self._arrondissement(query):
            return FoundAuthorities([part][:most])
        candidates = self._candidates(query, most)
        if body := self._bodies.named(self.language.spelled(query), candidates, self._candidates):
            return FoundAuthorities([], body)
        return FoundAuthorities(candidates)

    def _candidates(self, query: str, most: int) -> list[Candidate]:
        if (of_insee := self._of_insee(query)) is not None:
            return of_insee[:most]
        best = {row: Match(row, 1.0) for row in self._numbered(query)}
        for reading in self.language.readings(query):
            for match in self._names.fitting(reading):
                if match.row not in best or match.score > best[match.row].score:
                    best[match.row] = match
        highest = max((match.score for match in best.values()), default=0.0)
        least = highest - (_FAR_BEHIND_A_NAME if highest >= _TOLD else _FAR_BEHIND)
        ranked = sorted((match for match in best.values() if match.score >= least), key=self._rank)
        return [self._candidate(match) for match in self._shown(ranked, max(most, 0))]

    def _rank(self, match: Match) -> tuple[float, int, int]:
        return (-round(min(match.score, 1.0), 3), -self._lines.population(match.row), match.row)

    def _shown(self, ranked: list[Match], most: int) -> list[Match]:
        """The first ones that are close; the last place goes to a name of before that was told as it stands."""
        close = [match for match in ranked[:_LOOKED_AT] if self._names.is_close(match)]
        told = [match for match in close[most:] if self._names.former(match) and match.score >= _TOLD]
        return [*close[: most - 1], told[0]] if told and most else close[:most]

    def _candidate(self, match: Match) -> Candidate:
        return Candidate(self._lines.authority(match.row), round(min(match.score, 1.0), 3), self._names.former(match))

    def look_up_near(self, query: str, place: str) -> FoundAuthorities:
        """The same, by somebody who is known to be of that place, unless what is typed says otherwise."""
        found = self.look_up(query)
        near = self.find(f"{query} {place}") if place and not found.body else []
        lost = found.candidates[0].score - near[0].score if found.candidates and near else 0
        return FoundAuthorities(near) if near and lost <= _PLACE_ADDED else found

    def look_up_in(self, query: str, departement: Authority) -> FoundAuthorities:
        """What `query` names in this département alone."""
        found = self.find(f"{query} {departement.name}")
        return FoundAuthorities([one for one in found if one.authority.departement == departement.departement])

    def get(self, kind: str, code: str) -> Authority | None:
        """The authority of this kind and code."""
        row = self._lines.row(kind, code)
        return None if row is None else self._lines.authority(row)

    def sirens(self, text: str) -> set[str]:
        """The SIREN numbers in a text, those of SIRET numbers too, known or not."""
        return {word[:9] for word in self.language.spelled(text) if word.isdecimal() and len(word) in (9, 14)}

    def _numbered(self, query: str) -> list[int]:
        """The authorities of a SIREN or SIRET number."""
        return [row for siren in self.sirens(query) for row in self._lines.of_siren(siren)]

    def _arrondissement(self, query: str) -> Candidate | None:
        typed = self.language.unframed(re.findall(r"\w+", unaccented(query[:LONGEST_QUERY])))
        part = self._arrondissements.named(typed, self.language.little)
        city = part and self.get("commune", part.commune)
        return Candidate(city, 1.0, part) if city else None

    def _of_insee(self, query: str) -> list[Candidate] | None:
        """The commune of an INSEE code, said to be one or that is no postcode; None when there is no such code."""
        code, said = self.language.insee_code(query)
        if not code or (not said and code in self._names.by_postcode):
            return None
        former = self._former_by_code.get(code)
        row = self._lines.row("commune", former.commune if former else code)
        if row is None:
            return [] if said else None
        return [Candidate(self._lines.authority(row), 1.0 if said else POSTCODE_ALONE, former)]

    def _learn_places(self) -> None:
        """Départements and regions are hints as well as authorities, even those that are no authority."""
        rows = self._lines.large()
        for kind, code, _, _, region, *_, name, _ in rows:
            inside = [row[1] for row in rows if row[0] == "departement" and row[4] == region]
            self.language.learn_place(name, [code] if kind == "departement" else inside)
