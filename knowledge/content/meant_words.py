"""What a message may mean without saying it: the place of who speaks, the authority talked about, the last answer."""

from typing import Annotated

from pydantic import Field

from knowledge.content.messages import filled_with
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


class OtherOne(ContentPart):
    """« L'autre » : of two forms of volunteering, or of two ways, that which was not talked about."""

    one: Expression = ""
    nouns: tuple[Expression, ...] = ()
    """What may follow it and says no more: « l'autre formule »."""
    kept: tuple[Expression, ...] = ()
    """What may follow it and is asked about: « l'autre agrément »."""
    form: Annotated[str, filled_with("form")] = "{form}"
    of_form: Annotated[str, filled_with("noun", "form")] = "{noun} {form}"
    way: tuple[Expression, ...] = ()
    """The other way: « dans l'autre sens »."""
    both: tuple[Expression, ...] = ()
    """One and the other."""
    also: tuple[Expression, ...] = ()
    """Beside the other way, that one is not given up: « aussi »."""
    states: tuple[Expression, ...] = ()
    """How a form is stated rather than asked of: « c'est un », « je crois »."""


class AskedAgain(ContentPart):
    """After something told: whether the last answer still holds. « Ça change quelque chose ? »"""

    openings: tuple[Expression, ...] = ()
    surely: tuple[Expression, ...] = ()
    """Words that ask it without a question mark too: « ça change »."""
    but: tuple[Expression, ...] = ()
    """Words that say of what else it is asked: « c'est la même chose que »."""
    words: tuple[Expression, ...] = ()


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
    whether: tuple[Expression, ...] = ()
    """Whether what somebody says is so: « c'est vrai ? »."""
    compares: tuple[Expression, ...] = ()
    """How a question begins that compares: « c'est plus rapide ? » asks for nothing shorter."""
    asks: tuple[Expression, ...] = ()
    """Words of a question that « par exemple » is only said beside: « ils accueillent qui, par exemple ? »."""
    dismisses: tuple[Expression, ...] = ()
    """That others do not matter: « je m'en fiche »;"""
    of_us: tuple[Expression, ...] = ()
    """and who does: « chez nous »."""
    opposites: tuple[tuple[Expression, Expression], ...] = ()
    """Words one of which denies what is told with the other: « publiques », of what is « privées »."""
