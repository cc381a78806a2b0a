"""What the conversation was last about: never what was typed."""

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

from knowledge.conversation.project import UNTOLD, Project
from knowledge.understanding.situation.situation import NOBODY, Speaker
from knowledge.words.text import normalise

TURNS = 5
REMEMBERED_SECONDS = 20 * 60
"""How long it is remembered: a little later, people begin anew."""

_MOST_BEFORE = 2
_MOST_TOLD = 8

Told = tuple[str, str]
"""An entry, and the point of it that was told; empty where the entry itself was."""

ASKED_SECONDS = 3600
"""How long the last question itself is kept, to be sent to the team."""


def digest(label: str) -> str:
    """What is kept of a button's label: enough to know it again, spaces or not (« a lequipe »), nothing to read."""
    return hashlib.sha256(normalise(label).replace(" ", "").encode()).hexdigest()[:8]


@dataclass(frozen=True)
class Frame:
    """The last answered turn. Empty where there was none, or long ago."""

    topics: tuple[str, ...] = ()
    """The entries answered: the one that the question is about, then those answered beside it."""
    before: tuple[str, ...] = ()
    """The main entries of the turns before it, the last one first: what one may come back to."""
    history: tuple[Told, ...] = ()
    """What was told so far, the last first."""
    point: str = ""
    """The point of the first of them that was told, where it was one rather than the entry."""
    act: str = ""
    """What was asked of them, as `Situation` names it."""
    speaker: Speaker = NOBODY
    """Who speaks, as far as messages told."""
    form: str = ""
    """The one of the content's `forms` that was told last."""
    authority: str = ""
    """The authority of the content's `authorities` that is talked about."""
    authority_left: int = 0
    """For how many more questions."""
    project: Project = UNTOLD
    """What messages told of one's project."""
    offered: tuple[str, ...] = ()
    """The entries offered as buttons."""
    screen: str = ""
    """The last screen with a name of its own."""
    buttons: dict[str, str] = field(default_factory=dict)
    """What the buttons shown last send, by a digest of their label."""
    proposed: tuple[str, ...] = ()
    """What « oui » and « non » would press, where something is proposed."""
    shown: str = ""
    """A digest of the last sentences told apart from their entry: they are not told twice in a row."""
    told: int = 0
    """Examples given of the last entry."""
    first: str = ""
    """A digest of the first message shown."""
    at: int = 0
    """When, in seconds since the epoch."""
    left: int = TURNS
    """Turns until it is forgotten."""

    @classmethod
    def of(cls, kept: Mapping[str, Any] | None, now: float) -> "Frame":
        """What was kept, as long as it counts."""
        if not kept or kept["left"] <= 0 or not 0 <= now - kept["at"] <= REMEMBERED_SECONDS:
            return cls()
        known = {field.name for field in fields(cls)}  # another version may have kept more
        lists: dict[str, Any] = {
            name: tuple(kept.get(name, ())) for name in ("topics", "before", "offered", "proposed")
        }
        told = kept.get("speaker", ())
        lists["speaker"] = NOBODY if isinstance(told, str) else Speaker(*told)  # text, as kept before 27/11/2026
        lists["history"] = tuple((topic, point) for topic, point in kept.get("history", ()))
        lists["project"] = Project.of(kept["project"]) if kept.get("project") else UNTOLD
        return cls(**{**{name: value for name, value in kept.items() if name in known}, **lists})

    @property
    def shown_last(self) -> tuple[str, ...]:
        """The screen and the entry shown last, those of them that there are."""
        return tuple(name for name in (self.screen, *self.topics[:1]) if name)

    def of_known(self, current: Callable[[str], str], known: Collection[str]) -> "Frame":
        """The same in a content of today: entries under their present ids, none that is gone."""

        def left(topics: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(topic for topic in map(current, topics) if topic in known)

        topics = left(self.topics)
        point = self.point if topics[:1] == self.topics[:1] else ""
        history = tuple((topic, point) for one, point in self.history if (topic := current(one)) in known)
        return replace(
            self, topics=topics, point=point, history=history, before=left(self.before), offered=left(self.offered)
        )

    def kept(self) -> dict[str, Any]:
        """As it is kept, in JSON."""
        return {**vars(self), "project": self.project.kept()}

    def behind(self, topics: Sequence[str]) -> tuple[str, ...]:
        """The main entries there were before these, the last one first."""
        met = dict.fromkeys((*self.topics[:1], *self.before))
        return tuple(topic for topic in met if topic not in topics)[:_MOST_BEFORE]

    def told_with(self, topics: Sequence[str], point: str) -> tuple[Told, ...]:
        """What was told once these entries were too, of the first of them this point."""
        now = [(topic, "" if n else point) for n, topic in enumerate(topics)]
        return tuple(dict.fromkeys((*now, *self.history)))[:_MOST_TOLD]

    def aged(self) -> "Frame":
        """One turn later, where the turn said nothing new."""
        return replace(self, left=self.left - 1)
