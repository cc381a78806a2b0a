"""Labelled messages, and what counts as right: for `tevo eval`, `tevo diff`, the benchmark and the tests."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.sentences import tell
from knowledge.content.models import OFF_TOPIC
from knowledge.words.errors import TevoError

COURTESIES = {"salutation", "remerciement", "assistant"}
GOOD = frozenset({"right", "refused"})
"""Outcomes that one wants."""
PASSABLE = frozenset({"offered", "partly", "wrong, right offered"})
"""Outcomes from which a person still gets there."""


class LabelledError(TevoError):
    """A labelled file that cannot be read: one line for the editor."""


@dataclass(frozen=True)
class Labelled:
    """A message and the entries that answer it."""

    q: str
    topics: tuple[str, ...]
    accept: tuple[str, ...] = ()
    style: str = ""

    @property
    def kind(self) -> str:
        """`off`, `several` or `one`."""
        if self.topics == (OFF_TOPIC,):
            return "off"
        return "several" if len(self.topics) > 1 else "one"


def load(path: Path) -> list[Labelled]:
    """The messages of a file. Raises LabelledError where it is not one."""
    try:
        rows = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
        return [Labelled(r["q"], tuple(r["topics"]), tuple(r.get("accept") or ()), r.get("style", "")) for r in rows]
    except (OSError, UnicodeDecodeError, yaml.YAMLError, TypeError, KeyError, AttributeError) as error:
        raise LabelledError(tell("labelled_wrong", path=path, reason=type(error).__name__)) from None


def outcome(item: Labelled, kind: str, answered: Iterable[str], offered: Iterable[str]) -> str:
    """`right`, `offered`, `wrong`, `silent` for a question; `refused`, `fooled` for one that is not ours."""
    answered, offered = list(answered), list(offered)
    good = {*item.topics, *item.accept}
    if item.kind == "off":
        return "fooled" if kind == "answer" and not set(answered) <= good | COURTESIES else "refused"
    if item.kind == "several":
        missing = [t for t in item.topics if t not in answered]
        spare = [t for t in answered if t in item.accept]
        if len(missing) <= len(spare):
            return "right"
        return "partly" if set(answered) & good else "wrong" if answered else "silent"
    if kind == "answer" and not set(answered) & good:
        return "wrong, right offered" if set(offered) & good else "wrong"
    if kind == "answer":
        return "right"
    return "offered" if set(offered) & good else "silent"


def rank(name: str) -> int:
    """How good an outcome is: 2, 1 or 0."""
    return 2 if name in GOOD else int(name in PASSABLE)
