"""The preview: all that people read, on one page that everybody can read."""

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from markupsafe import escape

from bot.commands.cli import tevo
from bot.team.preview import Preview
from bot.team.rewording import reworded
from knowledge.content.models import Content
from tests.browser import looked_through
from tests.conftest import HERE, TODAY


@pytest.fixture(scope="module")
def page(packaged: Content) -> str:
    return Preview(packaged, TODAY).html()


def run(*arguments: str) -> Result:
    return CliRunner().invoke(tevo, [*arguments], standalone_mode=False)


def test_every_entry_has_its_anchor_and_every_link_leads_somewhere(page: str, packaged: Content) -> None:
    anchors = set(re.findall(r'\bid="([^"]+)"', page))

    assert packaged.topics.keys() <= anchors
    assert set(re.findall(r'href="#([^"]+)"', page)) <= anchors


def test_entries_are_shown_as_in_the_conversation(page: str, packaged: Content) -> None:
    assert f">{packaged.topics['reste-a-charge'].button}</a>" in page
    assert "{contact}" not in page
    assert "**" not in page
    assert packaged.email in page


def test_precise_questions_are_shown_with_their_answers(page: str, packaged: Content) -> None:
    point = packaged.topics["vsi"].points[0]

    assert point.button
    assert f"<h4>{escape(point.button)}</h4>" in page


def test_questionnaire_glossary_and_redirections_are_there(page: str, packaged: Content) -> None:
    assert packaged.form is not None
    for question in packaged.form.questions:
        assert question.text.split("«")[0].strip() in page
    assert packaged.glossary.acronyms[0].acronym in page
    assert packaged.glossary.near_misses[0].phrases[0].split("'")[0] in page


def test_what_changed_is_shown_word_by_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = Path(shutil.copytree(HERE / "content" / "minimal", tmp_path / "before"))
    after = Path(shutil.copytree(before, tmp_path / "after"))
    topic = after / "topics" / "tout.yaml"
    topic.write_text(topic.read_text("utf-8").replace("title: Contact", "title: Écrire"), "utf-8")
    monkeypatch.setenv("TEVO_CONTENT", str(after))

    result = run("preview", str(tmp_path / "apercu.html"), "--since", str(before))

    page = (tmp_path / "apercu.html").read_text("utf-8")
    assert result.return_value == 0
    assert "<del>" in page
    assert "<ins>Écrire" in page


def test_words_that_stay_are_told_apart_from_those_that_change() -> None:
    assert list(reworded("un deux trois", "un quatre trois")) == [
        ("same", "un"),
        ("gone", "deux"),
        ("new", "quatre"),
        ("same", "trois"),
    ]


def test_a_line_that_goes_takes_nothing_of_its_neighbours() -> None:
    found = list(reworded("un cas.\n\nÀ confirmer\n\nSource", "un cas.\n\nSource"))

    assert [text.strip() for what, text in found if what == "gone"] == ["À confirmer"]
    assert [text for what, text in found if what == "new"] == []


@pytest.mark.parametrize(("width", "dark"), [(1200, True), (400, False)])
def test_nothing_in_the_page_keeps_anybody_out(page: str, tmp_path: Path, width: int, dark: bool) -> None:
    path = tmp_path / "apercu.html"
    path.write_text(page, "utf-8")

    assert looked_through(path, tmp_path, width=width, dark=dark)["told"] == []
