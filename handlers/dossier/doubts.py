"""Why what was typed is not taken for a detail, or may be a question. Pure, but for the doubt that a draft keeps."""

from handlers.dossier.draft import Draft
from handlers.dossier.screens import DossierScreens
from handlers.questionnaire.typed_text import asks_for_a_name
from knowledge.content.dossier import DossierForm
from knowledge.content.questionnaire import Question
from knowledge.questionnaire.affirming import affirms
from knowledge.questionnaire.kinds import NameKind, kind_of
from knowledge.questionnaire.person_names import begins_with, is_written_as_name
from knowledge.questionnaire.typed_answer import clean, says, says_loosely
from knowledge.questionnaire.ways_to_reach import nearest_domain


def settled(draft: Draft, question: Question, text: str, screens: DossierScreens) -> str:
    """What is typed in answer to a doubt: « oui » is the address that was proposed, « non » the one that was typed."""
    words, doubted = screens.form.words, draft.doubted
    meant = nearest_domain(doubted) if doubted and question.kind == "email" else None
    if doubted is None or meant is None:
        return text
    if affirms(text):
        return meant
    return doubted if says_loosely(text, words.deny, *words.deny_also) else text


def surely_asks(draft: Draft, question: Question, text: str, value: str | None, screens: DossierScreens) -> bool:
    """« pourquoi vous demandez ça », whatever it is about: no detail."""
    is_number = kind_of(question).tells_how_to_reach and bool(value)
    is_left_out = value == ""
    return not (is_number or is_left_out or screens.is_free(draft, question)) and asks_for_a_name(text)


def may_ask(draft: Draft, question: Question, text: str, value: str | None, screens: DossierScreens) -> bool:
    """« Pierre Comment » is a name, « 06 12 34 56 78, vous rappelez quand ? » a number."""
    is_text = not (kind_of(question).tells_how_to_reach or screens.is_free(draft, question))
    return value is None or (is_text and "?" in text)


def is_name(draft: Draft, question: Question | None, text: str) -> bool:
    """Whether a name is asked, and this is written as one, or typed again: « Marie Exemple » asks for no example."""
    is_asked = question is not None and isinstance(kind_of(question), NameKind)
    return is_asked and (is_written_as_name(text) or draft.doubted == text)


def objection(draft: Draft, question: Question, text: str, value: str | None, screens: DossierScreens) -> str:
    """Why what was typed is not taken; empty when it is. What is doubtful is taken when it is typed again."""
    kind, words = kind_of(question), screens.form.words
    is_needed = not screens.is_optional(draft, question.id) and screens.says_none(question, text)
    meant = _another(draft, question, text, screens) if text else None
    if value is None:
        if meant:
            return f"{screens.words.elsewhere.format(value=clean(text), label=meant.label)} {question.text}"
        needed = screens.words.needed.format(label=question.label, contact=screens.contact)
        return f"{needed} {kind.sorry(words)}" if is_needed else kind.sorry(words)
    if said_before := _same(draft, question, value, screens):
        return screens.words.same_twice.format(label=said_before.label, question=question.label)
    if not value or draft.doubted == value:
        return ""
    doubt = kind.doubt(value, words)
    if isinstance(kind, NameKind):
        if meant:
            doubt = screens.words.elsewhere_perhaps.format(value=value, label=meant.label, question=question.label)
        elif (is_needed and not is_written_as_name(text)) or _only_greets(text, screens):
            doubt = words.name_doubted.format(name=value)
    draft.doubted = value if doubt else draft.doubted
    return doubt


def _another(draft: Draft, question: Question, text: str, screens: DossierScreens) -> Question | None:
    """The other detail that this is: an address typed for a name, a function for a telephone number."""
    form = screens.dossier_form
    others = (one for one in form.asked(inquiry=draft.inquiry) if one != question)
    return next((one for one in others if _is_for(one, text, form)), None)


def _is_for(question: Question, text: str, form: DossierForm) -> bool:
    kind = kind_of(question)
    is_reached = kind.tells_how_to_reach and kind.read(text, ()) is not None
    return is_reached or begins_with(text, form.looks_like.get(question.id, ()))


def _only_greets(text: str, screens: DossierScreens) -> bool:
    said = screens.form.content.conversation
    return says(text, *said.greetings, *said.fillers)


def _same(draft: Draft, question: Question, value: str, screens: DossierScreens) -> Question | None:
    """The other name that is the same to the letter: a message that left twice, or answers two questions at once."""
    asked = screens.dossier_form.asked(inquiry=draft.inquiry)
    names = [one for one in asked if isinstance(kind_of(one), NameKind)]
    others = (one for one in names if question in names and one != question)
    return next((one for one in others if draft.details.get(one.id, "").casefold() == value.casefold()), None)
