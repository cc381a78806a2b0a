"""What a message came to, for a program that listens: `tevo chat --json`, the conversation tests, later fronts.

Handlers note what they show while it is shown; the conversation remembers it for the turn after.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from knowledge.conversation.frame import digest
from knowledge.conversation.project import Project
from knowledge.understanding.situation.situation import NOBODY, Speaker

_PERSONAL = ("detail:", "pick:", "answer:", "change:", "vote:")
"""Buttons with what a person answered in their label, or that the questionnaire reads itself: not remembered."""

DISTRESS, DATA = "distress", "data"
FORGETTING = frozenset({"erased", DATA, DISTRESS})
"""Screens after which nothing is to be kept that was not kept before."""


@dataclass
class Turn:
    """What one message, or one pressed button, led to."""

    kind: str = ""
    """`answer`, `choice`, `unknown`… where a typed question was read; else empty."""
    act: str = ""
    """What was asked to be done or told, where known: `can`, `how-much`, `again`…"""
    topics: list[str] = field(default_factory=list)
    """The entries that the reply draws on."""
    point: str = ""
    """The point of the first entry that was told, where it was one rather than the entry."""
    speaker: Speaker = NOBODY
    """Who speaks, as far as this message and those before told. For the conversation itself."""
    form: str | None = None
    """The form that is talked about, « vsi »; None where nothing was heard. For the conversation itself too."""
    authority: tuple[str, int] | None = None
    """The authority that is talked about, and for how many more questions."""
    project: Project | None = None
    """What is known of one's project; None where nothing was heard. For the conversation itself too."""
    offered: list[str] = field(default_factory=list)
    """The entries offered as buttons because the question left a doubt."""
    buttons: dict[str, str] = field(default_factory=dict)
    """What the buttons shown send, by a digest of their label. For the conversation itself, not for programs."""
    proposed: tuple[str, ...] = ()
    """What « oui » and « non » would press. For the conversation itself too."""
    shown: str = ""
    """A digest of the sentences told apart from their entry. For the conversation itself too."""
    told: int = 0
    """Examples given of the entry so far. For the conversation itself too."""
    before: str = ""
    """A digest of the first message of the turn before. For the conversation itself too."""
    first: str = ""
    """A digest of the first message of this one. For the conversation itself too."""
    again: str = ""
    """What is said before a message that would be the one just before. For the conversation itself too."""
    goes_on: bool = False
    """Whether what was talked about before still is. For the conversation itself too."""
    screen: str = ""
    """The last screen shown: `menu`, `question`, `verdict`, `consent`, `dossier`, `dates`, `data`…"""
    verdict: str = ""
    """The worst outcome of the criteria: `met`, `open` or `unmet`."""
    criteria: dict[str, str] = field(default_factory=dict)
    """The outcome of each criterion."""
    counted: list[str] = field(default_factory=list)
    """What else is counted of it, for the team. Not for programs."""


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


@contextmanager
def heard() -> Iterator[Turn]:
    """What this message leads to, whether anybody listens already or not."""
    if turn := _heard.get():
        yield turn
    else:
        with listening() as turn:
            yield turn


def said_again(text: str) -> str:
    """What to say before the first message of a turn, where it would be that of the turn before; else nothing."""
    turn = _heard.get()
    if turn is None or turn.first:
        return ""
    turn.first = digest(text)
    if not turn.again or turn.first != turn.before:
        return ""
    prefix = f"{turn.again}\n\n"
    turn.first = digest(prefix + text)
    return prefix


def note_reading(kind: str, offered: Iterable[str] = (), act: str = "") -> None:
    """How a typed question was read."""
    if turn := _heard.get():
        turn.kind, turn.act, turn.offered = kind, act, list(offered)


def note_speaker(speaker: Speaker) -> None:
    """Who speaks, as far as is known."""
    if turn := _heard.get():
        turn.speaker = speaker


def note_form(form: str) -> None:
    """The form that is talked about, as far as is known."""
    if turn := _heard.get():
        turn.form = form


def note_authority(authority: tuple[str, int]) -> None:
    """The authority that is talked about, and for how many more questions."""
    if turn := _heard.get():
        turn.authority = authority


def note_project(project: Project) -> None:
    """What is known of one's project."""
    if turn := _heard.get():
        turn.project = project


def note_topics(topics: Iterable[str]) -> None:
    """Entries that the reply draws on."""
    if turn := _heard.get():
        turn.topics += [topic for topic in topics if topic not in turn.topics]


def note_point(point: str) -> None:
    """The point told of the first entry; empty where the entry itself is."""
    if turn := _heard.get():
        turn.point = point


def note_screen(screen: str) -> None:
    """A screen with a name of its own."""
    if turn := _heard.get():
        turn.screen = screen


def note_buttons(buttons: Iterable[tuple[str, str]]) -> None:
    """Buttons shown: the label of each, and what it sends."""
    if turn := _heard.get():
        turn.buttons |= {digest(label): data for label, data in buttons if not data.startswith(_PERSONAL)}


def note_proposal(yes: str, no: str) -> None:
    """What « oui » and « non » would press, from now on."""
    if turn := _heard.get():
        turn.proposed = (yes, no)


def talked() -> bool:
    """Whether a question was read in this turn, or an entry shown."""
    turn = _heard.get()
    return turn is not None and bool(turn.kind or turn.topics)


def proposes() -> bool:
    """Whether « oui » would press something that was shown in this turn."""
    turn = _heard.get()
    return turn is not None and any(turn.proposed)


def withdraw_proposal(prefix: str) -> None:
    """« Oui » presses nothing any more, where it would have pressed such a button."""
    if (turn := _heard.get()) and any(data.startswith(f"{prefix}:") for data in turn.proposed):
        turn.proposed = ()


def note_offered(topics: Iterable[str]) -> None:
    """Entries offered because the one shown was not what was meant."""
    if turn := _heard.get():
        turn.offered = list(topics)


def note_examples(told: int) -> None:
    """How many examples of the entry were given."""
    if turn := _heard.get():
        turn.told = told


def note_going_on() -> None:
    """What was talked about before still is: this was only about the conversation."""
    if turn := _heard.get():
        turn.goes_on = True


def note_shown(text: str) -> None:
    """Sentences told apart from their entry."""
    if turn := _heard.get():
        turn.shown = digest(text)


def note_counted(*names: str) -> None:
    """Something that the team is told the number of."""
    if turn := _heard.get():
        turn.counted += names


def note_verdict(outcome: str, criteria: Mapping[str, str]) -> None:
    """The verdict shown, and the outcome of each criterion by its id."""
    note_screen("verdict")
    if turn := _heard.get():
        turn.verdict, turn.criteria = outcome, dict(criteria)
