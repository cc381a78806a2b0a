"""The models of `prequalification.yaml`: questions, conditions, criteria, verdicts, example situations."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from knowledge.content.calendar import PartialDate
from knowledge.content.messages import may_hold
from knowledge.content.part import ContentPart, TextPart
from knowledge.content.questionnaire_words import QuestionnaireWords
from knowledge.words.identifiers import Id
from knowledge.words.typography import French

UNKNOWN = "unknown"
"""The option « Je ne sais pas », with the same id in every question that has it."""


class Outcome(StrEnum):
    """What the answers say of a criterion, best first."""

    MET = "met"
    OPEN = "open"
    UNMET = "unmet"


class Bounds(ContentPart):
    """A number within bounds, both included."""

    at_least: int | None = None
    at_most: int | None = None


class Condition(ContentPart):
    """Data, not a language. In YAML, questions stand beside `all`, `any` and `not`; everything must hold:

    `{applicant: [authority], any: [{authority.zone: [drom, com]}, {authority.population: {at_most: 3500}}]}`

    A dot reaches into a recognised authority.
    """

    answers: dict[str, Annotated[tuple[str, ...], Field(min_length=1)] | Bounds] = Field(default_factory=dict)
    all_of: Annotated[tuple["Condition", ...], Field(alias="all")] = ()
    any_of: Annotated[tuple["Condition", ...], Field(alias="any")] = ()
    none_of: Annotated["Condition | None", Field(alias="not")] = None

    @model_validator(mode="before")
    @classmethod
    def _spread(cls, value: Any) -> Any:
        if not isinstance(value, dict) or "answers" in value:
            return value
        logic = {key: value[key] for key in ("all", "any", "not") if key in value}
        return {"answers": {key: test for key, test in value.items() if key not in logic}, **logic}


class Option(ContentPart):
    """An answer that one may choose. `also`: other ways to type it."""

    id: Id
    label: Annotated[French, Field(max_length=60)]
    also: tuple[str, ...] = ()
    said: French | None = None
    """How the answer is told away from its question: « Accueillir et envoyer », not « Les deux »."""
    together: tuple[Id, ...] = ()
    """The options that say this one, where all of them are told: « on envoie et on accueille »."""


CountryCode = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
"""ISO 3166-1."""


class AidStatus(StrEnum):
    """What a dated list says of a country towards development aid."""

    RECIPIENT = "recipient"
    OTHER = "other"


class AidList(ContentPart):
    """`pays.yaml`: a dated list of the countries that receive development aid. Given, it decides."""

    source: French
    date: date
    countries: dict[CountryCode, AidStatus]


class Aid(ContentPart):
    """What is known without such a list."""

    destinations: tuple[CountryCode, ...] = ()
    """Where the sources cite volunteers sent by the programme."""
    origins: tuple[CountryCode, ...] = ()
    """Where those come from whom they cite as hosted here."""
    union: tuple[CountryCode, ...] = ()
    """Member States of the European Union: the list leaves them out by its rule."""
    dated: AidList | None = None
    """Put here when the package has a `pays.yaml`."""


class Question(ContentPart):
    """One thing to ask, when `ask_if` holds. `label`: its name in the recap."""

    id: Id
    kind: Literal["choice", "several", "authority", "country", "number", "text", "name", "email", "phone"] = "choice"
    text: French
    help: French | None = None
    label: Annotated[French, Field(max_length=40)]
    ask_if: Condition | None = None
    options: tuple[Option, ...] = ()
    states_a_fact: bool = False
    """Whether the answer states what is, not what one would do: nobody is invited to answer it otherwise."""
    doubts_no: bool = False
    """Whether a long « non… » may say the contrary: « non, on n'a personne pour ça », of a need."""
    keep_words: bool = False
    """Whether what was typed is kept beside the option that it means: which country, which priority."""
    otherwise: Id | None = None
    """The option that any other words mean: it has no button."""
    bare: Id | None = None
    """The option that a bare « oui » or a number means, and that says no more: it has no button."""
    without_a_name: tuple[str, ...] = ()
    """Of a question that wants a name: what people type that is none, such as « oui »."""
    aid: "Aid | None" = None
    """Of a question on countries: what is known of their status towards development aid."""
    called: tuple[str, ...] = ()
    """How people name what it asks, beside its label: « la destination », of the country."""
    tells_case: bool = False
    """Whether the answer is of those that sum the case up in a sentence."""
    names_applicant: bool = False
    """Whether the answer is the name of who applies: an organisation that no register has."""
    abroad: Id | None = None
    """Of a question on authorities: what a place in another country answers to the first question."""
    of_bodies: dict[str, Id] = Field(default_factory=dict)
    """By body of `authorities.yaml` (syndicat, petr…) that was typed in place of an authority: the answer it gives."""


class Ending(ContentPart):
    """An early end: why not, and where to go instead."""

    id: Id
    when: Annotated[Condition, Field(alias="if")]
    text: French
    topic: Id


COUNTRIES = ("left_out", "others")
"""What the sentences of a rule may name: of several countries, those that the aid does not cover, and the others."""


class Rule(ContentPart):
    """An outcome, when its condition holds; without one, always."""

    outcome: Outcome
    when: Annotated[Condition | None, Field(alias="if")] = None
    text: Annotated[French, may_hold(*COUNTRIES)]
    team: Annotated[French, may_hold(*COUNTRIES)] | None = None
    """The same for the team that examines the dossier, and for the council: of nobody, to nobody."""
    says: French | None = None
    """What another source says of this very case, in our words; beside what the criterion's own says."""
    source: Id | None = None
    ready: French | None = None
    """Where this rule decides, how far one is, in place of « prêt pour un appel, une fois… »."""


class Criterion(ContentPart):
    """A condition of the programme. `rules`: the first that holds decides, so the last has no `if`."""

    id: Id
    title: Annotated[French, Field(max_length=70)]
    applies_if: Condition
    rules: Annotated[tuple[Rule, ...], Field(min_length=1)]
    quote: French | None = None
    """What the source says, word for word; where its words are not known, `says` tells them in ours."""
    says: French | None = None
    source: Id
    checked_on: PartialDate | None = None
    review_by: PartialDate | None = None

    @model_validator(mode="after")
    def _says_something_once(self) -> Self:
        if (self.quote is None) == (self.says is None):
            raise PydanticCustomError("quote_or_says", "either quote or says")
        return self


class Advice(ContentPart):
    """A sentence for those it fits."""

    when: Annotated[Condition, Field(alias="if")]
    text: French


class ToAsk(TextPart):
    """What nobody but the team can tell, as one asks it, and as the team is told that it was left without an answer."""

    text: French
    team: French | None = None


class Calendar(ContentPart):
    """Whose calls concern whom; `text`: what is said while none is open or announced."""

    when: Annotated[Condition, Field(alias="if")]
    audience: Id
    text: French
    to_ask: tuple[ToAsk, ...] | None = None
    """What they may ask the team, instead of the questions of all."""


class Example(ContentPart):
    """A named situation: what the verdict must be. `tevo check` runs them."""

    name: French
    answers: dict[str, Any]
    verdict: Outcome | Literal["ended"]
    criteria: dict[str, Outcome] = Field(default_factory=dict)
    ends: Id | None = None


class Form(ContentPart):
    """`prequalification.yaml`."""

    words: QuestionnaireWords
    offered_with: tuple[Id, ...] = ()
    """The topics under whose answers it is offered. After the first, which invites to it, « oui » opens it."""
    papers_with: tuple[Id, ...] = ()
    """Those under which the note and the kit are, for somebody who brings the idea to who may apply."""
    known_from: dict[Id, dict[Id, str]] = Field(default_factory=dict)
    """By topic that somebody asked about: the answers that go without asking."""
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]
    endings: tuple[Ending, ...] = ()
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1)]
    advice: tuple[Advice, ...] = ()
    calendar: tuple[Calendar, ...] = ()
    """Those whom the calls to local authorities do not concern."""
    to_ask: tuple[ToAsk, ...] = ()
    """What nobody but the team can tell: listed with every verdict."""
    examples: tuple[Example, ...] = ()


def with_aid_list(form: Form, dated: AidList) -> Form:
    """The form, of which the questions on countries are decided by this list."""
    questions = (
        question.model_copy(update={"aid": (question.aid or Aid()).model_copy(update={"dated": dated})})
        if question.kind == "country"
        else question
        for question in form.questions
    )
    return form.model_copy(update={"questions": tuple(questions)})
