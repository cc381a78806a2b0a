"""What may be told of a project in the midst of a conversation: the part `project` of `follow_ups`."""

from typing import Annotated, Literal

from pydantic import Field

from knowledge.content.messages import filled_with
from knowledge.content.part import ContentPart
from knowledge.words.identifiers import Id
from knowledge.words.typography import French

Expression = Annotated[str, Field(pattern=r"^[a-z0-9 ]+\*?$", max_length=60)]
"""Words without accents; a star at the end: how the last word begins."""


class ToldFact(ContentPart):
    """A fact that changes what holds, and the point of an entry that says so."""

    said: French
    """As it is noted: « un diplôme »."""
    words: Annotated[tuple[Expression, ...], Field(min_length=1)]
    topic: Id
    point: Id
    own: Id | None = None
    """The point of the entry for who speaks, where that is a person: what the fact changes for her."""
    id: Id | None = None
    """The name under which it is remembered."""
    health: bool = False
    """Whether it is of somebody's health: it is answered, and never kept."""
    ways: tuple[Literal["host", "send"], ...] = ()
    """The ways, one of which one must go; none: whichever."""


class OnlyForm(ContentPart):
    """The one form that is open from some age on."""

    form: Id
    from_age: int


class Pointed(ContentPart):
    """A point of an entry."""

    topic: Id
    point: Id


class ForeignerPoints(ContentPart):
    """What holds of who is of another country, by where she lives and where she would go."""

    lives_here: Id
    """The remembered fact that she lives in France."""
    whether: Pointed
    """Whether she may go at all."""
    home: Pointed
    """Of her own country."""
    here: Pointed
    """Of France, where she lives there."""
    of: tuple[Id, ...]
    """The entries in whose place these are told."""


class ToldWay(ContentPart):
    """Which way somebody goes: to be hosted, or to be sent."""

    said: French
    topic: Id
    """The entry that tells of it, where nothing else was asked."""
    usual: Annotated[str, Field(min_length=1)]
    """Words that ask for it of any entry: « accueilli en France »."""
    words: tuple[Expression, ...] = ()
    """Words that only say it, where nothing else is asked."""
    tells: Annotated[str, Field(min_length=1)]
    """A regular expression for what a sentence on it holds."""


class ProjectFacts(ContentPart):
    """What is remembered of a project. What is told later takes the place of it."""

    ages: Id | None = None
    """The entry whose points tell of the ages of those whom an authority speaks of."""
    countries: Id | None = None
    """The entry on countries."""
    ways: dict[Literal["host", "send"], ToldWay] = Field(default_factory=dict)
    both_ways: Pointed | None = None
    """What tells that one may host and send."""
    of_country: Annotated[str, filled_with("countries")] = "{countries}"
    """How a nationality is noted: « nationalité : Mali »."""
    foreigners: ForeignerPoints | None = None
    only_forms: tuple[OnlyForm, ...] = ()
    facts: tuple[ToldFact, ...] = ()
    """The first whose words are said counts before the others."""
