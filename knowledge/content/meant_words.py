"""What a message may mean without saying it: the place of who speaks, the authority talked about, the last answer."""

from typing import Annotated

from pydantic import Field

from knowledge.content.part import ContentPart
from knowledge.content.told_facts import Expression
from knowledge.words.identifiers import Id


class Here(ContentPart):
    """« Chez nous » : the place of who speaks, as earlier messages told it."""

    words: tuple[Expression, ...] = ()
    entries: dict[str, Id] = Field(default_factory=dict)
    """By the usual name of a place: the entry that tells of it."""
    offices: tuple[Id, ...] = ()
    """The entries with points for places that tell who is there."""
    reached: tuple[Id, ...] = ()
    """The entries on whom to ask: of a place, the offices tell it."""


class ToldAuthority(ContentPart):
    """An authority whose mission an entry tells, one of several that it may tell."""

    topic: Id
    words: Annotated[tuple[Expression, ...], Field(min_length=1)]


class LastAnswerWords(ContentPart):
    """How a message asks of the last answer itself, and nothing else."""

    claims: tuple[Expression, ...] = ()
    """That somebody says: « affirme », in « la préfecture affirme le contraire »."""
    otherwise: tuple[Expression, ...] = ()
    """What is said instead: « le contraire », « que si »."""
    therefore: tuple[Expression, ...] = ()
    """Before a conclusion: « donc »."""
    hopeless: tuple[Expression, ...] = ()
    """Conclusions: « c'est fichu »."""
