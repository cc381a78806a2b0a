"""The papers that circulate: one page where one is promised, readable by a screen reader, nothing personal."""

import io
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from pypdf import PdfReader

from bot.papers.recap import draw, draw_note
from handlers.dossier.screens import DossierScreens
from handlers.questionnaire.screens import FormScreens
from handlers.questionnaire.verdict_screens import VerdictScreens
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


@pytest.fixture
def papers(packaged: Content) -> dict[str, PdfReader]:
    assert packaged.form
    assert packaged.dossier
    form = FormScreens(packaged, packaged.form, Renderer(packaged, lambda: date(2026, 11, 24)))
    recap = VerdictScreens(form).recap(ANSWERS, packaged.dossier.recap)
    drawn = {name: draw(name, recap, packaged.dossier, "TV-AAAA-AAAA", packaged.email) for name in ("recap", "kit")}
    note = draw_note(packaged.dossier, DossierScreens(form, packaged.dossier).note())
    return {name: read(pdf) for name, pdf in {**drawn, "note": note}.items()}


def text(pdf: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


@pytest.mark.parametrize("name", ["recap", "kit", "note"])
def test_a_screen_reader_knows_language_title_and_headings(papers: dict[str, PdfReader], name: str) -> None:
    root = papers[name].trailer["/Root"]

    assert root["/Lang"] == "fr"  # type: ignore[index]
    assert papers[name].metadata
    assert "Territoires Volontaires" in str(papers[name].metadata.title)
    kinds = list(tags(papers[name]))
    assert kinds.index("/H1") < kinds.index("/H2")


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


def test_the_kit_is_filled_with_what_was_answered_and_speaks_of_the_authority_by_its_name(
    papers: dict[str, PdfReader],
) -> None:
    said = text(papers["kit"])

    assert "Notre projet : accueillir un volontaire. Pays envisagé : Bénin. Thème : la santé des mères." in said
    assert "pour Sainte-Rose, de ce projet" in said
    assert "L. 1115-1" in said
    assert "voyez" not in said
    assert "(commune, 971" not in said.partition("Trame de délibération")[2]


def test_what_was_not_answered_stays_blank_in_the_kit(packaged: Content) -> None:
    assert packaged.form
    assert packaged.dossier
    form = FormScreens(packaged, packaged.form, Renderer(packaged, lambda: date(2026, 11, 24)))
    unknown = {**ANSWERS, "country": "none-yet", "priority": "unknown", "direction": "unknown"}
    recap = VerdictScreens(form).recap(unknown, packaged.dossier.recap)

    said = text(read(draw("kit", recap, packaged.dossier, "TV-AAAA-AAAA", packaged.email)))

    assert "Notre projet : ____. Pays envisagé : ____. Thème : ____." in said
