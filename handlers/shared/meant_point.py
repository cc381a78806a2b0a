"""The point that a message means by what was said before: the figure it doubts, the other way, who its author is."""

import re
from collections.abc import Iterator

from handlers.shared.project_facts import ProjectNotes
from knowledge.content.models import Content
from knowledge.conversation import follow_up
from knowledge.conversation.frame import Frame
from knowledge.conversation.project import Project
from knowledge.understanding.decision import Answer
from knowledge.understanding.points import surest
from knowledge.understanding.situation.partners import Direction, direction
from knowledge.understanding.situation.situation import Situation
from knowledge.understanding.understanding import Understanding
from knowledge.words.markup import parse, plain_text
from knowledge.words.text import any_written_so, says_any, words

_LIKELY, _SURE = 0.1, 0.7
"""Probability from which a point that holds the figure in doubt is meant; and one of an entry for who speaks."""
_COMES_BACK = 0.5
"""Probability of a point of the entry that one says to come back to."""
_LONGEST, _LONGEST_OF_OTHERS = 12, 20
"""Words of a message that goes on; and of one that asks of another body."""


class MeantPoints:
    """Finds it among the points of what was talked about."""

    def __init__(self, understanding: Understanding, content: Content, notes: ProjectNotes) -> None:
        self._understanding = understanding
        self._content = content
        self._notes = notes
        self._texts = content.conversation.follow_ups

    def checked(self, text: str, frame: Frame, project: Project) -> Answer | None:
        """What the figure in doubt comes to, « j'ai lu 30 ans »; or a form, at the ages that were told."""
        is_of_here = says_any(text, self._texts.said_here)
        if not frame.topics or not (is_of_here or says_any(text, self._texts.contests)):
            return None
        numbers = {word for word in words(text) if word.isdigit()}
        if numbers:
            return next(self._holding(numbers, text, frame), None)
        if is_of_here and project.ages and len(follow_up.forms_told(text, self._texts)) == 1:
            return next((answer for _, answer in self._notes.of_ages(project.ages, frame)), None)
        return None

    def _holding(self, numbers: set[str], text: str, frame: Frame) -> Iterator[Answer]:
        """The points that hold the numbers: the likeliest of each entry, the last entry first."""
        for topic in (frame.topics[0], *frame.before):
            ranked = self._understanding.points.ranked(topic, text)
            own = [one for one, _ in ranked if one.id == frame.point and topic == frame.topics[0]]
            likely = [one for one, chance in ranked if chance >= _LIKELY]
            for point in (*likely, *own):
                if numbers <= {*words(f"{point.button or ''} {plain_text(parse(point.says))}")}:
                    yield Answer.precise(topic, point)

    def of_other_way(self, text: str, situation: Situation, frame: Frame) -> Answer | None:
        """« et pour ceux qui viennent chez nous ? » asks of the other way what was just asked, or offered first."""
        names_other = says_any(text, self._texts.other.way)  # « dans l'autre sens »
        way = direction(situation) or (_opposite(frame.project.way) if names_other else "")
        is_short = len(words(text)) <= _LONGEST and not situation.acts and not situation.countries
        if not way or not frame.topics or not is_short or not (names_other or self._goes_on(text)):
            return None
        if not names_other and self._names_more(text):
            return None
        last = (*frame.offered[:1], *frame.topics[:1])
        found = (self._notes.point_of_way(topic, self._asked(topic, frame), way) for topic in last)
        return next((answer for answer in found if answer and answer.point != frame.point), None)

    def of_both_ways(self, text: str, situation: Situation, frame: Frame) -> Answer | None:
        """« et en envoyer un aussi ? », after hosting; « les deux, c'est faisable ? », after both were talked about."""
        texts, other, before = self._texts.project, self._texts.other, frame.project.way
        if not texts.both_ways or not before or situation.countries or len(words(text)) > _LONGEST:
            return None
        way = direction(situation)
        told = {topic for topic, _ in frame.history}
        is_both = way not in {"", before} and says_any(text, other.also)
        others = [one.topic for name, one in texts.ways.items() if name != before]
        names_both = not way and not frame.form and says_any(text, other.both) and bool(told.intersection(others))
        point = self._content.topics[texts.both_ways.topic].point(texts.both_ways.point)
        return Answer.precise(texts.both_ways.topic, point) if point and (is_both or names_both) else None

    def come_back_to(self, text: str) -> Answer | None:
        """« Pour revenir au dispositif régional, il faut écrire à qui ? » : asked of the entry that it names."""
        named, *rest = re.split(r"[,:;.]\s+", text, maxsplit=1)
        said = " ".join(words(named))
        way = next((way for way in self._texts.comes_back if said.startswith(f"{way} ")), "")
        if not way or not rest:
            return None
        topic = self._understanding.nearest(said.removeprefix(way))[1][0]
        return self._understanding.points.asked(topic, rest[0], _COMES_BACK)

    def for_speaker(self, text: str, situation: Situation, frame: Frame) -> Answer | None:
        """What the entry for who speaks says of it: « la ville française doit-elle la faire pour nous ? »."""
        if not frame.topics or not situation.actors or len(words(text)) > _LONGEST_OF_OTHERS:
            return None
        own = self._understanding.entries_for(frame.speaker)
        found = (self._understanding.points.asked(topic, text, _SURE, frame.speaker) for topic in own)
        return surest(found)

    def placed(self, answer: Answer, said: str, situation: Situation, frame: Frame) -> Answer:
        """« le département a mis combien ? » is of that of the place where who speaks is, where a point tells of it."""
        others = [actor for actor in situation.actors if not actor.speaks and actor.kind != frame.speaker.kind]
        place = frame.speaker.place
        if answer.point or not place or situation.place or not others or not frame.topics:
            return answer
        found = self._understanding.points.asked(answer.topic, follow_up.asked_with(said, place), _SURE, frame.speaker)
        return found if found and place in found.lead else answer

    def _asked(self, topic: str, frame: Frame) -> str:
        return self._content.topics[topic].label(frame.point if topic == frame.topics[0] else "")

    def _goes_on(self, text: str) -> bool:
        return words(text)[0] in self._texts.going_on

    def _names_more(self, text: str) -> bool:
        """Whether a message names something beside the way."""
        ways = [word for way in self._texts.project.ways.values() for word in way.words]
        left = [word for word in words(text) if word not in self._texts.little and not any_written_so([word], ways)]
        return bool(left)


def _opposite(way: Direction) -> Direction:
    return {"host": "send", "send": "host"}.get(way, "")  # type: ignore[return-value]
