"""The form of volunteering that is talked about: told, taken back, or changed."""

from collections.abc import Callable
from dataclasses import replace

from handlers.shared.meant_year import lines_of
from knowledge.content.conversation import DialogueAct
from knowledge.content.models import Content
from knowledge.conversation import follow_up, spelled_out
from knowledge.conversation.frame import Frame
from knowledge.understanding.decision import Answer, By
from knowledge.understanding.segmentation import pieces
from knowledge.understanding.understanding import Understanding
from knowledge.words.markup import parse, plain_text
from knowledge.words.text import says_any, says_only, words

_ASKED = 0.7
"""Probability of a point of the last entry from which it is what is asked of another form."""


class MeantForms:
    """Answers for it."""

    def __init__(self, understanding: Understanding, content: Content, called: Callable[[str], str]) -> None:
        """`called`: how a form is named to people."""
        self._understanding = understanding
        self.called = called
        self._topics = content.topics
        self._texts = content.conversation.follow_ups

    def told(self, text: str) -> list[str]:
        """The forms that a text names, but those that it denies."""
        return follow_up.forms_told(text, self._texts)

    def kept(self, text: str) -> str:
        """The message without the form that it takes back: « un VSI, euh non, un service civique »."""
        if len(self.told(text)) == 1:
            return text
        instead = follow_up.said_instead(text, self._texts)
        said = next((said for said in instead if len(self.told(said)) == 1), text)
        if said == text or self._understanding.situation(said).acts:
            return said
        clauses = [piece.text for piece in pieces(said) if self.told(piece.text)]
        return clauses[0] if len(clauses) == 1 else said

    def is_bare(self, text: str) -> bool:
        """Whether a part of a message only says of which form it is: « et pour un VSI »."""
        if any(piece.asks for piece in pieces(text.rstrip(" ?"))):  # « et le VSI, c'est pour qui ? »
            return False
        forms = self.told(text)
        named = {word for form in forms for way in self._texts.forms[form] for word in way.split()}
        stated = {word for way in self._texts.other.states for word in way.split()}
        around = (*self._texts.little, *self._texts.asked_again.words, *stated, self._texts.other.one)
        return says_only(text, named, (*around, *self._texts.corrections, self._texts.denial))

    def point_of(self, answer: Answer, said: str, form: str, frame: Frame) -> Answer:
        """The point that tells of the form, unless the one that was found does too, or tells of none."""
        entry = self._topics[answer.topic]
        point = entry.point(answer.point)
        if answer.word or answer.by == By.PRECISE:
            return answer
        if point and (not (told := self.told(point.says)) or form in told):
            return answer
        if self._forms_of(answer.topic):  # all that it says is of one form, or compares them
            return answer
        found = self._understanding.points.asked(
            answer.topic, follow_up.asked_with(said, self._usual(form)), speaker=frame.speaker
        )
        return replace(found, points=answer.points) if found and form in self.told(found.lead) else answer

    def of_the_other(self, text: str, frame: Frame) -> str:
        """« et l'autre ? » → « et le VSI ? », where the service civique was talked about."""
        last = self._topics[frame.topics[0]]
        point = last.point(frame.point)
        known = [frame.form] if frame.form else self.told(f"{last.title}, {point.says if point else ''}")
        others = [form for form in self._texts.forms if form not in known]
        if len(known) != 1 or len(others) != 1 or self.told(text):
            return text
        return spelled_out.of_other_form(text, self._usual(others[0]), self._texts)

    def changed(self, said: str, frame: Frame) -> Answer | None:
        """« non, c'est un service civique », « idem pour le VSI ? » ask of it what was asked of another, or any."""
        forms, is_only_form = self.told(said), self.is_bare(said)
        is_other = bool(frame.form) and forms != [frame.form]
        if len(forms) != 1 or not (is_other or is_only_form) or frame.screen == DialogueAct.NOT_THAT:
            return None
        form, topic, point = forms[0], *self._last(frame)
        label = self._of_form(self._topics[topic].label(point), form)
        ways = (label, self._usual(form)) if is_only_form else (self._usual(form),)
        found = (self._understanding.points.asked(topic, asked, _ASKED, frame.speaker) for asked in ways)
        told = next((answer for answer in found if answer and form in self.told(answer.lead)), None)
        if told is None and is_only_form:
            return self._told_beside(form, label, frame)
        return told or self._of_own_entry(form, said, topic)

    def _of_own_entry(self, form: str, said: str, topic: str) -> Answer | None:
        """« et en service civique, à 27 ans ? », after an entry on the VSI alone: what the one on this form says."""
        if not self._is_of_another(topic, form):
            return None
        points = self._understanding.points
        return points.of_age(form, said) or points.asked(form, said, _ASKED)

    def _told_beside(self, form: str, label: str, frame: Frame) -> Answer | None:
        """What the last entry says of a form in a line of its own; of one on another form, the entry on this one."""
        topic, point = self._last(frame)
        last = self._topics[topic]
        if self._is_of_another(topic, form):
            if same := self._topics[form].point(point):
                return Answer.precise(form, same)
            asked = self._understanding.points.asked(form, label, _ASKED, frame.speaker) if point else None
            return asked or Answer(form, 1.0, by=By.PRECISE)
        alone = next((line for line in lines_of(last.answer) if self.told(plain_text(parse(line))) == [form]), "")
        return Answer(last.id, 1.0, lead=alone, is_brief=True, by=By.PRECISE) if alone else None

    def _forms_of(self, topic: str) -> list[str]:
        """The forms that all of an entry is about."""
        return self.told(f"{self._topics[topic].title} / {self._topics[topic].button}")

    def _is_of_another(self, topic: str, form: str) -> bool:
        """Whether an entry is about other forms than this one, which has an entry of its own."""
        named = self._forms_of(topic)
        return form in self._topics and bool(named) and form not in named

    def _last(self, frame: Frame) -> tuple[str, str]:
        """The entry, and its point, of which another form is asked: of several, the one on a form."""
        topic = next((one for one in frame.topics if one in self._texts.forms), frame.topics[0])
        return topic, frame.point if topic == frame.topics[0] else ""

    def _of_form(self, label: str, form: str) -> str:
        """What was asked, of this form: « VSI : quelle durée ? » → « quelle durée ? service civique »."""
        ways = {word for said in self._texts.forms.values() for way in said for word in way.split()}
        left = [word for word in label.split() if not set(words(word)) & ways]
        return follow_up.asked_with(" ".join(left), self._usual(form))

    def states(self, text: str) -> str:
        """The form that a message only states: « c'est un service civique, je crois »; empty where it does not."""
        is_stated = "?" not in text and says_any(text, self._texts.other.states)
        return self.told(text)[0] if is_stated and len(self.told(text)) == 1 and self.is_bare(text) else ""

    def _usual(self, form: str) -> str:
        return self._texts.forms[form][0]
