"""A class for each kind of question: how it reads what is typed, what is valid, what may be answered, how it is said.

A new kind is a class here, its name in `Question.kind`, and its sentences in the questionnaire's words.
"""

from typing import assert_never

from knowledge.content.questionnaire import Question
from knowledge.questionnaire.kinds.authority import Authority, authority_label
from knowledge.questionnaire.kinds.country import Country
from knowledge.questionnaire.kinds.kind import Kind
from knowledge.questionnaire.kinds.options import Choice, Several
from knowledge.questionnaire.kinds.typed import LONGEST, Email, FreeText, Name, Number, Phone

__all__ = [
    "LONGEST",
    "Authority",
    "Choice",
    "Country",
    "Kind",
    "Name",
    "Several",
    "authority_label",
    "kind_of",
]


def kind_of(question: Question) -> Kind:
    """What a question can do."""
    return _class(question)(question)


def _class(question: Question) -> type[Kind]:  # noqa: PLR0911 (one for each kind, none forgotten)
    match question.kind:
        case "choice":
            return Choice
        case "several":
            return Several
        case "country":
            return Country
        case "number":
            return Number
        case "text":
            return FreeText
        case "name":
            return Name
        case "email":
            return Email
        case "phone":
            return Phone
        case "authority":
            return Authority
        case _:
            assert_never(question.kind)
