"""What the team may do with a group of questions, as YAML ready to be pasted, or applied by `tevo suggest`."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import yaml

from bot.sentences import tell
from bot.team.editing import entries_in
from bot.team.groups import Group
from knowledge.content.models import OFF_TOPIC, Content
from knowledge.words.text import normalise

ADD, NEW, OFF = "add", "new", "off"
MOST = 5  # phrasings of a group that an entry is given
_READ_AGAIN = timedelta(days=182)
_ID = re.compile(r"[^a-z0-9]+")
_LITTLE = 3  # letters: shorter words make no good name


@dataclass(frozen=True)
class Patch:
    """An edit: what it does, the file that it is for, and the YAML to put there."""

    kind: str
    title: str
    file: str
    text: str


def group_name(group: Group) -> str:
    """What a group is called on the command line: it stays the same while its first wording does."""
    return hashlib.sha256(group.wordings[0].encode()).hexdigest()[:6]


def patches(group: Group, content: Content, files: Mapping[str, str], today: date) -> list[Patch]:
    """Add to the nearest entry; a new entry beside it; not ours. `files`: the file of each entry."""
    nearest = (content.current(topic) for topic, _ in group.nearest.most_common())
    near = next((topic for topic in nearest if topic in content.topics), None)
    near_file = files[near] if near else min(files.values())
    phrasings = yaml.safe_dump(group.wordings[:MOST], allow_unicode=True, width=10_000, default_style='"')
    added = [_add(content.topics[near].title, near_file, near, phrasings)] if near else []
    new = Patch(NEW, tell("patch_new"), near_file, _indented(_new_entry(group, phrasings, today), 2))
    off = Patch(OFF, tell("patch_off"), f"{OFF_TOPIC}.yaml", _indented(phrasings, 2))
    return [*added, new, off]


def files_of(folder: Path) -> dict[str, str]:
    """The file of each entry, as its path in the content's folder."""
    paths = sorted(folder.glob("topics/*.yaml"))
    return {topic: f"topics/{path.name}" for path in paths for topic in entries_in(path.read_text("utf-8"))}


def _add(title: str, file: str, topic: str, phrasings: str) -> Patch:
    text = f"  - id: {topic}\n    # …\n    questions:\n      # …\n{_indented(phrasings, 6)}"
    return Patch(ADD, tell("patch_add", title=title), file, text)


def _new_entry(group: Group, phrasings: str, today: date) -> str:
    stub = tell(
        "patch_stub",
        id=new_id(group.wordings[0]),
        question=group.wordings[0].rstrip(" ?").capitalize()[:66],
        today=today.isoformat(),
        later=(today + _READ_AGAIN).isoformat(),
    )
    return f"{stub}{_indented(phrasings, 4)}"


def new_id(question: str) -> str:
    """An id made of the question's longer words."""
    words = [word for word in _ID.split(normalise(question)) if len(word) > _LITTLE]
    return "-".join(words)[:32].strip("-") or "nouvelle-entree"


def _indented(text: str, by: int) -> str:
    return "".join(f"{' ' * by}{line}\n" if line else "\n" for line in text.splitlines())
