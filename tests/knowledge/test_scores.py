"""Classifiers of several kinds of messages, in one kept file."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from threading import Thread

import numpy as np
import pytest

from knowledge.learning.classifier import train
from knowledge.learning.kept import keep_arrays
from knowledge.learning.scores import Scores, kept_scores
from knowledge.learning.sparse import Sparse

SIZE, CLASSES = 30, [2, 3]


def _learnt() -> list[Scores]:
    drawn = np.random.default_rng(0)
    found = []
    for classes in CLASSES:
        weights = drawn.random((SIZE, classes), np.float32) * (drawn.random((SIZE, 1)) < 0.5)
        found.append(Scores.learnt(drawn.random(SIZE, np.float32), weights.astype(np.float32)))
    return found


def test_each_classifier_of_a_kept_file_scores_as_when_it_was_learnt(tmp_path: Path) -> None:
    kept_scores(CLASSES, _learnt, tmp_path, "name")

    def never() -> list[Scores]:
        raise AssertionError

    for kept, learnt in zip(kept_scores(CLASSES, never, tmp_path, "name"), _learnt(), strict=True):
        for places in ([0], [3, 7, 29], list(range(SIZE))):
            counts = [1.0] * len(places)
            assert np.array_equal(kept.of(places, counts), learnt.of(places, counts))


def test_of_two_that_learn_the_same_the_second_finds_what_the_first_has_learnt(tmp_path: Path) -> None:
    asked: list[str] = []

    def learn(name: str) -> Iterator[Scores]:
        asked.append(name)
        if name == "first":
            second.start()
            second.join(0.2)
            assert second.is_alive()
        yield from _learnt()

    second = Thread(target=kept_scores, args=(CLASSES, partial(learn, "second"), tmp_path, "name"))
    kept_scores(CLASSES, partial(learn, "first"), tmp_path, "name")
    second.join()
    assert asked == ["first"]


@pytest.mark.parametrize("array", ["lengths", "places", "idf", "weights", "other_idf"])
def test_a_file_that_promises_more_than_it_holds_is_learnt_again(tmp_path: Path, array: str) -> None:
    kept_scores(CLASSES, _learnt, tmp_path, "name")
    record = np.load(tmp_path / "name.npy")
    laid = {key: np.array(record[key]) for key in record.dtype.names}
    laid[array] = laid[array][:-1] if array != "lengths" else laid[array] + np.int32(1)
    keep_arrays(laid, tmp_path, "name")
    asked = []

    def learn() -> list[Scores]:
        asked.append(array)
        return _learnt()

    kept_scores(CLASSES, learn, tmp_path, "name")
    assert asked


def test_features_that_always_come_together_are_learnt_as_if_each_were_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = np.random.default_rng(0)
    labels = drawn.integers(0, 3, 40)
    alone = [np.unique(drawn.integers(0, 20, 6)) for _ in labels]
    together = [[3 * int(place) + n for place in places for n in range(3)] for places in alone]
    phrases = Sparse.of(((places, [1.0] * len(places)) for places in together), 60)

    weights = train(phrases, labels, 3, 0.1, 20)

    monkeypatch.setattr("knowledge.learning.classifier._WORTH", 0)
    assert np.allclose(weights, train(phrases, labels, 3, 0.1, 20), atol=1e-4)
