"""`appel.yaml`: a slip in it is told where it is; what it leaves out stays « je ne sais pas »."""

import shutil
from pathlib import Path

import pytest
import yaml

from knowledge.content.models import Content
from knowledge.loading import load
from knowledge.words.errors import ContentError
from tests.gardens import CONTENT

CALL = """\
call: call-next
title: Appel suivant
source: {name: le règlement, url: "https://example.org/r", read_on: 2027-01-04}
review_by: 2027-12-31
dates:
  - {kind: opening, label: Ouverture, date: 2027-01-11}
  - {kind: closing, label: Clôture, date: 2027-03-01, time: "18:00"}
amounts: Cela coûte 7 777 euros.
documents: [une lettre, un plan]
criteria:
  - id: shade
    title: De l'ombre
    says: un coin d'ombre
    rules:
      - {outcome: met, if: {water: ["yes"]}, text: "Cela ira."}
      - {outcome: open, text: "À voir."}
"""
PRICE = 'answer: "{si:amounts}{appel:title} : {appel:amounts}{sinon}Je ne sais pas.{fin} {call}"'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "content"
    for name in ("minimal", "gardens"):
        shutil.copytree(CONTENT / name, made, dirs_exist_ok=True)
    topics = made / "topics" / "tout.yaml"
    text = topics.read_text("utf-8")
    assert 'answer: "Cela coûte {fact:price}. {call}"' in text
    topics.write_text(text.replace('answer: "Cela coûte {fact:price}. {call}"', PRICE), "utf-8")
    return made


def with_call(folder: Path, call: str = CALL) -> Content:
    (folder / "appel.yaml").write_text(call, "utf-8")
    return load(folder)


def errors(folder: Path) -> str:
    with pytest.raises(ContentError) as raised:
        load(folder)
    return str(raised.value)


def test_what_it_tells_is_said_and_signed(folder: Path) -> None:
    assert load(folder).topics["price"].answer == "Je ne sais pas. {call}"

    content = with_call(folder)
    price = content.topics["price"]
    assert price.answer.startswith("Appel suivant\u00a0: Cela coûte 7\u202f777 euros.")
    assert price.sources == ("leaflet", "appel")
    assert str(price.review_by) == "2027-12-31"
    assert content.sources["appel"].name == "le règlement"
    assert content.calls[-1].title == "Appel suivant"
    assert content.form
    assert [criterion.id for criterion in content.form.criteria] == ["room", "watering", "shade"]


@pytest.mark.parametrize("left_out", ["dates", "amounts", "documents", "criteria"])
def test_what_it_leaves_out_stays_unknown(folder: Path, left_out: str) -> None:
    kept = {name: value for name, value in yaml.safe_load(CALL).items() if name != left_out}
    content = with_call(folder, yaml.safe_dump(kept, allow_unicode=True))

    assert ("Je ne sais pas." in content.topics["price"].answer) == (left_out == "amounts")
    assert (content.calls[-1].closing is None) == (left_out == "dates")


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("date: 2027-03-01", "date: 2027-02-30", "appel.yaml, ligne 7 : « 2027-02-30 »"),
        ('time: "18:00"', 'time: "25:00"', "appel.yaml, ligne 7 : « 25:00 »"),
        ("date: 2027-03-01", "date: 2027-01-01", "appel.yaml, ligne 7 : la clôture de « Appel suivant » précède"),
        ("  - {kind: opening, label: Ouverture, date: 2027-01-11}\n", "", "appel.yaml, ligne 5 : donnez au moins"),
        ("review_by: 2027-12-31\n", "", "appel.yaml, ligne 1 : la clé « review_by » manque"),
        ("amounts:", "montants:", "appel.yaml, ligne 8 : « montants » n'est pas une clé connue"),
        ("{water: [\"yes\"]}", "{eau: [\"yes\"]}", "appel.yaml, ligne 15 :"),
        ("{water: [\"yes\"]}", "{water: [oui]}", "appel.yaml, ligne 15 :"),
        ("7 777 euros.", "**7 777 euros.", "appel.yaml, ligne 8 :"),
        ("https://example.org/r", "example.org", "appel.yaml, ligne 3 :"),
    ],
)  # fmt: skip
def test_a_slip_is_told_with_its_line(folder: Path, before: str, after: str, told: str) -> None:
    assert before in CALL
    (folder / "appel.yaml").write_text(CALL.replace(before, after), "utf-8")

    assert told in errors(folder).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("{si:montant}{appel:amounts}{sinon}Rien.{fin}", "« montant » n'est pas une information d'appel.yaml"),
        ("{si:amounts}{appel:amounts}", "« {si:amounts} » n'est pas refermé"),
        ("Cela coûte {appel:amounts}.", "« {appel:amounts} » n'est pas à sa place"),
    ],
)
def test_a_choice_with_a_slip_is_told(folder: Path, answer: str, told: str) -> None:
    topics = folder / "topics" / "tout.yaml"
    text = topics.read_text("utf-8")
    line = text[: text.index(PRICE)].count("\n") + 1
    topics.write_text(text.replace(PRICE, f'answer: "{answer}"'), "utf-8")

    said = errors(folder).replace("\u00a0", " ")
    assert f"topics/tout.yaml, ligne {line} : " in said
    assert told in said


def test_a_list_leaves_out_what_says_nothing_and_keeps_its_lines(folder: Path) -> None:
    form = folder / "prequalification.yaml"
    text = form.read_text("utf-8").replace(
        'to_ask: ["Quand planter ?"]', 'to_ask:\n  - "{si:amounts}{sinon}Combien ?{fin}"\n  - "Le 15 mars ?"\n'
    )
    form.write_text(text, "utf-8")
    line = text.split("\n").index('  - "Le 15 mars ?"') + 1

    (folder / "appel.yaml").write_text(CALL, "utf-8")
    assert f"prequalification.yaml, ligne {line} : la date « 15 mars »" in errors(folder).replace("\u00a0", " ")


def test_an_amount_is_not_typed_again_in_another_file(folder: Path) -> None:
    form = folder / "prequalification.yaml"
    form.write_text(form.read_text("utf-8").replace("Bêchez tôt.", "Bêchez tôt : 10 euros."), "utf-8")

    assert "prequalification.yaml" in errors(folder)
    assert "est déjà le fait « price »" in errors(folder).replace("\u00a0", " ")
