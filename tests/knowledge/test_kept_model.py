"""A content that was found right is kept as one file, put back as it was, and never needed."""

import json
from pathlib import Path

import numpy as np
import pytest

from knowledge.content.models import Content
from knowledge.learning.kept import keep_arrays
from knowledge.learning.kept_model import keep_model, kept_model
from knowledge.loading import PACKAGED, load
from tests.gardens import gardens


def test_the_whole_content_is_put_back_as_it_was(tmp_path: Path) -> None:
    content = load(PACKAGED)
    keep_model(content, tmp_path, "content")
    found = kept_model(tmp_path, "content", Content)

    assert found == content
    assert found is not None
    assert found.themes[0].topics[0] is found.topics[found.themes[0].topics[0].id]  # once in memory, as before


def test_a_questionnaire_whose_examples_choose_several_answers_is_put_back_too(tmp_path: Path) -> None:
    content = gardens()
    keep_model(content, tmp_path, "content")

    assert kept_model(tmp_path, "content", Content) == content


def test_a_damaged_file_is_left_aside(minimal: Content, tmp_path: Path) -> None:
    keep_model(minimal, tmp_path, "content")
    path = tmp_path / "content.npy"
    whole = path.read_bytes()
    for at in range(0, len(whole), len(whole) // 50):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert kept_model(tmp_path, "content", Content) is None

    path.write_bytes(whole)
    assert kept_model(tmp_path, "content", Content) == minimal


@pytest.mark.parametrize(
    "forged",
    [
        ["of", "subprocess:Popen", "ls"],
        ["one", "os:system", "ls"],
        ["of", "knowledge.loading:load"],
        ["of", "knowledge.content.models:Content"],
        ["of", "knowledge.content.models:Nothing"],
        ["again", 7],
        ["by", "odd"],
        ["all"],
        [],
        {},
        "text",
    ],
)
def test_what_was_not_written_here_is_not_put_back(forged: object, tmp_path: Path) -> None:
    keep_arrays({"json": np.frombuffer(json.dumps(forged).encode(), np.uint8)}, tmp_path, "content")

    assert kept_model(tmp_path, "content", Content) is None


def test_a_value_that_could_not_be_put_back_is_a_mistake_of_ours(minimal: Content, tmp_path: Path) -> None:
    with pytest.raises(TypeError):
        keep_model(minimal.model_copy(update={"version": {1.5}}), tmp_path, "content")
