"""The models of what the papers say: the recap, the council's kit, the note of one page."""

from typing import Annotated

from pydantic import Field

from knowledge.content.messages import Label, OneLine, filled_with, may_hold
from knowledge.content.part import ContentPart, TextPart
from knowledge.words.identifiers import Id
from knowledge.words.typography import French


class RecapWords(ContentPart):
    """The PDF that the person may circulate."""

    button: Label
    file: Annotated[OneLine, filled_with("reference")]
    draft: str
    """Stands for the reference while there is none."""
    title: French
    author: French
    footer: French
    reference: French
    disclaimer: French
    disclaimer_rules: Annotated[French, filled_with("rules")]
    """The same where the rules of the call are known."""
    criteria: French
    answers: French
    question: French
    answer: French
    """The headings of the table of answers."""
    left_open: French
    """Stands for « je ne sais pas », in the mail and in every paper."""
    calendar: French
    questions: French
    contact: French
    no_authority: French
    unverified: French
    marks: dict[str, str]
    """By outcome, in letters: the font has no emojis."""
    source: Annotated[French, filled_with("quote", "source")]
    paraphrase: Annotated[French, filled_with("says", "source")]
    page_dated: Annotated[French, filled_with("date")]
    page_undated: French
    page_read: Annotated[French, filled_with("date")]
    """Of a source, in the papers that list theirs: the date of the page, or that it has none; the day it was read."""


ANSWERED = ("name", "kind", "population", "country", "priority", "direction")
"""What a sentence of the kit may be filled with: who applies, and answers in words."""


class KitLine(TextPart):
    """A sentence of the kit, and the source that says it, where it says more than the answers."""

    text: Annotated[French, may_hold(*ANSWERED)]
    source: Id | None = None


class KitWords(ContentPart):
    """The PDF for the council, from the same answers. What is not known stays blank."""

    button: Label
    file: Annotated[OneLine, filled_with("reference")]
    title: French
    author: French
    footer: French
    note_title: French
    applicant: Annotated[French, filled_with("name", "kind")]
    """Who applies, under the title; the name alone where no kind is known."""
    blank: str
    """Stands for what is not known."""
    note: tuple[KitLine, ...]
    situation: French
    question: French
    answer: French
    """The headings of the table of answers."""
    points: French
    no_points: French
    unmet: French
    """Before a point that is no question any more."""
    calendar: French
    decision_title: French
    warning: French
    decision: tuple[KitLine, ...]
    questions: French
    sources: French
    contact: French


class NoteLine(ContentPart):
    """A sentence of the note, and the source that says it; none for what we do not know."""

    text: French
    source: Id | None = None


class NotePart(ContentPart):
    """A part of the note."""

    title: French
    lines: Annotated[tuple[NoteLine, ...], Field(min_length=1)]


class NoteWords(ContentPart):
    """The PDF of one page for whoever has not answered anything: it can be forwarded, nothing personal is in it."""

    button: Label
    file: OneLine
    title: French
    author: French
    footer: French
    parts: Annotated[tuple[NotePart, ...], Field(min_length=1)]
    calendar: French
    questions: French
    sources: French
    to_ask: Annotated[tuple[French, ...], Field(min_length=3, max_length=3)]
    contact: French
