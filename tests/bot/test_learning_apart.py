"""At a first start another process learns: whoever serves finds what it has kept."""

import subprocess
from pathlib import Path

import pytest

from bot.learning import learn
from bot.learning_apart import learnt_apart
from bot.settings import models_folder
from knowledge.conversation.dialogue_reader import conversation_reader
from knowledge.loading import load
from knowledge.understanding.understanding import Understanding
from tests.gardens import gardens_in

LEARNERS = ("understanding.model", "understanding.pointing", "distress.likeness", "conversation.likeness")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A content that is new, and not too small for another process."""
    monkeypatch.setattr("bot.learning_apart._MUCH", 0)
    made = gardens_in(tmp_path / "contenu")
    (made / "hors-sujet.yaml").write_text(f"off_topic: [une recette de crêpes, {tmp_path.name}]", "utf-8")
    return made


def no_process(*_: object, **__: object) -> None:
    raise AssertionError("no process is needed")


def test_what_another_process_has_learnt_is_not_learnt_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    models = models_folder()
    with learnt_apart(folder, models):
        pass
    for module in LEARNERS:
        monkeypatch.setattr(f"knowledge.{module}.train", None)

    content = load(folder, kept=models)
    learn(Understanding(content, models), conversation_reader(content, models))

    monkeypatch.setattr(subprocess, "Popen", no_process)
    with learnt_apart(folder, models):  # as at a later start
        pass


@pytest.mark.parametrize("models", [None, Path("/dev/null/x")])
def test_where_nothing_can_be_kept_no_process_learns_in_vain(
    folder: Path, models: Path | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subprocess, "Popen", no_process)
    with learnt_apart(folder, models):
        pass


def test_a_wrong_content_is_left_to_whoever_tells_its_mistakes(folder: Path) -> None:
    (folder / "hors-sujet.yaml").write_text("off_topic: [", "utf-8")
    with learnt_apart(folder, models_folder()):
        pass
