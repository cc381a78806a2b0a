"""The e-mail that the team receives: enough to decide, and nothing typed in its headers."""

import json
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dossiers import mail as mails
from bot.dossiers.claim import Claim
from bot.dossiers.mail import compose
from bot.papers.recap import draw
from knowledge.content.dossier import DossierForm
from knowledge.content.models import Content
from knowledge.submission import CriterionTold, Dossier
from tests.bot.dossiers import AUTHORITY, EMAIL, NAME, dossier, inquiry, recap

SENDER, RECIPIENT = "assistant@exemple.fr", "equipe@exemple.fr"
HEADERS = {"From", "To", "Subject", "Date", "Message-ID", "Reply-To", "MIME-Version", "Content-Type"}

FILED, CORRECTED = 1_794_000_000, 1_795_000_000

INJECTIONS = [
    "Jean\nBcc: evil@example.org",
    "Jean\r\nBcc: evil@example.org",
    "Jean\r\n\r\ncorps",
    "=?utf-8?q?Jean=0ABcc=3A_x=40evil?=",
    "Jean\u2028Bcc: evil@example.org",
    "Jean\x85Bcc: evil@example.org",
    "\x00\x0b\x0c",
    "\u202emoc.live@\u2066",
    '"><script>alert(1)</script>',
    "{reference} {0} %s",
    "é" * 4000,
]


@pytest.fixture(scope="module")
def form(packaged: Content) -> DossierForm:
    assert packaged.dossier is not None
    return packaged.dossier


def received(form: DossierForm, sent: Dossier, pdf: bytes | None = None) -> EmailMessage:
    mail = compose(Claim(sent, 0, FILED, CORRECTED if sent.revision else FILED, ""), form, SENDER, RECIPIENT, pdf)
    return message_from_bytes(mail.as_bytes(), policy=default)


def body(mail: EmailMessage, kind: str = "plain") -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content())


def test_the_subject_says_who_applies_and_the_message_how_many_points_are_open(form: DossierForm) -> None:
    mail = received(form, dossier())

    assert mail["Subject"] == f"[TV-AAAA-AAAA] {AUTHORITY}"
    assert "points à confirmer\xa0: 1" in body(mail).lower()


def test_who_is_not_in_the_register_is_told_as_such_in_the_subject_too(form: DossierForm) -> None:
    unknown = recap(
        authority="", applicant="non reconnue au registre\xa0: SIVOM du Haut-Pays 🏔 =?utf-8?q?x?=\nBcc: a@b"
    )

    mail = received(form, dossier(recap=unknown))

    assert mail["Subject"] == "[TV-AAAA-AAAA] non reconnue au registre : SIVOM du Haut-Pays utf-8 q x Bcc: a b"
    assert "SIVOM du Haut-Pays 🏔" in body(mail)
    assert "non vérifiées" in body(mail)


def test_text_html_pdf_and_data_say_the_same(form: DossierForm) -> None:
    sent = dossier()
    assert sent.recap is not None
    pdf = draw("recap", sent.recap, form, sent.reference, RECIPIENT)

    mail = received(form, sent, pdf)

    for kind in ("plain", "html"):
        assert NAME in body(mail, kind)
        assert "Un pays de l’aide au développement" in body(mail, kind)
    attached = {part.get_filename(): part for part in mail.iter_attachments()}
    assert attached["territoires-volontaires-TV-AAAA-AAAA.pdf"].get_content() == pdf
    data = json.loads(attached["TV-AAAA-AAAA.json"].get_content())
    assert data["details"]["name"] == NAME
    assert data["recap"]["criteria"][1]["outcome"] == "open"
    assert data["answers"] == {"country": "none"}


def test_the_team_replies_to_the_person(form: DossierForm) -> None:
    assert received(form, dossier())["Reply-To"] == EMAIL


def test_a_question_without_an_address_says_how_to_answer_and_one_with_an_address_to_answer_there(
    form: DossierForm,
) -> None:
    here, there = received(form, inquiry(email="")), received(form, inquiry())

    assert "tevo reply TV-QQQQ-QQQQ" in body(here)
    assert here["Reply-To"] == RECIPIENT  # a mistaken reply is not lost
    assert "tevo reply" not in body(there)
    assert EMAIL in body(there)


def test_a_correction_says_what_changed_and_since_when_and_is_filed_with_the_first(form: DossierForm) -> None:
    before = (("Nom", NAME), ("Téléphone", "+33565123456"), ("Pays", "Maroc"))
    first, second = received(form, dossier()), received(form, dossier(revision=1, before=before))

    assert first["Message-ID"] == "<TV-AAAA-AAAA@exemple.fr>"
    assert second["Message-ID"] == "<TV-AAAA-AAAA.1@exemple.fr>"
    assert second["In-Reply-To"] == second["References"] == first["Message-ID"]
    assert second["Subject"] == first["Subject"]
    assert "Pays\xa0: Maroc → Pas encore" in body(second)
    assert "Téléphone\xa0: 05\xa065\xa012\xa034\xa056 → (rien)" in body(second)
    assert "Nom\xa0: " not in body(second).partition("QUI")[0]
    assert "déposé le 06/11/2026 à 22 h 20, corrigé le 18/11/2026" in body(second).replace("\xa0", " ")


def test_a_correction_of_what_never_left_replaces_no_message(form: DossierForm) -> None:
    told = body(received(form, dossier(revision=1)))

    assert "remplace" not in told
    assert "corrigé le 18/11/2026 à 12 h 06 (correction n° 1) avant son premier envoi" in told.replace("\xa0", " ")


def test_what_completes_a_colleague_s_dossier_is_filed_with_it_and_its_correction_too(form: DossierForm) -> None:
    first = received(form, dossier("TV-AAAA-AAAA"))
    completing = received(form, dossier("TV-BBBB-BBBB", completes="TV-AAAA-AAAA"))
    corrected = received(form, dossier("TV-BBBB-BBBB", completes="TV-AAAA-AAAA", revision=1))

    assert completing["In-Reply-To"] == first["Message-ID"]
    assert corrected["In-Reply-To"] == completing["Message-ID"]
    assert str(corrected["References"]).split() == [first["Message-ID"], completing["Message-ID"]]
    assert "dossier TV-AAAA-AAAA" in body(corrected)


def test_what_completes_a_colleague_s_dossier_says_what_differs_from_it(form: DossierForm) -> None:
    same = dossier("TV-BBBB-BBBB", completes="TV-AAAA-AAAA").recap
    assert same
    other = tuple((label, "Maroc" if label == "Pays" else value) for label, value in same.answers)
    completing = dossier("TV-BBBB-BBBB", completes="TV-AAAA-AAAA", completed=other)
    told = body(received(form, completing)).replace("\r\n", "\n")

    assert "DU DOSSIER TV-AAAA-AAAA\n- Pays\xa0: Maroc → Pas encore\n\n" in told
    assert "les mêmes" in body(received(form, replace(completing, completed=same.answers)))
    assert "DU DOSSIER" not in body(received(form, replace(completing, completed=())))  # erased since


def test_only_a_question_that_found_no_answer_is_said_to_have_found_none(form: DossierForm) -> None:
    asked = body(received(form, inquiry()))
    unanswered = body(received(form, replace(inquiry(), unanswered=True)))

    assert "n’a pas su" not in asked
    assert "n’a pas su" in unanswered


def test_without_its_pdf_the_message_says_so(form: DossierForm) -> None:
    assert "PDF n’a pas pu" in body(received(form, dossier()))
    assert "PDF n’a pas pu" not in body(received(form, dossier(), b"%PDF"))
    assert form.mail.has_pdf not in body(received(form, dossier()))
    assert form.mail.has_pdf in body(received(form, dossier(), b"%PDF"))


def test_a_question_alone_travels_the_same_way(form: DossierForm) -> None:
    mail = received(form, inquiry())

    assert "Question" in mail["Subject"]
    assert "Et les communes jumelées ?" in body(mail)
    assert "QUI\n" not in body(mail)


def test_sent_again_it_is_the_same_to_the_byte(form: DossierForm) -> None:
    claim = Claim(dossier(), 0, FILED, FILED, "")
    first, second = (compose(claim, form, SENDER, RECIPIENT, b"%PDF").as_bytes() for _ in range(2))

    assert first == second


@pytest.mark.parametrize("typed", INJECTIONS)
@pytest.mark.parametrize("field", ["name", "role", "phone", "message"])
def test_nothing_typed_reaches_a_header(form: DossierForm, typed: str, field: str) -> None:
    hostile = dossier(details={**dossier().details, field: typed})

    mail = received(form, hostile)

    assert set(mail.keys()) == HEADERS
    assert mail["To"] == RECIPIENT
    assert "<script>" not in body(mail, "html")


@given(typed=st.text(max_size=200))
def test_whatever_is_typed_anywhere_the_headers_stay(form: DossierForm, typed: str) -> None:
    typed = typed.encode("utf-8", "replace").decode()
    answers = recap(answers=((typed, typed),), criteria=(CriterionTold("met", typed, typed, typed),))
    mail = received(form, dossier(details={**dossier().details, "message": typed, "name": typed}, recap=answers))

    assert set(mail.keys()) == HEADERS
    assert [mail["From"], mail["To"], mail["Reply-To"]] == [SENDER, RECIPIENT, EMAIL]


@pytest.mark.parametrize(
    "typed",
    ["=?utf-8?q?a=40b.fr=2C_c?=@evil.fr", "a@b.fr, c@d.fr", "a@b.fr\r\nBcc: c@d.fr", "a@b.fr\x00", "x <a@b.fr>", ""],
)
def test_what_a_mail_program_would_read_as_anything_but_one_address_is_not_sent(typed: str) -> None:
    with pytest.raises(ValueError, match="one address"):
        mails._one_address(typed)


def test_a_question_says_in_its_subject_who_asks_and_in_its_body_what_was_concluded(form: DossierForm) -> None:
    known = (("Type de candidat", "Une collectivité étrangère"), (form.mail.told_label, "Partenaire seulement."))
    asked = replace(inquiry(), asker="Une collectivité étrangère\nBcc: a@b", known=known)

    mail = received(form, asked)

    assert mail["Subject"] == "[TV-QQQQ-QQQQ] Question : Une collectivité étrangère Bcc: a b"
    assert "Partenaire seulement." in body(mail)
    assert form.mail.unnamed in received(form, inquiry())["Subject"]
