"""What the last entry says of another year: « et en 2024 ? »."""

from knowledge.content.models import Content
from knowledge.conversation import follow_up
from knowledge.conversation.frame import Frame
from knowledge.conversation.spelled_out import years_in
from knowledge.understanding.decision import Answer, By
from knowledge.understanding.understanding import Understanding
from knowledge.words.markup import parse, plain_text
from knowledge.words.text import says_only

_SURE = 0.3
"""Probability from which a point that tells of the year is what is asked of it."""


class MeantYears:
    """Finds it, in the entries whose text tells of years; those about dates compute what they tell."""

    def __init__(self, understanding: Understanding, content: Content) -> None:
        self._understanding = understanding
        self._content = content
        self._texts = content.conversation

    def last_told(self, frame: Frame) -> int:
        """The year that was talked about: the only one of the last point, else that which a message named."""
        point = self._content.topics[frame.topics[0]].point(frame.point)
        told = set(_years_of(point.says)) if point else set()
        return told.pop() if len(told) == 1 else frame.project.year

    def asked(self, said: str, frame: Frame) -> Answer | None:
        """What is told of a year that is all a message asks; that nothing is; None where it asks something else."""
        years, entry = years_in(said), self._content.topics[frame.topics[0]]
        dates = self._content.calendar.screen.offered_with if self._content.calendar else ()
        if len(years) != 1 or entry.id in dates or not years_in(entry.answer):
            return None
        if not says_only(said, {str(years[0])}, self._texts.follow_ups.little):
            return None
        asked = follow_up.asked_with(entry.label(frame.point), said)
        ranked = self._understanding.points.ranked(entry.id, asked, frame.speaker)
        holding = [(point, chance) for point, chance in ranked if years[0] in _years_of(point.says)]
        told = next((point for point, chance in holding if chance >= _SURE and point.id != frame.point), None)
        line = next((line for line in lines_of(entry.answer) if years[0] in _years_of(line)), "")
        if told or (holding and not line):
            return Answer.precise(entry.id, told or holding[0][0])
        contact = self._content.email
        nothing = self._texts.sentences.not_that_year.format(year=years[0], entry=entry.button, contact=contact)
        return Answer(entry.id, 1.0, lead=line or nothing, is_brief=True, by=By.PRECISE)


def lines_of(answer: str) -> list[str]:
    """The lines of what an entry answers, without their bullets."""
    return [line.strip().removeprefix("- ") for line in answer.splitlines()]


def _years_of(text: str) -> list[int]:
    return years_in(plain_text(parse(text)))
