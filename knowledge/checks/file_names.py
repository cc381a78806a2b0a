"""Files that an editor renamed or moved, and that would not be read: what each was to be."""

from collections.abc import Collection, Iterator
from pathlib import Path, PurePath

from knowledge.words.content_files import FILES, OPEN_CALLS
from knowledge.words.errors import Problem, problem_at
from knowledge.words.meant import nearest

_TOPICS, _MESSAGES = "topics", "examples"
_THEME = b"theme:"


def standing_for(folder: Path, name: str) -> str:
    """The file that lies in place of one that lacks: « sources.yaml.txt », « topics/facts.yaml »; empty without one."""
    stems = [PurePath(one).stem for one in FILES]
    for path in _files(folder):
        is_of_topics = path.parts[0] == _TOPICS and path.name != name
        is_known = path.as_posix() in FILES or path.match(OPEN_CALLS)
        if is_of_topics or is_known or path.parts[0] == _MESSAGES or path.suffix == ".md":
            continue
        if nearest(path.name.partition(".")[0], stems) == PurePath(name).stem:
            return path.as_posix()
    return ""


def has_wrong_suffix(path: PurePath) -> bool:
    """Whether a file is YAML by a name that is not read: « .yml », « .YAML »."""
    return path.suffix != ".yaml" and path.suffix.lower() in (".yaml", ".yml")


def unread(folder: Path, read: Collection[str]) -> Iterator[Problem]:
    """Files that an editor may think are read: « 3-argent.yaml.txt », an entry beside `topics/`."""
    for path in _files(folder):
        is_ours = path.suffix == ".md" or has_wrong_suffix(path) or path.parts[0] == _MESSAGES
        if not is_ours and path.as_posix() not in read:
            meant = f"{path.name.partition('.')[0]}.yaml"
            if meant in FILES and len(path.parts) == 1 and not (folder / meant).is_file():  # « glossary.yaml.txt »
                yield problem_at(str(path), 1, "misnamed_file", name=meant)
                continue
            lines = (folder / path).read_bytes().splitlines() if path.suffix == ".yaml" else []
            is_theme = any(line.startswith(_THEME) for line in lines)
            yield problem_at(str(path), 1, "topics_outside" if is_theme else "unread_file", name=path.name)


def _files(folder: Path) -> Iterator[Path]:
    """Those of a folder, by their paths within it, but hidden ones."""
    paths = (path.relative_to(folder) for path in sorted(folder.rglob("*")) if path.is_file())
    yield from (path for path in paths if not any(part.startswith(".") for part in path.parts))
