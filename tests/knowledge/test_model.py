"""What was learnt is kept between two starts, and is never needed."""

from pathlib import Path

import pytest

from knowledge.content import Content
from knowledge.matching import Matcher

QUESTIONS = ["combien ça coûte", "kombien sa coute", "les dates svp", "une recette de crêpes", "azeaze"]


def test_a_kept_model_decides_as_a_new_one(minimal: Content, tmp_path: Path) -> None:
    learnt = Matcher(minimal, models=tmp_path)
    assert len(list(tmp_path.iterdir())) == 1

    again = Matcher(minimal, models=tmp_path)

    assert [again.find(q) for q in QUESTIONS] == [learnt.find(q) for q in QUESTIONS]
    assert again.explain(QUESTIONS[0]) == learnt.explain(QUESTIONS[0])


@pytest.mark.parametrize("garbage", [b"", b"PK\x03\x04 not a model", b"x" * 1000])
def test_a_damaged_file_is_replaced(minimal: Content, tmp_path: Path, garbage: bytes) -> None:
    Matcher(minimal, models=tmp_path)
    (path,) = tmp_path.iterdir()
    right = path.stat().st_size
    path.write_bytes(garbage)

    assert Matcher(minimal, models=tmp_path).find("le prix").answers[0].topic == "price"
    assert path.stat().st_size == right


def test_a_folder_that_cannot_be_written_changes_nothing(minimal: Content) -> None:
    assert Matcher(minimal, models=Path("/dev/null/x")).find("le prix").answers[0].topic == "price"


def test_another_content_is_learnt_anew_and_old_ones_are_forgotten(minimal: Content, tmp_path: Path) -> None:
    for number in range(7):
        Matcher(minimal.model_copy(update={"version": f"v{number}"}), models=tmp_path)

    assert len(list(tmp_path.iterdir())) == 4
