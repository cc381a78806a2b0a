"""The model of `calendrier.yaml`: what is said of the dates, on the screen, in an agenda, on a picture, in alerts."""

from typing import Annotated

from pydantic import Field

from knowledge.content.calendar import MilestoneKind
from knowledge.content.messages import Label, OneLine, filled_with
from knowledge.content.part import ContentPart
from knowledge.words.identifiers import Id
from knowledge.words.markup import MarkedText
from knowledge.words.typography import French

TypedWords = Annotated[tuple[Annotated[str, Field(pattern=r"^[a-z]+\*?$")], ...], Field(min_length=1)]
"""Words as typed, without accents; « limit* » is any that begins so: « limite », « limitte »."""


class DateScreenTexts(ContentPart):
    """/dates, and where the agenda and the alerts are offered."""

    topic: Id
    offered_with: tuple[Id, ...]
    see_all_button: Label
    all: Annotated[French, filled_with("date")]
    call: Annotated[French, filled_with("call")]
    programme: French
    item: Annotated[French, filled_with("label", "when")]
    source: Annotated[French, filled_with("sources")]


class KindReply(ContentPart):
    """What is said of one kind of milestone, by its status."""

    past: Annotated[French, filled_with("when", "call", "status")]
    coming: Annotated[French, filled_with("when", "call", "status")]
    unknown: French


class DateSentences(ContentPart):
    """First sentences: what follows from a day that somebody typed, or from the step that was asked about."""

    in_time: Annotated[French, filled_with("day", "status", "call", "closing")]
    last_day: Annotated[French, filled_with("day", "status", "call", "closing")]
    too_late: Annotated[French, filled_with("day", "call", "closing")]
    too_early: Annotated[French, filled_with("day", "call", "opening")]
    past: Annotated[French, filled_with("day", "delay")]
    unknown: Annotated[French, filled_with("day")]
    that_day: Annotated[French, filled_with("label", "call", "when")]
    kinds: dict[MilestoneKind, KindReply]


class DateQuestionTexts(ContentPart):
    """How a question about dates is read, and its first sentence."""

    words: dict[MilestoneKind, TypedWords]
    with_a_day: TypedWords
    around_a_day: TypedWords
    replies: DateSentences


class AgendaTexts(ContentPart):
    """« Ajouter à mon agenda »."""

    button: Label
    file: OneLine
    name: French
    caption: Annotated[French, filled_with("n")]
    paris_time: French
    nothing: French
    summary: Annotated[French, filled_with("call", "label")]
    description: Annotated[French, filled_with("source", "contact")]
    provisional: French
    hour: French


class Picture(ContentPart):
    """The timeline as an image."""

    file: OneLine
    caption: Annotated[French, filled_with("date")]
    title: French
    subtitle: French
    today: Annotated[French, filled_with("date")]
    undated: French
    closing: Annotated[French, filled_with("when")]
    coming: Annotated[French, filled_with("when")]
    other: Annotated[French, filled_with("label", "when")]
    legend_call: French
    legend_missions: French
    legend_vague: French


class Alerts(ContentPart):
    """« Me prévenir »: the consent, and the messages."""

    button: Label
    stop_button: Label
    dates_button: Label
    offer: MarkedText
    on: MarkedText
    is_on: Annotated[French, filled_with("date")]
    is_off: French
    off: French
    held: Annotated[French, filled_with("date")]
    new_call: Annotated[French, filled_with("call")]
    changed: Annotated[French, filled_with("call")]
    item: Annotated[French, filled_with("label", "when")]
    item_changed: Annotated[French, filled_with("label", "when", "before")]
    item_withdrawn: Annotated[French, filled_with("label", "before")]
    reminder: Annotated[French, filled_with("days", "call", "label", "when")]
    footer: Annotated[French, filled_with("contact")]


class CalendarTexts(ContentPart):
    """Everything in `calendrier.yaml`."""

    screen: DateScreenTexts
    questions: DateQuestionTexts
    agenda: AgendaTexts
    picture: Picture
    alerts: Alerts
