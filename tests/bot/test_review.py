"""What the forge tells whoever proposes a change: mistakes, losses, and what to paste to accept them."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.commands.effects import ACCEPTED
from tests.bot.test_effects import folder, run, spoil

ROOT = Path(__file__).parents[2]
WORKFLOW = ROOT / ".github" / "workflows" / "contenu.yaml"

__all__ = ["folder"]


def commented(folder: Path, tmp_path: Path) -> tuple[int, str]:
    """The step of the workflow, as it is written there."""
    (command,) = (step["run"] for step in steps() if step.get("name") == "Relire")
    words = command.replace('"$BASE"', "HEAD").split()[1:]
    paths = {"commentaire.md": str(tmp_path / "commentaire.md"), "apercu.html": str(tmp_path / "apercu.html")}
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


def test_a_loss_stops_it_until_what_the_comment_says_is_pasted(folder: Path, tmp_path: Path) -> None:
    spoil(folder)
    code, comment = commented(folder, tmp_path)
    assert code == 1
    assert comment.startswith("⚠️")
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

    assert f"`content/{ACCEPTED}`" in commented(folder, tmp_path)[1]


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
