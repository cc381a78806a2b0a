"""Where each answer of a questionnaire leads: what its picture draws, and what the preview says in words."""

from collections import defaultdict
from dataclasses import dataclass

from knowledge.checks.questionnaire import strolls
from knowledge.content.questionnaire import UNKNOWN, Form, Question
from knowledge.questionnaire.engine import Questionnaire

VERDICT = "verdict:"
END = "end:"


@dataclass(frozen=True)
class Lead:
    """Answers of one question that lead to the same place.

    `to`: a question's id, or one that begins with END or VERDICT. `answers`: ids of options, in their order; none
    where any answer leads there. `depends`: whether one of them may lead elsewhere, by the answers before.
    """

    to: str
    answers: tuple[str, ...] = ()
    depends: bool = False


def ways(form: Form) -> dict[str, list[Lead]]:
    """By question, in the order of the form, those that are ever asked."""
    met = _met(form)
    found: dict[str, list[Lead]] = {}
    for question in form.questions:
        targets = met.get(question.id, {})
        if len(targets) == 1:
            found[question.id] = [Lead(to) for to in targets]
        elif targets:
            found[question.id] = _ways(question, targets)
    return found


def _met(form: Form) -> dict[str, dict[str, set[str]]]:
    """From a question to what comes next: the answers that lead there, « » for what is typed."""
    questionnaire = Questionnaire(form)
    found: defaultdict[str, dict[str, set[str]]] = defaultdict(dict)
    for answers in strolls(form):
        said = list(answers)
        ending = questionnaire.ending(answers)
        last = f"{END}{ending.id}" if ending else f"{VERDICT}{said[1] if said[1:] else ''}"
        for question, following in zip(said, [*said[1:], last], strict=True):
            options = {option.id for option in questionnaire.questions[question].options} | {UNKNOWN}
            value = answers[question]
            name = value if isinstance(value, str) and value in options else ""
            found[question].setdefault(following, set()).add(name)
    return found


def _ways(question: Question, targets: dict[str, set[str]]) -> list[Lead]:
    ids = [option.id for option in question.options]
    order = ["", *ids, *({UNKNOWN} - set(ids))]
    leads = [
        Lead(
            to,
            tuple(one for one in order if one in names),
            any(names & others for other, others in targets.items() if other != to),
        )
        for to, names in targets.items()
    ]
    return sorted(leads, key=lambda lead: (order.index(lead.answers[0]), lead.to))
