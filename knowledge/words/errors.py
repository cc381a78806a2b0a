"""The error tree.

    TevoError
    └── ContentError      the content folder is wrong: every problem, with file and line, in French

Sentences for the people who edit the content are in `editor.yaml` beside this file.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from knowledge.words.module_lists import words_beside

_MANY = 10  # mistakes: more are grouped
_ALIKE = 5  # of a kind, told beside the first
_LINES = 12
_OF_FILES = {"unread_file", "topics_outside", "misnamed_file", "wrong_suffix", "missing_file", "copied_file"}
_FIRST = {*_OF_FILES, "duplicate_id", "copied_entry"}
"""Kinds from which many others come."""
_ADVICE = "advice_"
"""What the kinds begin with that hinder nothing."""


class TevoError(Exception):
    """Root of the errors that this project raises on purpose."""


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake in the content: where it is, what is wrong and an example of right, in French."""

    file: str
    line: int
    what: str
    example: str = ""
    kind: str = field(default="", compare=False)
    """The sentence of `editor.yaml` that tells it: many mistakes are grouped by it."""
    about: str = field(default="", compare=False)
    """The name that is wrong, where one is."""
    meant: str = field(default="", compare=False)
    """What it was taken for."""

    def __str__(self) -> str:
        told = explain("problem_with_example" if self.example else "problem", **vars(self))
        return explain("advice_told", told=told) if self.kind.startswith(_ADVICE) else told


class ContentError(TevoError):
    """The content cannot be used. `problems` holds all mistakes, sorted by file and line."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__(all_told(self.problems))


def all_told(problems: tuple[Problem, ...]) -> str:
    """What their editor reads of problems, sorted."""
    return "\n".join(_told(problems))


def _told(problems: tuple[Problem, ...]) -> Iterator[str]:
    """Each mistake; where they are many, each kind once with its example, the others of its kind shortly below."""
    if len(problems) <= _MANY:
        yield from map(str, problems)
        return
    kinds: defaultdict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        kinds[problem.kind or str(problem)].append(problem)
    for first, *others in sorted(kinds.values(), key=lambda alike: alike[0].kind not in _FIRST):
        yield str(first)
        yield from _shortly(first, others)


def _shortly(first: Problem, others: list[Problem]) -> Iterator[str]:
    """The lines where the very same holds; the others of the kind by a line each, as many as one reads."""
    places: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for problem in others:
        places[problem.file, problem.what].append(problem.line)
    alike = {place: lines for place, lines in places.items() if place[1] != first.what}
    for (file, what), lines in places.items():
        if what == first.what:
            yield explain("problem_same", file=file, lines=lines_told(lines))
    for (file, what), lines in [*alike.items()][:_ALIKE]:
        yield explain("problem_alike", file=file, lines=lines_told(lines), what=what)
    if left := [*alike.items()][_ALIKE:]:
        files = ", ".join(dict.fromkeys(file for (file, _), _ in left))
        yield explain("problem_more", n=sum(len(lines) for _, lines in left), files=files)


def lines_told(lines: Iterable[int]) -> str:
    """Their numbers, the first of them where they are many."""
    told = [str(line) for line in sorted(set(lines))]
    listed = ", ".join(told[:_LINES]) + (", …" if len(told) > _LINES else "")
    return explain("problem_line" if len(told) == 1 else "problem_lines", lines=listed)


@cache
def _words() -> dict[str, Any]:
    return words_beside(__file__, "editor")


def explain(key: str, /, **values: object) -> str:
    """The sentence `key` of `editor.yaml`, with its {placeholders} filled."""
    sentence: str = _words()[key]
    return sentence.format(**values)


def word_list(key: str) -> Sequence[str]:
    """The list `key` of `editor.yaml`."""
    found: Sequence[str] = _words()[key]
    return found


def word_table(key: str) -> Mapping[str, str]:
    """The table `key` of `editor.yaml`: what stands for what."""
    found: Mapping[str, str] = _words()[key]
    return found


def problem_at(name: str, line: int, key: str, /, **values: object) -> Problem:
    """A problem at a known line: sentence `key`, with the example `key_example` where there is one."""
    try:
        example = explain(f"{key}_example", **values)
    except KeyError:
        example = ""
    about, meant = (str(values.get(one, "")) for one in ("name", "meant"))
    return Problem(name, line, explain(key, **values), example, key, about, meant)
