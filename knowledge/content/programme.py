"""The model of `programme.yaml`: what it is called, how to reach its team, whom its calls are for, who handles data."""

import re
from typing import Annotated

from pydantic import Field

from knowledge.content.part import ContentPart
from knowledge.words.identifiers import Id
from knowledge.words.text import any_written_so, unaccented, words
from knowledge.words.typography import French


class Processing(ContentPart):
    """What somebody must be told before a dossier leaves (GDPR, article 13)."""

    controller: French
    """Who decides of it: a name and an address."""
    dpo: French
    """How to reach the data protection officer."""
    legal_basis: French
    recipients: French


class Audience(ContentPart):
    """Those whom a call may be addressed to."""

    id: Id
    name: French
    words: tuple[Annotated[str, Field(pattern=r"^[a-z0-9]+\*?$")], ...] = ()
    """The words, « asso* » for any that begins so, that show that a question about dates is about their calls; of the
    first, nothing needs to."""


class Programme(ContentPart):
    """`programme.yaml`."""

    name: Annotated[French, Field(max_length=40)]
    short_name: Annotated[French, Field(max_length=12)] | None = None
    team: Annotated[French, Field(max_length=60)]
    """Who answers, with its article: « l'équipe du programme »."""
    email: Annotated[str, Field(pattern=r"^[^@\s:<>]+@[^@\s]+\.[a-z]+$")]
    """Where people write, and where dossiers go."""
    site: Annotated[str, Field(pattern=r"^https://")]
    audiences: Annotated[tuple[Audience, ...], Field(min_length=1)]
    """The first is the one that is meant where nothing tells."""
    reference_prefix: Annotated[str, Field(pattern=r"^[A-Z]{1,6}$")] = "REF"
    """What the reference of a dossier begins with: « JP » for JP-7KQM-X3FA."""
    personal_data: Processing | None = None

    @property
    def names(self) -> dict[str, str]:
        """The audiences by id."""
        return {one.id: one.name for one in self.audiences}

    def asked_about(self, text: str) -> str:
        """Those whose calls a question is about: the first where it names no others."""
        typed = words(text)
        named = (one.id for one in self.audiences[1:] if any_written_so(typed, one.words))
        return next(named, self.audiences[0].id)

    @property
    def slug(self) -> str:
        """Its name in that of a file: « jardins-partages »."""
        return "-".join(re.findall(r"[a-z0-9]+", unaccented(self.name.lower())))

    @property
    def told(self) -> dict[str, str]:
        """What the default sentences are filled with."""
        return {
            "programme": self.name,
            "short_name": self.short_name or self.name,
            "team": self.team,
            "slug": self.slug,
        }
