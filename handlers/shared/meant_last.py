"""The last answer itself, asked again: what others say against it, what follows from it."""

from dataclasses import replace

from handlers.shared.project_facts import ProjectNotes
from knowledge.content.conversation import REPAIRS, DialogueAct
from knowledge.content.models import Content
from knowledge.conversation import follow_up
from knowledge.conversation.frame import Frame
from knowledge.understanding.decision import Answer, By
from knowledge.understanding.situation.situation import Situation
from knowledge.understanding.understanding import Understanding
from knowledge.words.text import says_any, says_only, words

_LONGEST = 14
"""Words of a message that only contradicts."""
_CONCLUSION = 9
"""And of one that only concludes."""


class MeantLast:
    """Finds it."""

    def __init__(self, understanding: Understanding, content: Content, notes: ProjectNotes) -> None:
        self._understanding = understanding
        self._content = content
        self._notes = notes
        self._texts = content.conversation.follow_ups

    def means(self, text: str, act: str, frame: Frame) -> bool:
        """Whether a message asks of the last answer, or corrects it, whatever act it is like."""
        situation = self._understanding.situation(text)
        if act == DialogueAct.CORRECT:
            return self._corrects_country(text, situation, frame)
        if act == DialogueAct.EXAMPLE and situation.countries:
            return True  # « le Sénégal par exemple ? »
        if act in REPAIRS and self._notes.tells_fact(text, frame):
            return True
        return self.contradicts(text, frame) or self.concludes(text, frame)

    def contradicts(self, text: str, frame: Frame) -> bool:
        """« La préfecture dit le contraire » : somebody says otherwise."""
        last = self._texts.last
        is_short = bool(frame.topics) and len(words(text)) <= _LONGEST
        return is_short and says_any(text, last.claims) and says_any(text, last.otherwise)

    def concludes(self, text: str, frame: Frame) -> bool:
        """« Donc c'est fichu ? » : nothing but a conclusion is asked."""
        last = self._texts.last
        if not frame.topics or len(words(text)) > _CONCLUSION or not says_any(text, last.hopeless):
            return False
        if not ("?" in text or says_any(text, last.therefore)):
            return False
        said = {word for way in (*last.hopeless, *last.therefore) for word in way.split()}
        return says_only(text, said, self._texts.little)

    def _corrects_country(self, text: str, situation: Situation, frame: Frame) -> bool:
        """« Je me trompe, c'est la Tunisie » : another country than the one that was talked about, and nothing else."""
        said = follow_up.repaired(text, self._texts)
        if not (situation.countries and frame.topics and frame.project.countries) or said == text.strip():
            return False
        named = {word for one in situation.countries for word in words(text[slice(*one.span)])}
        return all(word in named or word in self._texts.little for word in words(said))

    def again(self, frame: Frame) -> Answer:
        """What was told last: its point, the country that it was about, or the entry for who speaks."""
        topic = frame.topics[0]
        if point := self._content.topics[topic].point(frame.point):
            return Answer.precise(topic, point)
        project = frame.project
        ways = self._texts.project.ways
        of_countries = topic == self._texts.countries or any(way.topic == topic for way in ways.values())
        if project.countries and of_countries:
            says = self._understanding.of_countries(project.countries, project.way)
            return Answer(topic, 1.0, lead=says, is_brief=True, by=By.COUNTRY)
        return replace(self._understanding.settled(Answer(topic, 1.0), "", frame.speaker), by=By.PRECISE)
