"""Answers → the next question, or a verdict criterion by criterion. Pure: no Telegram, no clock.

The state is the answers, keyed by question id; where one is, is computed from them. So a changed
answer re-routes by itself, and nothing can disagree.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from knowledge.content.questionnaire import COUNTRIES, Criterion, Ending, Form, Outcome, Question, Rule
from knowledge.questionnaire import condition
from knowledge.questionnaire.condition import Answers, Test, conditions, holds, tests
from knowledge.questionnaire.kinds import AuthorityKind, CountryKind, kind_of

_ANYTHING = "…"
"""Stands for whatever may be answered."""

UNDO_SECONDS = 600
"""How long answers that were taken away can be had back; then they are erased."""

LONGEST_WORDS = 300
"""Characters of the person's own words that are kept beside an option."""


@dataclass(frozen=True)
class Result:
    """What the answers say of one criterion, and which rule says so."""

    criterion: Criterion
    rule: Rule
    names: Mapping[str, str] = field(default_factory=dict)
    """What its sentences are filled with."""

    @property
    def outcome(self) -> Outcome:
        """Met, open or unmet."""
        return self.rule.outcome

    @property
    def text(self) -> str:
        """What is said to the person."""
        return self.rule.text.format(**self.names)

    @property
    def team(self) -> str:
        """The same for the team; empty where it is told as to the person."""
        return (self.rule.team or "").format(**self.names)


@dataclass(frozen=True)
class Verdict:
    """The worst outcome of all criteria, and each criterion's."""

    outcome: Outcome
    results: tuple[Result, ...]
    advice: tuple[str, ...]


class InvalidAnswerError(ValueError):
    """This is no answer to that question."""


def words_of(question_id: str) -> str:
    """Under which name the person's own words are kept, beside the answer that they mean."""
    return f"{question_id}.words"


class Questionnaire:
    """A form at work. `answers` are never changed in place."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.questions = {question.id: question for question in form.questions}
        self.kinds = {question.id: kind_of(question) for question in form.questions}
        self.possible = {name: kind.possible(_compared(form, name)) for name, kind in self.kinds.items()}
        """By question: what may be answered, few enough to try them all."""
        conditions = [*(q.ask_if for q in form.questions), *(ending.when for ending in form.endings)]
        self._deciding = set().union(*map(condition.questions, conditions))

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
        asked = (question.id for question in self.asked(answers) if question.id in answers)
        names = (name for question in asked for name in (question, words_of(question)))
        return {name: answers[name] for name in names if name in answers}

    def still_valid(self, answers: Answers) -> dict[str, Any]:
        """Of answers given to an earlier version of the form, those that this one would accept."""
        found: dict[str, Any] = {}
        for question in self.form.questions:
            if question.id in answers:
                with suppress(InvalidAnswerError):
                    words = answers.get(words_of(question.id), "")
                    found = self.accept(found, question.id, answers[question.id], words)
        return found

    def accept(self, answers: Answers, question_id: str, value: Any, words: str = "") -> dict[str, Any]:
        """The answers with this one. Raises InvalidAnswerError for what is no answer to that question.

        `words`: how the person put it, kept where the question says so.
        """
        question = self.questions.get(question_id)
        if question is None or question not in self.asked(answers):
            raise InvalidAnswerError(question_id)
        valid = self.kinds[question_id].valid(value)
        if valid is None:
            raise InvalidAnswerError(question_id)
        own = {words_of(question_id): words[:LONGEST_WORDS]} if words and question.keep_words else {}
        others = {name: kept for name, kept in answers.items() if name != words_of(question_id)}
        return self.kept({**others, question_id: valid, **own})

    def authority_question(self, answers: Answers) -> Question | None:
        """The question on which authority it is, where these answers lead to it."""
        asked = self.asked(answers)
        return next((question for question in asked if isinstance(self.kinds[question.id], AuthorityKind)), None)

    def asks_authority(self, answers: Answers) -> bool:
        """Whether these answers lead to the name of an authority."""
        return self.authority_question(answers) is not None if answers else self._begins_with_authority

    @cached_property
    def _begins_with_authority(self) -> bool:
        return self.authority_question({}) is not None

    @cached_property
    def authority_path(self) -> Mapping[str, str]:
        """The answer to the first question that leads to the name of an authority; none where none does."""
        first = self.form.questions[0]
        paths = ({first.id: option.id} for option in first.options)
        return next((path for path in paths if self.asks_authority(path)), {})

    def authority(self, answers: Answers) -> Mapping[str, Any] | None:
        """The authority of the register that these answers name."""
        question = self.authority_question(answers)
        found = answers.get(question.id) if question else None
        return found if isinstance(found, Mapping) else None

    def declared(self, answers: Answers) -> str:
        """The name of an organisation, that no register is asked for; empty without one."""
        return next((answers[q.id] for q in self.asked(answers) if q.names_applicant and q.id in answers), "")

    def unregistered(self, answers: Answers) -> str:
        """The name that was typed for an authority and that the register does not have; empty without one."""
        question = self.authority_question(answers)
        return str(answers.get(words_of(question.id), "")) if question else ""

    def progress(self, answers: Answers) -> tuple[int, int]:
        """The number of the question to be asked, and how many there are on the longest way from here."""
        kept = self.kept(answers)
        answered = sum(question.id in kept for question in self.asked(kept))
        return answered + 1, self._longest(kept, {}, 0)

    def _longest(self, answers: Answers, known: Answers, at: int) -> int:
        """How many questions there may be from the form's `at`th on, where `known` is what was said before it."""
        for place, question in enumerate(self.form.questions[at:], at + 1):
            if holds(question.ask_if, known) is True:
                ways = [{**known, question.id: value} for value in self._tried(question, answers)]
                return 1 + max(0 if self._ending(way) else self._longest(answers, way, place) for way in ways)
        return 0

    def _tried(self, question: Question, answers: Answers) -> list[Any]:
        """The answer, or those to try: only what other questions depend on, as any to the rest leads the same way."""
        if question.id in answers:
            return [answers[question.id]]
        return [option.id for option in question.options if question.id in self._deciding] or [_ANYTHING]

    def verdict(self, answers: Answers) -> Verdict:
        """What the answers say, whether complete or not."""
        kept = self.kept(answers)
        results = tuple(self.results(kept))
        worst = max((result.outcome for result in results), key=list(Outcome).index, default=Outcome.OPEN)
        advice = tuple(advice.text for advice in self.form.advice if holds(advice.when, kept) is True)
        return Verdict(worst, results, advice)

    def results(self, kept: Answers) -> Iterator[Result]:
        """What these answers, all of them asked, say of each criterion that applies."""
        for criterion in self.form.criteria:
            if holds(criterion.applies_if, kept) is True:
                rule = next(rule for rule in criterion.rules if holds(rule.when, kept) is True)
                yield Result(criterion, rule, self._countries(kept))

    def _countries(self, kept: Answers) -> dict[str, str]:
        """The names that sentences may tell of the countries answered."""
        kinds = ((kind, kept.get(name)) for name, kind in self.kinds.items() if isinstance(kind, CountryKind))
        return next((kind.sides(value) for kind, value in kinds), dict.fromkeys(COUNTRIES, ""))


def _compared(form: Form, question_id: str) -> list[tuple[str, Test]]:
    """What the form's conditions compare an answer, or a part of it, with."""
    read = (test for _, one in conditions(form) for test in tests(one))
    split = ((*name.partition(".")[::2], test) for name, test in read)
    return [(part, test) for name, part, test in split if name == question_id]
