"""The model of `conversation.yaml`: how people speak of their own matters and repair the conversation."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from knowledge.content.follow_ups import FollowUps
from knowledge.content.messages import filled_with, may_hold
from knowledge.content.part import ContentPart
from knowledge.content.told_facts import Expression
from knowledge.words.identifiers import Id
from knowledge.words.markup import MarkedText
from knowledge.words.typography import French


class DialogueAct(StrEnum):
    """What a message does, where it asks nothing about the programme."""

    CODE = "code"
    """Has a code to go on with a colleague's draft, or asks what it is for."""
    HAND_OVER = "hand-over"
    INQUIRY = "inquiry"
    """Wants the question sent to the team."""
    KEEP = "keep"
    """Nothing is to be erased or sent."""
    STOP_ALL = "stop-all"
    """Wants to stop, without saying what."""
    STOP_ALERTS = "stop-alerts"
    ALERTS = "alerts"
    ERASE = "erase"
    DATA = "data"
    REMEMBER = "remember"
    """Wants something to be remembered: « retenez que nous sommes une région »."""
    NOTED = "noted"
    """Asks what was understood of oneself so far."""
    PROJECT = "project"
    """Wants one's own project summed up, and what it lacks."""
    PRIVACY = "privacy"
    """Asks who sees what was said here."""
    CORRECT = "correct"
    RESUME = "resume"
    DOSSIER = "dossier"
    NOTE = "note"
    """Wants the page on the programme that can be passed on."""
    KIT = "kit"
    """Wants the council's kit."""

    AGAIN = "again"
    SHORTER = "shorter"
    ALL_SHORTER = "all-shorter"
    """The same of all that was said lately."""
    SIMPLER = "simpler"
    MORE = "more"
    """Wants to know more of the same."""
    EXAMPLE = "example"
    WHY = "why"
    WHY_UNKNOWN = "why-unknown"
    """Asks why the assistant does not know."""
    SOURCE = "source"
    DATED = "dated"
    """Asks of when the answer is."""
    ALL_SOURCES = "all-sources"
    """The same of all that was said lately."""
    TABLE = "table"
    """Wants what was said line by line, with its sources."""
    IN_WRITING = "in-writing"
    """Wants what was said in writing, for somebody else."""
    DOUBT = "doubt"
    NOT_THAT = "not-that"
    """Says that the answer is about something else."""
    DROP = "drop"
    WAIT = "wait"
    HUMAN = "human"
    BY_MAIL = "by-mail"
    COMPLAINT = "complaint"
    INSULT = "insult"
    TOLD = "told"
    """Asks of the assistant itself or of one's own matters what one sentence answers: see `ConversationWords.told`."""


OWN_MATTERS = frozenset(
    {
        DialogueAct.CODE,
        DialogueAct.HAND_OVER,
        DialogueAct.KEEP,
        DialogueAct.STOP_ALL,
        DialogueAct.STOP_ALERTS,
        DialogueAct.ALERTS,
        DialogueAct.ERASE,
        DialogueAct.DATA,
        DialogueAct.REMEMBER,
        DialogueAct.NOTED,
        DialogueAct.PROJECT,
        DialogueAct.CORRECT,
        DialogueAct.RESUME,
        DialogueAct.DOSSIER,
    }
)
"""Acts on what is the person's own: only what one typed oneself does them."""

REPAIRS = frozenset(
    {
        DialogueAct.AGAIN,
        DialogueAct.SHORTER,
        DialogueAct.ALL_SHORTER,
        DialogueAct.SIMPLER,
        DialogueAct.MORE,
        DialogueAct.EXAMPLE,
        DialogueAct.WHY,
        DialogueAct.WHY_UNKNOWN,
        DialogueAct.SOURCE,
        DialogueAct.DATED,
        DialogueAct.ALL_SOURCES,
        DialogueAct.IN_WRITING,
        DialogueAct.TABLE,
        DialogueAct.DOUBT,
        DialogueAct.NOT_THAT,
    }
)
"""Acts on the answer before: without one they mean nothing."""


GroupCondition = Annotated[str, Field(pattern=r"^(?:(?:!?@?[a-z-]+(?:~[a-z-]+)?|<[0-9]+)(?: |$))+$", max_length=200)]
"""Names of groups, all of which must be said; `!name`: not said; `<7`: in fewer than seven words; `@alerts`: just
after that screen; `!@alerts`: not just after it; `one~other`: both at a few words from each other, in one clause."""


class Recognised(ContentPart):
    """How a message is recognised: any of its conditions. What it must and must not take, for the check."""

    when: tuple[GroupCondition, ...] = ()
    phrases: tuple[Annotated[str, Field(min_length=1, max_length=600)], ...] = ()
    """How it is said, with its variants as in `detresse-phrases.yaml`: what is near enough is recognised too."""
    examples: Annotated[tuple[str, ...], Field(min_length=1)]
    other: tuple[str, ...] = ()
    """Messages that look like it and are not."""
    but: tuple[Id, ...] = ()
    """Groups of which nothing is said: another thing is meant then, however alike it looks."""


class ActWords(Recognised):
    """How one act is recognised."""

    topic: Id | None = None
    """The entry that answers, where it is not a screen; that which a text for somebody else begins with."""
    words: tuple[Id, ...] = ()
    """Groups that say it and ask nothing beside; none: the one named after it, « source-words »."""


class StockReply(Recognised):
    """What one sentence answers, where no screen and no entry does."""

    after: tuple[str, ...] = ()
    """Only after one of these screens; none: anywhere."""
    asks_nothing: bool = False
    """Only to a message without a question: what is told by the way."""
    says: MarkedText
    topics: tuple[Id, ...] = ()
    """Entries offered below."""


class DialogueSentences(ContentPart):
    """What is said around them. The names say when; braces are filled in."""

    kept: French
    not_subscribed: Annotated[French, filled_with("contact")]
    stop_which: Annotated[MarkedText, filled_with("ways")]
    stop_alerts: MarkedText
    stop_form: MarkedText
    stop_everything: MarkedText
    hand_over: French
    nothing_to_resume: French
    nothing_to_correct: Annotated[MarkedText, filled_with("contact")]
    """What was sent elsewhere comes first: who asks for it without a dossier here means that."""
    said_again: French
    again: French
    shorter: French
    all_shorter: French
    all_shorter_for: Annotated[French, filled_with("case")]
    """The same, for who is known."""
    table: French
    table_source: French
    """Before the sources of what stands above."""
    in_writing: French
    in_writing_end: Annotated[French, filled_with("contact")]
    noted: Annotated[French, filled_with("said")]
    nothing_noted: French
    remembered: Annotated[French, filled_with("said")]
    """What is remembered of what one wants to be, and for how long."""
    not_remembered: Annotated[French, filled_with("contact")]
    """The same where it is nothing that is remembered."""
    project_missing: French
    """What tells what a project lacks."""
    simpler: French
    example: French
    no_example: French
    known_examples: French
    """Before an entry that tells of examples, where the one before has none left."""
    sources: French
    sources_of: Annotated[French, filled_with("entry")]
    """Before the sources of an entry of before the last one."""
    dated: French
    """Before the sources of an answer, with when they were read."""
    no_simpler: French
    """There are no simpler words for what was told; before the plain words of its entry, where it has them."""
    sources_unknown: French
    """Before the sources of an entry, where the point that was told of it is that we do not know."""
    not_cited: Annotated[French, filled_with("contact")]
    """The entry cites no document, and is not about the assistant."""
    no_source: French
    """The assistant spoke of itself."""
    doubt: French
    why: French
    on_that: French
    dropped: French
    wait: French
    sign: French
    sign_again: French
    emoji: French
    greeting: French
    not_that: French
    answered_instead: French
    """Before the entry that was likely meant instead."""
    why_unknown: Annotated[French, filled_with("contact")]
    holds: French
    """Before the first sentence of the entry just shown, where it answers this too."""
    nothing_more: Annotated[French, may_hold("entry", "contact")]
    nothing_more_again: Annotated[French, filled_with("contact")]
    not_that_again: Annotated[French, filled_with("contact")]
    by_mail: Annotated[French, filled_with("contact")]
    by_mail_again: Annotated[French, filled_with("contact")]
    complaint: Annotated[French, filled_with("contact")]
    complaint_again: Annotated[French, filled_with("contact")]
    insult: Annotated[French, filled_with("contact")]
    insult_after: Annotated[French, filled_with("contact")]
    """The same where something was talked about: what is known of it follows."""
    insult_again: Annotated[French, filled_with("contact")]
    about: Annotated[French, filled_with("said")]
    checked: French
    """Before what holds of a figure that was put in doubt."""
    contested: Annotated[French, filled_with("contact")]
    concluded: French
    denied: French
    for_us: Annotated[French, filled_with("contact")]
    """Before the last answer, where others say otherwise, its conclusion, its opposite or one's own place is asked."""
    not_that_year: Annotated[French, filled_with("year", "entry", "contact")]
    told_fact: Annotated[French, filled_with("said")]
    """Before what a fact of the project changes."""
    instead_of: Annotated[French, filled_with("now", "before")]
    renamed: Annotated[French, filled_with("now", "before")]
    """A name put right, which is that of no country."""
    years: Annotated[French, filled_with("years")]
    both: str
    """Between the last two of several."""
    keyboard: Annotated[French, filled_with("read")]


class LinesWanted(ContentPart):
    """How « en cinq lignes, sans les trucs incertains » is read."""

    numbers: dict[Expression, Annotated[int, Field(ge=2, le=20)]]
    called: tuple[Expression, ...]
    """What there are so many of: « lignes », « points »."""
    unsure: tuple[Expression, ...] = ()
    """How our own sentences say that they are not sure, beside the admissions; « sure-only » leaves them out."""


class ConversationWords(ContentPart):
    """`conversation.yaml`. Acts are tried in the order in which they are written."""

    sentences: DialogueSentences

    keyboards: dict[str, dict[str, str]] = Field(default_factory=dict)
    """What the keys of another layout write: key → letter."""
    follow_ups: FollowUps
    greetings: tuple[Expression, ...] = ()
    """First words of a message that greet."""
    fillers: tuple[Expression, ...] = ()
    """Courtesies that do not count as words, where there are others."""
    admissions: tuple[Expression, ...] = ()
    """How our own answers say that we do not know."""
    lines: LinesWanted
    insistences: tuple[Expression, ...] = ()
    """First words of a question asked again, in other words."""
    changes_answer: tuple[Expression, ...] = ()
    """What asks for an answer given before to be another, wherever it stands: « mettez plutôt le Sénégal »."""
    perhaps_changes_answer: tuple[Expression, ...] = ()
    """What does where the answers were just shown, or where the message says of which one it speaks: « finalement »."""
    groups: dict[str, Annotated[tuple[Expression, ...], Field(min_length=1)]]
    near_acts: tuple[Id, ...] = ()
    """Entries whose questions may be acts too: nothing is learnt from them of what is none."""
    slots: dict[str, Annotated[tuple[str, ...], Field(min_length=1)]] = Field(default_factory=dict)
    """What each { } of a phrase stands for."""
    acts: dict[DialogueAct, ActWords]
    told: dict[Id, StockReply] = Field(default_factory=dict)
    """Tried before the acts, in order."""
