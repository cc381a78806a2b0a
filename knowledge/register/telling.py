"""What is said beside the authorities found: of the part of one that a query names, of a body that is none."""

import re
from typing import Any

from knowledge.register.bodies import Body
from knowledge.register.former import ARRONDISSEMENT
from knowledge.register.lines import Candidate


class Telling:
    """Sentences from the YAML, in French, without no-break spaces."""

    def __init__(self, data: dict[str, Any]) -> None:
        self._says = data["says"]
        self._bodies = {body["id"]: body["name"] for body in data["bodies"]}

    def former(self, candidate: Candidate, among: list[Candidate]) -> str:
        """« Lomme fait aujourd'hui partie de Lille. » Empty for an authority that goes by its own name.

        Its département is told when another candidate bears the name: « Meylan (47) fait… ».
        """
        part = candidate.former
        if part is None:
            return ""
        namesakes = [one for one in among if part.name in (one.authority.name, one.former and one.former.name)]
        others = [one for one in namesakes if one is not candidate]
        key = "arrondissement" if part.kind == ARRONDISSEMENT else "former_namesake" if others else "former"
        sentence: str = self._says[key]
        return sentence.format(name=part.name, departement=part.departement, of=self._of(candidate))

    def body(self, body: Body) -> str:
        """What kind of body it is, that the register has none, and whose it is, if told."""
        sentence: str = self._says["body_unique" if body.is_unique else "body"].format(body=self._bodies[body.kind])
        if body.of is None:
            return sentence
        whose: str = self._says["body_of"].format(name=body.of.name, departement=body.of.departement)
        return f"{sentence} {whose}"

    def _of(self, candidate: Candidate) -> str:
        """« de Lille », « d'Annecy », « du Mans »."""
        name = candidate.authority.name
        return next(
            re.sub(begins, said, name, count=1) for begins, said in self._says["of"].items() if re.match(begins, name)
        )
