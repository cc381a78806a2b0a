"""Whether a condition holds, in Kleene's logic: true, false, or not known yet."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from knowledge.content.questionnaire import UNKNOWN, Bounds, Condition, Form, Rule
from knowledge.words.yaml_file import KeyPath

Answers = Mapping[str, Any]
"""By question id: an option id, a list of them, a number, or a recognised authority as a mapping."""

Test = tuple[str, ...] | Bounds
"""What an answer is compared with."""


def holds(condition: Condition | None, answers: Answers) -> bool | None:
    """Whether a condition holds; None when an answer that it needs is missing or « je ne sais pas »."""
    if condition is None:
        return True
    known = True
    for part in _parts(condition, answers):
        if part is False:  # whatever the others: thousands of sets of answers are tried for « il suffirait »
            return False
        known = known and part is not None
    return True if known else None


def _parts(condition: Condition, answers: Answers) -> Iterator[bool | None]:
    """What must all hold."""
    for name, test in condition.answers.items():
        yield _test(name, test, answers)
    for part in condition.all_of:
        yield holds(part, answers)
    if condition.any_of:
        yield _any(holds(part, answers) for part in condition.any_of)
    if condition.none_of is not None:
        inner = holds(condition.none_of, answers)
        yield None if inner is None else not inner


def _any(parts: Iterator[bool | None]) -> bool | None:
    known = True
    for part in parts:
        if part:
            return True
        known = known and part is not None
    return False if known else None


def _test(name: str, test: Test, answers: Answers) -> bool | None:
    value = looked_up(name, answers)
    if isinstance(test, Bounds):
        if not isinstance(value, int):
            return None
        return (test.at_least is None or value >= test.at_least) and (test.at_most is None or value <= test.at_most)
    if value is None or (value == UNKNOWN and UNKNOWN not in test):
        return None
    return any(one in test for one in value) if isinstance(value, list | tuple) else value in test


def looked_up(name: str, answers: Answers) -> Any:
    """The answer called `name`; with a dot, a part of a recognised authority."""
    if "." not in name:
        return answers.get(name)
    question, _, part = name.partition(".")
    value = answers.get(question)
    return value.get(part) if isinstance(value, Mapping) else None


def tests(condition: Condition | None) -> Iterator[tuple[str, Test]]:
    """What a condition reads, and what it compares that with."""
    if condition is not None:
        yield from condition.answers.items()
        for part in (*condition.all_of, *condition.any_of, condition.none_of):
            yield from tests(part)


def questions(condition: Condition | None) -> set[str]:
    """The ids of the questions that a condition reads."""
    return {name.partition(".")[0] for name, _ in tests(condition)}


def conditions(form: Form) -> Iterator[tuple[KeyPath, Condition]]:
    """Every condition of a form, with its place in the file."""
    for n, question in enumerate(form.questions):
        if question.ask_if:
            yield ("questions", n, "ask_if"), question.ask_if
    yield from ((("endings", n, "if"), ending.when) for n, ending in enumerate(form.endings))
    yield from ((("calendar", n, "if"), part.when) for n, part in enumerate(form.calendar))
    yield from ((("advice", n, "if"), advice.when) for n, advice in enumerate(form.advice))
    for n, criterion in enumerate(form.criteria):
        yield ("criteria", n, "applies_if"), criterion.applies_if
        yield from of_rules(n, criterion.rules)


def of_rules(criterion: int, rules: Iterable[Rule]) -> Iterator[tuple[KeyPath, Condition]]:
    """The conditions of one criterion's rules, with their places."""
    return ((("criteria", criterion, "rules", m, "if"), rule.when) for m, rule in enumerate(rules) if rule.when)
