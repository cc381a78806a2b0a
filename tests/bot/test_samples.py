"""`tevo check` composes every message once: what would break one later is told to the editor."""

from pathlib import Path

import pytest

from bot.dossiers.samples import broken
from knowledge.content.dossier import DossierForm
from knowledge.content.models import Content
from tests.forks import tevo
from tests.gardens import gardens_in


def form_with(content: Content, **mail: object) -> DossierForm:
    assert content.dossier
    return content.dossier.model_copy(update={"mail": content.dossier.mail.model_copy(update=mail)})


def test_the_packaged_messages_are_composed_and_read_back(packaged: Content) -> None:
    assert packaged.dossier
    assert list(broken(packaged.dossier)) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("subject", "[{reference}] {who}\nBcc: a@b.fr"),
        ("subject", "{who}"),
        ("subject_question", "[{reference}] {reference:zz}"),
        ("intro", "{reference.title} {nobody}"),
        ("intro_update", "{n:zz}"),
        ("marks", {"met": "[rempli]"}),
        ("verdicts", {"met": "…"}),
    ],
)
def test_a_message_that_cannot_be_sent_as_it_is_is_found(packaged: Content, field: str, value: object) -> None:
    assert list(broken(form_with(packaged, **{field: value})))


@pytest.mark.parametrize(
    ("part", "said", "told"),
    [
        ("mail", 'subject: "[{reference:>9}] {who}"', "{reference:>9}"),
        ("mail", 'subject: "[{reference!r}] {who}"', "{reference!r}"),
        ("mail", 'subject: "[{reference}]\\n{who}"', "une seule ligne"),
        ("mail", 'subject: "[{reference}]\\u2028{who}"', "une seule ligne"),
        ("mail", 'subject: "Dossier {who}"', "« {reference} » manque"),
        ("recap", 'file: "x\\n{reference}.pdf"', "une seule ligne"),
        ("mail", "marks: {open: [a]}", "open"),
    ],
)
def test_an_editor_is_told_which_sentence(part: str, said: str, told: str, tmp_path: Path) -> None:
    folder = gardens_in(tmp_path / "content")
    (folder / "dossier.yaml").write_text(f"{part}:\n  {said}\n", "utf-8")

    done = tevo("check", str(folder))

    assert done.returncode == 1
    assert told in done.stderr
    assert "dossier.yaml" in done.stderr
    assert "Traceback" not in done.stderr
