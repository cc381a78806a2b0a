"""Answers → the next question, or a verdict criterion by criterion. Pure: no Telegram, no clock.

The state is the answers, keyed by question id; where one is, is computed from them. So going back drops an
answer, a changed answer re-routes by itself, and nothing can disagree.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from knowledge.form import UNKNOWN, Bounds, Condition, Criterion, Ending, Form, Outcome, Question, Rule

_ANYTHING = "…"
"""Stands for whatever may be answered."""

LONGEST = 1_000
"""Characters of a free answer."""

Answers = Mapping[str, Any]
"""By question id: an option id, a list of them, a number, or a recognised authority as a mapping."""


@dataclass(frozen=True)
class Result:
    """What the answers say of one criterion, and which rule says so."""

    criterion: Criterion
    rule: Rule

    @property
    def outcome(self) -> Outcome:
        """Met, open or unmet."""
        return self.rule.outcome


@dataclass(frozen=True)
class Change:
    """One other answer that would turn a criterion: « il suffirait que… »."""

    criterion: Criterion
    question: Question
    option: str
    outcome: Outcome


@dataclass(frozen=True)
class Verdict:
    """The worst outcome of all criteria, each criterion's, and what would change them."""

    outcome: Outcome
    results: tuple[Result, ...]
    changes: tuple[Change, ...]
    advice: tuple[str, ...]


class InvalidAnswerError(ValueError):
    """This is no answer to that question."""


def holds(condition: Condition | None, answers: Answers) -> bool | None:
    """Whether a condition holds; None when an answer that it needs is missing or « je ne sais pas »."""
    if condition is None:
        return True
    parts = [_test(name, test, answers) for name, test in condition.answers.items()]
    parts += [holds(part, answers) for part in condition.all_of]
    if condition.any_of:
        parts.append(_any(holds(part, answers) for part in condition.any_of))
    if condition.none_of is not None:
        inner = holds(condition.none_of, answers)
        parts.append(None if inner is None else not inner)
    return _all(parts)


def _all(parts: list[bool | None]) -> bool | None:
    return False if False in parts else None if None in parts else True


def _any(parts: Iterator[bool | None]) -> bool | None:
    found = list(parts)
    return True if True in found else None if None in found else False


def _test(name: str, test: tuple[str, ...] | Bounds, answers: Answers) -> bool | None:
    value = looked_up(name, answers)
    if isinstance(test, Bounds):
        if not isinstance(value, int):
            return None
        return (test.at_least is None or value >= test.at_least) and (test.at_most is None or value <= test.at_most)
    if value is None or (value == UNKNOWN and UNKNOWN not in test):
        return None
    chosen = value if isinstance(value, list | tuple) else (value,)
    return any(one in test for one in chosen)


def looked_up(name: str, answers: Answers) -> Any:
    """The answer called `name`; with a dot, a part of a recognised authority."""
    question, _, part = name.partition(".")
    value = answers.get(question)
    return value.get(part) if part and isinstance(value, Mapping) else None if part else value


def _named(condition: Condition | None) -> Iterator[str]:
    """The names that a condition reads."""
    if condition is not None:
        yield from condition.answers
        for part in (*condition.all_of, *condition.any_of, condition.none_of):
            yield from _named(part)


class Questionnaire:
    """A form at work. `answers` are never changed in place."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.questions = {question.id: question for question in form.questions}
        conditions = [*(q.ask_if for q in form.questions), *(ending.when for ending in form.endings)]
        self._deciding = {name.partition(".")[0] for condition in conditions for name in _named(condition)}

    def asked(self, answers: Answers) -> list[Question]:
        """The questions that these answers lead to, in order, answered or not; none after an early end."""
        found: list[Question] = []
        known: dict[str, Any] = {}
        for question in self.form.questions:
            if holds(question.ask_if, known) is not True:
                continue
            found.append(question)
            if question.id in answers:
                known[question.id] = answers[question.id]
            if self._ending(known):
                break
        return found

    def next(self, answers: Answers) -> Question | None:
        """The first question without an answer; None when all is said."""
        return next((question for question in self.asked(answers) if question.id not in answers), None)

    def ending(self, answers: Answers) -> Ending | None:
        """The early end that these answers lead to, if any."""
        return self._ending(self.kept(answers))

    def _ending(self, known: Answers) -> Ending | None:
        return next((end for end in self.form.endings if holds(end.when, known) is True), None)

    def kept(self, answers: Answers) -> dict[str, Any]:
        """The answers to questions that are still asked: a changed answer leaves no stale one behind."""
        return {question.id: answers[question.id] for question in self.asked(answers) if question.id in answers}

    def still_valid(self, answers: Answers) -> dict[str, Any]:
        """Of answers given to an earlier version of the form, those that this one would accept."""
        found: dict[str, Any] = {}
        for question in self.form.questions:
            if question.id in answers:
                with suppress(InvalidAnswerError):
                    found = self.accept(found, question.id, answers[question.id])
        return found

    def accept(self, answers: Answers, question_id: str, value: Any) -> dict[str, Any]:
        """The answers with this one. Raises InvalidAnswerError for what is no answer to that question."""
        question = self.questions.get(question_id)
        if question is None or question not in self.asked(answers):
            raise InvalidAnswerError(question_id)
        return self.kept({**answers, question_id: _valid(question, value)})

    def without(self, answers: Answers, question_id: str) -> dict[str, Any]:
        """The answers without that one."""
        return self.kept({key: value for key, value in answers.items() if key != question_id})

    def progress(self, answers: Answers) -> tuple[int, int]:
        """The number of the question to be asked, and how many there are on the longest way from here."""
        kept = self.kept(answers)
        return len(kept) + 1, self._longest(kept)

    def _longest(self, answers: dict[str, Any]) -> int:
        question = self.next(answers)
        if question is None:
            return len(answers)
        # Only what other questions depend on is tried out: any answer to the rest leads the same way.
        tried = [o.id for o in question.options] if question.id in self._deciding else [_ANYTHING]
        return max(self._longest({**answers, question.id: value}) for value in tried or [_ANYTHING])

    def verdict(self, answers: Answers, *, changes: bool = True) -> Verdict:
        """What the answers say, whether complete or not; with `changes`, what would turn it."""
        kept = self.kept(answers)
        results = tuple(self._results(kept))
        worst = max((result.outcome for result in results), key=list(Outcome).index, default=Outcome.OPEN)
        turning = tuple(self._changes(kept, results)) if changes else ()
        advice = tuple(advice.text for advice in self.form.advice if holds(advice.when, kept) is True)
        return Verdict(worst, results, turning, advice)

    def _results(self, kept: Answers) -> Iterator[Result]:
        for criterion in self.form.criteria:
            if holds(criterion.applies_if, kept) is True:
                yield Result(criterion, next(rule for rule in criterion.rules if holds(rule.when, kept) is True))

    def _changes(self, kept: Answers, results: tuple[Result, ...]) -> Iterator[Change]:
        """For each criterion that is not met: every single other answer that makes it better."""
        order = list(Outcome).index
        wanting = {result.criterion.id: result for result in results if result.outcome != Outcome.MET}
        for question in self.asked(kept):
            for option in question.options if question.kind == "choice" else ():
                if option.id == kept.get(question.id):
                    continue
                for other in self._results(self.kept({**kept, question.id: option.id})):
                    now = wanting.get(other.criterion.id)
                    if now and order(other.outcome) < order(now.outcome):
                        yield Change(other.criterion, question, option.id, other.outcome)


def _valid(question: Question, value: Any) -> Any:
    options = {option.id for option in question.options}
    match question.kind:
        case "choice" if value in options:
            return value
        case "several" if isinstance(value, list | tuple) and value and set(value) <= options:
            return sorted(set(value), key=[option.id for option in question.options].index)
        case "number" if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**9:
            return value
        case "text" | "email" | "phone" if isinstance(value, str) and 0 < len(value) <= LONGEST:
            return value
        case "authority" if value == UNKNOWN or (isinstance(value, Mapping) and "kind" in value):
            return value
    raise InvalidAnswerError(question.id)
