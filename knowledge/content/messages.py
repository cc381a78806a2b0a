"""The sentences that the assistant says by itself: `messages.yaml`, one model a section."""

import re
from string import Formatter
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from knowledge.content.part import ContentPart
from knowledge.words.identifiers import Id
from knowledge.words.markup import MarkedText
from knowledge.words.typography import French


def filled_with(*names: str) -> AfterValidator:
    """Accept a sentence with all these {placeholders} and no others, as they are: « {n:>9} » may fail when said.

    {contact} may always be left out.
    """
    return _placeholders(names, needed={*names} - {"contact"})


def may_hold(*names: str) -> AfterValidator:
    """Accept a sentence whose {placeholders} are all among `names`: one of several, each with its own."""
    return _placeholders(names, needed=set())


def _placeholders(names: tuple[str, ...], needed: set[str]) -> AfterValidator:
    def check(text: str) -> str:
        try:
            used = {
                f"{name}!{conversion}" if conversion else f"{name}:{spec}" if spec else name
                for _, name, spec, conversion in Formatter().parse(text)
                if name is not None
            }
        except ValueError:
            used = {"{"}
        if unknown := used - set(names):
            raise PydanticCustomError(
                "bad_placeholder",
                "unknown placeholder {name}",
                {"name": f"{{{min(unknown)}}}", "known": ", ".join(f"{{{name}}}" for name in names)},
            )
        if lost := needed - used:
            raise PydanticCustomError("lost_placeholder", "lost {name}", {"name": f"{{{min(lost)}}}"})
        return text

    return AfterValidator(check)


def _one_line(text: str) -> str:
    if _NOT_IN_A_LINE.search(text):
        raise PydanticCustomError("one_line", "more than one line", {})
    return text


_NOT_IN_A_LINE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")

OneLine = Annotated[str, AfterValidator(_one_line)]
"""What stands in a header, or names a file: an end of line would break it."""


Label = Annotated[French, Field(max_length=40)]
"""The text of a button: longer ones are cut on a phone."""


COMMAND = "[a-z0-9_]{1,32}"
"""What Telegram takes as a command."""


SCREENS = frozenset({"aide", "annuler", "dates", "mesalertes", "mesdonnees", "mondossier", "start", "supprimer"})
"""Commands that open a screen of their own, by the names that the engine knows them by."""

OTHER_COMMANDS = frozenset({"cancel", "help", "menu", "reprendre"})
"""Those that do as well, and that no menu needs: other names of these, what a colleague types with a code."""


class MenuItem(ContentPart):
    """A button of the main menu."""

    label: Label
    topic: Id


class Command(ContentPart):
    """A Telegram command, and the topic that it opens when it is not a screen of its own."""

    name: Annotated[str, Field(pattern=rf"^{COMMAND}$")]
    description: Annotated[French, Field(max_length=256)]
    topic: Id | None = None


class Start(ContentPart):
    """First screen, help and menu."""

    greeting: French
    help: French
    unknown_link: French
    menu: Annotated[tuple[MenuItem, ...], Field(min_length=1, max_length=12)]
    menu_button: Label
    about: Annotated[French, Field(max_length=120)]
    description: Annotated[French, Field(max_length=512)]


class Questions(ContentPart):
    """Around the answers to typed questions."""

    at_point: Annotated[French, filled_with("entry")]
    on_subject: Annotated[French, filled_with("entry")]
    """A hesitation, where the subject was understood."""
    not_understood: Annotated[French, filled_with("contact")]
    """And where it was not."""
    none_of_these: Label
    none_noted: Annotated[French, filled_with("contact")]
    not_known: Annotated[French, filled_with("contact")]
    not_known_part: Annotated[French, filled_with("question")]
    not_known_again: Annotated[French, filled_with("contact")]
    not_ours: Annotated[French, filled_with("contact")]
    not_words: Annotated[French, filled_with("contact")]
    themes_button: Label
    themes: French
    theme: Annotated[French, filled_with("theme")]
    useful: Label
    useless: Label
    thanks_useful: French
    thanks_useless: Annotated[French, filled_with("contact")]
    already_voted: French
    too_many_votes: French
    contact_button: Label
    details_button: Label
    details_of: Annotated[French, filled_with("button")]


class Rendering(ContentPart):
    """The pieces that every answer may carry."""

    source: Annotated[French, filled_with("sources")]
    source_next: str
    """Between sources read in different months."""
    source_read: Annotated[French, filled_with("names", "month")]
    source_old: Annotated[French, filled_with("names", "month", "age")]
    stale: Annotated[French, filled_with("age")]
    according_to: Annotated[French, filled_with("says", "source")]
    disagreement: Annotated[French, filled_with("label", "others", "source", "because")]
    other_version: Annotated[French, filled_with("says", "source")]
    months: Annotated[tuple[str, ...], Field(min_length=12, max_length=12)]
    first_of_month: Annotated[str, filled_with("day")]
    day: Annotated[French, filled_with("date")]
    month: Annotated[French, filled_with("date")]
    span: Annotated[French, filled_with("start", "end")]
    at_time: Annotated[French, filled_with("date", "hour")]
    hour: Annotated[str, filled_with("hour", "minutes")]
    full_hour: Annotated[str, filled_with("hour")]
    past: Annotated[French, filled_with("delay")]
    future: Annotated[French, filled_with("delay")]
    soon: French
    today: French
    now: French
    unknown_date: French
    provisional: French
    provisional_calendar: Annotated[French, filled_with("call")]
    one_day: French
    days: Annotated[French, filled_with("n")]
    months_delay: Annotated[French, filled_with("n")]
    years: Annotated[French, filled_with("n")]
    call_open: Annotated[French, filled_with("call", "closing", "status")]
    call_upcoming: Annotated[French, filled_with("call", "opening", "closing", "status")]
    call_closed: Annotated[French, filled_with("closing", "status")]
    call_announced: Annotated[French, filled_with("closing", "opening", "status")]
    """The same, where the announcement is known too."""
    call_unknown: French
    """Said first while a call without dates is the one that people ask about."""
    call_none: French
    """Said first when nothing tells of any call after the last one."""
    call_brief: French
    """Instead of both, and of what follows, where another question is asked."""
    call_for: Annotated[French, filled_with("audience", "told")]
    """The same of those whom nobody named."""
    call_undated: French
    timeline_item: Annotated[French, filled_with("call", "label", "when")]
    timeline_unknown: Annotated[French, filled_with("call")]
    banner: Annotated[French, filled_with("text")]
    acronym: Annotated[French, filled_with("acronym", "means")]
    acronym_others: Annotated[French, filled_with("acronyms")]
    """All other acronyms, by name: they can be asked for."""
    acronym_defined: Annotated[French, filled_with("acronym", "means", "definition")]


class Inputs(ContentPart):
    """Reactions to what is not a typed question in a private chat."""

    voice: French
    picture: French
    sticker: French
    location: French
    contact: French
    document: French
    other: French
    edited: French
    group: French
    too_long: Annotated[French, filled_with("limit")]
    unknown_command: French
    english: Annotated[str, filled_with("contact")]
    other_language: Annotated[str, filled_with("contact")]
    foreign_again: Annotated[French, filled_with("contact")]
    old_button: French


class Errors(ContentPart):
    """When something failed on our side."""

    internal: Annotated[French, filled_with("contact")]
    too_many: French


class Privacy(ContentPart):
    """What is kept of a person: shown, and erased, on request."""

    processing: Annotated[MarkedText, filled_with("controller", "dpo", "legal_basis", "recipients")]
    """Who handles what is sent, and why; `processing_missing` until the team has told."""
    processing_missing: MarkedText
    nothing: French
    held: Annotated[French, filled_with("dossiers")]
    file: OneLine
    erase_question: French
    erase_button: Label
    erased: Annotated[French, filled_with("contact")]
    erased_sent: Annotated[French, filled_with("contact")]


class Messages(ContentPart):
    """Everything in `messages.yaml`."""

    commands: Annotated[tuple[Command, ...], Field(min_length=1)]
    start: Start
    questions: Questions
    rendering: Rendering
    inputs: Inputs
    privacy: Privacy
    errors: Errors
