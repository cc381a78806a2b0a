"""The text that a person sends, where nothing is sent from here."""

from handlers.dossier.screens import DossierScreens
from handlers.questionnaire.verdict_screens import VerdictScreens
from handlers.shared.screen import Screen
from knowledge.content.dossier import detail_said
from knowledge.questionnaire.kinds import kind_of
from knowledge.submission import INQUIRY, Dossier
from knowledge.words.markup import TextSpan


def to_send_oneself(dossier: Dossier, screens: DossierScreens) -> list[Screen]:
    """The text to copy, where nothing is sent from here."""
    if dossier.recap is None:
        known = (screens.form.words.answered.format(label=label, answer=value) for label, value in dossier.known)
        return [Screen((TextSpan("\n".join([dossier.details[INQUIRY], *known]), code=True),))]
    form = screens.dossier_form
    asked = [question for question in form.asked(inquiry=False) if dossier.details.get(question.id)]
    said = {question.id: detail_said(question, dossier.details[question.id]) for question in asked}
    reach = (q.id for q in asked if kind_of(q).tells_how_to_reach or not form.may_skip(q.id, inquiry=False))
    words = (q for q in asked if kind_of(q).takes_words)
    own = "\n- ".join(screens.form.words.answered.format(label=q.label, answer=said[q.id]) for q in words)
    return VerdictScreens(screens.form).message(dossier.answers, ", ".join(said[name] for name in reach), own)
