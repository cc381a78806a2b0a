"""A content is changed, and what its editor is told."""

from pathlib import Path

from knowledge.loading import load
from knowledge.words.errors import ContentError, Problem
from tests.conftest import TODAY


def change(folder: Path, file: str, before: str, after: str) -> int:
    """Replace a text once in a file; the line where it stands."""
    text = (folder / file).read_text("utf-8")
    assert before in text
    (folder / file).write_text(text.replace(before, after, 1), "utf-8")
    return text[: text.index(before)].count("\n") + 1


def problems(folder: Path) -> tuple[Problem, ...]:
    """None where the content is right."""
    try:
        load(folder, today=TODAY)
    except ContentError as error:
        return error.problems
    return ()
