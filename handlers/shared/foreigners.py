"""What holds of who is of another country: never her own, nor France where she lives there."""

from dataclasses import replace

from knowledge.content.models import Content
from knowledge.content.told_facts import Pointed
from knowledge.conversation.project import Project
from knowledge.understanding.decision import Answer
from knowledge.understanding.situation.partners import origins
from knowledge.understanding.situation.situation import Situation
from knowledge.words.text import says_any


class Foreigners:
    """Tells it in place of what holds of anybody."""

    def __init__(self, content: Content) -> None:
        self._topics = content.topics
        self._texts = content.conversation.follow_ups.project
        self._says_here = content.conversation.follow_ups.in_france

    def told(self, answer: Answer, situation: Situation, project: Project) -> Answer:
        """The answer; where it is of going or coming, what holds of somebody of that country."""
        texts = self._texts.foreigners
        if texts is None or answer.topic not in texts.of or not project.origins:
            return answer
        lives_here = texts.lives_here in project.facts
        named = {country.name for country in situation.countries}
        asked = named - {*origins(situation)}
        if asked & {*project.origins} and (lives_here or project.way != "host"):
            return self._point(texts.home)
        if lives_here and not asked and (says_any(situation.text, self._says_here) or project.way == "host"):
            return self._point(texts.here)
        tells_now = bool(origins(situation))
        if lives_here and (tells_now or asked):
            told = self._point(texts.whether)
            beside = answer.beside or (answer.lead if asked or situation.age else "")
            return replace(told, beside=beside) if told.point != answer.point else answer
        return answer

    def _point(self, pointed: Pointed) -> Answer:
        point = self._topics[pointed.topic].point(pointed.point)
        return Answer.precise(pointed.topic, point) if point else Answer(pointed.topic, 1.0)
