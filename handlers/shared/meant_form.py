"""The form of volunteering that is talked about: told, taken back, or changed."""

from dataclasses import replace

from knowledge.content.conversation import DialogueAct
from knowledge.content.models import Content
from knowledge.conversation import follow_up
from knowledge.conversation.frame import Frame
from knowledge.understanding.decision import Answer, By
from knowledge.understanding.segmentation import pieces
from knowledge.understanding.understanding import Understanding
from knowledge.words.text import says_only

_ASKED = 0.7
"""Probability of a point of the last entry from which it is what is asked of another form."""


class MeantForms:
    """Answers for it."""

    def __init__(self, understanding: Understanding, content: Content) -> None:
        self._understanding = understanding
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
        return says_only(text, named, self._texts.little)

    def point_of(self, answer: Answer, said: str, form: str, frame: Frame) -> Answer:
        """The point that tells of the form, unless the one that was found does too, or tells of none."""
        entry = self._topics[answer.topic]
        point = entry.point(answer.point)
        if answer.word or answer.by == By.PRECISE:
            return answer
        if point and (not (told := self.told(point.says)) or form in told):
            return answer
        if self.told(f"{entry.title} / {entry.button}"):  # all that it says is of one form, or compares them
            return answer
        found = self._understanding.points.asked(
            answer.topic, follow_up.asked_with(said, self._usual(form)), speaker=frame.speaker
        )
        return replace(found, points=answer.points) if found and form in self.told(found.lead) else answer

    def changed(self, said: str, frame: Frame, *, corrects: bool) -> Answer | None:
        """« non, c'est un service civique » asks of it what was asked of another form, or of any."""
        forms = self.told(said)
        is_other = bool(frame.form) and forms != [frame.form]
        is_only_form = corrects and self.is_bare(said)
        if len(forms) != 1 or not (is_other or is_only_form) or frame.screen == DialogueAct.NOT_THAT:
            return None
        (form,), topic = forms, frame.topics[0]
        label = self._topics[topic].label(frame.point)
        ways = (f"{label} {self._usual(form)}", self._usual(form)) if is_only_form else (self._usual(form),)
        found = (self._understanding.points.asked(topic, asked, _ASKED, frame.speaker) for asked in ways)
        told = next(filter(None, found), None)
        return told if told and form in self.told(told.lead) else None

    def _usual(self, form: str) -> str:
        return self._texts.forms[form][0]
