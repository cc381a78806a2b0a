"""Actor × place × act: the grid of `examples/grille/` is answered as it should be."""

from functools import partial

from knowledge import PACKAGED
from knowledge.content.models import Content
from knowledge.understanding.understanding import Understanding
from tests.benchmarks.labelled import asker, load, measure, rates
from tests.conftest import TODAY

GRID = load(PACKAGED / "examples" / "grille" / "grille.yaml")


def test_who_where_and_what_decide_together(packaged_understanding: Understanding, packaged: Content) -> None:
    found = rates(measure(GRID, asker(partial(packaged_understanding.read, today=TODAY), packaged)))

    assert len(GRID) > 400
    assert found["right"] >= 97
    assert found["wrong"] <= 2
