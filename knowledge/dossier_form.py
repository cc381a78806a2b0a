"""The models of `dossier.yaml`: what is said and asked before a dossier is sent, and the e-mail."""

from typing import Annotated

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from knowledge.form import Part, Question
from knowledge.identifiers import Id
from knowledge.markup import MarkedText
from knowledge.messages import Label, filled_with
from knowledge.typography import French

DOSSIER = "dossier.yaml"
"""The file, in a content package."""

EMAIL = "email"
"""The id of the question whose answer the team replies to."""


class DossierWords(Part):
    """What is said around the sending. The names say when; braces are filled in."""

    send_button: Label
    notice: MarkedText
    accept: Label
    refuse: Label
    refused: French
    skip: Label
    skipped: French
    cancel: Label
    cancelled: French
    recap: Annotated[MarkedText, filled_with("lines", "contact")]
    line: Annotated[French, filled_with("label", "value")]
    confirm: Label
    correct: Label
    waiting: Annotated[MarkedText, filled_with("reference")]
    kept: Annotated[MarkedText, filled_with("reference", "contact")]
    already: Annotated[French, filled_with("reference")]
    none: French
    status_waiting: Annotated[French, filled_with("reference", "created")]
    status_sent: Annotated[French, filled_with("reference", "created", "sent")]
    status_held: Annotated[French, filled_with("reference", "created", "contact")]
    status_kept: Annotated[French, filled_with("reference", "created", "contact")]
    erase_button: Label
    erased: Annotated[French, filled_with("contact")]
    old_button: French
    day: Annotated[French, filled_with("date", "time")]
    time: str
    """As `strftime` writes it."""


class RecapWords(Part):
    """The PDF that the person may circulate."""

    button: Label
    file: Annotated[str, filled_with("reference")]
    draft: str
    """Stands for the reference while there is none."""
    title: French
    author: French
    footer: French
    reference: French
    disclaimer: French
    criteria: French
    answers: French
    calendar: French
    questions: French
    contact: French
    no_authority: French
    marks: dict[str, str]
    """By outcome, in letters: the font has no emojis."""
    source: Annotated[French, filled_with("quote", "source")]


class MailWords(Part):
    """The e-mail that the team receives."""

    subject: Annotated[str, filled_with("reference", "authority", "verdict")]
    no_authority: str
    verdicts: dict[str, str]
    marks: dict[str, str]
    body: Annotated[French, filled_with("reference", "contact", "verdict", "criteria", "answers")]


class DossierForm(Part):
    """`dossier.yaml`."""

    words: DossierWords
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]
    optional: tuple[Id, ...] = ()
    """The questions that may be skipped."""
    mail: MailWords
    recap: RecapWords

    @model_validator(mode="after")
    def _has_email(self) -> "DossierForm":
        if not any(question.id == EMAIL and question.kind == "email" for question in self.questions):
            raise PydanticCustomError("no_email_question", "no e-mail question", {})
        return self
