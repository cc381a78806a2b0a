"""Why what was typed is not taken for a detail, or may be a question. Pure, but for the doubt that a draft keeps."""

from handlers.dossier.draft import Draft
from handlers.dossier.screens import DossierScreens
from handlers.questionnaire.typed_text import asks_for_a_name
from knowledge.content.questionnaire import Question
from knowledge.questionnaire.kinds import NameKind, kind_of


def surely_asks(draft: Draft, question: Question, text: str, value: str | None, screens: DossierScreens) -> bool:
    """« pourquoi vous demandez ça », whatever it is about: no detail."""
    is_number = kind_of(question).tells_how_to_reach and bool(value)
    is_left_out = value == ""
    return not (is_number or is_left_out or screens.is_free(draft, question)) and asks_for_a_name(text)


def may_ask(draft: Draft, question: Question, text: str, value: str | None, screens: DossierScreens) -> bool:
    """« Pierre Comment » is a name, « 06 12 34 56 78, vous rappelez quand ? » a number."""
    is_text = not (kind_of(question).tells_how_to_reach or screens.is_free(draft, question))
    return value is None or (is_text and "?" in text)


def objection(draft: Draft, question: Question, value: str | None, screens: DossierScreens) -> str:
    """Why what was typed is not taken; empty when it is. What is doubtful is taken when it is typed again."""
    kind, words = kind_of(question), screens.form.words
    if value is None:
        return kind.sorry(words)
    if said_before := _same(draft, question, value, screens):
        return screens.words.same_twice.format(label=said_before.label, question=question.label)
    doubt = kind.doubt(value, words) if value and draft.doubted != value else ""
    if doubt:
        draft.doubted = value
    return doubt


def _same(draft: Draft, question: Question, value: str, screens: DossierScreens) -> Question | None:
    """The other name that is the same to the letter: a message that left twice, or answers two questions at once."""
    asked = screens.dossier_form.asked(inquiry=draft.inquiry)
    names = [one for one in asked if isinstance(kind_of(one), NameKind)]
    others = (one for one in names if question in names and one != question)
    return next((one for one in others if draft.details.get(one.id, "").casefold() == value.casefold()), None)
