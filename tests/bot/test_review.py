"""What the forge tells whoever proposes a change: mistakes, losses, and what to paste to accept them."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote

import pytest
import yaml

from bot.commands.effects import ACCEPTED
from bot.commands.setup import paris_today
from tests.bot.test_effects import folder, run, spoil

ROOT = Path(__file__).parents[2]
WORKFLOW = ROOT / ".github" / "workflows" / "contenu.yaml"

__all__ = ["folder"]


NEW_FILE = "https://forge.example/team/tevo/new/patch-1"
SHOWN_FILE = "https://forge.example/team/tevo/blob/patch-1"


def commented(folder: Path, tmp_path: Path, new_file: str = NEW_FILE) -> tuple[int, str]:
    """The step of the workflow, as it is written there."""
    (command,) = (step["run"] for step in steps() if step.get("name") == "Relire")
    words = command.replace('"$BASE"', "HEAD").split()[1:]
    paths = {"commentaire.md": str(tmp_path / "commentaire.md"), "apercu.html": str(tmp_path / "apercu.html")}
    paths |= {'"$NEW_FILE"': new_file, '"$SHOWN_FILE"': SHOWN_FILE}
    result = run(*(paths.get(word, word) for word in words))
    assert isinstance(result.return_value, int), result.output
    return result.return_value, (tmp_path / "commentaire.md").read_text("utf-8")


def steps() -> list[dict[str, Any]]:
    return list(yaml.safe_load(WORKFLOW.read_text("utf-8"))["jobs"]["relire"]["steps"])


def test_a_change_that_loses_nothing_is_told_with_its_effect(folder: Path, tmp_path: Path) -> None:
    topic = folder / "topics" / "tout.yaml"
    topic.write_text(topic.read_text("utf-8").replace("title: Contact", "title: Écrire"), "utf-8")

    code, comment = commented(folder, tmp_path)

    assert code == 0
    assert comment.startswith("✅")
    assert "Entrée lue autrement : contact" in comment
    assert "<ins>" in (tmp_path / "apercu.html").read_text("utf-8")


def test_a_mistake_stops_the_publication_and_names_its_line(folder: Path, tmp_path: Path) -> None:
    topic = folder / "topics" / "tout.yaml"
    topic.write_text(topic.read_text("utf-8").replace("title: Contact", "titel: Contact"), "utf-8")

    code, comment = commented(folder, tmp_path)

    assert code == 1
    assert comment.startswith("❌")
    assert "topics/tout.yaml, ligne" in comment
    assert "« titel »" in comment
    line = topic.read_text("utf-8").split("\n").index("    titel: Contact") + 1
    assert f"[topics/tout.yaml, ligne {line}]({SHOWN_FILE}/topics/tout.yaml?plain=1#L{line})" in comment


def test_a_file_that_lacks_is_told_without_a_line_to_open(folder: Path, tmp_path: Path) -> None:
    (folder / "hors-sujet.yaml").unlink()

    code, comment = commented(folder, tmp_path)

    assert (code, "hors-sujet.yaml" in comment) == (1, True)
    assert SHOWN_FILE not in comment


def test_a_loss_stops_it_until_the_file_that_the_comment_begins_is_saved(folder: Path, tmp_path: Path) -> None:
    spoil(folder)
    code, comment = commented(folder, tmp_path)
    assert code == 1
    assert comment.startswith("⚠️")

    (link,) = re.findall(r"\[Acceptez ces pertes\]\((\S+)\)", comment)
    page, _, query = link.partition("?")
    begun = dict(parse_qsl(query, strict_parsing=True))
    assert page == NEW_FILE
    (folder / begun["filename"]).write_text(begun["value"], "utf-8")
    assert commented(folder, tmp_path)[0] == 0


def test_a_second_loss_of_the_day_begins_another_file(folder: Path, tmp_path: Path) -> None:
    first = f"examples/pertes-acceptees-{paris_today()}.yaml"
    (folder / first).write_text("[]\n", "utf-8")
    spoil(folder)

    assert quote(first.replace(".yaml", "-2.yaml"), safe="") in commented(folder, tmp_path)[1]


def test_on_a_forge_without_such_a_page_lines_are_to_be_pasted(folder: Path, tmp_path: Path) -> None:
    spoil(folder)
    code, comment = commented(folder, tmp_path, new_file="")
    assert code == 1
    assert f"`{ACCEPTED}`" in comment
    assert "ce fichier n'existe pas encore" in comment

    rows = comment.split("```yaml\n")[1].split("```")[0]
    (folder / ACCEPTED).write_text(rows, "utf-8")
    assert commented(folder, tmp_path)[0] == 0


def test_what_to_paste_has_its_path_from_the_top_of_the_repository(folder: Path, tmp_path: Path) -> None:
    (folder / ".git").rename(folder.parent / ".git")
    git = ["git", "-C", str(folder), "-c", "user.name=e", "-c", "user.email=e@example.org"]
    for command in ("add -A ..", "commit -qm moved"):
        subprocess.run([*git, *command.split()], check=True)
    spoil(folder)

    assert f"`content/{ACCEPTED}`" in commented(folder, tmp_path, new_file="")[1]


def test_the_workflow_is_right_for_the_forge() -> None:
    actionlint = shutil.which("actionlint")
    if actionlint is None:
        pytest.skip("no actionlint on this machine")

    done = subprocess.run([actionlint, str(WORKFLOW)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_every_step_of_the_workflow_runs_what_is_in_this_project() -> None:
    told = WORKFLOW.read_text("utf-8")

    assert (ROOT / "constraints.txt").is_file()
    assert "install:" in (ROOT / "Makefile").read_text("utf-8")
    assert "pull_request_target" not in told, "what is proposed from outside would run with the right to write"
    assert "${{" not in "".join(step.get("run", "") for step in steps()), "run as a command"
