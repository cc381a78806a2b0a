"""`tevo check` composes every message once: what would break one later is told to the editor."""

import shutil
from pathlib import Path

import pytest

from bot.dossiers.samples import broken
from knowledge.content.dossier import DossierForm
from knowledge.content.models import Content
from knowledge.loading import PACKAGED
from tests.bot.test_cli import tevo


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
    ("before", "after", "told"),
    [
        ('subject: "[{reference}] {who}"', 'subject: "[{reference:>9}] {who}"', "{reference:>9}"),
        ('subject: "[{reference}] {who}"', 'subject: "[{reference!r}] {who}"', "{reference!r}"),
        ('subject: "[{reference}] {who}"', 'subject: "[{reference}]\\n{who}"', "une seule ligne"),
        ('subject: "[{reference}] {who}"', 'subject: "[{reference}]\\u2028{who}"', "une seule ligne"),
        ('subject: "[{reference}] {who}"', 'subject: "Dossier {who}"', "dossier.yaml, mail, subject"),
        ('file: "territoires-volontaires-{reference}.pdf"', 'file: "x\\n{reference}.pdf"', "une seule ligne"),
        ('marks: {met: "[rempli]", open: "[à confirmer]", unmet', 'marks: {met: "[rempli]", unmet', "open"),
    ],
)
def test_an_editor_is_told_which_sentence(before: str, after: str, told: str, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(PACKAGED, tmp_path / "content"))
    path = folder / "dossier.yaml"
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")

    done = tevo("check", str(folder))

    assert done.returncode == 1
    assert told in done.stderr
    assert "dossier.yaml" in done.stderr
    assert "Traceback" not in done.stderr
