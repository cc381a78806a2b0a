"""A file that YAML cannot read, looked at as it was typed: the line that an editor got wrong, and that line put right.

The parser tells where it stopped, often far below the slip. A line is blamed here only where it stands outside the
texts that « | » begins.
"""

import re
from collections.abc import Callable, Iterator

from knowledge.words.errors import Problem, explain

_MERGE = re.compile(r"(<{7}|={7}|>{7}|\|{7})( |$)")
_BLOCK = re.compile(r"^( *)(?:- )?[\w-]+:\s+[|>][+-]?\s*$")
_KEY = re.compile(r"^( *)((?:- )?[a-z][\w-]*):\s*$")
_STARTS_A_VALUE = re.compile(r"""^\s*(?:- |-$|[a-z][\w.-]*:(?: |$)|[\[{"'#])""")


def _quoted(found: re.Match[str]) -> str:
    return f'{found[1]}"{found[2]}"'


def _spaced(found: re.Match[str]) -> str:
    head = found[1]
    if head.strip():
        return f"{head.rstrip()} {found[2]}"
    width = found.end() - found.start() - len(found[2])
    return " " * width + found[2]


_LONGEST = 2_000  # characters of a line that is looked at
Fix = Callable[[re.Match[str]], str]

_SLIPS: tuple[tuple[str, re.Pattern[str], Fix], ...] = (
    ("hard_space", re.compile(r"^( *(?:- )?(?:[\w-]+:)?)[\u00a0\u202f]+[ \u00a0\u202f]*(.*)$"), _spaced),
    ("after_quote", re.compile(r'^(\s*(?:- |[\w-]+: ))"([^"]*)"( *[^\s,\]}#].*)$'), lambda m: f'{m[1]}"{m[2]}{m[3]}"'),
    ("inner_apostrophe", re.compile(r"^(\s*(?:- |[\w-]+: ))'(.*\w'\w.*)'\s*$"), _quoted),
    ("dash_space", re.compile(r"^(\s*)-((?=[\"'\w])(?!-).*)$"), lambda m: f"{m[1]}- {m[2]}"),
    ("colon_space", re.compile(r"^(\s*(?:- )?[a-z][\w-]*):(?=[^\s:/])(.*)$"), lambda m: f"{m[1]}: {m[2]}"),
    (
        "colon_line",
        re.compile(r"^(\s*(?:- |[\w-]+: ))([^\s\"'\[{|>#*&!%@`][^:#]*[^a-z:#-][^:#]*: [^#]*?)\s*$"),
        _quoted,
    ),
    ("reserved_start", re.compile(r"^(\s*(?:- |[\w-]+: ))([*&!%@`].*)$"), _quoted),
)
"""Slips of one line: the sentence, what the line looks like, the line put right."""


def merge_markers(name: str, text: str) -> list[Problem]:
    """The marks that a merge leaves where two people changed the same lines: never content."""
    lines = (number for number, line in enumerate(text.split("\n"), 1) if _MERGE.match(line))
    return [_problem(name, number, "merge_marker") for number in [*lines][:1]]


def look(name: str, text: str, last: int) -> Problem | None:
    """The last slip up to the line at which YAML stopped (from 1); None where none is known."""
    found = list(_slips(name, text.split("\n")[: last + 1]))
    return found[-1] if found else None


def _slips(name: str, lines: list[str]) -> Iterator[Problem]:
    deeper_than = -1
    for number, line in enumerate(lines, 1):
        if deeper_than >= 0 and (not line.strip() or _depth(line) > deeper_than):
            continue  # within a text
        block = _BLOCK.match(line)
        deeper_than = len(block[1]) if block else -1
        if block:
            continue
        if _lacks_bar(lines, number):
            yield _problem(name, number, "missing_bar", line=f"{line.rstrip()} |")
        for key, pattern, fix in _SLIPS if len(line) <= _LONGEST else ():
            if found := pattern.match(line):
                yield _problem(name, number, key, line=fix(found))
                break


def _lacks_bar(lines: list[str], number: int) -> bool:
    """Whether a key is followed by a text of several lines, as only « | » may begin one."""
    key = _KEY.match(lines[number - 1])
    following = next((line for line in lines[number:] if line.strip()), "")
    return bool(key) and _depth(following) > len(key[1] if key else "") and not _STARTS_A_VALUE.match(following)


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _problem(name: str, number: int, key: str, line: str = "") -> Problem:
    return Problem(name, number, explain(key), explain(f"{key}_example", line=line.strip()))
