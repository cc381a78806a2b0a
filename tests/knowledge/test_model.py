"""What was learnt is kept between two starts, and is never needed."""

import errno
import os
import random
import time
from pathlib import Path

import numpy as np
import pytest

from bot.learning import learn
from bot.settings import models_folder
from knowledge.content.models import Content
from knowledge.conversation.dialogue_reader import conversation_reader
from knowledge.learning.kept import keep_arrays
from knowledge.learning.sparse import Sparse
from knowledge.understanding.matching import Matcher
from knowledge.understanding.model import _ARRAYS, kept
from knowledge.understanding.thresholds import Thresholds
from knowledge.understanding.understanding import Understanding

QUESTIONS = ["combien ça coûte", "kombien sa coute", "les dates svp", "une recette de crêpes", "azeaze"]


def test_a_kept_model_decides_as_a_new_one(minimal: Content, tmp_path: Path) -> None:
    learnt = Matcher(minimal, models=tmp_path)
    assert len(list(tmp_path.glob("*.n*"))) == 1

    again = Matcher(minimal, models=tmp_path)

    assert [again.find(q) for q in QUESTIONS] == [learnt.find(q) for q in QUESTIONS]
    assert again.explain(QUESTIONS[0]) == learnt.explain(QUESTIONS[0])


@pytest.mark.parametrize("garbage", [b"", b"PK\x03\x04 not a model", b"x" * 1000])
def test_a_damaged_file_is_replaced(minimal: Content, tmp_path: Path, garbage: bytes) -> None:
    Matcher(minimal, models=tmp_path)
    (path,) = tmp_path.glob("*.n*")
    right = path.stat().st_size
    path.write_bytes(garbage)

    assert Matcher(minimal, models=tmp_path).find("le prix").answers[0].topic == "price"
    assert path.stat().st_size == right


def test_a_change_anywhere_in_a_file_is_noticed(minimal: Content, tmp_path: Path) -> None:
    matcher = Matcher(minimal, models=tmp_path)
    size = len(matcher.phrases), len(matcher.topics)
    (path,) = tmp_path.glob("*.n*")
    right = path.read_bytes()
    rng = random.Random(1)
    header = [rng.randrange(300) for _ in range(200)]
    anywhere = [rng.randrange(len(right)) for _ in range(20)]
    for place in (*header, *anywhere, len(right) - 1):
        path.write_bytes(right[:place] + bytes([right[place] ^ rng.randrange(1, 256)]) + right[place + 1 :])
        assert kept(tmp_path, path.stem, *size) is None
    for length in (0, 3, 4, 9, 200, len(right) - 1):
        path.write_bytes(right[:length])
        assert kept(tmp_path, path.stem, *size) is None

    path.write_bytes(right)
    assert kept(tmp_path, path.stem, *size) is not None


@pytest.mark.parametrize("array", ["rows", "starts", "phrases", "weights", "idf", "words"])
def test_a_file_laid_by_somebody_else_leads_nowhere(minimal: Content, tmp_path: Path, array: str) -> None:
    matcher = Matcher(minimal, models=tmp_path)
    (path,) = tmp_path.glob("*.n*")
    laid = {name: np.array(getattr(matcher.model, name)) for name in _ARRAYS}
    laid |= {name: np.frombuffer(b"x", np.uint8) for name in ("words", "sounds")}
    if array == "words":
        del laid[array]
    elif array in ("weights", "idf"):
        laid[array] = laid[array][..., :-1]
    else:
        laid[array][-1] = np.iinfo(laid[array].dtype).max
    keep_arrays(laid, tmp_path, path.stem)

    assert kept(tmp_path, path.stem, len(matcher.phrases), len(matcher.topics)) is None
    assert Matcher(minimal, models=tmp_path).find("le prix").answers[0].topic == "price"


def test_a_link_is_not_followed(minimal: Content, tmp_path: Path) -> None:
    matcher = Matcher(minimal, models=tmp_path)
    (path,) = tmp_path.glob("*.n*")
    size = len(matcher.phrases), len(matcher.topics)
    assert kept(tmp_path, path.stem, *size) is not None
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")

    assert kept(tmp_path, path.stem, *size) is None


def test_a_model_learnt_with_other_settings_is_another(minimal: Content, tmp_path: Path) -> None:
    Matcher(minimal, models=tmp_path)
    other = Matcher(minimal, Thresholds(ridge=50.0), models=tmp_path)

    assert len(list(tmp_path.glob("*.n*"))) == 2
    assert (other.model.weights == Matcher(minimal, Thresholds(ridge=50.0)).model.weights).all()


def test_a_full_disk_leaves_no_draft_and_old_ones_are_forgotten(
    minimal: Content, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(file: object, array: object) -> None:
        raise OSError(errno.ENOSPC, "no space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("knowledge.learning.kept.np.save", full)
        Matcher(minimal, models=tmp_path)
    assert list(tmp_path.glob("*.n*")) == []

    for name, age in (("killed.1.new", 7200), ("at-work.2.new", 5)):
        (tmp_path / name).touch()
        at = time.time() - age
        os.utime(tmp_path / name, (at, at))
    Matcher(minimal, models=tmp_path)
    assert [path.name for path in tmp_path.glob("*.new")] == ["at-work.2.new"]


def test_a_folder_that_cannot_be_written_changes_nothing(minimal: Content) -> None:
    assert Matcher(minimal, models=Path("/dev/null/x")).find("le prix").answers[0].topic == "price"


def test_other_phrases_are_learnt_anew_and_old_ones_are_forgotten_unless_they_are_used(
    minimal: Content, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("knowledge.learning.kept._KEPT", 4)
    matcher = Matcher(minimal, models=tmp_path)
    (used,) = tmp_path.glob("*.n*")
    for number in range(7):
        Matcher(minimal.model_copy(update={"off_topic": (f"une recette {number}",)}), models=tmp_path)
        assert kept(tmp_path, used.stem, len(matcher.phrases), len(matcher.topics))

    assert len(list(tmp_path.glob("*.n*"))) == 4


def _all_learnt(content: Content) -> None:
    folder = models_folder()
    learn(Understanding(content, folder), conversation_reader(content, folder))


def _with_price(content: Content, **changed: object) -> Content:
    """The same content, its entry on the price changed."""
    price = content.topics["price"].model_copy(update=changed)
    return content.model_copy(update={"version": "changed", "topics": {**content.topics, "price": price}})


def test_what_is_only_said_is_no_reason_to_learn_again(minimal: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    _all_learnt(minimal)
    for module in ("understanding.model", "understanding.pointing", "distress.likeness", "conversation.likeness"):
        monkeypatch.setattr(f"knowledge.{module}.train", None)

    _all_learnt(_with_price(minimal, answer="Rien du tout."))
    with pytest.raises(TypeError):
        _all_learnt(_with_price(minimal, questions=("ça douille",)))


def test_products_are_those_of_dense_matrices() -> None:
    drawn = np.random.default_rng(0)
    rows = [(drawn.integers(0, 40, size).tolist(), drawn.random(size).tolist()) for size in (0, 3, 3, 1, 30, 0, 200)]
    dense = np.zeros((len(rows), 40), np.float32)
    for row, (places, weights) in enumerate(rows):
        np.add.at(dense[row], places, weights)
    sparse = Sparse.of(rows, 40)
    by_column, by_row = drawn.random((40, 5), np.float32), drawn.random((len(rows), 5), np.float32)

    assert np.allclose(sparse.dot(by_column), dense @ by_column, rtol=1e-5)
    assert np.allclose(sparse.transposed().dot(by_row), dense.T @ by_row, rtol=1e-5)
