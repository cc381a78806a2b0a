"""A question answered by a local authority."""

import itertools
from collections.abc import Iterable, Mapping
from typing import Any

from knowledge.content.questionnaire import UNKNOWN, Bounds
from knowledge.content.questionnaire_words import QuestionnaireWords
from knowledge.questionnaire.condition import Test
from knowledge.questionnaire.kinds.kind import QuestionKind, around, named_in
from knowledge.words.typography import french, grouped

_LISTED = frozenset({"code", "region"})
"""Parts of an authority that conditions name one by one."""


class AuthorityKind(QuestionKind):
    """A local authority of the register, as a mapping; it is looked up by the caller."""

    @property
    def may_be_unknown(self) -> bool:
        """Always: the register does not know them all."""
        return True

    def _read(self, text: str) -> Any:
        return None

    def valid(self, value: Any) -> Any:
        """What is kept of an authority, or « je ne sais pas »."""
        return value if value == UNKNOWN or (isinstance(value, Mapping) and "kind" in value) else None

    def possible(self, compared: Iterable[tuple[str, Test]]) -> list[Any]:
        """One of each kind, zone and size that conditions tell apart, and one of each list that they name."""
        own = list(compared)
        zones = {"metro", *named_in("zone", own)}
        kinds = {"commune", *named_in("kind", own)}
        sizes = around(test for part, test in own if part == "population")
        known = itertools.product(sorted(kinds), sorted(zones), sizes)
        listed = [(part, min(test)) for part, test in own if part in _LISTED and not isinstance(test, Bounds)]
        named = ({"kind": "commune", "zone": "metro", "population": 0, part: code} for part, code in listed)
        return [UNKNOWN, *({"kind": kind, "zone": zone, "population": size} for kind, zone, size in known), *named]

    def said(self, value: Any, words: QuestionnaireWords) -> str:
        """« Sainte-Rose (commune, 971, 17 000 hab.) »."""
        return authority_label(value, words) if isinstance(value, Mapping) else super().said(value, words)

    def sorry(self, words: QuestionnaireWords) -> str:
        """How to write a name."""
        return words.authority_none

    def change(self, values: tuple[Any, ...], words: QuestionnaireWords) -> str:
        """« que la collectivité soit reconnue »: which one it is does not change."""
        return words.change_found.format(question=self.question.label)


def authority_label(known: Mapping[str, Any], words: QuestionnaireWords) -> str:
    """« Sainte-Rose (commune, 971, 17 000 hab.) »; no number of a région: « 76 » is a département's as well."""
    place = known["departement"]
    return words.authority_label.format(
        name=french(known["name"]),
        kind=words.kinds.get(known["kind"], known["kind"]),
        place=words.authority_place.format(place=place) if place else "",
        population=grouped(known["population"]),
    )
