"""The e-mail that the team receives: enough to decide, and nothing typed in its headers."""

import json
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.dossiers.mail import compose
from bot.papers.recap import draw
from knowledge.content.dossier import DossierForm
from knowledge.content.models import Content
from knowledge.dossier import Dossier, Point
from tests.bot.dossiers import AUTHORITY, EMAIL, NAME, dossier, inquiry, recap

SENDER, RECIPIENT = "assistant@exemple.fr", "equipe@exemple.fr"
HEADERS = {"From", "To", "Subject", "Date", "Message-ID", "Reply-To", "MIME-Version", "Content-Type"}

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
    mail = compose(sent, form, SENDER, RECIPIENT, 1_000_000, pdf)
    return message_from_bytes(mail.as_bytes(), policy=default)  # type: ignore[return-value]


def body(mail: EmailMessage, kind: str = "plain") -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content())


def test_the_subject_says_who_and_how_many_points_are_open(form: DossierForm) -> None:
    mail = received(form, dossier())

    assert "TV-AAAA-AAAA" in mail["Subject"]
    assert AUTHORITY in mail["Subject"]
    assert mail["Subject"].endswith("1")


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


def test_a_correction_says_so_and_has_its_own_number(form: DossierForm) -> None:
    first, second = received(form, dossier()), received(form, dossier(revision=1))

    assert first["Message-ID"] == "<TV-AAAA-AAAA@exemple.fr>"
    assert second["Message-ID"] == "<TV-AAAA-AAAA.1@exemple.fr>"
    assert "Mise à jour" in second["Subject"]


def test_a_question_alone_travels_the_same_way(form: DossierForm) -> None:
    mail = received(form, inquiry())

    assert "Question" in mail["Subject"]
    assert "Et les communes jumelées ?" in body(mail)


def test_sent_again_it_is_the_same_to_the_byte(form: DossierForm) -> None:
    first, second = (compose(dossier(), form, SENDER, RECIPIENT, 5, b"%PDF").as_bytes() for _ in range(2))

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
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_anywhere_the_headers_stay(form: DossierForm, typed: str) -> None:
    typed = typed.encode("utf-8", "replace").decode()
    answers = recap(answers=((typed, typed),), criteria=(Point("met", typed, typed, typed),))
    mail = received(form, dossier(details={**dossier().details, "message": typed, "name": typed}, recap=answers))

    assert set(mail.keys()) == HEADERS
    assert [mail["From"], mail["To"], mail["Reply-To"]] == [SENDER, RECIPIENT, EMAIL]
