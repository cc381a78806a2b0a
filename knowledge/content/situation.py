"""The models of `situation.yaml`: who may ask, how an answer begins for that person, and precise facts."""

from typing import Annotated, Literal

from pydantic import Field

from knowledge.content.messages import filled_with, may_hold
from knowledge.content.part import ContentPart
from knowledge.content.questionnaire import Condition
from knowledge.words.identifiers import Id
from knowledge.words.markup import MarkedText
from knowledge.words.typography import French

ActName = Literal[
    "can", "how", "how-much", "how-many", "how-long", "when", "open", "who", "contact", "where", "what-is", "documents",
    "example", "why",
]  # fmt: skip


class ActorKind(ContentPart):
    """A kind of body or person: the answers of the questionnaire that it is, and how people call it.

    `usual`: the one word that the phrases of the content use; `said`: with its article, at the head of a sentence.
    `strong`: outranks a weaker kind named in the same breath: « le CCAS de la commune » is a CCAS.
    """

    id: Id
    answers: dict[Id, str]
    kind: Id | None = None
    """Of the register, where it is an authority."""
    usual: str
    said: French
    words: Annotated[str, Field(min_length=1)]
    abroad: Id | None = None
    """The kind that it is where it lies in another country: a commune there is a foreign authority."""
    small: str = ""
    """Of these words, those that mean a small one."""
    acronyms: str = ""
    """Words that count only when typed in capitals, or alone."""


class Role(ContentPart):
    """Functions whose holders speak for a kind of body: « maire » speaks for a commune."""

    actor: Id
    words: Annotated[str, Field(min_length=1)]


class ActRule(ContentPart):
    """Act and case → the entry that answers, where one speaks of applying. The first that fits decides.

    `alone`: the act tells its subject by itself; it then decides only between entries that the words do not tell apart.
    `unless`: closer entries, which stay where the words lead to them. `instead_of`: entries that it takes the place of,
    however sure, for somebody who just told who it is, and who speaks of having a volunteer.
    """

    acts: tuple[ActName, ...]
    when: Annotated[Condition | None, Field(alias="if")] = None
    topic: Id
    alone: bool = False
    unless: tuple[Id, ...] = ()
    instead_of: tuple[Id, ...] = ()


class Opening(ContentPart):
    """A first sentence: for these acts and topics, in this case. The first that fits is said.

    `point`: instead, the point of the entry that answers this person, said in place of the entry.
    """

    acts: tuple[ActName, ...] = ()
    topics: Annotated[tuple[Id, ...], Field(min_length=1)]
    when: Annotated[Condition | None, Field(alias="if")] = None
    text: Annotated[MarkedText, may_hold("who", "Who", "points")] = ""
    point: Id | None = None


class Precise(ContentPart):
    """What is told by its words alone, and its one sentence: said instead of the entry, which is a button beside it.

    A precise question is first a point of its entry (`TopicPoint`), learnt from its questions; such a rule is for what
    a few words tell surely, and where the entry itself would not be found. `asks`: each of them must be said, and none
    of `but`; « | » stands between choices, « * » for any ending.
    """

    id: Id
    asks: Annotated[tuple[str, ...], Field(min_length=1)]
    but: tuple[str, ...] = ()
    says: MarkedText
    topic: Id


class Premise(Precise):
    """Something that people take for granted, and what our sources say of it: the entry's first sentence."""

    always: bool = False
    """Whether it is to be met even where nothing shows that the person takes it for granted."""


class Countries(ContentPart):
    """The question on countries; what is said of one, by its status towards development aid."""

    question: Id
    says: dict[Id, Annotated[MarkedText, Field(max_length=400)]]
    says_when: dict[Literal["host", "send"], dict[Id, Annotated[MarkedText, Field(max_length=400)]]] = Field(
        default_factory=dict
    )
    """What is said instead to whoever would have somebody from there come, or send somebody there."""
    topic: Id
    beside: tuple[Id, ...] = ()
    """Other entries, whose answer begins with what is said of the countries named."""
    refused_beside: tuple[Id, ...] = ()
    """And those where it does only for countries that the rule leaves out."""
    both: str = ", "
    """Between the last two of several."""
    not_names: tuple[str, ...] = ()
    """Of the usual ways to write countries, the ones that are something else in the midst of a sentence."""
    towns: dict[str, str] = Field(default_factory=dict)
    """By country, towns that tell it by themselves, as no commune of France bears their names: « a|b c »."""


class AcknowledgementText(ContentPart):
    """What is said to somebody who presents herself without asking, and the entries offered."""

    text: Annotated[French, may_hold("who")]
    somebody: French
    """Said in place of {text} where the body is not told."""
    topics: Annotated[tuple[Id, ...], Field(min_length=2, max_length=3)]
    denied: French
    denied_topics: Annotated[tuple[Id, ...], Field(min_length=1, max_length=3)]


class CaseSaid(ContentPart):
    """How a case is told in the first sentence: « une commune de 800 habitants (Gers) »."""

    small_up_to: int
    """Inhabitants."""
    somebody: French
    """Who asks, where only a size or a place is told."""
    sized: Annotated[French, filled_with("who", "size")]
    placed: Annotated[French, filled_with("who", "place")]
    to_confirm: Annotated[French, filled_with("points")]
    both: str
    points: dict[Id, French]
    """By criterion of the questionnaire: what is left to confirm while it is open."""


class SituationTexts(ContentPart):
    """`situation.yaml`."""

    actors: Annotated[tuple[ActorKind, ...], Field(min_length=1)]
    roles: tuple[Role, ...] = ()
    functions: str = ""
    """Functions that tell no body by themselves: « DGS », « chargée de mission »."""
    candidacy: Annotated[str, Field(min_length=1)]
    hosting: str = ""
    """What for an applicant that is no authority amounts to applying: « accueillir un volontaire »."""
    act_rules: tuple[ActRule, ...]
    case: CaseSaid
    openings: tuple[Opening, ...] = ()
    countries: Countries
    acknowledgement: AcknowledgementText
    precise: tuple[Precise, ...] = ()
    premises: tuple[Premise, ...] = ()
