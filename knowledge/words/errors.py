"""The error tree.

    TevoError
    └── ContentError      the content folder is wrong: every problem, with file and line, in French

Sentences for the people who edit the content are in `editor.yaml` beside this file.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml


class TevoError(Exception):
    """Root of the errors that this project raises on purpose."""


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake in the content: where it is, what is wrong and an example of right, in French."""

    file: str
    line: int
    what: str
    example: str = ""

    def __str__(self) -> str:
        return explain("problem_with_example" if self.example else "problem", **vars(self))


class ContentError(TevoError):
    """The content cannot be used. `problems` holds all mistakes, sorted by file and line."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


@cache
def _sentences() -> dict[str, str]:
    sentences: dict[str, str] = yaml.load(Path(__file__).with_name("editor.yaml").read_text("utf-8"), yaml.CSafeLoader)
    return sentences


def explain(key: str, /, **values: object) -> str:
    """The sentence `key` of `editor.yaml`, with its {placeholders} filled."""
    return _sentences()[key].format(**values)
