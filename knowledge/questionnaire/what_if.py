"""« Il suffirait que… »: the fewest other answers that turn a criterion, found by trying them all."""

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from knowledge.content.questionnaire import UNKNOWN, Criterion, Form, Outcome, Question
from knowledge.questionnaire import condition
from knowledge.questionnaire.condition import Answers
from knowledge.questionnaire.engine import Questionnaire, Result


@dataclass(frozen=True)
class Counterfactual:
    """What would turn a criterion. `answers`: by question, each answer that would do, all questions together."""

    criterion: Criterion
    answers: tuple[tuple[Question, tuple[Any, ...]], ...]
    outcome: Outcome


def fewest_changes(questionnaire: Questionnaire, answers: Answers) -> Iterator[Counterfactual]:
    """For each criterion that these answers do not meet, and others can: the fewest changes that make it best."""
    kept = questionnaire.kept(answers)
    for result in questionnaire.results(kept):
        if result.outcome != Outcome.MET:
            yield from _fewest(questionnaire, kept, result)


def _fewest(questionnaire: Questionnaire, kept: Answers, now: Result) -> Iterator[Counterfactual]:
    order = list(Outcome).index
    read = _read(questionnaire.form, now.criterion)
    # The last questions first: the first ones tell who one is, which changes less.
    asked = (q for q in reversed(questionnaire.form.questions) if q.id in read and not q.states_a_fact)
    names = [question.id for question in asked]
    for size in range(1, len(names) + 1):
        found: list[tuple[Outcome, dict[str, Any]]] = []
        for changed in _changes(questionnaire, kept, names, size):
            results = questionnaire.results(questionnaire.kept({**kept, **changed}))
            outcome = next((result.outcome for result in results if result.criterion == now.criterion), now.outcome)
            if order(outcome) < order(now.outcome):
                found.append((outcome, changed))
        if found:
            yield _told(questionnaire, now.criterion, found)
            return


def _told(
    questionnaire: Questionnaire, criterion: Criterion, found: list[tuple[Outcome, dict[str, Any]]]
) -> Counterfactual:
    """The best of the changes; every answer that does as well, where one question is enough."""
    best = min((outcome for outcome, _ in found), key=list(Outcome).index)
    ways = [changed for outcome, changed in found if outcome == best]
    first = ways[0]
    same = [way for way in ways if way.keys() == first.keys()] if len(first) == 1 else [first]
    answers = tuple((questionnaire.questions[name], tuple(way[name] for way in same)) for name in reversed(first))
    return Counterfactual(criterion, answers, best)


def _changes(questionnaire: Questionnaire, kept: Answers, names: list[str], size: int) -> Iterator[dict[str, Any]]:
    """Every way to answer `size` of these questions otherwise, where all of them are then asked."""
    for chosen in itertools.combinations(names, size):
        values = [_other_values(questionnaire.possible[name], kept.get(name)) for name in chosen]
        for combination in itertools.product(*values):
            changed = dict(zip(chosen, combination, strict=True))
            if changed.keys() <= questionnaire.kept({**kept, **changed}).keys():
                yield changed


def _other_values(possible: list[Any], given: Any) -> list[Any]:
    # Who one is does not change: only an authority that was not recognised may still be.
    return [] if isinstance(given, Mapping) else [value for value in possible if value not in (given, UNKNOWN)]


def _read(form: Form, criterion: Criterion) -> set[str]:
    """The questions that a criterion depends on, through those that decide whether to ask."""
    read = condition.questions(criterion.applies_if).union(
        *(condition.questions(rule.when) for rule in criterion.rules)
    )
    for question in reversed(form.questions):  # a question depends on earlier ones only
        if question.id in read:
            read |= condition.questions(question.ask_if)
    return read
