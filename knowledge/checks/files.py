"""The files of a content package, each valid by itself, and the strings that people may read in them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from knowledge.content.calendar_texts import CalendarTexts
from knowledge.content.messages import Messages
from knowledge.content.models import Dates, Glossary, OffTopic, Theme, Topic
from knowledge.content.open_call import OpenCalls
from knowledge.content.programme import Programme
from knowledge.content.questionnaire import Form
from knowledge.content.situation import SituationTexts
from knowledge.content.sources import Facts, Sources
from knowledge.words.yaml_file import KeyPath, YamlFile

NOT_SHOWN = frozenset({"questions", "after", "words", "also", "examples", "phrases", "url", "site"})
"""Keys of what only the matcher reads, and of addresses."""


@dataclass(frozen=True)
class Package:
    """The files of a content folder, each valid by itself."""

    files: dict[str, YamlFile]
    themes: dict[str, Theme]
    sources: Sources
    facts: Facts
    dates: Dates
    glossary: Glossary
    off_topic: OffTopic
    messages: Messages
    programme: Programme
    form: Form | None = None
    calendar: CalendarTexts | None = None
    situation: SituationTexts | None = None
    calls: OpenCalls = field(default_factory=OpenCalls)

    @property
    def all_dates(self) -> Dates:
        """The calendar, with the dates of the calls that are told on their own."""
        return self.calls.with_dates(self.dates)

    def topics(self) -> Iterator[tuple[YamlFile, KeyPath, Topic]]:
        """Every entry, with where it is written."""
        for name, theme in self.themes.items():
            for n, topic in enumerate(theme.topics):
                yield self.files[name], ("topics", n), topic

    @property
    def called(self) -> dict[str, tuple[str, ...]]:
        """By id of an entry, its title and its button."""
        return {topic.id: (topic.title, topic.button) for _, _, topic in self.topics()}

    def texts(self) -> Iterator[tuple[YamlFile, KeyPath, Topic, str]]:
        """Every text that an entry may show, with where it is written."""
        for file, place, topic in self.topics():
            yield file, (*place, "answer"), topic, topic.answer
            if topic.details:
                yield file, (*place, "details"), topic, topic.details
            if topic.once_old:
                yield file, (*place, "once_old", "answer"), topic, topic.once_old.answer
            if topic.simple:
                yield file, (*place, "simple"), topic, topic.simple
            for n, point in enumerate(topic.points):
                yield file, (*place, "points", n, "says"), topic, point.says


def shown(file: YamlFile, *, everything: bool = False) -> Iterator[tuple[KeyPath, str]]:
    """The strings of a file that people may read, or `everything`, as typed, with their places."""
    waiting: list[tuple[KeyPath, object]] = [((), file.data)]
    while waiting:
        place, value = waiting.pop()
        if isinstance(value, str):
            yield place, value
        elif isinstance(value, dict):
            waiting += [((*place, key), part) for key, part in value.items() if everything or _is_shown(key, part)]
        elif isinstance(value, list):
            waiting += [((*place, n), part) for n, part in enumerate(value)]


def _is_shown(key: object, part: object) -> bool:
    """Whether people read it; the questions of the questionnaire too, which are no phrasings."""
    are_asked = key == "questions" and isinstance(part, list) and any(isinstance(one, dict) for one in part)
    return key not in NOT_SHOWN or are_asked
