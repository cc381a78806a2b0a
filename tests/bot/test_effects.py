"""`tevo eval` and `tevo diff`: an editor sees what an edit does to people's questions before it is published."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from bot.commands.cli import tevo
from bot.commands.effects import ACCEPTED, show_messages
from bot.team.evaluation import Evaluated, MessageChange
from bot.team.labelled import Labelled
from tests.conftest import HERE

EXAMPLES = [
    {"q": "est-ce onéreux pour nous", "topics": ["price"], "style": "plain"},
    {"q": "le calendrier", "topics": ["dates"], "style": "plain"},
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A content in git, with labelled messages."""
    folder = Path(shutil.copytree(HERE / "content" / "minimal", tmp_path / "content"))
    (folder / "examples").mkdir()
    (folder / "examples" / "questions.yaml").write_text(yaml.safe_dump(EXAMPLES, allow_unicode=True), "utf-8")
    topic = folder / "topics" / "tout.yaml"
    topic.write_text(
        topic.read_text("utf-8").replace("- c'est payant", "- c'est payant\n      - est-ce onéreux"), "utf-8"
    )
    for command in ("init -q", "add -A", "-c user.name=e -c user.email=e@example.org commit -qm before"):
        subprocess.run(["git", "-C", str(folder), *command.split()], check=True)
    monkeypatch.setenv("TEVO_CONTENT", str(folder))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return folder


def spoil(folder: Path) -> None:
    """The phrasings about the price go to the contact."""
    topic = folder / "topics" / "tout.yaml"
    text = topic.read_text("utf-8").replace("\n      - est-ce onéreux", "")
    text = text.replace("- parler à quelqu'un", "- parler à quelqu'un\n      - est-ce onéreux")
    topic.write_text(text.replace("title: Contact", "title: Écrire"), "utf-8")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(tevo, [*arguments], standalone_mode=False)


def test_nothing_changed_is_said_so(folder: Path) -> None:
    result = run("diff", "HEAD")

    assert result.return_value == 0
    assert result.output == "Messages étiquetés qui changent de réponse : 0. Pertes que personne n'a acceptées : 0.\n"


def test_a_lost_message_stops_the_publication_until_it_is_accepted_with_a_reason(folder: Path) -> None:
    spoil(folder)

    result = run("diff", "HEAD")
    assert result.return_value == 1
    assert "Perdu (1) :\n  est-ce onéreux pour nous" in result.output
    assert "Entrée lue autrement : contact" in result.output

    assert run("diff", "HEAD", "--accept", "le tarif change de sens").return_value == 0
    (row,) = yaml.safe_load((folder / ACCEPTED).read_text("utf-8"))
    assert (row["q"], row["because"]) == ("est-ce onéreux pour nous", "le tarif change de sens")
    assert run("diff", "HEAD").return_value == 0


def test_a_retired_entry_and_the_one_in_its_place_are_the_same_answer(folder: Path) -> None:
    run("retire", "price", "contact")

    result = run("diff", "HEAD").output

    assert "Entrée retirée : price" in result
    assert "Gagné" not in result
    assert "avant : price" not in result


def test_two_folders_are_compared_as_two_revisions_are(folder: Path, tmp_path: Path) -> None:
    before = Path(shutil.copytree(folder, tmp_path / "before"))
    spoil(folder)

    assert run("diff", str(before), str(folder)).output == run("diff", "HEAD").output


def test_what_is_neither_folder_nor_revision_is_told(folder: Path) -> None:
    result = run("diff", "nulle-part")

    assert result.return_value == 1
    assert "ni un dossier ni une révision" in result.output


def test_a_labelled_file_is_measured_confusions_first(folder: Path) -> None:
    spoil(folder)
    result = run("eval", str(folder / "examples" / "questions.yaml"))

    lines = result.output.splitlines()
    assert lines[0].startswith("Confusions")
    assert lines[1].startswith("  1 × price → ")
    assert lines[-1] == "En tout : 1 bonnes réponses sur 2."


def test_a_file_that_is_not_labelled_is_told(folder: Path) -> None:
    result = run("eval", str(folder / "sources.yaml"))

    assert result.return_value == 1
    assert "n'est pas une liste de messages étiquetés" in result.output


POINT = """    points:
      - {id: young, says: "**Non**, pas avant 16 ans.", sources: [leaflet], questions: ["et un enfant ?"]}
"""


def test_an_answer_in_other_words_is_compared_without_asking_anything(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    topic = folder / "topics" / "tout.yaml"
    text = topic.read_text("utf-8").replace("  - id: price\n", f"{POINT}  - id: price\n")
    topic.write_text(text, "utf-8")
    before = Path(shutil.copytree(folder, tmp_path / "before"))
    text = text.replace("C'est un **exemple**", "Voici un **exemple**").replace("pas avant 16 ans", "jamais")
    topic.write_text(text, "utf-8")
    monkeypatch.setattr("bot.team.comparing.ProcessPoolExecutor", None)

    result = run("diff", str(before), str(folder))

    assert result.return_value == 0
    assert "Entrée lue autrement : about\n  avant : C’est un exemple" in result.output
    assert "\n  après : Voici un exemple" in result.output


def test_a_precise_answer_that_is_reworded_or_goes_is_told(folder: Path, tmp_path: Path) -> None:
    topic = folder / "topics" / "tout.yaml"
    text = topic.read_text("utf-8").replace("  - id: price\n", f"{POINT}  - id: price\n")
    topic.write_text(text, "utf-8")
    before = Path(shutil.copytree(folder, tmp_path / "before"))

    topic.write_text(text.replace("pas avant 16 ans", "jamais"), "utf-8")
    reworded = run("diff", str(before), str(folder)).output
    topic.write_text(text.replace(POINT, ""), "utf-8")
    gone = run("diff", str(before), str(folder)).output

    assert "about\n  avant : Non, pas avant 16 ans.\n  après : Non, jamais.\n" in reworded
    assert "  avant : Non, pas avant 16 ans.\n" in gone


def test_a_message_that_gets_a_choice_in_place_of_an_answer_is_told_so(capsys: pytest.CaptureFixture[str]) -> None:
    item = Labelled("le prix", ("price",))
    before, after = Evaluated(item, "answer", ("price",), ()), Evaluated(item, "choice", (), ("price", "contact"))

    show_messages("diff_lost", [MessageChange(before, after)])

    assert "avant : price ; après : au choix, price, contact" in capsys.readouterr().out


def test_a_fact_that_changes_is_told_where_it_is_read(folder: Path) -> None:
    facts = folder / "facts.yaml"
    facts.write_text(facts.read_text("utf-8").replace("10 euros", "12 euros"), "utf-8")

    result = run("diff", "HEAD").output

    assert "price\n  avant : Cela coûte 10" in result
    assert "\n  après : Cela coûte 12" in result


def test_what_a_content_was_asked_is_remembered_and_a_spoilt_memory_is_asked_again(
    folder: Path, tmp_path: Path
) -> None:
    spoil(folder)
    first = run("diff", "HEAD").output

    kept = sorted((tmp_path / "cache").rglob("asked/*.json"))
    assert len(kept) == 2
    assert run("diff", "HEAD").output == first
    memory = json.loads(kept[0].read_text("utf-8"))
    changed = memory | {"told": [row | {"answered": ["as-remembered"]} for row in memory["told"]]}
    kept[0].write_text(json.dumps(changed), "utf-8")
    assert "as-remembered" in run("diff", "HEAD").output
    kept[0].write_text("{", "utf-8")
    assert run("diff", "HEAD").output == first


def test_a_message_is_confused_with_what_its_label_does_not_name() -> None:
    asked = Labelled("et le prix ?", ("price", "about"))

    assert Evaluated(asked, "answer", ("price", "dates"), ()).confused_with == "dates"
    assert Evaluated(asked, "unknown", (), ("price",)).confused_with == ""
