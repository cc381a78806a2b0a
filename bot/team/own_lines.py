"""A file keeps its own lines: of what a YAML writer makes of it, only the lines that an edit changed are taken."""

from collections.abc import Iterator
from difflib import SequenceMatcher

import yaml

_Lines = list[str]


def with_own_lines(own: str, rewritten: str, edited: str) -> str:
    """The file as it was written by hand, with what changes from `rewritten` to `edited`.

    `rewritten`: what the writer makes of the file without any edit. What is new is indented as its neighbours are.
    Where that would not say the same, the writer's lines are taken.
    """
    if own == rewritten:
        return edited
    found = _merged(own, rewritten, edited)
    return found if _read(found) == _read(edited) else edited


def _merged(own: str, rewritten: str, edited: str) -> str:
    rewritten_lines, edited_lines = rewritten.splitlines(), edited.splitlines()
    by_hand = _by_hand(own.splitlines(), rewritten_lines)
    lines: _Lines = []
    indents: dict[int, int] = {}
    for what, a, b, c, d in _opcodes(rewritten_lines, edited_lines):
        in_place = what == "equal" or (what == "replace" and b - a == d - c)
        for at, line in enumerate(edited_lines[c:d]):
            hand = by_hand[a + at] if in_place else []
            if hand and line.strip():
                _learn(indents, _indent(line), _indent(hand[0]))
            lines += hand if what == "equal" else [_indented(line, indents)]
    return "\n".join(lines) + "\n"


def _read(text: str) -> object:
    try:
        return yaml.load(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError:
        return None


def _by_hand(own: _Lines, rewritten: _Lines) -> list[_Lines]:
    """For each line of the writer, those that stand there in the file: several, where the writer joins lines."""
    found: list[_Lines] = [[] for _ in rewritten]
    bare = [["".join(line.split()) for line in lines] for lines in (own, rewritten)]
    for _, a, b, c, d in _opcodes(*bare):
        at, joined = max(min(c, d - 1), 0), ""
        for line, text in zip(own[a:b], bare[0][a:b], strict=True):
            goes_on = text and bare[1][at].startswith(joined + text)
            if found[at] and at < d - 1 and not goes_on:
                at, joined = at + 1, ""
            found[at].append(line)
            joined += text
    return found


def _opcodes(before: _Lines, after: _Lines) -> Iterator[tuple[str, int, int, int, int]]:
    yield from SequenceMatcher(None, before, after, autojunk=False).get_opcodes()


def _learn(indents: dict[int, int], written: int, hand: int) -> None:
    """What stands deeper than this line is over."""
    for deeper in [one for one in indents if one > written]:
        del indents[deeper]
    indents[written] = hand


def _indented(line: str, indents: dict[int, int]) -> str:
    """Beside what stands as deep in the file, or as much deeper than what it stands in."""
    written = _indent(line)
    within = max((one for one in indents if one <= written), default=None)
    hand = written if within is None else indents[within] + written - within
    return " " * max(hand, 0) + line.strip() if line.strip() else ""


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
