"""What may be answered to each question of a form, few enough to try them all."""

import itertools
from collections.abc import Iterable
from typing import Any

from knowledge.content.questionnaire import UNKNOWN, Bounds, Form, Question
from knowledge.questionnaire.condition import Test, conditions, tests


def possible_values(form: Form) -> dict[str, list[Any]]:
    """By question: every option; of numbers and authorities, one of each sort that conditions tell apart."""
    compared = [test for _, one in conditions(form) for test in tests(one)]
    return {question.id: _values(question, compared) for question in form.questions}


def _values(question: Question, compared: list[tuple[str, Test]]) -> list[Any]:
    options = [option.id for option in question.options]
    if question.kind == "choice":
        return options
    if question.kind == "several":
        return [*([option] for option in options), options]
    own = [(name.partition(".")[2], test) for name, test in compared if name.partition(".")[0] == question.id]
    if question.kind == "number":
        return _around(test for _, test in own)
    if question.kind != "authority":
        return ["…"]
    zones = {"metro", *(one for part, test in own if part == "zone" and not isinstance(test, Bounds) for one in test)}
    kinds = {"commune", *(one for part, test in own if part == "kind" and not isinstance(test, Bounds) for one in test)}
    sizes = _around(test for part, test in own if part == "population")
    known = itertools.product(sorted(kinds), sorted(zones), sizes)
    return [UNKNOWN, *({"kind": kind, "zone": zone, "population": size} for kind, zone, size in known)]


def _around(compared: Iterable[Test]) -> list[int]:
    """A number on either side of each bound."""
    bounds = {
        b for test in compared if isinstance(test, Bounds) for b in (test.at_least, test.at_most) if b is not None
    }
    return sorted({0, *bounds, *(bound + 1 for bound in bounds), *(max(0, bound - 1) for bound in bounds)})
