"""The one way from words to meaning."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from knowledge.content.models import Content
from knowledge.content.typed_texts import typed_texts
from knowledge.dates.typed_day import typed_day
from knowledge.distress.word_lists import Met
from knowledge.register.only_name import is_only_a_name
from knowledge.understanding.asked_beside import AskedBeside
from knowledge.understanding.decision import Answer, Explanation, Part, Reading, Why
from knowledge.understanding.for_whom import ForWhom
from knowledge.understanding.matching import Matcher
from knowledge.understanding.pointing import Pointing
from knowledge.understanding.points import Points
from knowledge.understanding.situation.case_reading import CaseReading
from knowledge.understanding.situation.partners import Direction, partners
from knowledge.understanding.situation.situation import NOBODY, Act, Situation, Speaker
from knowledge.words.text import any_written_so, words

if TYPE_CHECKING:
    from knowledge.distress.reader import DistressReader

LONGEST = 1500
"""Characters of a message that are read: beyond it people paste documents, and time would not be bounded."""

_CLEAR = 0.5
"""Probability of the likeliest entry from which it is likely meant."""

_FEW = 12
"""Words that tell little beside an age."""

_BY_FAR = 4
"""How many times likelier."""


class Understanding:
    """Reads messages, whoever asks: the conversation, the questionnaire, the command line.

    `models`: the folder where what was learnt is kept between starts; None: it is learnt each time.
    """

    def __init__(self, content: Content, models: Path | None = None) -> None:
        self.content = content
        self.models = models
        self.matcher = Matcher(content, models=models)
        self.pointing = Pointing(content, models / "points" if models else None)
        self._case = CaseReading(content, self.matcher) if content.situation else None
        self.points = Points(content, self.pointing, self._case)
        self.for_whom = ForWhom(content, self.matcher, self.points, self._case)
        self._beside = AskedBeside(self.matcher, self.pointing, self._answers_the_same, self._takes_for_true)

    def read(self, text: str, *, today: date, speaker: Speaker = NOBODY) -> Reading:
        """What the message asks, question by question. Never raises, whatever the text.

        `today`: the day that typed days are compared with; `speaker`: who earlier messages told its author to be.
        """
        text = text[:LONGEST]
        reading = self._case.read(text, speaker) if self._case else self.matcher.find(text)
        who = self.speaker(text, speaker)
        tells_case = self.situation(text).has_case
        reading = reading.with_answers(lambda answer, said: self.for_whom.told(answer, said, who))
        reading = reading.with_answers(lambda answer, said: self.for_whom.of_place(answer, said, who))
        reading = Reading(reading.parts).with_answers(
            lambda answer, said: self.points.to_the_point(answer, said, who, tells_case=tells_case)
        )
        reading = self._beside.added(reading, text)
        if self._names_a_day(text, today):
            reading = self._about_a_day(text, reading)
        if told := self._about_an_age(text, reading):
            reading = Reading((Part(text, told),))
        is_asked = any(not self.content.topics[answer.topic].courtesy for answer in reading.answers)
        return replace(reading, courtesy=self.matcher.courtesies.before(text)) if is_asked else reading

    def _takes_for_true(self, text: str) -> bool:
        return bool(self.situation(text).premises)

    def _answers_the_same(self, one: str, other: str) -> bool:
        whether = self._case.asks_whether if self._case else lambda _: False
        return one == other or (whether(Answer(one, 1.0)) and whether(Answer(other, 1.0)))

    def split_courtesy(self, text: str) -> tuple[str, str]:
        """The entry of the greeting or thanks that a message begins with, empty without; and what follows it."""
        return self.matcher.courtesies.split(text)

    def strangeness(self, text: str) -> float:
        """The share of its words that nobody used before, misspelt or not."""
        return self.matcher.lexicon.strangeness(text)

    def distress(self, text: str) -> Met | None:
        """Whether somebody is in distress. The name of an authority alone is none, whatever it sounds like."""
        met = self._distress.read(text[:LONGEST])
        return None if met and is_only_a_name(text[:LONGEST]) else met

    @cached_property
    def _distress(self) -> "DistressReader":
        return distress_reader(self.content, self.models)

    def situation(self, text: str) -> Situation:
        """Who asks, where, and what, as the words tell; empty where the content does not say who may ask."""
        return self._case.situation(text[:LONGEST]) if self._case else Situation(text)

    def entries_for(self, speaker: Speaker) -> tuple[str, ...]:
        """The entries on who may apply that are for such a speaker; none where everything is: an authority, nobody."""
        return self._case.entries(speaker) if self._case else ()

    def settled(self, answer: Answer, text: str, speaker: Speaker) -> Answer:
        """The same answer, begun for who asks; of another entry, where that one is for other applicants."""
        return self._case.settled(answer, text[:LONGEST], speaker) if self._case else answer

    def names_partners(self, text: str) -> bool:
        """Whether a message names a country for a project."""
        return bool(partners(self.situation(text)))

    def with_countries(self, reading: Reading, text: str, speaker: Speaker, way: Direction = "") -> Reading:
        """The reading, with what is known of the countries that a message names for a project.

        `way`: which way one goes, as far as earlier messages told.
        """
        return self._case.with_countries(reading, text[:LONGEST], speaker, way) if self._case else reading

    def of_countries(self, names: Collection[str], way: Direction) -> str:
        """What is known of countries, by their names in the content; empty where there are none."""
        return self._case.of_countries(names, way) if self._case and names else ""

    def speaker(self, text: str, before: Speaker = NOBODY) -> Speaker:
        """Who a message tells its author to be; `before`, as far as it does not tell."""
        return self._case.speaker(text[:LONGEST], before) if self._case else before

    def said_of(self, speaker: Speaker) -> str:
        """« une commune de 800 habitants (Gers) »; empty where nothing tells who speaks."""
        return self._case.said_of(speaker) if self._case else ""

    def told(self, text: str) -> dict[str, Any]:
        """The answers of the questionnaire that a message gives of who asks; none that it does not say."""
        return self._case.told(text[:LONGEST]) if self._case else {}

    def explain(self, text: str) -> Explanation:
        """Why topics rank as they do for this text."""
        return self.matcher.explain(text[:LONGEST])

    def chances(self, text: str) -> dict[str, float]:
        """How likely each topic is to be meant."""
        return dict(zip(self.matcher.topics, map(float, self.matcher.chances(text[:LONGEST])), strict=False))

    def nearest(self, text: str) -> tuple[float, tuple[str, ...]]:
        """How likely the text is about the programme at all, and the three topics that come closest, best first."""
        probabilities = self.matcher.chances(text[:LONGEST])
        order = [int(place) for place in (-probabilities[:-1]).argsort()[:3]]
        return 1 - float(probabilities[-1]), tuple(self.matcher.topics[place] for place in order)

    def likeliest_but(self, text: str, met: Collection[str]) -> str:
        """The topic that is most likely meant if none of `met` is; empty where even then it is hardly likely."""
        chances = self.matcher.chances(text[:LONGEST]).copy()
        chances[[place for place, topic in enumerate(self.matcher.topics) if topic in met]] = 0
        best = int(chances[:-1].argmax())
        return self.matcher.topics[best] if chances[best] >= _CLEAR * chances.sum() else ""

    def is_clear(self, text: str) -> bool:
        """Whether an entry is likely meant, whatever was said before."""
        probabilities = self.matcher.chances(text[:LONGEST])
        return float(probabilities[:-1].max()) >= _CLEAR

    def is_hardly_ours(self, text: str) -> bool:
        """Whether it is by far likelier that the message is about something else altogether than about any entry."""
        probabilities = self.matcher.chances(text[:LONGEST])
        return bool(probabilities[-1] > _BY_FAR * probabilities[:-1].max())

    def _about_an_age(self, text: str, reading: Reading) -> Answer | None:
        """What the first entry that knows of ages says of the one told in few words, or in a story that tells no more.

        « 58 ans, c'est trop tard ? » is no question on the dates of a call.
        """
        situation = self.situation(text)
        is_story = not reading.answers and self.matcher.tells_ours(text)  # « 61 ans…, partir au Togo. Trop vieux ? »
        if not situation.age or (len(words(text)) > _FEW and not is_story):
            return None
        asks_whether = {one.act for one in situation.acts} <= {Act.CAN, Act.OPEN}
        of_somebody = not situation.candidacy and not (situation.applicant and situation.applicant.speaks)
        is_left = _is_unclear(reading) or (reading.kind == "answer" and asks_whether and of_somebody)
        if not is_left or any(answer.point for answer in reading.answers):
            return None
        return next(filter(None, (self.points.of_age(topic, text) for topic in self.content.topics)), None)

    def _names_a_day(self, text: str, today: date) -> bool:
        months = self.content.messages.rendering.months
        return bool(self.content.calendar and typed_day(text, months, today))

    def _about_a_day(self, text: str, reading: Reading) -> Reading:
        """A day to be compared with the calendar, of which the matcher made nothing, is for the calendar.

        A day tells nothing to the matcher, which knows words: « on vote le 12 mars, ça passe ? ».
        """
        texts = self.content.calendar
        assert texts is not None  # a day is looked for only where there is a calendar
        typed = words(text)
        # The day, its month and little words: nothing else is asked, whatever they look like to the matcher.
        is_bare = sum(not word.isdigit() and word not in texts.questions.around_a_day for word in typed) <= 1
        is_clear = any(answer.confidence >= _CLEAR for answer in reading.answers)
        is_settled = is_clear or any(unknown.near_miss for unknown in reading.unanswered)
        if is_bare or (not is_settled and any_written_so(typed, texts.questions.with_a_day)):
            return Reading((Part(text, Answer(texts.screen.topic, reading.confidence)),))
        return reading


def _is_unclear(reading: Reading) -> bool:
    """Whether nothing answers, and nothing says why."""
    if reading.answers or reading.acknowledgement:
        return False
    return all(unknown.why in (Why.NOT_COVERED, Why.NOT_OURS) for unknown in reading.unanswered)


def distress_reader(content: Content, models: Path | None) -> "DistressReader":
    """That of a content; what it learns is kept in `models`."""
    from knowledge.distress.reader import DistressReader  # noqa: PLC0415  (not for `tevo ask`)

    folder = models / "distress" if models else None
    return DistressReader(content.distress, content.glossary.shorthand, typed_texts(content), folder)
