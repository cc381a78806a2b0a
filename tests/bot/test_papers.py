"""The papers that circulate: one page where one is promised, readable by a screen reader, nothing personal."""

import io
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from bot.papers.recap import draw, draw_note
from handlers.dossier.recap import Recaps
from handlers.questionnaire.screens import FormScreens
from knowledge.content.models import Content
from knowledge.rendering import Renderer

ROSE = {"name": "Sainte-Rose", "kind": "commune", "code": "97129", "siren": "219711297", "departement": "971"}
ANSWERS: dict[str, Any] = {
    "applicant": "authority",
    "authority": {**ROSE, "region": "01", "zone": "drom", "population": 17_700},
    "need": "yes",
    "direction": "host",
    "country": {"words": "bénin", "countries": ["BJ"], "status": "unknown"},
    "priority": "theme",
    "priority.words": "La santé des mères",
    "first-time": "yes",
}


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def tags(pdf: PdfReader) -> Iterator[str]:
    """The kinds of all parts of the structure, in reading order."""

    def walk(node: Any) -> Iterator[str]:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for child in node:
                yield from walk(child)
        elif isinstance(node, dict):
            if "/S" in node:
                yield str(node["/S"])
            yield from walk(node.get("/K", []))

    return walk(pdf.trailer["/Root"]["/StructTreeRoot"]["/K"])  # type: ignore[index]


def reading(pdf: PdfReader) -> str:
    """The text in the order of the structure: what a screen reader reads out."""
    texts: dict[tuple[int, int], str] = {}
    for page in pdf.pages:
        marks: list[int] = []
        number = page.indirect_reference.idnum  # type: ignore[union-attr]

        def before(operator: bytes, operands: list[Any], *_: object, marks: list[int] = marks) -> None:
            if operator in (b"BDC", b"BMC"):
                marks.append(operands[1].get("/MCID", -1) if operator == b"BDC" and len(operands) > 1 else -1)
            elif operator == b"EMC":
                marks.pop()

        def text(said: str, *_: object, marks: list[int] = marks, number: int = number) -> None:
            at = (number, marks[-1] if marks else -1)
            texts[at] = texts.get(at, "") + said

        page.extract_text(visitor_operand_before=before, visitor_text=text)

    def walk(node: Any, page: int) -> Iterator[str]:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for child in node:
                yield from walk(child, page)
        elif isinstance(node, DictionaryObject):
            page = node.raw_get("/Pg").idnum if "/Pg" in node else page
            if "/MCID" in node:
                yield texts.get((page, int(str(node["/MCID"]))), "")
            yield from walk(node.get("/K", []), page)
        else:
            yield texts.get((page, int(node)), "")

    return " ".join(" ".join(walk(pdf.trailer["/Root"]["/StructTreeRoot"]["/K"], 0)).split())  # type: ignore[index]


@pytest.fixture
def papers(packaged: Content) -> dict[str, PdfReader]:
    assert packaged.form
    assert packaged.dossier
    form = FormScreens(packaged, packaged.form, Renderer(packaged, lambda: date(2026, 11, 24)))
    recaps = Recaps(form, packaged.dossier)
    made = {"recap": recaps.of(ANSWERS), "kit": recaps.of(ANSWERS), "blank kit": recaps.blank()}
    drawn = {
        name: draw(name.split()[-1], recap, packaged.dossier, "TV-AAAA-AAAA", packaged.email)
        for name, recap in made.items()
    }
    return {name: read(pdf) for name, pdf in {**drawn, "note": draw_note(packaged.dossier, recaps.note())}.items()}


def text(pdf: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


@pytest.mark.parametrize("name", ["recap", "kit", "blank kit", "note"])
def test_a_screen_reader_knows_language_title_and_headings(papers: dict[str, PdfReader], name: str) -> None:
    root = papers[name].trailer["/Root"]

    assert root["/Lang"] == "fr"  # type: ignore[index]
    metadata = papers[name].metadata
    assert metadata
    assert "Territoires Volontaires" in str(metadata.title)
    kinds = list(tags(papers[name]))
    assert kinds.index("/H1") < kinds.index("/H2")


@pytest.mark.parametrize("name", ["recap", "kit", "blank kit", "note"])
def test_no_text_stands_outside_a_paragraph_a_list_or_a_table(papers: dict[str, PdfReader], name: str) -> None:
    root = papers[name].trailer["/Root"]["/StructTreeRoot"]["/K"]  # type: ignore[index]
    (document,) = root if isinstance(root, list) else [root]

    parts = [part.get_object() for part in document.get_object()["/K"]]
    assert [part for part in parts if not isinstance(part, DictionaryObject) or "/S" not in part] == []
    assert not {str(part["/S"]) for part in parts} & {"/Span", "/Strong"}


@pytest.mark.parametrize("name", ["recap", "kit"])
def test_tables_have_header_cells_that_come_first(papers: dict[str, PdfReader], name: str) -> None:
    kinds = list(tags(papers[name]))

    assert kinds.count("/TH") == 2
    assert kinds.index("/TH") < kinds.index("/TD")
    assert kinds.count("/TD") == 2 * 7


def test_the_note_holds_on_one_page_with_its_sources_and_three_questions(papers: dict[str, PdfReader]) -> None:
    said = text(papers["note"])

    assert len(papers["note"].pages) == 1
    assert "(la plaquette)" in said
    assert "n’a pas trouvé" in said
    assert "19 mai 2025" in said.replace("\xa0", " ")
    assert said.count("?") >= 3


def test_the_sources_of_the_note_have_their_address_and_their_dates(papers: dict[str, PdfReader]) -> None:
    said = text(papers["note"]).replace("\xa0", " ")
    listed = said.partition("Sources citées")[2]

    assert "la plaquette (page sans date, relevée : 27 janvier 2026)" in listed
    assert "France Volontaires (2022) (page datée : 14 février 2022" in listed
    assert "www.centraider.org/appel-projet" in listed


def test_the_kit_is_filled_with_what_was_answered_and_speaks_of_the_authority_by_its_name(
    papers: dict[str, PdfReader],
) -> None:
    said = text(papers["kit"])

    assert "Qui nous sommes : Sainte-Rose (commune, 17 700 habitants)." in said.replace("\xa0", " ").replace(
        "\u202f", " "
    )
    assert "Notre projet : accueillir un volontaire. Pays : Bénin. Thème : la santé des mères." in said
    assert said.count("Sainte-Rose (commune)") == 2  # under each title
    assert "l’intérêt de ce projet (accueillir un volontaire" in said
    assert "L. 1115-1" in said
    assert "voyez" not in said
    assert "(commune, 971" not in said.partition("Trame de délibération")[2]


def test_what_was_not_answered_stays_blank_in_the_kit(packaged: Content) -> None:
    assert packaged.form
    assert packaged.dossier
    form = FormScreens(packaged, packaged.form, Renderer(packaged, lambda: date(2026, 11, 24)))
    unknown = {**ANSWERS, "country": "unknown", "priority": "unknown", "direction": "unknown"}
    recap = Recaps(form, packaged.dossier).of(unknown)

    said = text(read(draw("kit", recap, packaged.dossier, "TV-AAAA-AAAA", packaged.email)))

    assert "Notre projet : ____. Pays : ____. Thème : ____." in said


def test_every_choice_is_told_away_from_its_question(packaged: Content) -> None:
    assert packaged.form
    assert packaged.dossier
    form = FormScreens(packaged, packaged.form, Renderer(packaged, lambda: date(2026, 11, 24)))
    chosen = {**ANSWERS, "direction": "both", "country": "none-yet", "priority": "yes", "priority.words": ""}
    recap = Recaps(form, packaged.dossier).of(chosen)

    said = text(read(draw("kit", recap, packaged.dossier, "TV-AAAA-AAAA", packaged.email)))

    assert "Les deux" not in said
    assert (
        "Notre projet : accueillir et envoyer des volontaires. Pays : pas encore choisi. "
        "Thème : l’une des dix priorités de l’État." in said
    )


@pytest.mark.parametrize("name", ["recap", "kit", "blank kit", "note"])
def test_no_paper_says_i(papers: dict[str, PdfReader], name: str) -> None:
    first_person = re.compile(r"\b(je|j’ai|j’en|mes)\b", re.IGNORECASE)
    said = text(papers[name])

    assert not first_person.findall(said)
    assert not re.findall(r"\bvotre\b", said, re.IGNORECASE)


def test_the_kit_cites_articles_of_law_and_lists_its_sources(papers: dict[str, PdfReader]) -> None:
    said = text(papers["kit"])

    for article in ("L.\xa01115-1", "n°\xa02005-159 du 23 février 2005", "n°\xa02022-1067", "L.\xa0120-4"):
        assert article.replace("\xa0", " ") in said.replace("\xa0", " ")
    listed = said.partition("Sources citées")[2]
    for source in ("la plaquette", "Centraider", "service-public (2024)", "une réponse ministérielle"):
        assert source in listed


@pytest.mark.parametrize("name", ["recap", "kit", "note"])
def test_what_a_screen_reader_reads_follows_the_page(papers: dict[str, PdfReader], name: str) -> None:
    read_out = reading(papers[name])
    wanted = {
        "recap": [
            "Sainte-Rose",
            "Contact",
            "Critère par critère",
            "Réponses données",
            "Type de candidat",
            "Ce que l’on sait",
        ],
        "kit": ["l’essentiel", "Sainte-Rose", "Notre situation", "Sujet", "Notre réponse", "Trame", "Sources citées"],
        "note": ["Territoires Volontaires en une page", "Ce que c’est", "Qui peut candidater", "Trois questions"],
    }[name]

    places = [read_out.index(part) for part in wanted]

    assert places == sorted(places)


def test_the_recap_holds_on_one_page_whatever_the_countries(packaged: Content) -> None:
    assert packaged.form
    assert packaged.dossier
    form = FormScreens(packaged, packaged.form, Renderer(packaged, lambda: date(2026, 11, 24)))
    several = {"words": "Madagascar, Comores et Maurice", "countries": ["MG", "KM", "MU"], "status": "unknown"}
    recap = Recaps(form, packaged.dossier).of({**ANSWERS, "country": several})

    assert len(read(draw("recap", recap, packaged.dossier, "TV-AAAA-AAAA", packaged.email)).pages) == 1


def test_what_was_left_open_is_to_be_said_and_what_is_not_met_is_said_so(packaged: Content) -> None:
    assert packaged.form
    assert packaged.dossier
    form = FormScreens(packaged, packaged.form, Renderer(packaged, lambda: date(2026, 11, 24)))
    portugal = {"words": "portugal", "countries": ["PT"], "status": "union"}
    recap = Recaps(form, packaged.dossier).of({**ANSWERS, "first-time": "unknown", "country": portugal})
    said = text(read(draw("kit", recap, packaged.dossier, "TV-AAAA-AAAA", packaged.email)))

    assert "Première fois à préciser" in said
    assert "Je ne sais pas" not in said
    assert "Non rempli : Un pays de l’aide" in said.replace("\xa0", " ")


def test_the_team_is_told_what_was_left_without_an_answer_not_asked_in_the_persons_name(packaged: Content) -> None:
    assert packaged.form
    assert packaged.dossier
    form = FormScreens(packaged, packaged.form, Renderer(packaged, lambda: date(2026, 11, 24)))
    recap = Recaps(form, packaged.dossier).of(ANSWERS)

    assert "Ce qui restera à la charge de la collectivité." in recap.unsaid
    assert not any("notre" in said or said.endswith("?") for said in recap.unsaid)
    assert any("notre charge" in asked for asked in recap.to_ask)
