"""What must hold in a questionnaire: names that exist, nothing unreachable, no rule that never decides."""

import itertools
import random
from collections.abc import Iterable, Iterator
from typing import Any

from knowledge.content.open_call import CallCriterion
from knowledge.content.questionnaire import UNKNOWN, Bounds, Condition, Criterion, Example, Form, Question
from knowledge.questionnaire.condition import Answers, conditions, of_rules, questions, tests
from knowledge.questionnaire.engine import Questionnaire
from knowledge.questionnaire.kinds import ChoiceKind, kind_of
from knowledge.words.errors import Problem
from knowledge.words.meant import Called, unknown, unknown_names
from knowledge.words.text import normalise
from knowledge.words.yaml_file import KeyPath, YamlFile

MOST_IN_A_BUTTON = 50
"""Characters of a question's and an option's ids together: a Telegram button carries 64 bytes."""

MOST_WALKED = 50_000
"""Complete sets of answers looked at; a longer questionnaire is checked on its first ones."""

_MOST_STROLLED = 3_000
"""Sets from all over looked at before these: nearly always they meet all that can be met, ten times as soon."""


def check_form(form: Form, file: YamlFile, topics: Called, sources: Called) -> Iterator[Problem]:
    """Every mistake in a questionnaire; the costly checks only once the names are right."""
    problems = [*_names(form, file, topics, sources), *_example_names(form, file)]
    yield from problems
    if not problems:
        yield from _walked(form, file)
        for n, example in enumerate(form.examples):
            yield from _example(form, file, n, example)


def walk(form: Form) -> Iterator[dict[str, Any]]:
    """Every complete set of answers, where numbers and authorities stand for all that conditions tell apart."""
    questionnaire = Questionnaire(form)

    def onwards(answers: dict[str, Any]) -> Iterator[dict[str, Any]]:
        question = questionnaire.next(answers)
        if question is None:
            yield answers
            return
        for value in questionnaire.possible[question.id]:
            yield from onwards({**answers, question.id: value})

    return onwards({})


def strolls(form: Form, count: int = 300) -> Iterator[dict[str, Any]]:
    """Some complete sets of answers from all over: they soon meet whatever can be met."""
    questionnaire = Questionnaire(form)
    chance = random.Random(0)  # noqa: S311 (the same strolls each time)
    for _ in range(count):
        answers: dict[str, Any] = {}
        while question := questionnaire.next(answers):
            answers[question.id] = chance.choice(questionnaire.possible[question.id])
        yield answers


def _names(form: Form, file: YamlFile, topics: Called, sources: Called) -> Iterator[Problem]:
    questions = {question.id: n for n, question in enumerate(form.questions)}
    for n, question in enumerate(form.questions):
        if questions[question.id] != n:
            yield file.problem(("questions", n, "id"), "form_duplicate", id=question.id)
        if isinstance(kind_of(question), ChoiceKind) and len(question.options) < 2:
            yield file.problem(("questions", n), "form_no_options", id=question.id)
        for m, option in enumerate(question.options):
            if option.id in [other.id for other in question.options[:m]]:
                here = ("questions", n, "options", m, "id")
                yield file.problem(here, "form_option_twice", id=question.id, option=option.id)
            if len(question.id) + len(option.id) > MOST_IN_A_BUTTON:
                here = ("questions", n, "options", m, "id")
                yield file.problem(here, "form_long_ids", id=question.id, option=option.id, limit=MOST_IN_A_BUTTON)
        yield from _answers_named(question, form.questions[0], file, ("questions", n))
        yield from _said_twice(question, file, ("questions", n))
    for place, condition in conditions(form):
        yield from _condition(form, file, place, condition, questions)
    yield from _topics(form, file, topics)
    for n, criterion in enumerate(form.criteria):
        if criterion.source not in sources:
            yield unknown(file, ("criteria", n, "source"), "unknown_source", criterion.source, sources)
        for m, rule in enumerate(criterion.rules):
            if rule.source and rule.source not in sources:
                yield unknown(file, ("criteria", n, "rules", m, "source"), "unknown_source", rule.source, sources)
        yield from _general_rules(file, n, criterion)


def _answers_named(question: Question, first: Question, file: YamlFile, place: KeyPath) -> Iterator[Problem]:
    """The answers that a question names exist: its own, and for a place abroad those of the first question."""
    named: list[tuple[KeyPath, str | None]] = [
        ((*place, "otherwise"), question.otherwise),
        ((*place, "bare"), question.bare),
        *(((*place, "of_bodies", body), option) for body, option in question.of_bodies.items()),
        *(
            ((*place, "options", m, "together", k), option)
            for m, one in enumerate(question.options)
            for k, option in enumerate(one.together)
        ),
    ]
    for here, option in named:
        if option:
            yield from _option(file, here, option, question)
    if question.abroad:
        yield from _option(file, (*place, "abroad"), question.abroad, first)


def _said_twice(question: Question, file: YamlFile, place: KeyPath) -> Iterator[Problem]:
    """The same words for two answers of a question: typed, they would not say which."""
    seen = {normalise(option.label): option for option in question.options}
    for m, option in enumerate(question.options):
        for k, word in enumerate(option.also):
            other = seen.setdefault(normalise(word), option)
            if other is not option:
                here: KeyPath = (*place, "options", m, "also", k)
                line = file.mended(here, word, "", in_list=True)
                yield file.problem(here, "form_said_twice", said=word, id=option.id, other=other.id, line=line)


def check_criteria(criteria: Iterable[CallCriterion], form: Form, file: YamlFile) -> Iterator[Problem]:
    """Every mistake in the criteria of a call: they name questions of the form, and the last rule always decides."""
    questions = {question.id: n for n, question in enumerate(form.questions)}
    for n, criterion in enumerate(criteria):
        applies = [(("criteria", n, "applies_if"), criterion.applies_if)] if criterion.applies_if else []
        for place, condition in (*applies, *of_rules(n, criterion.rules)):
            yield from _condition(form, file, place, condition, questions)
        if criterion.rules:
            yield from _general_rules(file, n, criterion)


def _general_rules(file: YamlFile, n: int, criterion: CallCriterion | Criterion) -> Iterator[Problem]:
    """The rule that holds whatever is answered is the last, and the only one: no rule after it is ever read."""
    last = len(criterion.rules) - 1
    is_last_general = criterion.rules[last].when is None
    early = [m for m, rule in enumerate(criterion.rules[:last]) if rule.when is None]
    key = "form_second_rule" if is_last_general else "form_early_rule"
    for m in early:
        here: KeyPath = ("criteria", n, "rules", m)
        yield file.problem(here, key, id=criterion.id, last=file.line(("criteria", n, "rules", last)))
    if not is_last_general and not early:
        here = ("criteria", n, "rules", last)
        line = file.typed[file.line(here) - 1]
        yield file.problem(here, "form_last_rule", id=criterion.id, n=len(line) - len(line.lstrip()))


def _topics(form: Form, file: YamlFile, topics: Called) -> Iterator[Problem]:
    """The entries that the questionnaire points to exist."""
    pointers: list[tuple[KeyPath, str]] = [(("offered_with", n), topic) for n, topic in enumerate(form.offered_with)]
    pointers += [(("papers_with", n), topic) for n, topic in enumerate(form.papers_with)]
    pointers += [(("endings", n, "topic"), ending.topic) for n, ending in enumerate(form.endings)]
    pointers += [(("known_from", topic), topic) for topic in form.known_from]
    for place, topic in pointers:
        if topic not in topics:
            yield unknown(file, place, "unknown_topic", topic, topics)
    for topic, known in form.known_from.items():
        if Questionnaire(form).still_valid(known) != known:
            yield file.problem(("known_from", topic), "form_known_wrong", name=topic)


def _condition(
    form: Form, file: YamlFile, place: KeyPath, condition: Condition, questions: dict[str, int]
) -> Iterator[Problem]:
    """The questions and options that a condition names exist; what decides whether to ask is asked before."""
    for name, test in tests(condition):
        at = questions.get(name.partition(".")[0])
        if at is None:
            yield unknown(file, place, "form_unknown_question", name.partition(".")[0], [*questions])
            continue
        if place[0] == "questions" and isinstance(place[1], int) and at >= place[1]:
            yield file.problem(place, "form_asked_later", name=name)
        if "." not in name and not isinstance(test, Bounds):
            for option in sorted(set(test)):
                yield from _option(file, place, option, form.questions[at])


def _example_names(form: Form, file: YamlFile) -> Iterator[Problem]:
    """The options that the example situations choose exist, and the criteria and the ends that they expect."""
    criteria, endings = [criterion.id for criterion in form.criteria], [ending.id for ending in form.endings]
    questions = {question.id: question for question in form.questions}
    for n, example in enumerate(form.examples):
        for name, value in example.answers.items():
            if name in questions and isinstance(value, str):
                yield from _option(file, ("examples", n, "answers", name), value, questions[name])
        for name in example.criteria:
            yield from unknown_names(file, ("examples", n, "criteria", name), "unknown_criterion", [name], criteria)
        if example.ends:
            yield from unknown_names(file, ("examples", n, "ends"), "unknown_ending", [example.ends], endings)


def _option(file: YamlFile, place: KeyPath, option: str, question: Question) -> Iterator[Problem]:
    """A problem where a question has no such answer."""
    options = called_options(question)
    if options and option not in options and option != UNKNOWN:
        yield unknown(file, place, "form_unknown_option", option, options, question=question.id)


def called_options(question: Question) -> Called:
    """By id of an answer, its label and the other ways to type it."""
    return {option.id: (option.label, *option.also) for option in question.options}


def _walked(form: Form, file: YamlFile) -> Iterator[Problem]:
    """What no set of answers ever reaches, and what no rule ever reads."""
    unasked = {question.id: ("questions", n) for n, question in enumerate(form.questions)}
    undecided = {
        (criterion.id, m): ("criteria", n, "rules", m)
        for n, criterion in enumerate(form.criteria)
        for m in range(len(criterion.rules) - 1)  # the last is a safety net
    }
    questionnaire = Questionnaire(form)
    for answers in itertools.chain(strolls(form, _MOST_STROLLED), itertools.islice(walk(form), MOST_WALKED)):
        for name in answers:
            unasked.pop(name, None)
        for result in questionnaire.verdict(answers).results:
            undecided.pop((result.criterion.id, result.criterion.rules.index(result.rule)), None)
        if not unasked and not undecided:
            break
    yield from (file.problem(place, "form_unreachable", id=name) for name, place in unasked.items())
    yield from (file.problem(place, "form_never_holds", id=name) for (name, _), place in undecided.items())
    read = set().union(*(questions(condition) for _, condition in conditions(form)))
    for n, question in enumerate(form.questions):
        if question.id not in read and questionnaire.kinds[question.id].is_read_by_rules:
            yield file.problem(("questions", n), "form_never_read", id=question.id)
        else:
            yield from _alike(form, file, n)


def _alike(form: Form, file: YamlFile, n: int) -> Iterator[Problem]:
    """Options that no rule reads: one may stand for « everything else », a second is asked for nothing."""
    question = form.questions[n]
    named = [test for _, one in conditions(form) for name, test in tests(one) if name == question.id]
    read = {option for test in named if not isinstance(test, Bounds) for option in test}
    unread = [m for m, option in enumerate(question.options) if option.id not in read | {UNKNOWN}]
    for m in unread[1:]:
        other = question.options[unread[0]].id
        place: KeyPath = ("questions", n, "options", m)
        yield file.problem(place, "form_alike", id=question.options[m].id, other=other, question=question.id)


def _example(form: Form, file: YamlFile, n: int, example: Example) -> Iterator[Problem]:
    place: KeyPath = ("examples", n)
    questionnaire = Questionnaire(form)
    lost = example.answers.keys() - questionnaire.kept(example.answers).keys()
    if lost:
        yield file.problem(place, "form_example_answer", name=example.name, answer=min(lost))
        return
    ending = questionnaire.ending(example.answers)
    found: dict[str, Any] = {"verdict": "ended", "ends": ending.id} if ending else _told(questionnaire, example.answers)
    expected = {"verdict": str(example.verdict), "ends": example.ends, **example.criteria}
    for key, value in expected.items():
        if value is not None and str(found.get(key)) != str(value):
            yield file.problem(
                place, "form_example_wrong", name=example.name, key=key, expected=str(value), found=str(found.get(key))
            )


def unplayed(form: Form, file: YamlFile) -> Iterator[Problem]:
    """Rules and ends that no example situation meets: nobody has said what they are to come to. Advice."""
    questionnaire = Questionnaire(form)
    met: set[tuple[str, int]] = set()
    for example in form.examples:
        if ending := questionnaire.ending(example.answers):
            met.add((ending.id, -1))
        else:
            results = questionnaire.verdict(example.answers).results
            met |= {(one.criterion.id, one.criterion.rules.index(one.rule)) for one in results}
    for n, ending in enumerate(form.endings):
        if (ending.id, -1) not in met:
            yield _unplayed(file, ("endings", n), ending.id, f"ends: {ending.id}", [ending.when])
    for n, criterion in enumerate(form.criteria):
        for m, rule in enumerate(criterion.rules):
            if (criterion.id, m) not in met:
                expected = f"criteria: {{{criterion.id}: {rule.outcome}}}"
                yield _unplayed(
                    file, ("criteria", n, "rules", m), criterion.id, expected, [criterion.applies_if, rule.when]
                )


def _unplayed(
    file: YamlFile, place: KeyPath, name: str, expected: str, conditions: Iterable[Condition | None]
) -> Problem:
    """With the beginning of a situation that would meet it."""
    told = (one.answers.items() for one in conditions if one)
    answers = {key: test[0] for tests_of in told for key, test in tests_of if not isinstance(test, Bounds)}
    shown = ", ".join(f'{key}: "{value}"' for key, value in answers.items() if "." not in key)
    return file.problem(place, "advice_unplayed", id=name, answers=shown, expected=expected)


def _told(questionnaire: Questionnaire, answers: Answers) -> dict[str, str]:
    verdict = questionnaire.verdict(answers)
    return {"verdict": str(verdict.outcome), **{r.criterion.id: str(r.outcome) for r in verdict.results}}
