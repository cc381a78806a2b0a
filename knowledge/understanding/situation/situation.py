"""What a message tells of its author's case: the vocabulary shared by reading, deciding, composing and conversing."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple, Self

Span = tuple[int, int]
"""First character, and the one after the last, in the text as typed."""


class Act(StrEnum):
    """What one wants to know, whatever the subject. `OPEN`: whether it is the time."""

    CAN = "can"
    HOW = "how"
    HOW_MUCH = "how-much"
    HOW_MANY = "how-many"
    HOW_LONG = "how-long"
    WHEN = "when"
    OPEN = "open"
    WHO = "who"
    CONTACT = "contact"
    WHERE = "where"
    WHAT = "what-is"
    DOCUMENTS = "documents"
    EXAMPLE = "example"
    WHY = "why"


@dataclass(frozen=True, slots=True)
class AskedAct:
    """An act, and the words that say it."""

    act: Act
    span: Span

    @property
    def meaning(self) -> str:
        """The act's name."""
        return self.act.value


@dataclass(frozen=True, slots=True)
class Place:
    """A région, a département or a territory of France. `zone`: metro, drom or com, as in the register."""

    name: str
    zone: str
    span: Span

    @property
    def meaning(self) -> str:
        """Its usual name and its zone."""
        return f"{self.name}, {self.zone}"


@dataclass(frozen=True, slots=True)
class Country:
    """A foreign country, under its name in the content, and the answer of the questionnaire that it is."""

    name: str
    option: str
    span: Span

    @property
    def meaning(self) -> str:
        """Its name, and what the questionnaire makes of it."""
        return f"{self.name}, {self.option}"


@dataclass(frozen=True, slots=True)
class Actor:
    """A body or a person. `kind`: its id in the content. `country`: where it lies, when that is abroad.

    `applies`: it is the one that would apply, or pay, or host; else it is only mentioned. `speaks`: it is the author's.
    """

    kind: str
    span: Span
    applies: bool
    speaks: bool = False
    small: bool = False
    country: Country | None = None
    remembered: bool = False
    """An earlier message told it, not this one."""
    home: bool = False
    """« Ma ville », « par notre agglo »: of a person, where she lives or learns; of a mayor, the body that speaks."""
    relative: bool = False
    """« Mon fils », « ma nièce »: who has one sent speaks for herself."""
    asked: bool = False
    """It is the subject of applying, or of having a volunteer."""

    @property
    def only_mentioned(self) -> Self:
        """The same, where it is not the one that would apply."""
        return replace(self, applies=False, speaks=False, asked=False)

    @property
    def meaning(self) -> str:
        """Its kind, and whether it applies, is the author's own, small, abroad."""
        marks = {"applies": self.applies, "speaks": self.speaks, "small": self.small, "abroad": self.country}
        return ", ".join([self.kind, *(name for name, holds in marks.items() if holds)])


@dataclass(frozen=True, slots=True)
class Said:
    """Something said, as the content or the lists name it."""

    value: str
    span: Span

    @property
    def meaning(self) -> str:
        """The value itself."""
        return self.value


@dataclass(frozen=True, slots=True)
class Number:
    """A size in inhabitants, or an age in years."""

    value: int
    span: Span

    @property
    def meaning(self) -> str:
        """The value itself."""
        return str(self.value)


class Speaker(NamedTuple):
    """Who speaks, as far as messages told. `kind`: of body or person, by its id in the content; empty: not told.

    Of an authority, also the place it lies in and its zone, and its inhabitants; `small`: in a word, « un village ».
    """

    kind: str = ""
    place: str = ""
    zone: str = ""
    size: int = 0
    small: bool = False


NOBODY = Speaker()

_SEVERAL = frozenset(
    {"acts", "candidacy", "hosting", "actors", "countries", "roles", "denied", "aside", "names", "premises", "formulas"}
)


@dataclass(frozen=True)
class Situation:
    """Everything read in one text; each part with its span in it. Nothing here is a guess: what is unsure is absent."""

    text: str = ""
    acts: tuple[AskedAct, ...] = ()
    """Outermost first: « comment une commune peut-elle » is HOW, then CAN."""
    asks_several: bool = False
    """Whether acts stand in more than one clause: then none rules the whole text."""
    candidacy: tuple[Span, ...] = ()
    """The words that speak of applying to the programme."""
    hosting: tuple[Span, ...] = ()
    """Those that speak of having a volunteer, which for a body that is no authority comes to the same."""
    actors: tuple[Actor, ...] = ()
    roles: tuple[Said, ...] = ()
    """The author's own functions: « DGS », « secrétaire de mairie »."""
    place: Place | None = None
    countries: tuple[Country, ...] = ()
    """In order, each once."""
    mentions: tuple[Country, ...] = ()
    """Every time one is named, in order."""
    size: Number | None = None
    age: Number | None = None
    """Of the one who would go or come."""
    ages: tuple[Number, ...] = ()
    """Those of all of them."""
    denied: tuple[Span, ...] = ()
    """What is said not to be so, the negation included."""
    premises: tuple[Span, ...] = ()
    """The words by which something is taken for granted: « vu que », « c'est bien », « …, non ? »."""
    formulas: tuple[Span, ...] = ()
    """How a letter asks, and what it begins with, which tell nothing of what is asked."""
    aside: tuple[Span, ...] = ()
    """What the person says not to ask."""
    names: tuple[Span, ...] = ()
    """Proper names and postcodes that say nothing of the subject."""
    words: tuple[str, ...] = ()
    """All words, unaccented, as typed."""
    presents: bool = False
    """The author tells who speaks: « je suis… », « ici… »."""
    around: frozenset[str] = frozenset()
    """What only the message around tells: « …, c'est possible ? » names no country by itself."""

    @property
    def act(self) -> Act | None:
        """What is asked, by the outer question word."""
        return self.acts[0].act if self.acts else None

    @property
    def country(self) -> Country | None:
        """The first of them."""
        return self.countries[0] if self.countries else None

    @cached_property
    def applicant(self) -> Actor | None:
        """Who would apply: the author's own body, unless it is asked of another; else the first not only mentioned."""
        speaker, asked = self.speaker, next((actor for actor in self.actors if actor.applies and actor.asked), None)
        if speaker and (speaker.asked or not asked):
            return speaker
        return asked or next((actor for actor in self.actors if actor.applies), None)

    @cached_property
    def speaker(self) -> Actor | None:
        """The author's own body, or herself, where that is told: the one that her function tells, before any other."""
        held = {role.value for role in self.roles if role.value}
        own = [actor for actor in self.actors if actor.applies and actor.speaks]
        return next((actor for actor in own if actor.kind in held), own[0] if own else None)

    @cached_property
    def has_case(self) -> bool:
        """Whether it tells who would apply, from where or how large."""
        return any(told is not None for told in (self.applicant, self.place, self.size))

    def parts(self) -> Iterator[tuple[str, str, Span]]:
        """Every part that was read: the name of its field, what it means where that is not the words, its span."""
        for field in fields(self):
            if field.name in ("words", "around", "mentions", "ages"):
                continue
            value = getattr(self, field.name)
            for part in value if field.name in _SEVERAL else (value,):
                if isinstance(part, tuple) and part:
                    yield field.name, "", part
                elif part is not None and not isinstance(part, str | bool):
                    yield field.name, part.meaning, part.span

    def of_a_person(self) -> Self:
        """The same, told by somebody who speaks for herself: her town is only mentioned."""
        return replace(self, actors=tuple(actor.only_mentioned if actor.home else actor for actor in self.actors))

    def said_by(self, who: Speaker) -> Self:
        """The same, of whom earlier messages told who it is: its applicant, where this one names no other."""
        own = self.applicant
        is_elsewhere = self.place is not None and self.place.name != who.place
        is_other = own is not None and not (own.speaks and own.kind == who.kind and not own.country)
        if is_elsewhere or is_other or (self.size and self.size.value != who.size):
            return self
        nowhere = (0, 0)
        small = who.small
        actor = Actor(who.kind, nowhere, applies=True, speaks=True, small=small, remembered=True) if who.kind else None
        place = Place(who.place, who.zone, nowhere) if who.place else None
        size = Number(who.size, nowhere) if who.size else None
        actors = self.actors if own or not actor else (*self.actors, actor)
        return replace(self, actors=actors, place=self.place or place, size=self.size or size)

    def within(self, whole: "Situation") -> Self:
        """What this part of a message asks, of the case that the whole message tells."""
        kept = ("place", "countries", "size")
        told = {name: getattr(self, name) or getattr(whole, name) for name in kept}
        actors = self.actors if self.applicant else (*self.actors, *whole.actors)
        roles = self.roles or whole.roles
        around = frozenset(name for name in kept if told[name] and not getattr(self, name))
        presents = self.presents or whole.presents
        return replace(self, actors=actors, roles=roles, presents=presents, around=around, **told)
