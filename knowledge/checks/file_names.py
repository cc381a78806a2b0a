"""Files that an editor renamed or moved, and that would not be read: what each was to be."""

import re
from collections.abc import Collection, Iterator
from pathlib import Path, PurePath

from knowledge.words.content_files import FILES, OPEN_CALLS
from knowledge.words.errors import Problem, problem_at
from knowledge.words.meant import nearest

_TOPICS, _MESSAGES = "topics", "examples"
_THEME = b"theme:"
_COPY = re.compile(r"^copie de | ?- copie$| ?\(\d{1,3}\)$", re.IGNORECASE)
"""What a computer adds to the name of a copy."""


def standing_for(folder: Path, name: str) -> str:
    """The file that lies in place of one that lacks: « sources.yaml.txt », « topics/facts.yaml »; empty without one."""
    stems = [PurePath(one).stem for one in FILES]
    for path in visible_files(folder):
        is_of_topics = path.parts[0] == _TOPICS and path.name != name
        is_known = path.as_posix() in FILES or path.match(OPEN_CALLS)
        if is_of_topics or is_known or path.parts[0] == _MESSAGES or path.suffix == ".md":
            continue
        if nearest(path.name.partition(".")[0], stems) == PurePath(name).stem:
            return path.as_posix()
    return ""


def wrongly_named(folder: Path, path: PurePath) -> str:
    """The name of a file of YAML that is not read by its own: « .yml », « .YAML », entries in « 3-argent.yaml.txt »."""
    if path.suffix == ".yaml":
        return ""
    if path.suffix.lower() in (".yaml", ".yml"):
        return f"{path.stem}.yaml"
    name = f"{_COPY.sub('', path.name.partition('.')[0])}.yaml"
    are_entries = path.parts[0] == _TOPICS and not (folder / path.with_name(name)).exists()
    return name if are_entries and _has_theme(folder / path) else ""


def _has_theme(path: Path) -> bool:
    return any(line.startswith(_THEME) for line in path.read_bytes().splitlines())


def unread(folder: Path, read: Collection[str]) -> Iterator[Problem]:
    """Files that an editor may think are read: « 3-argent.yaml.txt », an entry beside `topics/`."""
    for path in visible_files(folder):
        is_ours = path.suffix == ".md" or wrongly_named(folder, path) or path.parts[0] == _MESSAGES
        if not is_ours and path.as_posix() not in read:
            meant = f"{path.name.partition('.')[0]}.yaml"
            if meant in FILES and len(path.parts) == 1 and not (folder / meant).is_file():  # « glossary.yaml.txt »
                yield problem_at(str(path), 1, "misnamed_file", name=meant)
                continue
            is_theme = path.suffix == ".yaml" and _has_theme(folder / path)
            yield problem_at(str(path), 1, "topics_outside" if is_theme else "unread_file", name=path.name)


def visible_files(folder: Path) -> Iterator[Path]:
    """Those of a folder, by their paths within it, but hidden ones."""
    paths = (path.relative_to(folder) for path in sorted(folder.rglob("*")) if path.is_file())
    yield from (path for path in paths if not any(part.startswith(".") for part in path.parts))
