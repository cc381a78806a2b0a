"""The model of `conversation.yaml`: how people speak of their own matters and repair the conversation."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from knowledge.content.messages import filled_with, may_hold
from knowledge.content.part import ContentPart
from knowledge.words.identifiers import Id
from knowledge.words.markup import MarkedText
from knowledge.words.typography import French

CONVERSATION = "conversation.yaml"
CONVERSATION_EXAMPLES = "conversation-exemples.yaml"
"""The files, in a content package."""


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
    NOTED = "noted"
    """Asks what was understood of oneself so far."""
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
        DialogueAct.NOTED,
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
        DialogueAct.DOUBT,
        DialogueAct.NOT_THAT,
    }
)
"""Acts on the answer before: without one they mean nothing."""


Expression = Annotated[str, Field(pattern=r"^[a-z0-9 ]+\*?$", max_length=60)]
"""Words without accents; a star at the end: how the last word begins."""

GroupCondition = Annotated[str, Field(pattern=r"^(?:(?:!?@?[a-z-]+|<[0-9]+)(?: |$))+$", max_length=200)]
"""Names of groups, all of which must be said; `!name`: not said; `<7`: in fewer than seven words; `@alerts`: just
after that screen; `!@alerts`: not just after it."""


class Recognised(ContentPart):
    """How a message is recognised: any of its conditions. What it must and must not take, for the check."""

    when: tuple[GroupCondition, ...] = ()
    phrases: tuple[Annotated[str, Field(min_length=1, max_length=600)], ...] = ()
    """How it is said, with its variants as in `detresse-phrases.yaml`: what is near enough is recognised too."""
    examples: Annotated[tuple[str, ...], Field(min_length=1)]
    other: tuple[str, ...] = ()
    """Messages that look like it and are not."""


class ActWords(Recognised):
    """How one act is recognised."""

    topic: Id | None = None
    """The entry that answers, where it is not a screen."""
    words: tuple[Id, ...] = ()
    """Groups that say it and ask nothing beside; none: the one named after it, « source-words »."""


class StockReply(Recognised):
    """What one sentence answers, where no screen and no entry does."""

    after: tuple[str, ...] = ()
    """Only after one of these screens; none: anywhere."""
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
    nothing_to_correct: French
    said_again: French
    again: French
    shorter: French
    all_shorter: French
    noted: Annotated[French, filled_with("said")]
    nothing_noted: French
    simpler: French
    example: French
    no_example: French
    sources: French
    no_source: French
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
    still_unsure: Annotated[French, filled_with("contact")]
    by_mail: Annotated[French, filled_with("contact")]
    by_mail_again: Annotated[French, filled_with("contact")]
    complaint: Annotated[French, filled_with("contact")]
    complaint_again: Annotated[French, filled_with("contact")]
    insult: Annotated[French, filled_with("contact")]
    insult_again: Annotated[French, filled_with("contact")]
    about: Annotated[French, filled_with("said")]
    keyboard: Annotated[French, filled_with("read")]


class Thanks(ContentPart):
    """A message that begins with these words and asks nothing thanks: this entry answers, where it is told."""

    words: tuple[Expression, ...]
    topic: Id | None = None


class Concept(ContentPart):
    """Words that ask for the same thing, and what a sentence that answers holds: « bac », « diplôme »."""

    asks: Annotated[tuple[Expression, ...], Field(min_length=1)]
    tells: Annotated[str, Field(min_length=3)]
    """A regular expression."""


class FollowUps(ContentPart):
    """How a short question that follows an answer is read."""

    little: tuple[Expression, ...]
    """Words that say nothing by themselves: a question of these alone is about the answer before."""
    openings: tuple[Expression, ...] = ()
    """What is said before a question, and asks nothing: « ok super »."""
    going_on: tuple[Expression, ...] = ()
    """First words of a message that goes on: « et pour ma commune » is not said to present oneself."""
    ordinals: tuple[tuple[Expression, ...], ...] = ()
    """Ways to say the first of what is offered, the second…"""
    all: tuple[Expression, ...] = ()
    """Ways to say all of it."""
    thanks: Thanks
    countries: Id | None = None
    """The entry on countries: after another one, a country alone is asked about in full."""
    country: Annotated[str, filled_with("country")] | None = None
    abroad: tuple[Id, ...] = ()
    """The entries that tell of places abroad: after them « et à Lomé ? » is about that place, not about its country."""
    applying: tuple[Id, ...] = ()
    """The entries about who may apply: after them « et une SPL ? » is completed."""
    actor: Annotated[str, filled_with("actor")]
    place: Annotated[str, filled_with("place")] | None = None
    size: Annotated[str, filled_with("size")] | None = None
    corrections: tuple[Expression, ...]
    """How a message begins that corrects the one before: « non, je voulais dire »."""
    corrections_after: tuple[Expression, ...]
    """How it ends: « je me suis trompé »."""
    takes_back: tuple[Expression, ...] = ()
    """What stands, within a message, before what is meant instead: « accueillir, ah non envoyer »."""
    denial: Expression
    """Before what is not asked: « l'accueil, pas l'envoi »."""
    blame: tuple[Expression, ...] = ()
    """Words that say that the answer is not to what was asked: « répondu », in « pas répondu pour le visa »."""
    example: str = ""
    """Said in an item that is an example: told before the others."""
    bare: dict[str, tuple[Expression, ...]] = Field(default_factory=dict)
    """By act: words that ask for it where nothing else does, « c'est long ? »; the first act whose words are said."""
    answers: dict[str, tuple[str, ...]]
    """By act of `Situation`, or of `bare`: regular expressions for what a sentence that answers it holds."""
    concepts: tuple[Concept, ...] = ()
    unknown: dict[str, Annotated[French, may_hold("entry", "contact")]] = Field(default_factory=dict)
    """By act: that the entry shown does not tell."""


class ConversationExamples(ContentPart):
    """`conversation-exemples.yaml`: messages as people write them, from which likeness is learnt."""

    acts: dict[Id, Annotated[tuple[str, ...], Field(min_length=1)]]
    """Of each act, and of each thing told."""
    ordinary: tuple[str, ...] = ()
    """Messages in the midst of conversations that are none of them."""
    follow_ups: dict[Id, Annotated[tuple[str, ...], Field(min_length=1)]] = Field(default_factory=dict)
    """Of these, those that ask about an entry after another answer, by entry."""


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
