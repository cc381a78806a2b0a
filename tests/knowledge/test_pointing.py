"""Which point of an entry is asked, on a small content."""

import shutil
from pathlib import Path

import pytest

from knowledge.content.models import Content
from knowledge.loading import load
from knowledge.understanding.pointing import Pointing

MINIMAL = Path(__file__).parents[1] / "content" / "minimal"
POINTS = """
    points:
      - id: instalments
        says: "**Oui**, en trois fois."
        questions: [peut-on payer en plusieurs fois, le paiement s'étale-t-il]
        after: [en trois fois c'est possible, étaler le paiement]
      - id: refund
        says: "**Non**, rien n'est rendu."
        questions: [suis-je remboursé si j'annule, le remboursement est-il possible]
        after: [et si on annule, remboursé ou pas]
      - id: refund-of-clubs
        asked_by: [organisation]
        says: "**Oui**, pour les clubs."
        questions: [une association est-elle remboursée, un club est-il remboursé]
        after: [et pour un club]
"""


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Content:
    folder = tmp_path_factory.mktemp("content") / "minimal"
    shutil.copytree(MINIMAL, folder)
    file = next(folder.glob("topics/*.yaml"))
    file.write_text(
        file.read_text("utf-8").replace("      - c'est payant\n", f"      - c'est payant{POINTS}", 1), "utf-8"
    )
    return load(folder)


@pytest.fixture(scope="module")
def pointing(content: Content) -> Pointing:
    return Pointing(content)


def _asked(pointing: Pointing, text: str) -> tuple[str, float]:
    found = pointing.of("price", text)
    assert found
    return found[0].id, found[1]


@pytest.mark.parametrize(
    ("text", "point"),
    [("on peut étaler en plusieurs fois ?", "instalments"), ("si on annule, on est remboursé ?", "refund")],
)
def test_the_point_whose_questions_are_alike_is_likely(pointing: Pointing, text: str, point: str) -> None:
    found, chance = _asked(pointing, text)
    assert found == point
    assert chance > 0.4


@pytest.mark.parametrize(
    ("asking", "is_asked"),
    [([], True), (["organisation"], True), (["authority"], False), (["authority", "organisation"], True)],
)
def test_a_point_for_some_applicants_is_not_for_others(pointing: Pointing, asking: list[str], is_asked: bool) -> None:
    found = pointing.of("price", "le club est-il remboursé ?", asking)

    assert found
    assert (found[0].id == "refund-of-clubs") == is_asked


def test_no_point_is_likely_where_the_entry_is_asked(pointing: Pointing) -> None:
    assert _asked(pointing, "combien ça coûte")[1] < 0.4


def test_what_points_are_known_by_is_kept(
    pointing: Pointing, content: Content, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Pointing(content, tmp_path).of("price", "si on annule") == pointing.of("price", "si on annule")
    assert [path.suffix for path in tmp_path.glob("*.npy")] == [".npy"]

    monkeypatch.setattr("knowledge.understanding.pointing.train", None)
    assert Pointing(content, tmp_path).of("price", "si on annule") == pointing.of("price", "si on annule")


def test_an_entry_without_points_has_none(pointing: Pointing) -> None:
    assert pointing.of("contact", "un numéro de téléphone") is None
