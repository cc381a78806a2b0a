"""A point of an entry told rather than the entry: which one a message asks, and when it is sure enough."""

from collections.abc import Iterable
from dataclasses import replace

from knowledge.content.models import Content, TopicPoint
from knowledge.understanding.decision import Answer, By
from knowledge.understanding.pointing import Pointing
from knowledge.understanding.situation.case_reading import SETTLED, CaseReading
from knowledge.understanding.situation.situation import NOBODY, Situation, Speaker

_POINT = 0.3
"""Probability from which a point of an entry is asked rather than the entry."""

_LIKELY_POINT, _MOST_POINTS = 0.04, 3
"""Probability from which a point is offered under its entry, and how many are."""

_GUESSED_POINT, _CLEARLY = 0.2, 2
"""Probability from which a point is told rather than nothing, and how many times likelier than the next one."""

_SURE_POINT = 0.7
"""And rather than what its entry begins with for this person."""

_POINT_OF_CASE = 0.5
"""And after that sentence, on who may apply, begun by who asks: 39 % of 2,028 questions of points find their sentence,
7 % another one; 7 % of 340 of the entries find one. At 0.4: 46, 11 and 14; at 0.6: 33, 4 and 5."""


class Points:
    """Tells the points of the entries of a content. `case`: who asks, where the content says who may."""

    def __init__(self, content: Content, pointing: Pointing, case: CaseReading | None) -> None:
        self._content = content
        self._pointing = pointing
        self._case = case

    def to_the_point(self, answer: Answer, text: str, speaker: Speaker, *, tells_case: bool) -> Answer:
        """The same answer; where the message asks one point of the entry, its sentence says it all.

        `tells_case`: whether this very message tells whose case it is.
        """
        if answer.word or (answer.by in SETTLED and answer.by != By.COUNTRY):
            return answer
        is_led = answer.lead and not answer.point
        told, least = self.of_age(answer.topic, text), _SURE_POINT if is_led else _POINT
        ranked = self.ranked(answer.topic, text, speaker)
        is_case = tells_case and answer.lead and self._case and self._case.asks_whether(answer)
        if self._case and not told and (is_case or answer.by == By.COUNTRY):
            # What this person may, or that country, is said first; what else is asked of it follows, not the entry.
            if beside := self._case.beside_lead(answer, text):
                ranked = self._pointing.ranked(answer.topic, beside, self._case.asking(text, speaker))
                told = _first(answer.topic, ranked, _POINT_OF_CASE)
            answer = replace(answer, case=answer.lead if told else "")
        elif not told:  # a lead tells of this person's case: only what is surely asked takes its place
            told = _first(answer.topic, ranked, least)
        if told:
            told = self._there(told, text, speaker)
            answer = replace(answer, lead=told.lead, is_brief=True, point=told.point)
        likely = (point for point, chance in ranked if chance >= _LIKELY_POINT and point.button)
        offered = [point.id for point in likely if point.id != answer.point]
        return replace(answer, points=tuple(offered[:_MOST_POINTS]))

    def asked(self, topic: str, text: str, least: float = _POINT, speaker: Speaker = NOBODY) -> Answer | None:
        """The point of an entry that a message asks, at least so likely, as an answer; None where it asks none."""
        told = _first(topic, self.ranked(topic, text, speaker), least)
        return told and self._there(told, text, speaker)

    def _there(self, told: Answer, text: str, speaker: Speaker) -> Answer:
        """A point that holds for some places; the one for where the person is, or asks of: « et en Guyane ? »."""
        entry, place = self._content.topics[told.topic], self._situation(text).place or speaker
        name = place.place if isinstance(place, Speaker) else place.name
        asked = entry.point(told.point)
        there = entry.point_in(name, place.zone) if name and asked and asked.places else None
        return told.telling(there) if there else told

    def likeliest(self, topic: str, text: str, speaker: Speaker) -> Answer | None:
        """The point of an entry that is by far the likeliest to be asked, if one must be; None where none is."""
        ranked = self.ranked(topic, text, speaker)
        return _first(topic, ranked, max(_GUESSED_POINT, *(_CLEARLY * chance for _, chance in ranked[1:2]), 0))

    def ranked(self, topic: str, text: str, speaker: Speaker = NOBODY) -> list[tuple[TopicPoint, float]]:
        """The points of an entry, the likeliest to be asked first, for who asks."""
        return self._pointing.ranked(topic, text, self.asking(text, speaker))

    def asking(self, text: str, speaker: Speaker) -> frozenset[str]:
        """Who asks, and of whom; empty where neither is known."""
        return self._case.asking(text, speaker) if self._case else frozenset()

    def of_age(self, topic: str, text: str) -> Answer | None:
        """What an entry says of the age that a message tells, unless the message asks something else of the entry."""
        age = self._situation(text).age
        point = self._content.topics[topic].point_at(age.value) if age else None
        if point is None:
            return None
        asked, chance = self._pointing.of(topic, text) or (point, 0.0)
        if chance >= _POINT and not asked.ages:
            return None
        return Answer(topic, 1.0).telling(point)

    def _situation(self, text: str) -> Situation:
        return self._case.situation(text) if self._case else Situation(text)


def surest(answers: Iterable[Answer | None]) -> Answer | None:
    """Of answers found here and there, the likeliest; None without one."""
    return max(filter(None, answers), key=lambda answer: answer.confidence, default=None)


def _first(topic: str, ranked: list[tuple[TopicPoint, float]], least: float) -> Answer | None:
    """The likeliest point as an answer, where it is at least so likely."""
    if not ranked or ranked[0][1] < least:
        return None
    (point, chance), *_ = ranked
    return Answer(topic, chance).telling(point)
