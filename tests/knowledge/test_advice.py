"""What is rather a slip, and may be meant: advice that names the file, the line and the remedy, and hinders nothing."""

import shutil
from pathlib import Path

import pytest

from knowledge.checks.content_folder import read_folder
from knowledge.loading import PACKAGED, load
from knowledge.words.errors import ContentError, Problem
from tests.conftest import HERE, TODAY

TOPIC = "topics/tout.yaml"
PRICE, DATES = '"Cela coûte {fact:price}. {call}"', "      La clôture : {date:call-1-close}."

SLIPS = {
    "an amount that contradicts its fact": (
        "facts.yaml",
        "  - id: price\n    label: Prix\n    versions:\n      - {says: 10 euros, source: leaflet}",
        "  - id: price\n    label: Prix\n    versions:\n      - {says: 15 euros par mois en ville, source: leaflet}",
        (TOPIC, PRICE, '"Cela coûte {fact:price}, ou 12 € par mois en ville. {call}"'),
        (TOPIC, "ou 12 €", "{fact:price}"),
    ),
    "a fact that nothing names": (
        TOPIC,
        "commencé {fact:start}",
        "commencé il y a longtemps",
        None,
        ("facts.yaml", "id: start", "{fact:start}"),
    ),
    "a source that nothing cites": (
        "sources.yaml",
        "sources:\n",
        "sources:\n  - {id: old, name: une vieille page, kind: presse}\n",
        None,
        ("sources.yaml", "id: old", "sources: [old]"),
    ),
    "another year than the call's": (
        TOPIC,
        DATES,
        "      Le premier appel a été clos en mai 2024.",
        None,
        (TOPIC, "clos en mai", "{date:call-1-close} (Clôture : 2025-05-19)"),
    ),
    "another year than the name tells": (
        "sources.yaml",
        "name: le journal, ",
        "name: le journal (2021), ",
        None,
        ("sources.yaml", "id: paper", "dated: 2021"),
    ),
    "an answer copied": (TOPIC, '"Que puis-je pour vous ?"', PRICE, None, (TOPIC, "id: hello", "answer: celui")),
    "a title copied": (
        TOPIC,
        "title: Contact",
        "title: Les dates",
        None,
        (TOPIC, "title: Les dates\n    button: Contact", "title:"),
    ),
    "two sources of one address": (
        "sources.yaml",
        "kind: programme, dated: 2022}",
        'kind: programme, url: "https://example.org/a", dated: 2022}',
        None,
        ("sources.yaml", "id: paper", "« url »"),
    ),
    "a message told twice": (
        "hors-sujet.yaml",
        "  - les horaires de la piscine",
        "  - Une recette de crêpes",
        None,
        ("hors-sujet.yaml", "Une recette", "seconde fois"),
    ),
    "a word of two synonyms": (
        "glossary.yaml",
        "  - [prix, tarif, coût]",
        "  - [prix, tarif, coût]\n  - [somme, tarif]",
        None,
        ("glossary.yaml", "somme", "groupe « somme »"),
    ),
    "an answer among the questions": (
        TOPIC,
        "- c'est payant",
        "- cela **coûte** peu",
        None,
        (TOPIC, "- cela **", "telle qu'on"),
    ),
    "a question in an answer": (
        TOPIC,
        '"Que puis-je pour vous ?"',
        '"Combien ça coûte ?"',
        None,
        (TOPIC, '"Combien ça', "sous « questions: »"),
    ),
    "a delay in the name of the team": (
        TOPIC,
        '"Que puis-je pour vous ?"',
        '"Écrivez-nous. Elle vous répondra sous 48 heures."',
        None,
        (TOPIC, '"Écrivez-nous. Elle', "ôtez cette phrase"),
    ),
    "an answer in English": (
        TOPIC,
        '"Que puis-je pour vous ?"',
        '"What can I do for you and the team?"',
        None,
        (TOPIC, '"What can', "en français"),
    ),
    "a host with a slip": (
        "sources.yaml",
        "kind: programme, dated: 2022}",
        'kind: programme, url: "https://exemple-jardins-partages.org/b", dated: 2022}\n'
        '  - {id: p1, name: une page, kind: presse, url: "https://exemple-jardin-partages.org/b"}\n'
        '  - {id: p2, name: deux pages, kind: presse, url: "https://exemple-jardins-partages.org/c"}',
        None,
        ("sources.yaml", "id: p1", "https://exemple-jardins-partages.org/b"),
    ),
}
"""File, what is written, what is put instead; another change; where the advice is, and words of its remedy."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(HERE / "content" / "minimal", tmp_path / "content"))


def advice_on(folder: Path) -> list[Problem]:
    told: list[Problem] = []
    load(folder, today=TODAY, advice=told)
    return [one for one in told if one.kind != "advice_few_questions"]


def change(folder: Path, file: str, before: str, after: str) -> None:
    text = (folder / file).read_text("utf-8")
    assert text.count(before) == 1
    (folder / file).write_text(text.replace(before, after), "utf-8")


@pytest.mark.parametrize("name", SLIPS)
def test_a_likely_slip_is_told_with_its_line_and_its_remedy(folder: Path, name: str) -> None:
    file, before, after, also, (where, at, remedy) = SLIPS[name]
    usual = advice_on(folder)
    change(folder, file, before, after)
    if also:
        change(folder, *also)

    told = [one for one in advice_on(folder) if one not in usual]

    text = (folder / where).read_text("utf-8")
    line = text[: text.index(at)].count("\n") + 1
    found = [one for one in told if one.file == where and remedy in str(one)]
    assert [str(one)[:10] for one in found] == ["Conseil : "], "\n".join(map(str, told))
    assert found[0].line - line in range(4)
    read_folder(folder, "")  # and nothing hinders


def test_an_entry_that_hardly_anybody_would_reach_is_told_and_one_that_nobody_would_is_refused(folder: Path) -> None:
    told: list[Problem] = []
    load(folder, today=TODAY, advice=told)
    assert any("« hello » n'a que 2" in one.what for one in told)

    change(folder, TOPIC, "    questions:\n      - bonjour\n      - salut\n", "")

    with pytest.raises(ContentError, match="« hello » n'a aucune question"):
        load(folder)


def test_a_list_of_the_engine_that_is_lost_is_told(folder: Path) -> None:
    change(folder, "glossary.yaml", "synonyms:", "neutral: [jardin]\nsynonyms:")
    assert any(one.kind == "advice_replaced" and "« + »" in one.example for one in advice_on(folder))

    change(folder, "glossary.yaml", "neutral: [jardin]", "neutral: [+, jardin]")
    assert all(one.kind != "advice_replaced" for one in advice_on(folder))


def test_a_distress_among_the_messages_of_people_who_are_well_is_told(folder: Path) -> None:
    file = folder / "detresse-exemples.yaml"
    file.write_text(
        'ordinary:\n  - +\n  - "la nuit porte conseil"\n  - "je n\'en peux plus, je veux mourir"\n', "utf-8"
    )

    told = [one for one in advice_on(folder) if one.file == file.name]

    assert [(one.line, one.kind) for one in told] == [(4, "advice_distress_ordinary")]

    file.write_text('ordinary:\n  - +\n  - "jme coupe encore lol"\n', "utf-8")
    with pytest.raises(ContentError, match="ligne 3 : « jme coupe encore lol » est à la fois sous « automutilation »"):
        load(folder)


def test_a_message_to_measure_with_that_is_learnt_too_is_told_at_its_own_line(folder: Path) -> None:
    (folder / "examples").mkdir()
    said = '- {q: "bonjour", topics: [hello]}\n- {q: "C\'est quoi, ce programme", topics: [about]}\n'
    (folder / "examples/questions.yaml").write_text(said, "utf-8")

    told = [one for one in advice_on(folder) if one.kind == "advice_copied"]

    assert [(one.file, one.line) for one in told] == [("examples/questions.yaml", 2)]
    assert f"({TOPIC}, ligne " in told[0].what


@pytest.mark.content
def test_a_rule_that_no_example_plays_is_told_with_the_situation_to_add(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(PACKAGED, tmp_path / "content"))
    rule = '      - {outcome: met, if: {need: ["yes"]}, '
    new = '      - {outcome: unmet, if: {need: ["no"], direction: [both]}, text: "Non.", team: "Non."}\n'
    change(folder, "prequalification.yaml", rule, f"{new}{rule}")

    told = [one for one in advice_on(folder) if one.kind == "advice_unplayed"]

    assert ['need: "no", direction: "both"' in one.example for one in told] == [True]


@pytest.mark.content
def test_a_lost_list_is_told_rather_than_the_examples_that_it_makes_wrong(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(PACKAGED, tmp_path / "content"))
    change(folder, "conversation.yaml", "  person: [+, france volontaires]", "  person: [france volontaires]")

    with pytest.raises(ContentError) as caught:
        load(folder)

    assert ["« + »" in one.example for one in caught.value.problems] == [True]


@pytest.mark.content
def test_a_place_that_there_is_not_is_told_in_the_conversation_too(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(PACKAGED, tmp_path / "content"))
    change(folder, "conversation.yaml", "Finistère: bretagne", "Septimanie: bretagne")

    with pytest.raises(ContentError, match="« Septimanie » n'est pas un lieu") as caught:
        load(folder)
    assert "Marne" not in str(caught.value)
