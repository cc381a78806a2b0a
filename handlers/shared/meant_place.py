"""What is asked of « chez nous », answered for the place of who speaks."""

from dataclasses import replace

from knowledge.content.models import Content
from knowledge.conversation import follow_up
from knowledge.conversation.frame import Frame
from knowledge.understanding.decision import Answer
from knowledge.understanding.situation.situation import Situation
from knowledge.understanding.understanding import Understanding
from knowledge.words.text import says_any, words

_OF_PLACE = 0.4
"""Probability of a point of the entry on a place from which it is what was asked."""
_LONGEST = 14
"""Words of a message that names the place so."""
_LIKELIEST = 2
"""Entries that a message may be about, among which one is on who is there."""


class MeantPlaces:
    """Finds what is known of the place."""

    def __init__(self, understanding: Understanding, content: Content) -> None:
        self._understanding = understanding
        self._topics = content.topics
        self._here = content.conversation.follow_ups.here

    def told(self, text: str, situation: Situation, frame: Frame) -> Answer | None:
        """« On contacte qui ici ? » : what the entry on that place says of it, or those on who is there."""
        place = frame.speaker.place
        is_elsewhere = situation.place is not None or bool(situation.countries)
        if not place or is_elsewhere or len(words(text)) > _LONGEST or not says_any(text, self._here.words):
            return None
        entry = self._here.entries.get(place)
        asked = self._understanding.points.asked(entry, follow_up.asked_with(text, place), _OF_PLACE) if entry else None
        return self._office(text, frame) or asked

    def _office(self, text: str, frame: Frame) -> Answer | None:
        """Who is there: first what tells of this very place; then, of its zone, the entry that is asked."""
        place, zone = frame.speaker.place, frame.speaker.zone
        likely = self._understanding.nearest(text)[1][:_LIKELIEST]
        asked = next((topic for topic in likely if topic in (*self._here.offices, *self._here.reached)), None)
        if asked is None:
            return None
        there = {topic: self._topics[topic].point_in(place, zone) for topic in self._here.offices}
        named = [topic for topic, point in there.items() if point and place in point.places]
        told = dict.fromkeys((*named, *([asked] if there.get(asked) else []), *self._here.offices))
        found = [(topic, point) for topic in told if (point := there[topic])]
        found = [one for one in found if (one[0], one[1].id) != (*frame.topics[:1], frame.point)]
        if not found:
            return None
        answer = Answer.precise(*found[0])
        more = [point.says for topic, point in found[1:] if topic in (*named, asked)]
        return replace(answer, beside="\n\n".join(more))
