"""The models of `prequalification.yaml`: questions, conditions, criteria, verdicts, example situations."""

from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from knowledge.content.calendar import Audience, PartialDate
from knowledge.content.messages import Label, filled_with
from knowledge.words.identifiers import Id
from knowledge.words.markup import MarkedText
from knowledge.words.typography import French

FORM = "prequalification.yaml"
"""The file, in a content package."""

UNKNOWN = "unknown"
"""The option « Je ne sais pas », with the same id in every question that has it."""


class Outcome(StrEnum):
    """What the answers say of a criterion, best first."""

    MET = "met"
    OPEN = "open"
    UNMET = "unmet"


class Part(BaseModel):
    """A part of a questionnaire's file: unknown keys are mistakes."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Bounds(Part):
    """A number within bounds, both included."""

    at_least: int | None = None
    at_most: int | None = None


class Condition(Part):
    """Data, not a language. In YAML, questions stand beside `all`, `any` and `not`; everything must hold:

    `{applicant: [authority], any: [{authority.zone: [drom, com]}, {authority.population: {at_most: 3500}}]}`

    A dot reaches into a recognised authority.
    """

    answers: dict[str, Annotated[tuple[str, ...], Field(min_length=1)] | Bounds] = {}
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


class Option(Part):
    """An answer that one may choose. `also`: other ways to type it."""

    id: Id
    label: Annotated[French, Field(max_length=60)]
    also: tuple[str, ...] = ()


class Question(Part):
    """One thing to ask, when `ask_if` holds. `label`: its name in the recap."""

    id: Id
    kind: Literal["choice", "several", "authority", "number", "text", "email", "phone"] = "choice"
    text: French
    help: French | None = None
    label: Annotated[French, Field(max_length=40)]
    ask_if: Condition | None = None
    options: tuple[Option, ...] = ()
    states_a_fact: bool = False
    """Whether the answer states what is, not what one would do: nobody is invited to answer it otherwise."""
    keep_words: bool = False
    """Whether what was typed is kept beside the option that it means: which country, which priority."""


class Ending(Part):
    """An early end: why not, and where to go instead."""

    id: Id
    when: Annotated[Condition, Field(alias="if")]
    text: French
    topic: Id


class Rule(Part):
    """An outcome, when its condition holds; without one, always."""

    outcome: Outcome
    when: Annotated[Condition | None, Field(alias="if")] = None
    text: French


class Criterion(Part):
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


class Advice(Part):
    """A sentence for those it fits."""

    when: Annotated[Condition, Field(alias="if")]
    text: French


class Calendar(Part):
    """Whose calls concern whom; `text`: what is said while none is open or announced."""

    when: Annotated[Condition, Field(alias="if")]
    audience: Audience
    text: French


class Example(Part):
    """A named situation: what the verdict must be. `tevo check` runs them."""

    name: French
    answers: dict[str, Any]
    verdict: Outcome | Literal["ended"]
    criteria: dict[str, Outcome] = {}
    ends: Id | None = None


class Words(Part):
    """What the questionnaire says by itself. The names say when; braces are filled in."""

    start: Annotated[French, filled_with("questions", "minutes")]
    prepare_title: French
    prepare: tuple[French, ...]
    prepare_note: French
    resume: French
    progress: Annotated[French, filled_with("number", "total")]
    back: Label
    back_also: tuple[str, ...] = ()
    """Other ways to type it, as for each « also »."""
    later: Label
    later_also: tuple[str, ...] = ()
    cancel: Label
    cancel_also: tuple[str, ...] = ()
    dont_know: Label
    dont_know_also: tuple[str, ...] = ()
    done_choosing: Label
    chosen: Annotated[French, filled_with("label")]
    confirm_known: Annotated[French, filled_with("said")]
    confirm: Label
    confirm_also: tuple[str, ...] = ()
    deny: Label
    deny_also: tuple[str, ...] = ()
    switched: Annotated[French, filled_with("answer")]
    paused: French
    cancelled: French
    undo_button: Label
    undone: French
    undo_too_late: French
    nothing_to_cancel: French
    resume_button: Label
    start_button: Label
    restart_button: Label
    edit_button: Label
    edit: French
    old_button: French
    not_understood: French
    back_to_question: French
    number_expected: French
    text_expected: French
    email_expected: French
    email_meant: Annotated[French, filled_with("email")]
    phone_expected: French
    authority_none: French
    authority_which: French
    authority_body: French
    """After the sentence on a body that the register does not have: « PETR du Pays Lauragais »."""
    first_also: tuple[str, ...] = ()
    """Ways to say that it is the first of several."""
    authority_label: Annotated[French, filled_with("name", "kind", "place", "population")]
    changed_form: French
    recap: French
    answered: Annotated[French, filled_with("label", "answer")]
    in_own_words: Annotated[French, filled_with("answer", "words")]
    verdict_met: MarkedText
    verdict_open: MarkedText
    verdict_unmet: MarkedText
    decides: MarkedText
    met: French
    open: French
    unmet: French
    quote: Annotated[MarkedText, filled_with("quote", "source")]
    paraphrase: Annotated[MarkedText, filled_with("says", "source")]
    change: Annotated[French, filled_with("changes")]
    change_one: Annotated[French, filled_with("question", "answers")]
    change_found: Annotated[French, filled_with("question")]
    change_answer: Annotated[French, filled_with("answer")]
    either: str
    both: str
    to_ask: French
    today: French
    ready: French
    ready_once: French
    apply_before: Annotated[French, filled_with("closing")]
    advice: French
    write: French
    message_button: Label
    message_intro: Annotated[French, filled_with("contact")]
    message: Annotated[French, filled_with("who", "answers", "points", "questions", "reach")]
    message_open: Annotated[French, filled_with("title", "text")]
    blank: French
    reach_blank: French
    """Stands for how to reach the person, who has not said."""
    no_points: French
    kinds: dict[str, French]


class Form(Part):
    """`prequalification.yaml`."""

    words: Words
    offered_with: tuple[Id, ...] = ()
    """The topics under whose answers the questionnaire is offered."""
    known_from: dict[Id, dict[Id, str]] = {}
    """By topic that somebody asked about: the answers that go without asking."""
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]
    endings: tuple[Ending, ...] = ()
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1)]
    advice: tuple[Advice, ...] = ()
    calendar: tuple[Calendar, ...] = ()
    """Those whom the calls to local authorities do not concern."""
    to_ask: tuple[French, ...] = ()
    """What nobody but the team can tell: listed with every verdict."""
    examples: tuple[Example, ...] = ()
