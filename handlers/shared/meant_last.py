"""The last answer itself, asked again: what others say against it, what follows from it."""

from dataclasses import replace

from handlers.shared.meant_form import MeantForms
from handlers.shared.project_facts import ProjectNotes
from knowledge.content.conversation import REPAIRS, DialogueAct
from knowledge.content.models import Content
from knowledge.conversation import follow_up
from knowledge.conversation.frame import Frame
from knowledge.understanding.decision import Answer, By
from knowledge.understanding.situation.situation import Situation
from knowledge.understanding.understanding import Understanding
from knowledge.words.markup import PLACEHOLDER, parse, plain_text
from knowledge.words.text import says_any, says_only, stem, words

_LONGEST = 14
"""Words of a message that only contradicts."""
_FIGURE = "1"
"""In the place of a fact or a date that a point tells: both hold figures."""
_CONCLUSION = 9
"""And of one that only concludes."""


class MeantLast:
    """Finds it."""

    def __init__(self, understanding: Understanding, content: Content, notes: ProjectNotes, forms: MeantForms) -> None:
        self._understanding = understanding
        self._content = content
        self._notes = notes
        self._forms = forms
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
        if act in REPAIRS and frame.topics and (self._forms.states(text) or self._compares(text)):
            return True  # « c'est un service civique, je crois », « c'est plus rapide ? »
        if act == DialogueAct.EXAMPLE and says_any(text, self._texts.last.asks):
            return True  # « ils accueillent qui, par exemple ? »
        return bool(self.intro(text, frame)) or self.doubts_figure(text, frame)

    def intro(self, text: str, frame: Frame) -> str:
        """What is said before the last answer, where a message only asks it again; empty where it does not."""
        sentences, contact = self._content.conversation.sentences, self._content.email
        ways = (
            (self.contradicts, sentences.contested.format(contact=contact)),
            (self.concludes, sentences.concluded),
            (self.asks_of_us, sentences.for_us.format(contact=contact)),
            (self.says_opposite, sentences.denied),
        )
        return next((said for way, said in ways if way(text, frame)), "")

    def _compares(self, text: str) -> bool:
        return "?" in text and says_any(text, self._texts.last.compares)

    def doubts_figure(self, text: str, frame: Frame) -> bool:
        """« On m'a dit 400 euros, c'est vrai ? », of an answer that holds other figures."""
        last, numbers = self._texts.last, {word for word in words(text) if word.isdigit()}
        if not frame.topics or not numbers or len(words(text)) > _LONGEST or not says_any(text, last.claims):
            return False
        point = self._content.topics[frame.topics[0]].point(frame.point)
        has_figures = point is not None and any(
            word.isdigit() for word in words(plain_text(parse(PLACEHOLDER.sub(_FIGURE, point.says))))
        )
        return has_figures and says_any(text, last.whether)

    def asks_of_us(self, text: str, frame: Frame) -> bool:
        """« Les autres je m'en fiche, et chez nous ? » : nothing but one's own place is asked about."""
        last = self._texts.last
        is_short = bool(frame.topics) and len(words(text)) <= _LONGEST
        return is_short and says_any(text, last.dismisses) and says_any(text, last.of_us)

    def says_opposite(self, text: str, frame: Frame) -> bool:
        """« 15 % de ressources publiques ? », of what was told of private ones: all its other words were told."""
        point = self._content.topics[frame.topics[0]].point(frame.point) if frame.topics else None
        if point is None or len(words(text)) > _CONCLUSION:
            return False
        told = plain_text(parse(point.says))
        for pair in self._texts.last.opposites:
            for one, other in (pair, pair[::-1]):
                is_denied = says_any(text, [one]) and says_any(told, [other])
                if is_denied and not says_any(told, [one]) and not says_any(text, [other]):
                    left = [
                        word for word in words(text) if word not in self._texts.little and not says_any(word, [one])
                    ]
                    named = {stem(word) for word in left} - {stem(word) for word in one.split()}
                    return bool(named) and named <= {stem(word) for word in words(told)}
        return False

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
