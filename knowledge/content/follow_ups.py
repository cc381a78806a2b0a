"""How a short message that follows an answer is read: the part `follow_ups` of `conversation.yaml`."""

from typing import Annotated

from pydantic import Field

from knowledge.content.meant_words import AskedAgain, Here, LastAnswerWords, OtherOne, ToldAuthority
from knowledge.content.messages import filled_with, may_hold
from knowledge.content.part import ContentPart
from knowledge.content.told_facts import Expression, ProjectFacts
from knowledge.words.identifiers import Id
from knowledge.words.typography import French


class Thanks(ContentPart):
    """A message that begins with these words and asks nothing thanks: this entry answers, where it is told."""

    words: tuple[Expression, ...]
    topic: Id | None = None


class Concept(ContentPart):
    """Words that ask for the same thing, and what a sentence that answers holds: « bac », « diplôme »."""

    asks: Annotated[tuple[Expression, ...], Field(min_length=1)]
    tells: Annotated[str, Field(min_length=3)]
    """A regular expression."""


class FollowUps(ContentPart):
    """How a short question that follows an answer is read."""

    little: tuple[Expression, ...]
    """Words that say nothing by themselves: a question of these alone is about the answer before."""
    openings: tuple[Expression, ...] = ()
    """What is said before a question, and asks nothing: « ok super »."""
    going_on: tuple[Expression, ...] = ()
    """First words of a message that goes on: « et pour ma commune » is not said to present oneself."""
    ordinals: tuple[tuple[Expression, ...], ...] = ()
    """Ways to say the first of what is offered, the second…"""
    all: tuple[Expression, ...] = ()
    """Ways to say all of it."""
    thanks: Thanks
    countries: Id | None = None
    """The entry on countries: after another one, a country alone is asked about in full."""
    country: Annotated[str, filled_with("country")] | None = None
    abroad: tuple[Id, ...] = ()
    """The entries that tell of places abroad: after them « et à Lomé ? » is about that place, not about its country."""
    applying: tuple[Id, ...] = ()
    """The entries about who may apply: after them « et une SPL ? » is completed."""
    examples: tuple[Id, ...] = ()
    """The entries that tell of examples: shown where the one asked for an example has none left."""
    actor: Annotated[str, filled_with("actor")]
    place: Annotated[str, filled_with("place")] | None = None
    size: Annotated[str, filled_with("size")] | None = None
    corrections: tuple[Expression, ...]
    """How a message begins that corrects the one before: « non, je voulais dire »."""
    corrections_after: tuple[Expression, ...]
    """How it ends: « je me suis trompé »."""
    openings_of_excuse: tuple[Expression, ...] = ()
    """Before what is blamed for a slip: « désolée, c'est le correcteur »."""
    denial: Expression
    """Before what is not asked: « l'accueil, pas l'envoi »."""
    before_name: tuple[Expression, ...] = ()
    """What may stand between it and a name: « pas à Lyon »."""
    denied_too: Expression = ""
    """The same, between both: « 3 500 et non 35 000 »."""
    but: Expression
    """Between what is not asked and what is, where no sign stands."""
    whether: Expression
    """What may begin what is asked: « je demande si elle part »."""
    pointing: tuple[Expression, ...] = ()
    """What begins words that name the last answer, whatever else they may name: « ce chiffre »."""
    denials: tuple[Expression, ...] = ()
    """How a message begins that says what is not asked, before what is: « je ne parle pas du visa, mais du voyage »."""
    takes_nothing_back: tuple[Expression, ...] = ()
    """What begins as one of them and is none: « plutôt que »."""
    takes_back: tuple[Expression, ...] = ()
    """What stands, within a message, before what is meant instead: « accueillir, ah non envoyer »."""
    blame: tuple[Expression, ...] = ()
    """Words that say that the answer is not to what was asked: « répondu », in « pas répondu pour le visa »."""
    contests: tuple[Expression, ...] = ()
    """How one says that what was told is not what one read, or heard before: « j'ai lu », « vous parliez »."""
    said_here: tuple[Expression, ...] = ()
    """The same, of what the assistant itself said."""
    comes_back: tuple[Expression, ...] = ()
    """How one begins that names again what was talked about before: « pour revenir au »."""
    before_age: tuple[Expression, ...] = ()
    """What stands before a number that is an age, where ages are talked about: « et mon frère de 31 ? »."""
    after_age: tuple[Expression, ...] = ()
    """And what may stand after it: « elle en aura 31 en mars »."""
    age_asked: tuple[Expression, ...] = ()
    """The words of a button by which its point is on ages."""
    last_year: tuple[Expression, ...] = ()
    """Ways to say last year."""
    next_year: tuple[Expression, ...] = ()
    """Ways to say the year after that which was talked about."""
    in_year: Annotated[str, filled_with("year")] = "{year}"
    """How a year is said."""
    here: Here = Here()
    in_france: tuple[Expression, ...] = ()
    """How one says France, where who lives there asks of it."""
    authorities: dict[str, ToldAuthority] = Field(default_factory=dict)
    """By their usual names, « Tours »: talked about, they are meant by what points back."""
    back: tuple[Expression, ...] = ()
    """What points back to an authority: « leur », « là-bas »."""
    back_at_once: tuple[Expression, ...] = ()
    """What does just after it was talked about: « ils »."""
    last: LastAnswerWords = LastAnswerWords()
    other: OtherOne = OtherOne()
    asked_again: AskedAgain = AskedAgain()
    inhabitants: tuple[Expression, ...] = ()
    """What follows a number of inhabitants."""
    example: str = ""
    """Said in an item that is an example: told before the others."""
    bare: dict[str, tuple[Expression, ...]] = Field(default_factory=dict)
    """By act: words that ask for it where nothing else does, « c'est long ? »; the first act whose words are said."""
    answers: dict[str, tuple[str, ...]]
    """By act of `Situation`, or of `bare`: regular expressions for what a sentence that answers it holds."""
    concepts: tuple[Concept, ...] = ()
    forms: dict[Id, Annotated[tuple[Expression, ...], Field(min_length=1)]] = Field(default_factory=dict)
    """What a question may be about one of, told once and meant afterwards: ways to say each, the usual one first."""
    project: ProjectFacts = ProjectFacts()
    unknown: dict[str, Annotated[French, may_hold("entry", "contact")]] = Field(default_factory=dict)
    """By act: that the entry shown does not tell."""
