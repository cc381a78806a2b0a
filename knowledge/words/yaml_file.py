"""YAML as editors write it → plain data and the line of every value, or problems in French.

Stricter than YAML on purpose: no aliases, anchors or tags (bombs, code), no duplicate keys, and
only `true`, `false` and plain integers are not text, so that `no`, `12:30`, `010` and dates stay
what the editor typed.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from knowledge.words.errors import ContentError, Problem, problem_at
from knowledge.words.excerpt import shown_around
from knowledge.words.line_numbers import KeyPath, LineNumbers
from knowledge.words.lists import again_as
from knowledge.words.raw_look import glued, list_keys, marks_of_changes, merge_markers, swallowed
from knowledge.words.syntax import syntax_problem
from knowledge.words.text_signs import readable

__all__ = ["KeyPath", "YamlFile", "read_yaml"]

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 20
_JOINED = 3
"""Keys that come again in one element, from which they are another's."""
_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,14})")
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}
_BULLET = re.compile(r"^ *- ")
_LONELY = re.compile(r'^"|"$')
_CURLY = re.compile(r"^[“”].*[“”]$|^‘.*’$")
"""Quotes around an unquoted text."""
_FRENCH = re.compile(r"«[^«»]*»")
_QUOTES = re.compile(r"^[“”‘«\"]|[“”’»\"]$")
_VALUE = re.compile(r"^(\s*(?:- )?(?:[\w-]+: +)?)(.*?)\s*$")
_LETTER = re.compile(r"[^\W\d_]")
_NUMBER = re.compile(r"^[\s.,:/%€+-]*\d[\d\s.,:/%€+-]*")
_LINE_END = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")
_CUT_WORD = re.compile(r"(?<! ) +#[^\s#].*")
_CUT_TEXT = re.compile(r" #.+|(?<! ) +#[^\s#].*")
"""What looks like the rest of the text rather than like a comment, which two spaces and « # » begin."""
_TYPED = str.maketrans("\u00a0\u202f’", "  '")


@dataclass
class YamlFile:
    """The data of one file, and the line (from 1) of each of its values."""

    name: str
    data: object = None
    lines: LineNumbers = field(default_factory=LineNumbers)
    raw: bytes = b""
    """As typed, in UTF-8: half the memory of its lines."""
    blocks: dict[KeyPath, range] = field(default_factory=dict)
    """The lines (from 1) of each text that « | » begins."""

    @property
    def typed(self) -> list[str]:
        """The lines, as typed; none where there is no file."""
        return _lines_of(self.raw.decode("utf-8-sig")) if self.raw else []

    def at(self, place: KeyPath) -> Any:
        """The value at `place`."""
        value: Any = self.data
        for step in place:
            value = value[step]
        return value

    def line(self, place: KeyPath) -> int:
        """Line of the value at `place`, or of its nearest known parent."""
        while place:
            if (line := self.lines.get(place)) is not None:
                return line
            place = place[:-1]
        return 1

    def mended(self, place: KeyPath, wrong: str, right: str, *, in_list: bool = False) -> str:
        """The line where `wrong` is written, with `right` instead; of a long one, what stands around.

        `in_list`: an element of a list between brackets, which goes with its comma.
        """
        number = self.line_of(place, [wrong])
        typed = self.typed[number - 1].strip() if number <= len(self.typed) else ""
        key = next((re.escape(step) for step in reversed(place) if isinstance(step, str)), "")
        word = rf"(?<![\w-]){re.escape(wrong)}(?![\w-])"
        if in_list:
            word = rf"(?<=\[)[\"']?{word}[\"']?, *|, *[\"']?{word}[\"']?(?= *[,\]])"
        after = re.search(rf"\b{key}: ", typed) if key else None
        found = (after and re.compile(word).search(typed, after.end())) or re.search(word, typed)
        return shown_around(typed, found.span(), right) if found else right

    def problem(self, place: KeyPath, key: str, /, **values: object) -> Problem:
        """A problem of this file: sentence `key` of the editor's sentences, and `key_example`."""
        return problem_at(self.name, self.line_of(place, values.values()), key, **values)

    def line_of(self, place: KeyPath, words: Iterable[object]) -> int:
        """The line of a value; in a text of several lines, the one that holds one of these words."""
        within, typed = self.blocks.get(place, range(0)), self.typed
        said = [_as_typed(word) for word in words if isinstance(word, str) and word]
        holding = ([number for number in within if word in _as_typed(typed[number - 1])] for word in said)
        # A sign of the mark-up may be elsewhere too: where it begins a line, that line is meant.
        found = (
            next((n for n in numbers if _as_typed(typed[n - 1]).lstrip().startswith(word)), numbers[0])
            for word, numbers in zip(said, holding, strict=True)
            if numbers
        )
        return next(found, self.line(place))


def _as_typed(text: str) -> str:
    """Without what French typography put in the place of what was typed."""
    return text.translate(_TYPED)


def read_yaml(path: Path, name: str) -> YamlFile:
    """Read one file; `name` is how its problems call it.

    Raises ContentError when the file cannot be read as (our strict) YAML.
    """
    raw = path.read_bytes()
    if len(raw) > MAX_BYTES:
        raise ContentError([problem_at(name, 1, "too_big", limit=MAX_BYTES // 1024)])
    text = readable(name, raw)
    if left := merge_markers(name, text) or marks_of_changes(name, text):
        raise ContentError(left)
    try:
        return _Builder(name, raw, _lines_of(text)).build(yaml.parse(text, Loader=yaml.CSafeLoader))
    except yaml.YAMLError as error:
        raise ContentError([syntax_problem(name, text, error)]) from None


def _lines_of(text: str) -> list[str]:
    return _LINE_END.split(text)


class _Builder:
    """Builds the data from parser events: no recursion, so that no nesting can exhaust the stack."""

    def __init__(self, name: str, raw: bytes, text_lines: list[str]) -> None:
        self.text_lines = text_lines
        self.file = YamlFile(name, raw=raw)
        self.problems: list[Problem] = []
        self.open: list[tuple[KeyPath, dict[str, object] | list[object], str | None]] = []
        self.twice: defaultdict[KeyPath, dict[str, int]] = defaultdict(dict)
        """The keys that come again in one mapping, with their lines."""

    def build(self, events: Iterator[yaml.Event]) -> YamlFile:
        for event in events:
            self._take(event)
        keys = {place[-1] for place in self.file.lines if isinstance(place[-1], str)}
        self.problems += swallowed(self.file.name, self.text_lines, self.file.blocks.values(), keys)
        if self.problems:
            raise ContentError(self.problems)
        return self.file

    @cached_property
    def _lists(self) -> frozenset[str]:
        return list_keys(self.text_lines)

    def _take(self, event: yaml.Event) -> None:
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.DocumentStartEvent) and self.file.lines:
            self._refuse(line, "second_document")
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self._refuse(line, "alias")
        if isinstance(event, yaml.NodeEvent) and (getattr(event, "tag", None) or "!") != "!":
            self._refuse(line, "tag")
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event, line)
        elif isinstance(event, yaml.MappingStartEvent):
            self._start({}, line)
        elif isinstance(event, yaml.SequenceStartEvent):
            self._start([], line)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            place, ended, _ = self.open.pop()
            if isinstance(ended, list):
                self._wordless(place, ended)
            self._told_twice(place, self.twice.pop(place, {}))

    def _wordless(self, place: KeyPath, elements: list[object]) -> None:
        """A number among phrases: « - 2026 » is what nobody asks."""
        if not any(isinstance(one, str) and " " in one and _LETTER.search(one) for one in elements):
            return
        for n, one in enumerate(elements):
            line = self.file.line((*place, n))
            if _NUMBER.fullmatch(str(one)) and self.text_lines[line - 1].strip() == f"- {one}":
                self._tell(line, "wordless", value=one)

    def _refuse(self, line: int, key: str) -> None:
        # These change what every later value means: stop at once.
        raise ContentError([*self.problems, problem_at(self.file.name, line, key)])

    def _start(self, value: dict[str, object] | list[object], line: int) -> None:
        place = self._put(value, line)
        if len(self.open) >= MAX_DEPTH:
            self._refuse(line, "too_deep")
        self.open.append((place, value, None))

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> None:
        if self.open and isinstance(self.open[-1][1], dict) and self.open[-1][2] is None:
            self._key(event.value, line)
        else:
            place = self._put(_value(event), line)
            if event.style in ("|", ">") and event.end_mark:
                self.file.blocks[place] = range(line + 1, min(event.end_mark.line, len(self.text_lines)) + 1)
                self._folds(event, place)
            self._unquoted(event, line)

    def _folds(self, event: yaml.ScalarEvent, place: KeyPath) -> None:
        lines = (self.text_lines[number - 1] for number in self.file.blocks[place])
        if event.style == ">" and any(map(_BULLET.match, lines)):
            self.problems.append(self.file.problem(place, "folded"))

    def _unquoted(self, event: yaml.ScalarEvent, line: int) -> None:
        """Slips of an unquoted text that YAML reads without a word: « title: Appel #3 » is cut, a line is joined."""
        mark = event.end_mark
        if event.style or mark is None:
            return
        if mark.line + 1 > line:
            slip = glued(self.file.name, self.text_lines, line, mark.line + 1, self._lists)
            self.problems += [slip] if slip else []
        if key := _odd_quotes(event.value):
            head = self.text_lines[mark.line].partition(event.value)[0].strip()
            mended = f'{head} "{_QUOTES.sub("", event.value).strip()}"'.strip()
            self.problems.append(problem_at(self.file.name, mark.line + 1, key, line=mended))
        rest = self.text_lines[mark.line][mark.column :]
        is_text = " " in event.value
        if found := (_CUT_TEXT if is_text else _CUT_WORD).match(rest):
            mended = _VALUE.sub(r'\1"\2"', self.text_lines[mark.line]).strip()
            self.problems.append(problem_at(self.file.name, mark.line + 1, "cut", rest=found[0].strip(), line=mended))

    def _key(self, key: str, line: int) -> None:
        place, mapping, _ = self.open[-1]
        if key in mapping:
            self.twice[place][key] = line
        else:
            self.file.lines.note((*place, key), line)
        self.open[-1] = (place, mapping, key)

    def _told_twice(self, place: KeyPath, again: dict[str, int]) -> None:
        """In an element, these are rather the keys of the next, whose first line is gone, or has lost its dash."""
        is_item = bool(place) and isinstance(place[-1], int) and bool(again)
        head = next(iter(self.file.at(place)), "") if is_item else ""
        first, line = self.file.line(place), min(again.values(), default=0)
        if head in again and len(again) > 1:
            self._tell(again[head], "dash_lost")
        elif len(again) >= _JOINED:
            self._tell(line, "joined_entries", keys=", ".join(again), first=first, head=head)
        else:
            for key, line in again.items():
                was = self.file.line((*place, key))
                kind, merged = again_as(self.text_lines, was, line)
                kind = kind or ("duplicate_in_item" if is_item else "duplicate_key")
                self._tell(line, kind, key=key, first=was, head=head, merged=merged)

    def _tell(self, line: int, kind: str, /, **values: object) -> None:
        typed = self.text_lines[line - 1].strip()
        self.problems.append(problem_at(self.file.name, line, kind, line=typed, **values))

    def _put(self, value: object, line: int) -> KeyPath:
        if not self.open:
            self.file.data = value
            return ()
        place, parent, key = self.open[-1]
        if isinstance(parent, list):
            here: KeyPath = (*place, len(parent))
            parent.append(value)
        elif key is None:
            self._refuse(line, "key_not_text")
            raise AssertionError  # _refuse always raises
        else:
            here = (*place, key)
            parent.setdefault(key, value)
            self.open[-1] = (place, parent, None)
        self.file.lines.note(here, line)
        return here


def _odd_quotes(text: str) -> str:
    """Which quotes around an unquoted text are a slip: one without its like, or a word processor's."""
    if _LONELY.search(text) and text.count('"') % 2:
        return "lonely_quote"
    if _FRENCH.fullmatch(text):
        return "french_quote"
    return "curly_quote" if _CURLY.match(text) else ""


def _value(event: yaml.ScalarEvent) -> object:
    text: str = event.value
    if not event.implicit[0]:  # quoted or block: text as it stands
        return text
    if text in _WORDS:
        return _WORDS[text]
    return int(text) if _INTEGER.fullmatch(text) else text
