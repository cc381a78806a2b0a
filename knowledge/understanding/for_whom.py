"""An entry that is for others than who asks gives way: to a point for who asks, or to the next likeliest entry."""

from knowledge.content.models import Content
from knowledge.understanding.decision import Answer
from knowledge.understanding.matching import Matcher
from knowledge.understanding.points import Points
from knowledge.understanding.situation.case_reading import SETTLED, CaseReading
from knowledge.understanding.situation.situation import Situation, Speaker

_LIKELY = 0.1
"""Share of what is likely for who asks from which an entry is looked at for a point."""
_POINT = 0.5
"""Probability of a point from which it is what who asks wants to know."""
_ENTRY = 0.5
"""And of the next entry, among those for who asks."""
_OF_PLACE = 0.3
"""And of the entry on the place that is named."""


class ForWhom:
    """Finds what answers who asks. `case`: who that is; None where the content does not say who may ask."""

    def __init__(self, content: Content, matcher: Matcher, points: Points, case: CaseReading | None) -> None:
        self._topics = content.topics
        self._matcher = matcher
        self._points = points
        self._case = case
        self._of_places = content.conversation.follow_ups.here.entries

    def entries(self, text: str, speaker: Speaker) -> frozenset[str]:
        """The entries that are for one of those who ask, or of whom one asks."""
        asking = self._points.asking(text, speaker)
        return frozenset(topic for topic, entry in self._topics.items() if entry.is_for(asking))

    def told(self, answer: Answer, text: str, speaker: Speaker) -> Answer:
        """The answer; where its entry is for others, what answers who asks, if that is likely."""
        if self._case is None or answer.by in SETTLED or answer.word or self._is_told(answer, text, speaker):
            return answer
        shares = self._shares(text, speaker)
        likely = (*self._case.entries(speaker), *(topic for topic, share in shares if share >= _LIKELY))
        found = (self._points.asked(topic, text, _POINT, speaker) for topic in dict.fromkeys(likely))
        if point := next(filter(None, found), None):
            return point
        (best, share), *_ = shares
        return self._case.settled(Answer(best, share), text, speaker) if share >= _ENTRY else answer

    def of_place(self, answer: Answer, text: str, speaker: Speaker) -> Answer:
        """The answer; where a place is named and all of an entry would be told, the entry on that place, if likely.

        « Notre région, la Bretagne, fait quelque chose ? » asks of no branch.
        """
        situation = self._case.situation(text) if self._case else Situation()
        place = situation.place.name if situation.place else ""
        entry = self._of_places.get(place)
        is_told = answer.by in SETTLED or bool(answer.word or answer.point or situation.candidacy)
        if self._case and self._case.asks_whether(answer):  # « les mairies de La Réunion y ont droit ? »
            is_told = is_told or situation.act is not None or speaker.place != place
        if entry is None or is_told or answer.topic == entry:
            return answer
        share = dict(self._shares(text, speaker))[entry]
        return Answer(entry, share) if share >= _OF_PLACE else answer

    def _is_told(self, answer: Answer, text: str, speaker: Speaker) -> bool:
        entry = self._topics[answer.topic]
        return entry.is_for(self._points.asking(text, speaker), entry.point(answer.point))

    def _shares(self, text: str, speaker: Speaker) -> list[tuple[str, float]]:
        """How likely each entry for who asks is among them, the likeliest first."""
        chances = zip(self._matcher.topics[:-1], map(float, self._matcher.chances(text)), strict=False)
        entries = self.entries(text, speaker)
        fitting = [(topic, chance) for topic, chance in chances if topic in entries]
        whole = sum(chance for _, chance in fitting)
        return sorted(((topic, chance / whole) for topic, chance in fitting), key=lambda one: -one[1])
