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
from bot.team.own_lines import with_own_lines
from knowledge.words.content_files import FACTS, FORM, OFF_TOPIC_MESSAGES
from knowledge.words.errors import TevoError

_REFERENCES = frozenset(
    [
        "topic",
        "topics",
        "related",
        "split_from",
        "offered_with",
        "papers_with",
        "accept",
        "near_acts",
        "countries",
        "abroad",
        "applying",
        "beside",
        "instead_of",
        "denied_topics",
        "refused_beside",
        "unless",
    ]
)
"""Keys under which an entry is named."""
_BY_ENTRY = ("follow_ups", "known_from")
"""Keys whose own keys are entries."""
_ID = re.compile(r"^( *)-\s*\{?\s*id: *[\"']?([\w-]+)", re.M)


class EditError(TevoError):
    """An edit that cannot be made: one line for the editor."""


def add_phrasings(folder: Path, place: str, phrases: Iterable[str]) -> Path:
    """Add ways to ask to an entry, or to a point of one, « entry.point »; the file.

    Raises EditError where there is no such entry or point.
    """
    topic, _, point = place.partition(".")
    path = _file_of(folder, topic)

    def add(data: Any) -> None:
        one = _entry(data, topic)
        if point:
            one = next((other for other in one.get("points") or [] if other["id"] == point), None)
        if one is None:
            raise EditError(tell("point_unknown", name=point, topic=topic))
        _extend(one, "questions", phrases)

    edit(path, add)
    return path


def add_off_topic(folder: Path, phrases: Iterable[str]) -> Path:
    """Add messages that are not ours to answer; the file."""
    path = folder / OFF_TOPIC_MESSAGES
    edit(path, lambda data: _extend(data, "off_topic", phrases))
    return path


def add_entry(folder: Path, name: str, text: str) -> Path:
    """Add an entry, written as a list of one, at the end of a file of `topics/`; the file."""
    path = folder / name
    path.write_text(f"{path.read_text('utf-8').rstrip()}\n\n{text.rstrip()}\n", "utf-8")
    return path


def mark_read(folder: Path, name: str, today: date) -> date:
    """Note that an entry, a fact or a criterion was read again today; when next. EditError where there is none."""
    read_again: list[date] = []

    def mark(data: Any) -> None:
        one = _entry(data, name)
        lasting = one["review_by"] - one["checked_on"]
        one["checked_on"], one["review_by"] = today, today + lasting
        read_again.append(one["review_by"])

    edit(_file_of(folder, name, folder / FACTS, folder / FORM), mark)
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
        for asked in (taken, *(taken.get("points") or [])):
            _extend(one, "questions", asked.get("questions") or [])
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
        path.write_text(with_own_lines(before, untouched.getvalue(), after.getvalue()), "utf-8")


def entries_in(text: str) -> list[str]:
    """The ids that a file lists, without those of the points within its entries."""
    found = _ID.findall(text)
    least = min((len(indent) for indent, _ in found), default=0)
    return [name for indent, name in found if len(indent) == least]


def _file_of(folder: Path, name: str, *others: Path) -> Path:
    for path in (*sorted(folder.glob("topics/*.yaml")), *filter(Path.is_file, others)):
        if name in entries_in(path.read_text("utf-8")):
            return path
    raise EditError(tell("entry_unknown", name=name))


def _entries(data: Any) -> list[Any]:
    return next((data[key] for key in ("topics", "facts", "criteria") if data.get(key)), [])


def _entry(data: Any, name: str) -> Any:
    found = next((one for one in _entries(data) if one["id"] == name), None)
    if found is None:
        raise EditError(tell("entry_unknown", name=name))
    return found


def _extend(where: Any, key: str, phrases: Iterable[str]) -> None:
    known = where.setdefault(key, [])
    known.extend(DoubleQuotedScalarString(phrase) for phrase in phrases if phrase not in known)


def _follow(data: Any, old: str, new: str) -> None:
    """Wherever the old entry is named, name the new one; an entry that was named beside it, once."""
    told_elsewhere = data["follow_ups"].get("examples") if isinstance(data, dict) and "follow_ups" in data else None
    for parent, key in [*_named(data, old), *_named(told_elsewhere, old, "topics")]:
        if isinstance(parent, list) and new in parent:
            parent.remove(old)
        else:
            parent[key] = new
    for parent in filter(None, map(data.get, _BY_ENTRY)) if isinstance(data, dict) else ():
        _rename(parent, old, new)
    for one in data.get("topics") or [] if isinstance(data, dict) else []:
        if new in (one.get("related") or []) and one["id"] == new:
            one["related"].remove(new)


def _rename(parent: Any, old: str, new: str) -> None:
    """What is under the old entry goes under the new one; where that has its own, a list is added to it."""
    if old not in parent:
        return
    place = list(parent).index(old)
    moved = parent.pop(old)
    if new not in parent:
        parent.insert(place, new, moved)
    elif isinstance(moved, list):
        parent[new].extend(one for one in moved if one not in parent[new])


def _named(data: Any, name: str, key: str = "") -> Iterator[tuple[Any, Any]]:
    """The lists and mappings in which an entry is named, and where in them."""
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for at, value in items:
        under = at if isinstance(at, str) else key
        if value == name and under in _REFERENCES:
            yield data, at
        yield from _named(value, name, under)
