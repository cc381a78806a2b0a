"""What the team may do with a group of questions, as YAML ready to be pasted, or applied by `tevo suggest`."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import yaml

from bot.sentences import tell
from bot.team.editing import entries_in
from bot.team.groups import Group
from knowledge.content.models import Content, Topic, TopicPoint
from knowledge.understanding.pointing import Pointing
from knowledge.words.content_files import OFF_TOPIC_MESSAGES
from knowledge.words.markup import parse, plain_text
from knowledge.words.text import normalise

ADD_POINT, ADD, NEW, OFF = "point", "add", "new", "off"
MOST = 5  # phrasings of a group that an entry is given
_LIKELY = 0.3
"""Probability, on average of a group's wordings, from which a point of an entry may be what they ask."""
_READ_AGAIN = timedelta(days=182)
_ID = re.compile(r"[^a-z0-9]+")
_LITTLE = 3  # letters: shorter words make no good name


@dataclass(frozen=True)
class Patch:
    """An edit: what it does, the file that it is for, and the YAML to put there."""

    kind: str
    option: str
    """What makes it, on the command line."""
    title: str
    file: str
    text: str


def group_name(group: Group) -> str:
    """What a group is called on the command line: it stays the same while its first wording does."""
    return hashlib.sha256(group.wordings[0].encode()).hexdigest()[:6]


def patches(
    group: Group, content: Content, files: Mapping[str, str], today: date, pointing: Pointing | None = None
) -> list[Patch]:
    """Add to the point that they seem to ask; to its entry; a new entry beside it; not ours.

    `files`: the file of each entry; `pointing`: finds the points of the content.
    """
    nearest = (content.current(topic) for topic, _ in group.nearest.most_common())
    near = next((content.topics[topic] for topic in nearest if topic in content.topics), None)
    near_file = files[near.id] if near else min(files.values())
    phrasings = yaml.safe_dump(group.wordings[:MOST], allow_unicode=True, width=10_000, default_style='"')
    added = []
    if near and pointing and (point := likely_point(group, near, pointing)):
        added.append(_add_to_point(near, point, near_file, phrasings))
    if near:
        added.append(_add(near, near_file, phrasings))
    new = Patch(NEW, "--new", tell("patch_new"), near_file, _indented(_new_entry(group, phrasings, today), 2))
    off = Patch(OFF, "--off-topic", tell("patch_off"), OFF_TOPIC_MESSAGES, _indented(phrasings, 2))
    return [*added, new, off]


def likely_point(group: Group, topic: Topic, pointing: Pointing) -> TopicPoint | None:
    """The point of an entry that most of the wordings seem to ask; None where they ask the entry, or something else."""
    wordings = group.wordings[:MOST]
    chances: defaultdict[str, float] = defaultdict(float)
    for question in wordings:
        if found := pointing.of(topic.id, question):
            chances[found[0].id] += found[1] / len(wordings)
    best = max(chances, key=lambda name: chances[name], default="")
    return topic.point(best) if chances[best] >= _LIKELY else None


def files_of(folder: Path) -> dict[str, str]:
    """The file of each entry, as its path in the content's folder."""
    paths = sorted(folder.glob("topics/*.yaml"))
    return {topic: f"topics/{path.name}" for path in paths for topic in entries_in(path.read_text("utf-8"))}


def _add(topic: Topic, file: str, phrasings: str) -> Patch:
    text = f"  - id: {topic.id}\n    # …\n    questions:\n      # …\n{_indented(phrasings, 6)}"
    return Patch(ADD, f"--to {topic.id}", tell("patch_add", title=topic.title), file, text)


def _add_to_point(topic: Topic, point: TopicPoint, file: str, phrasings: str) -> Patch:
    place = f"  - id: {topic.id}\n    # …\n    points:\n      # …\n      - id: {point.id}\n"
    title = tell("patch_add_point", title=topic.title, says=plain_text(parse(point.says)))
    text = f"{place}        # …\n        questions:\n          # …\n{_indented(phrasings, 10)}"
    return Patch(ADD_POINT, f"--to {topic.id}.{point.id}", title, file, text)


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
