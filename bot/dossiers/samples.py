"""Every message of a content, composed once: `tevo check` finds the sentence that would break one."""

from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.policy import default

from bot.dossiers.claim import Claim
from bot.dossiers.mail import compose
from bot.sentences import tell
from knowledge.content.dossier import DossierForm
from knowledge.content.models import Content
from knowledge.submission import EMAIL, CriterionTold, Dossier, Recap

_SENDER, _PERSON, _TEAM = "assistant@exemple.fr", "maire@exemple.fr", "equipe@exemple.fr"
_OUTCOMES = ("met", "open", "unmet")
_HEADERS = {"From": _SENDER, "To": _TEAM}


def broken_messages(content: Content) -> list[str]:
    """The e-mails that a content would break, each in a sentence."""
    found = broken(content.dossier) if content.dossier else ()
    return [tell("check_message", name=name, reason=reason) for name, reason in found]


def broken(form: DossierForm) -> Iterator[tuple[str, str]]:
    """Each kind of message that cannot be composed, or does not read back as it was meant, and why."""
    for kind, dossier in _samples(form).items():
        claim = Claim(dossier, 0, 0, 0, "")
        try:
            read = message_from_bytes(compose(claim, form, _SENDER, _TEAM, b"%PDF").as_bytes(), policy=default)
        except (KeyError, IndexError, ValueError) as error:
            yield kind, str(error)
            continue
        meant = _HEADERS | {"Reply-To": dossier.email or _TEAM}
        if {name: read[name] for name in meant} != meant or dossier.reference not in read["Subject"]:
            yield kind, f"Subject: {read['Subject']}"


def _samples(form: DossierForm) -> dict[str, Dossier]:
    points = tuple(CriterionTold(outcome, "titre", "texte", "source") for outcome in _OUTCOMES)
    recap = Recap("1er", "Exemple", "open", "verdict", points, (("Pays", "Sénégal"),), "calendrier", ("Combien ?",))
    asked = {question.id: question.label for question in (*form.questions, *form.inquiry)} | {EMAIL: _PERSON}
    first = Dossier("REF-AAAA-AAAA", asked, recap)
    corrected = replace(first, revision=1, before=(("Pays", "Bénin"),), completes="REF-BBBB-BBBB")
    completing = replace(first, completes="REF-BBBB-BBBB", completed=(("Pays", "Bénin"),))
    question = Dossier("REF-CCCC-CCCC", asked)
    return {
        "subject": first,
        "intro_update": corrected,
        "intro_first_update": replace(corrected, before=()),
        "differences_title": completing,
        "no_authority": replace(first, recap=replace(recap, authority="")),
        "subject_question": question,
        "intro_unanswered": replace(question, unanswered=True),
        "reply_here": replace(question, details=question.details | {EMAIL: ""}),
    } | {f"verdicts, {outcome}": replace(first, recap=replace(recap, outcome=outcome)) for outcome in _OUTCOMES}
