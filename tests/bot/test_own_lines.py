"""A command that changes one thing in a file changes those lines only, however the file was indented by hand."""

from pathlib import Path

import pytest

from bot.team.editing import edit

HAND = """# En tête.

topics:
- id: price   # le prix
  questions:
     - {q: "a",  topics: [old]}

     - b
  answer: |
      Une ligne.

      Une autre.
- id: contact
  questions:
    - c
  accept: {any: [{kind: [x]}, {size: [y]}]}
# fin
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "content.yaml"
    path.write_text(HAND, "utf-8")
    return path


def test_a_value_that_changes_changes_its_line(path: Path) -> None:
    edit(path, lambda data: data["topics"][1].update(id="team"))

    assert path.read_text("utf-8") == HAND.replace("- id: contact", "- id: team")


def test_a_line_within_a_list_keeps_its_own_indentation(path: Path) -> None:
    edit(path, lambda data: data["topics"][0]["questions"][0].update(topics=["new"]))

    changed = HAND.replace('{q: "a",  topics: [old]}', '{q: "a", topics: [new]}')
    assert path.read_text("utf-8") == changed


@pytest.mark.parametrize(
    ("entry", "after", "added"), [(0, "     - b\n", "     - more\n"), (1, "    - c\n", "    - more\n")]
)
def test_what_is_added_to_a_list_stands_where_its_neighbours_do(path: Path, entry: int, after: str, added: str) -> None:
    edit(path, lambda data: data["topics"][entry]["questions"].append("more"))

    assert path.read_text("utf-8") == HAND.replace(after, after + added)


def test_a_new_key_and_its_list_stand_beside_the_others(path: Path) -> None:
    edit(path, lambda data: data["topics"][1].update(formerly=["price"]))

    written = path.read_text("utf-8")
    assert written.startswith(HAND.removesuffix("# fin\n"))
    assert "\n  formerly:\n" in written


def test_an_entry_that_goes_takes_its_lines_and_no_others(path: Path) -> None:
    edit(path, lambda data: data["topics"].pop(0))

    assert path.read_text("utf-8") == HAND[: HAND.index("- id: price")] + HAND[HAND.index("- id: contact") :]


def test_a_text_of_several_lines_keeps_its_margin(path: Path) -> None:
    edit(path, lambda data: data["topics"][0].update(answer="Une ligne.\n\nUne autre.\n", accept=["x"]))

    assert "  answer: |\n      Une ligne.\n\n      Une autre.\n" in path.read_text("utf-8")


def test_lines_that_the_writer_joins_stay_as_they_were(path: Path) -> None:
    folded = HAND.replace("    - c\n", "    - une question\n      sur deux lignes\n")
    path.write_text(folded, "utf-8")
    edit(path, lambda data: data["topics"][1]["questions"].append("more"))

    assert path.read_text("utf-8") == folded.replace("deux lignes\n", "deux lignes\n    - more\n")
