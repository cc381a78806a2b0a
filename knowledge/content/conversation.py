"""The model of `conversation.yaml`: how people speak of their own matters and repair the conversation."""

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from knowledge.content.messages import filled_with
from knowledge.words.identifiers import Id
from knowledge.words.markup import MarkedText
from knowledge.words.typography import French

CONVERSATION = "conversation.yaml"
"""The file, in a content package."""


class Act(StrEnum):
    """What a message does, where it asks nothing about the programme."""

    CODE = "code"
    """Has a code to go on with a colleague's draft, or asks what it is for."""
    HAND_OVER = "hand-over"
    INQUIRY = "inquiry"
    """Wants the question sent to the team."""
    KEEP = "keep"
    """Nothing is to be erased or sent."""
    STOP_ALL = "stop-all"
    """Wants to stop, without saying what."""
    STOP_ALERTS = "stop-alerts"
    ALERTS = "alerts"
    ERASE = "erase"
    DATA = "data"
    PRIVACY = "privacy"
    """Asks who sees what was said here."""
    CORRECT = "correct"
    RESUME = "resume"
    DOSSIER = "dossier"


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


Expression = Annotated[str, Field(pattern=r"^[a-z0-9 ]+\*?$", max_length=60)]
"""Words without accents; a star at the end: how the last word begins."""

Condition = Annotated[str, Field(pattern=r"^(?:(?:!?[a-z-]+|@[a-z-]+|<[0-9]+)(?: |$))+$", max_length=200)]
"""Names of groups, all of which must be said; `!name`: not said; `<7`: in fewer than seven words; `@alerts`: just
after that screen."""


class ActWords(_Section):
    """How one act is recognised: any of its conditions. What it must and must not take, for the check."""

    when: Annotated[tuple[Condition, ...], Field(min_length=1)]
    examples: Annotated[tuple[str, ...], Field(min_length=1)]
    topic: Id | None = None
    """The entry that answers, where it is not a screen."""
    after: str | None = None
    """The screen after which the examples are read."""
    other: tuple[str, ...] = ()
    """Messages that look like it and are not."""


class Sentences(_Section):
    """What is said around them. The names say when; braces are filled in."""

    kept: French
    not_subscribed: Annotated[French, filled_with("contact")]
    stop_which: MarkedText
    hand_over: French
    nothing_to_resume: French
    nothing_to_correct: French


class ConversationWords(_Section):
    """`conversation.yaml`. Acts are tried in the order in which they are written."""

    sentences: Sentences

    groups: dict[str, Annotated[tuple[Expression, ...], Field(min_length=1)]]
    acts: dict[Act, ActWords]
