"""The models of the content. `loading.py` reads them from a folder of YAML files."""

from collections.abc import Collection, Iterable
from functools import cached_property
from typing import Annotated

from pydantic import Field

from knowledge.content.calendar import Call, Milestone
from knowledge.content.calendar_texts import CalendarTexts
from knowledge.content.conversation import ConversationWords
from knowledge.content.conversation_examples import ConversationExamples
from knowledge.content.dossier import DossierForm
from knowledge.content.messages import Messages
from knowledge.content.part import TolerantPart
from knowledge.content.programme import Processing, Programme
from knowledge.content.questionnaire import Form
from knowledge.content.situation import SituationTexts
from knowledge.content.sources import Fact, FullDate, Source
from knowledge.distress.word_lists import Distress
from knowledge.words.identifiers import Id
from knowledge.words.markup import MarkedText
from knowledge.words.typography import French

OFF_TOPIC = "hors-sujet"
"""The one topic id that no entry has: messages that are not ours to answer."""


Phrase = Annotated[str, Field(min_length=1, max_length=400)]


class OldAnswer(TolerantPart):
    """What an entry answers instead, after a day: « oui » may not stand for ever."""

    after: FullDate
    answer: Annotated[MarkedText, Field(max_length=1500)]


class TopicPoint(TolerantPart):
    """One precise thing that people ask of an entry, and the sentence that answers it: shown instead of the entry."""

    id: Id
    button: Annotated[French, Field(max_length=32)] | None = None
    """Its name where it is offered under the entry; without one, it is not."""
    says: Annotated[MarkedText, Field(max_length=400)]
    known: bool = True
    """False where the sentence says that we do not know."""
    ages: tuple[int, int] | None = None
    """The youngest and the oldest whom it answers, where somebody's age is said."""
    asked_by: tuple[Id, ...] = ()
    """The only applicants whom it answers, as the questionnaire names them, where it is known who asks or whom one asks
    of; empty: those of its entry."""
    places: tuple[str, ...] = ()
    """The only départements, régions and territories that it is for, or zones (metro, drom, com): of several such,
    the one for where the person is, or asks of, is told."""
    sources: tuple[Id, ...] = ()
    """Those of the sentence, where they are not all of the entry's."""
    questions: tuple[Phrase, ...] = ()
    """How it is asked by itself."""
    after: tuple[Phrase, ...] = ()
    """How it is asked once the entry was shown, in words that tell nothing alone: « et sans le bac ? »."""

    @property
    def phrasings(self) -> tuple[str, ...]:
        """All the ways to ask it."""
        return (*self.questions, *self.after)


class Topic(TolerantPart):
    """An entry of the knowledge base: what people ask, and the answer."""

    id: Id
    title: Annotated[French, Field(max_length=70)]
    button: Annotated[French, Field(max_length=32)]
    answer: Annotated[MarkedText, Field(max_length=1500)]
    details: Annotated[MarkedText, Field(max_length=1500)] | None = None
    """What few people need: shown on request."""
    once_old: OldAnswer | None = None
    simple: Annotated[MarkedText, Field(max_length=400)] | None = None
    """The same in everyday words, for whoever does not understand it."""
    sources: tuple[Id, ...] = ()
    checked_on: FullDate
    review_by: FullDate
    related: Annotated[tuple[Id, ...], Field(max_length=4)] = ()
    perishable: bool = False
    """Dates, calls, money, a freeze: past its review date, the answer asks aloud to be confirmed."""
    split_from: Id | None = None
    """The entry that once answered this too: machine-read outputs name both."""
    formerly: tuple[Id, ...] = ()
    """Entries that this one took the place of: their buttons, links and labels lead here."""
    courtesy: bool = False
    """A greeting or thanks: the menu is shown under it, and no opinion is asked."""
    own: bool = False
    """The assistant speaks of itself: no source is expected."""
    asked_by: tuple[Id, ...] = ()
    """The only applicants whom it is for, as `TopicPoint` names them; empty: anybody."""
    questions: tuple[Phrase, ...] = ()
    points: tuple[TopicPoint, ...] = ()

    def is_for(self, asking: Collection[str], point: TopicPoint | None = None) -> bool:
        """Whether it, or that point of it, answers one of those who ask, or of whom one asks; true where nobody is
        known.
        """
        only = (point and point.asked_by) or self.asked_by
        return not (only and asking) or not set(only).isdisjoint(asking)

    def point(self, name: str) -> TopicPoint | None:
        """The point of that name; None without one, as when it was told under an older content."""
        return next((point for point in self.points if point.id == name), None)

    def label(self, point: str) -> str:
        """What is asked of it, as a button says: the label of that point, where it has one, else its own."""
        told = self.point(point)
        return (told and told.button) or self.button

    def point_at(self, age: int) -> TopicPoint | None:
        """The point for somebody of that age; None without one."""
        return next((point for point in self.points if point.ages and point.ages[0] <= age <= point.ages[1]), None)

    def point_in(self, place: str, zone: str) -> TopicPoint | None:
        """The point for that place, else for all of its zone; None without one."""
        named = next((point for point in self.points if place in point.places), None)
        return named or next((point for point in self.points if zone in point.places), None)

    @property
    def phrasings(self) -> tuple[str, ...]:
        """All the ways to ask for it, or for a point of it, that tell what they ask by themselves."""
        return (*self.questions, *(phrase for point in self.points for phrase in point.questions))

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything that it may show, in the editors' mark-up."""
        return (
            self.answer,
            *([self.details] if self.details else []),
            *([self.once_old.answer] if self.once_old else []),
            *([self.simple] if self.simple else []),
        )


class Acronym(TolerantPart):
    """An acronym of the field, in words."""

    acronym: Phrase
    means: French
    definition: French
    topic: Id | None = None
    also: tuple[Phrase, ...] = ()


class NearMiss(TolerantPart):
    """Something that people confuse with the programme, and where to send them."""

    id: Id
    phrases: Annotated[tuple[Phrase, ...], Field(min_length=1)]
    capitals: tuple[Phrase, ...] = ()
    """Words that count only when typed in capitals: « VIE » is one, « vie » is not."""
    reply: French


class Glossary(TolerantPart):
    """The words of the field, for people and for the matcher."""

    acronyms: tuple[Acronym, ...] = ()
    acronym_questions: tuple[Phrase, ...] = ()
    """How people ask what an acronym means: « c'est quoi {acronym} »."""
    synonyms: tuple[Annotated[tuple[Phrase, ...], Field(min_length=2)], ...] = ()
    shorthand: dict[str, str] = Field(default_factory=dict)
    neutral: tuple[Phrase, ...] = ()
    """Words that any question may hold (« le programme », « s'il vous plaît »): they decide little."""
    near_misses: tuple[NearMiss, ...] = ()
    ours: tuple[Phrase, ...] = ()
    """Words of the programme: a message with one of them is never said to be none of our business."""


class Theme(TolerantPart):
    """A file of `topics/`: the entries of one theme."""

    theme: Annotated[French, Field(max_length=40)]
    topics: Annotated[tuple[Topic, ...], Field(min_length=1)]


class Dates(TolerantPart):
    """`dates.yaml`."""

    calls: tuple[Call, ...] = ()
    milestones: tuple[Milestone, ...] = ()

    @property
    def all_milestones(self) -> tuple[Milestone, ...]:
        """The calls' milestones and the programme's own."""
        return (*(milestone for call in self.calls for milestone in call.milestones), *self.milestones)


class OffTopic(TolerantPart):
    """`hors-sujet.yaml`: messages that look like ours and are not, for the matcher to learn from."""

    off_topic: Annotated[tuple[Phrase, ...], Field(min_length=1)]


class Content(TolerantPart):
    """A whole content package, checked."""

    version: str
    themes: tuple[Theme, ...]
    sources: dict[str, Source]
    facts: dict[str, Fact]
    calls: tuple[Call, ...]
    milestones: dict[str, Milestone]
    glossary: Glossary
    off_topic: tuple[str, ...]
    messages: Messages
    programme: Programme
    topics: dict[str, Topic]
    conversation: ConversationWords
    conversation_examples: ConversationExamples
    """How one's own matters and repairs are recognised."""
    distress: Distress
    """What is said to somebody in distress, and how it is recognised."""
    rules: dict[Id, str] = Field(default_factory=dict)
    """Where the rules of the open call are, by audience, where they are told."""
    form: Form | None = None
    """The pre-qualification, where the package has one."""
    dossier: DossierForm | None = None
    """The sending of a dossier, where the package has one."""
    calendar: CalendarTexts | None = None
    """/dates, the agenda and the alerts, where the package has them."""
    situation: SituationTexts | None = None
    """Who may ask, and how an answer begins for that person, where the package says so."""

    def with_origins(self, topics: Iterable[str]) -> list[str]:
        """These entries, each followed by the one that it was split from: for those who labelled before."""
        named = ([topic, self.topics[topic].split_from] for topic in topics)
        return list(dict.fromkeys(topic for pair in named for topic in pair if topic))

    def current(self, topic: str) -> str:
        """The id of the entry that took the place of this one; the same for one that stands, or never was."""
        return self._successors.get(topic, topic)

    @cached_property
    def _successors(self) -> dict[str, str]:
        return {old: topic.id for topic in self.topics.values() for old in topic.formerly}

    def go_together(self, one: str, other: str) -> bool:
        """Whether two entries are of one theme, or one leads to the other."""
        related = other in self.topics[one].related or one in self.topics[other].related
        return related or self._themes[one] == self._themes[other]

    @cached_property
    def _themes(self) -> dict[str, str]:
        return {topic.id: theme.theme for theme in self.themes for topic in theme.topics}

    @property
    def audience(self) -> str:
        """Those whose calls are meant where nothing tells."""
        return self.programme.audiences[0].id

    @property
    def processing(self) -> Processing | None:
        """Who handles what is sent, and why. Until it is told, nothing leaves."""
        return self.programme.personal_data

    @property
    def handled(self) -> str:
        """Who handles what is sent, in the editors' mark-up; empty until the team has told."""
        told = self.processing
        return self.messages.privacy.processing.format(**told.model_dump()) if told else ""

    @property
    def email(self) -> str:
        """The programme's contact address."""
        return self.programme.email
