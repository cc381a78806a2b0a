"""A file that YAML cannot read, looked at as it was typed: the line that an editor got wrong, and that line put right.

The parser tells where it stopped, often far below the slip. A line is blamed here only where it stands outside the
texts that « | » begins.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise

from knowledge.words.errors import Problem, explain, problem_at
from knowledge.words.line_shapes import FOLLOWS_A_TEXT, STARTS_A_VALUE, VALUE, column_of, depth_of, is_joined, is_text
from knowledge.words.line_slips import GLUED_DASH, LONGEST, ODD_DASH, SLIPS, below

_MERGE = re.compile(r"(<{7}|={7}|>{7}|\|{7})( |$)")
_CHANGED = re.compile(r"(\+)(.*)|-( {2,}(?:- |[a-z][\w-]*:).*)")
_HEADING = re.compile(r"@@ .*|diff --git .*|\+{3} .*|--- a/.*")
_BLOCK = re.compile(r"^( *)(?:- )?[\w-]+:\s+[|>][+-]?\s*$")
_ODD_BAR = re.compile(r"""^( *(?:- )?[\w-]+:) +(?:["'][|>]+|[|>]{2,}|[:lI!/\\])["']?\s*$""")
_KEY = re.compile(r"^( *)((?:- )?[a-z][\w-]*):\s*$")
_ANY_KEY = re.compile(r"^ *([a-z][\w-]*:)(?: |$)")
_WORD_FIRST = re.compile(r"^( *)([a-z][a-z_]*) +([^\s:=].*)$")
_ITEM_KEY = re.compile(r"^ *- [a-z][\w-]*:.*")
_ITEM = re.compile(r"^( *)- ")
_HARD_DASH = re.compile(r"^ *- ?[\u00a0\u202f]+ *")
_NUMBERED = re.compile(r"^\d+ ?[.)] +")
_STRAY = re.compile(r"^ *(?:={3,}|\*{3,}|_{3,}|~{3,}|//|-{4,})(?!>)")
"""What somebody draws or notes between two entries: neither a key, nor an element, nor a remark."""
_LIST_KEY = re.compile(r"^ *(?:- )?([a-z][\w-]*): *(\[.*)?$")
_ENDED_LIST = re.compile(r"^ *(?:- )?[\w-]+: +[\[{].*[\]}]\s*$")


def merge_markers(name: str, text: str) -> list[Problem]:
    """The marks that a merge leaves where two people changed the same lines: never content."""
    lines = (number for number, line in enumerate(text.split("\n"), 1) if _MERGE.match(line))
    return [_problem(name, number, "merge_marker") for number in [*lines][:1]]


def marks_of_changes(name: str, text: str) -> list[Problem]:
    """The « + » and « - » that the page of a change shows before lines, copied with them: never content.

    A « - » alone is none: « -   id: price » is how some write the elements of a list.
    """
    typed = [*enumerate(text.splitlines(), 1)]
    if headings := [_problem(name, number, "change_heading") for number, line in typed if _HEADING.fullmatch(line)]:
        return headings
    lines = [(number, mark) for number, line in typed if (mark := _CHANGED.fullmatch(line))]
    added = [_problem(name, n, "line_added", line=mark[2], n=depth_of(mark[2])) for n, mark in lines if mark[1]]
    removed = [_problem(name, n, "line_removed") for n, mark in lines if not mark[1]]
    return added and added + removed


def list_keys(lines: list[str]) -> frozenset[str]:
    """The keys of a file that name lists, somewhere in it."""
    found = ((_LIST_KEY.match(line), below) for line, below in pairwise(lines))
    return frozenset(key[1] for key, following in found if key and (key[2] or _ITEM.match(following)))


def glued(name: str, lines: list[str], first: int, last: int, lists: Collection[str]) -> Problem | None:
    """An element that YAML reads as the rest of an unquoted text, which goes from one line to another (from 1).

    `lists`: the file's `list_keys`.
    """
    number = next((n for n in range(first + 1, last + 1) if _ITEM.match(lines[n - 1])), None)
    if hard := next((n for n in range(first + 1, last + 1) if _HARD_DASH.match(lines[n - 1])), None):
        return _problem(name, hard, "hard_space", line=_HARD_DASH.sub("- ", lines[hard - 1]))
    if last > first and (odd := _ODD_BAR.match(lines[first - 1])):
        return _problem(name, first, "missing_bar", line=f"{odd[1]} |")
    if not number:
        return None
    above, line = lines[first - 1], lines[number - 1]
    if is_joined(lines, first):
        return _text_alone(name, first + 1, above)
    if _ITEM.match(above):
        return _problem(name, number, "item_indent", line=line, n=depth_of(above))
    if dash := GLUED_DASH.match(above):
        return _problem(name, first, "dash_space", line=f"- {dash[2]}")
    if key := VALUE.match(above):
        return _problem(name, number, "value_and_list", line=line, above=key[3])
    return _after_key(name, lines, first - 1, lists)


def _after_key(name: str, lines: list[str], number: int, lists: Collection[str]) -> Problem:
    """Prose under a key: an element of its list, or a text."""
    if _is_list_without_dash(lines, number, lists):
        return _first_element(name, lines[number], number + 1)
    return _problem(name, number, "missing_bar", line=f"{lines[number - 1].rstrip()} |")


def look(name: str, text: str, last: int) -> Problem | None:
    """The last slip up to the line at which YAML stopped (from 1); None where none is known."""
    found = list(_slips(name, text.split("\n"), last + 1))
    return found[-1] if found else None


def _slips(name: str, lines: list[str], last: int) -> Iterator[Problem]:
    text, lists = _Text(), list_keys(lines)
    for number, line in enumerate(lines[:last], 1):
        if text.holds(line):
            if text.is_too_shallow(line):
                said = _ANY_KEY.match(line)
                if said and any(one.lstrip(" -").startswith(said[1]) for one in lines if one is not line):
                    yield _problem(name, number, "key_indent", line=line, n=text.key_depth, above=text.key)
                else:
                    yield _problem(name, number, "text_indent", line=line, n=text.depth)
            continue
        if odd := _ODD_BAR.match(line):
            yield _problem(name, number, "missing_bar", line=f"{odd[1]} |")
        if text.begins(f"{odd[1]} |" if odd else line):
            continue
        above = next((one for one in reversed(lines[: number - 1]) if one.strip()), "")
        if _STRAY.match(line):
            yield _problem(name, number, "stray_line", line=line.strip(" /=*~_") or explain("shown_remark"))
            continue
        yield from _misplaced(name, lines, number, above)
        yield from _without_its_sign(name, lines, number, above)
        if _is_list_without_dash(lines, number, lists):
            at = next(n for n, one in enumerate(lines[number:], number) if one.strip())
            yield _first_element(name, lines[at], at + 1)
            continue
        if _lacks_bar(lines, number):
            yield _problem(name, number, "missing_bar", line=f"{line.rstrip()} |")
            text.begins(f"{line.rstrip()} |")
            continue
        for key, pattern, fix in SLIPS if len(line) <= LONGEST else ():
            if found := pattern.match(line):
                yield _problem(name, number, key, line=fix(found))
                break


class _Text:
    """The text that « | » began, while it lasts: a line of it may have lost its place."""

    def __init__(self) -> None:
        self._key = -1  # the depth of its key; -1 outside any
        self.depth = 0
        """That of its first line."""
        self.key, self.key_depth = "", 0
        """The key that it began under, and where that key begins."""

    def begins(self, line: str) -> bool:
        """Whether a line is the key of a text."""
        block = _BLOCK.match(line)
        self._key, self.depth = len(block[1]) if block else -1, 0
        self.key, self.key_depth = line.strip(" -").partition(":")[0], column_of(line)
        return block is not None

    def holds(self, line: str) -> bool:
        """Whether a line is within, or was to be: what follows a text is a key."""
        if self._key < 0:
            return False
        if line.strip() and not self.depth:
            is_out = depth_of(line) <= self._key and is_text(line)
            self.depth = self._key + 2 if is_out else depth_of(line)
        is_within = not line.strip() or depth_of(line) > self._key
        return is_within or (self.depth > self._key and not FOLLOWS_A_TEXT.match(line))

    def is_too_shallow(self, line: str) -> bool:
        """Whether a line within is less indented than the first."""
        return bool(line.strip()) and depth_of(line) < self.depth


def _misplaced(name: str, lines: list[str], number: int, above: str) -> Iterator[Problem]:
    """A line that is not under the one above as it should be."""
    line, value = lines[number - 1], VALUE.match(above)
    if (item := _ITEM_KEY.match(line)) and not depth_of(line) and (usual := _depth_of_others(lines, number)):
        yield _problem(name, number, "item_indent", line=line, n=usual)
    elif _ENDED_LIST.match(above) and _ITEM.match(line) and depth_of(line) >= column_of(above):
        yield _problem(name, number, "list_alone", line=line)
    elif value and is_text(line) and depth_of(line) > column_of(above):
        yield _text_alone(name, number, above)
    elif value and line.lstrip().startswith('"') and depth_of(line) == column_of(above):
        yield _problem(name, number, "quoted_alone", line=f"says: {line.strip()}")
    elif value and (item := _ITEM_KEY.match(line)) and not value[2] and depth_of(line) >= depth_of(above):
        yield _problem(name, number, "list_alone", line=item[0])
    elif value and _ANY_KEY.match(line) and depth_of(line) > column_of(above):
        if value[2] and (usual := _usual_depth(lines, value[3], line.strip().partition(":")[0])) != depth_of(above):
            yield _problem(name, lines.index(above) + 1, "item_indent", line=above, n=usual)
        elif column_of(above) % 2 and not depth_of(line) % 2:
            yield _problem(name, lines.index(above) + 1, "key_too_left", line=above, n=depth_of(line))
        else:
            yield _problem(name, number, "key_indent", line=line, n=column_of(above), above=value[3])
    elif value and _ANY_KEY.match(line) and depth_of(line) < column_of(above) and depth_of(line) % 2:
        yield _problem(name, number, "key_too_left", line=line, n=column_of(above))
    elif value and not value[2] and _ITEM.match(line) and depth_of(line) >= depth_of(above):
        yield _problem(name, number, "value_and_list", line=line, above=value[3])
    elif _ITEM.match(above) and _is_odd_one_out(lines, number, above):
        yield _problem(name, number, "item_indent", line=line, n=depth_of(above))


def _text_alone(name: str, number: int, above: str) -> Problem:
    key = above.strip().partition(":")[0]
    return problem_at(name, number, "text_alone", line=above.strip(), above=key, key="answer", n=column_of(above))


def _is_odd_one_out(lines: list[str], number: int, above: str) -> bool:
    """Whether a line is an element of a list, indented otherwise than the one above and the one below."""
    line, below = lines[number - 1], next((one for one in lines[number:] if one.strip()), "")
    is_item = _ITEM.match(line) is not None and not _ITEM_KEY.match(line)
    is_below = depth_of(below) == depth_of(above) or not _ITEM.match(below)
    return is_item and depth_of(line) != depth_of(above) and is_below


def _without_its_sign(name: str, lines: list[str], number: int, above: str) -> Iterator[Problem]:
    """A line that lacks the dash of an element, or the colon of a key."""
    line, first = lines[number - 1], _WORD_FIRST.match(lines[number - 1])
    if _lacks_dash(lines, number, above):
        cells = [cell for cell in _NUMBERED.sub("", line.strip()).split("\t") if cell]
        yield _problem(name, number, "dash_missing", line=below(*(f"- {cell}" for cell in cells)))
    elif key := _lost_first_line(lines, number, above):
        yield _problem(name, number, "first_line", said=key, shown=explain("shown_id") if key == "id:" else "…")
    elif _ANY_KEY.match(above) and first and len(first[1]) == column_of(above):
        yield _problem(name, number, "key_colon", line=f"{first[2]}: {first[3]}")


def _lacks_dash(lines: list[str], number: int, above: str) -> bool:
    """Whether a line is an element, without its dash: below another one, or of a list whose elements begin so."""
    line = lines[number - 1]
    if key := _ANY_KEY.match(line):
        return bool(_KEY.match(above)) and any(one.lstrip().startswith(f"- {key[1]}") for one in lines[number:])
    item = _ITEM.match(above)
    return (
        item is not None
        and (depth_of(line) - len(item[1]) in (0, 2) or depth_of(line) == 0)
        and _may_be_item(line, len(item[1]))
    )


def _lost_first_line(lines: list[str], number: int, above: str) -> str:
    """The key that begins the elements of a list, where the first of them has lost it; else nothing."""
    line = lines[number - 1]
    if not (_KEY.match(above) and _ANY_KEY.match(line)):
        return ""
    after = next((one for one in lines[number:] if one.strip() and depth_of(one) < depth_of(line)), "")
    is_next = _ITEM_KEY.match(after) and depth_of(above) <= depth_of(after) == depth_of(line) - 2
    return after.split()[1] if is_next else ""


def _may_be_item(line: str, depth: int) -> bool:
    """Whether a line below an element is another, for which the dash lacks; one that is deeper may go on with it."""
    text = line.strip()
    return bool(text) and text[0] not in "-#]}" and (depth_of(line) in (0, depth) or text.startswith('"'))


def _depth_of_others(lines: list[str], number: int) -> int:
    """Of an element at the margin, where those that begin with the same two keys are not; else 0."""
    first, second = (line.strip(" -").partition(":")[0] for line in [*lines[number - 1 : number + 1], ""][:2])
    return min(filter(None, _depths(lines, first, second)), default=0)


def _usual_depth(lines: list[str], first: str, second: str) -> int:
    """That of most elements of lists which begin with these two keys."""
    depths = _depths(lines, first, second)
    return max(sorted(set(depths)), key=depths.count)


def _depths(lines: list[str], first: str, second: str) -> list[int]:
    begun = (line for line, then in pairwise(lines) if then.lstrip().startswith(f"{second}:"))
    return [depth_of(line) for line in begun if line.lstrip().startswith(f"- {first}:")]


def _lacks_bar(lines: list[str], number: int) -> bool:
    """Whether a key is followed by a text of several lines, as only « | » may begin one."""
    key = _KEY.match(lines[number - 1])
    following = next((line for line in lines[number:] if line.strip()), "")
    return bool(key) and depth_of(following) > len(key[1] if key else "") and not STARTS_A_VALUE.match(following)


def _is_list_without_dash(lines: list[str], number: int, lists: Collection[str]) -> bool:
    """Whether the key of a list is followed by prose: the dash of its first element lacks, or is another sign."""
    key = _KEY.match(lines[number - 1])
    return key is not None and key[2].removeprefix("- ") in lists and _lacks_bar(lines, number)


def _first_element(name: str, line: str, number: int) -> Problem:
    if odd := ODD_DASH.match(line):
        return _problem(name, number, "odd_dash", line=f"- {odd[2]}")
    return _problem(name, number, "dash_missing", line=f"- {line.strip()}")


def swallowed(name: str, lines: list[str], texts: Iterable[range], keys: Collection[object]) -> Iterator[Problem]:
    """Keys of the file that stand within a text that « | » began, as deep as it: they would be shown."""
    for text in texts:
        for number in text:
            if (key := _ANY_KEY.match(lines[number - 1])) and key[1].rstrip(":") in keys:
                depth = column_of(lines[text[0] - 2])
                yield _problem(name, number, "key_in_text", line=lines[number - 1], said=key[1], n=depth)


def _problem(name: str, number: int, key: str, line: str = "", **values: object) -> Problem:
    return problem_at(name, number, key, line=line.strip(), **values)
