"""What the last entry says of another year: « et en 2024 ? »."""

from knowledge.content.models import Content
from knowledge.conversation import follow_up
from knowledge.conversation.frame import Frame
from knowledge.conversation.spelled_out import years_in
from knowledge.understanding.decision import Answer, By
from knowledge.understanding.understanding import Understanding
from knowledge.words.markup import parse, plain_text
from knowledge.words.text import says_only


class MeantYears:
    """Finds it, in the entries whose text tells of years; those about dates compute what they tell."""

    def __init__(self, understanding: Understanding, content: Content) -> None:
        self._understanding = understanding
        self._content = content
        self._texts = content.conversation

    def last_told(self, frame: Frame) -> int:
        """The year that was talked about: the only one of the last point, else that which a message named."""
        point = self._content.topics[frame.topics[0]].point(frame.point)
        told = set(years_in(plain_text(parse(point.says)))) if point else set()
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
        for point, _ in self._understanding.points.ranked(entry.id, asked, frame.speaker):
            if years[0] in years_in(plain_text(parse(point.says))) and point.id != frame.point:
                return Answer.precise(entry.id, point)
        return Answer(
            entry.id,
            1.0,
            lead=self._line(entry.answer, years[0]) or self._nothing(entry.button, years[0]),
            is_brief=True,
            by=By.PRECISE,
        )

    def _line(self, answer: str, year: int) -> str:
        lines = (line.strip().removeprefix("- ") for line in answer.splitlines())
        return next((line for line in lines if year in years_in(plain_text(parse(line)))), "")

    def _nothing(self, entry: str, year: int) -> str:
        contact = self._content.email
        return self._texts.sentences.not_that_year.format(year=year, entry=entry, contact=contact)
