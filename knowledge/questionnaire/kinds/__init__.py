"""A class for each kind of question: how it reads what is typed, what is valid, what may be answered, how it is said.

A new kind is a class here, its name in `Question.kind`, and its sentences in the questionnaire's words.
"""

from typing import assert_never

from knowledge.content.questionnaire import Question
from knowledge.questionnaire.kinds.authority import AuthorityKind, authority_label
from knowledge.questionnaire.kinds.country import CountryKind
from knowledge.questionnaire.kinds.kind import QuestionKind
from knowledge.questionnaire.kinds.options import ChoiceKind, SeveralKind
from knowledge.questionnaire.kinds.typed_kinds import LONGEST, EmailKind, NameKind, NumberKind, PhoneKind, TextKind

__all__ = [
    "LONGEST",
    "AuthorityKind",
    "ChoiceKind",
    "CountryKind",
    "NameKind",
    "QuestionKind",
    "SeveralKind",
    "authority_label",
    "kind_of",
]


def kind_of(question: Question) -> QuestionKind:
    """What a question can do."""
    return _class(question)(question)


def _class(question: Question) -> type[QuestionKind]:  # noqa: PLR0911 (one for each kind, none forgotten)
    match question.kind:
        case "choice":
            return ChoiceKind
        case "several":
            return SeveralKind
        case "country":
            return CountryKind
        case "number":
            return NumberKind
        case "text":
            return TextKind
        case "name":
            return NameKind
        case "email":
            return EmailKind
        case "phone":
            return PhoneKind
        case "authority":
            return AuthorityKind
        case _:
            assert_never(question.kind)
