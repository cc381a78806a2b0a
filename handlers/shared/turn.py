"""What a message came to, for a program that listens: `tevo chat --json`, the conversation tests, later fronts.

Handlers note what they show while it is shown. Where nobody listens, as in production, a note goes nowhere.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field


@dataclass
class Turn:
    """What one message, or one pressed button, led to."""

    kind: str = ""
    """`answer`, `choice`, `unknown`… where a typed question was read; else empty."""
    act: str = ""
    """What was asked to be done or told, where known: `can`, `how-much`, `again`…"""
    topics: list[str] = field(default_factory=list)
    """The entries that the reply draws on."""
    offered: list[str] = field(default_factory=list)
    """The entries offered as buttons because the question left a doubt."""
    screen: str = ""
    """The last screen shown: `menu`, `question`, `verdict`, `consent`, `dossier`, `dates`, `data`…"""
    verdict: str = ""
    """The worst outcome of the criteria: `met`, `open` or `unmet`."""
    criteria: dict[str, str] = field(default_factory=dict)
    """The outcome of each criterion."""


_heard: ContextVar[Turn | None] = ContextVar("turn", default=None)


@contextmanager
def listening() -> Iterator[Turn]:
    """What the messages handled meanwhile lead to."""
    turn = Turn()
    token = _heard.set(turn)
    try:
        yield turn
    finally:
        _heard.reset(token)


def note_reading(kind: str, offered: Iterable[str] = (), act: str = "") -> None:
    """How a typed question was read."""
    if turn := _heard.get():
        turn.kind, turn.act, turn.offered = kind, act, list(offered)


def note_topics(topics: Iterable[str]) -> None:
    """Entries that the reply draws on."""
    if turn := _heard.get():
        turn.topics += [topic for topic in topics if topic not in turn.topics]


def note_screen(screen: str) -> None:
    """A screen with a name of its own."""
    if turn := _heard.get():
        turn.screen = screen


def note_verdict(outcome: str, criteria: Mapping[str, str]) -> None:
    """The verdict shown, and the outcome of each criterion by its id."""
    note_screen("verdict")
    if turn := _heard.get():
        turn.verdict, turn.criteria = outcome, dict(criteria)
