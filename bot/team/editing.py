"""Edits of the content's files that leave all the rest as it is, comments included."""

import io
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from bot.sentences import tell
from knowledge.content.models import OFF_TOPIC
from knowledge.words.errors import TevoError

_REFERENCES = frozenset({"topic", "topics", "related", "split_from", "offered_with", "accept"})
"""Keys under which an entry is named."""


class EditError(TevoError):
    """An edit that cannot be made: one line for the editor."""


def add_phrasings(folder: Path, topic: str, phrases: Iterable[str]) -> Path:
    """Add ways to ask to an entry; the file. Raises EditError where there is no such entry."""
    path = _file_of(folder, topic)
    edit(path, lambda data: _extend(_entry(data, topic), "questions", phrases))
    return path


def add_off_topic(folder: Path, phrases: Iterable[str]) -> Path:
    """Add messages that are not ours to answer; the file."""
    path = folder / f"{OFF_TOPIC}.yaml"
    edit(path, lambda data: _extend(data, "off_topic", phrases))
    return path


def add_entry(folder: Path, name: str, text: str) -> Path:
    """Add an entry, written as a list of one, at the end of a file of `topics/`; the file."""
    path = folder / name
    path.write_text(f"{path.read_text('utf-8').rstrip()}\n\n{text.rstrip()}\n", "utf-8")
    return path


def mark_read(folder: Path, name: str, today: date) -> date:
    """Note that an entry or a fact was read again today; when next. Raises EditError where there is none."""
    read_again: list[date] = []

    def mark(data: Any) -> None:
        one = _entry(data, name)
        lasting = one["review_by"] - one["checked_on"]
        one["checked_on"], one["review_by"] = today, today + lasting
        read_again.append(one["review_by"])

    edit(_file_of(folder, name, folder / "facts.yaml"), mark)
    return read_again[0]


def retire(folder: Path, old: str, new: str) -> None:
    """Take an entry away: its questions, links and labels go to another. Raises EditError where one is missing."""
    leaving, staying = _file_of(folder, old), _file_of(folder, new)
    taken: dict[str, Any] = {}

    def take(data: Any) -> None:
        taken.update(_entry(data, old))
        data["topics"].remove(_entry(data, old))
        if not data["topics"]:
            raise EditError(tell("retire_last", name=leaving.name))

    def give(data: Any) -> None:
        one = _entry(data, new)
        _extend(one, "questions", taken.get("questions") or [])
        one["formerly"] = [*(one.get("formerly") or []), old, *(taken.get("formerly") or [])]

    edit(leaving, take)
    edit(staying, give)
    for path in sorted(folder.rglob("*.yaml")):
        if re.search(rf"(?<![\w-]){re.escape(old)}(?![\w-])", path.read_text("utf-8")):
            edit(path, lambda data: _follow(data, old, new))


def edit(path: Path, change: Callable[[Any], None]) -> None:
    """Change what a file says; it is written only if it says something else by then."""
    yaml = YAML()
    yaml.preserve_quotes, yaml.width = True, 100_000
    yaml.indent(mapping=2, sequence=4, offset=2)
    before = path.read_text("utf-8")
    data = yaml.load(before)
    if isinstance(data, list):  # the labelled messages stand at the margin
        yaml.indent(mapping=2, sequence=2, offset=0)
    untouched = io.StringIO()
    yaml.dump(data, untouched)
    change(data)
    after = io.StringIO()
    yaml.dump(data, after)
    if after.getvalue() != untouched.getvalue():
        path.write_text(after.getvalue(), "utf-8")


def _file_of(folder: Path, name: str, *others: Path) -> Path:
    line = re.compile(rf"^\s*-\s*\{{?\s*id: *[\"']?{re.escape(name)}[\"']?(?=[\s,}}]|$)", re.M)
    for path in (*sorted(folder.glob("topics/*.yaml")), *others):
        if line.search(path.read_text("utf-8")):
            return path
    raise EditError(tell("entry_unknown", name=name))


def _entry(data: Any, name: str) -> Any:
    return next(one for one in data.get("topics") or data["facts"] if one["id"] == name)


def _extend(where: Any, key: str, phrases: Iterable[str]) -> None:
    known = where.setdefault(key, [])
    known.extend(DoubleQuotedScalarString(phrase) for phrase in phrases if phrase not in known)


def _follow(data: Any, old: str, new: str) -> None:
    """Wherever the old entry is named, name the new one; an entry that was named beside it, once."""
    for parent, key in list(_named(data, old)):
        if isinstance(parent, list) and new in parent:
            parent.remove(old)
        else:
            parent[key] = new
    for one in data.get("topics") or [] if isinstance(data, dict) else []:
        if new in (one.get("related") or []) and one["id"] == new:
            one["related"].remove(new)


def _named(data: Any, name: str, key: str = "") -> Iterator[tuple[Any, Any]]:
    """The lists and mappings in which an entry is named, and where in them."""
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for at, value in items:
        under = at if isinstance(at, str) else key
        if value == name and under in _REFERENCES:
            yield data, at
        yield from _named(value, name, under)
