"""What is known of the countries of a project, where a message asks something else, or nothing clear."""

from dataclasses import replace

from knowledge.content.models import Content
from knowledge.understanding.decision import Acknowledgement, Answer, By, Choice, Decision, Part, Reading, Unknown, Why
from knowledge.understanding.segmentation import pieces
from knowledge.understanding.situation.act_rules import SURE_BY_RULE
from knowledge.understanding.situation.case import APPLICANT, FOREIGN, INDIVIDUAL, Cases
from knowledge.understanding.situation.leads import Leads, titled
from knowledge.understanding.situation.partners import Direction, direction, partners, tells_project
from knowledge.understanding.situation.reduction import is_bare
from knowledge.understanding.situation.situation import Situation

_MOST_OFFERED = 2


class CountriesBeside:
    """Adds their line to a reading: beside what it answers, else alone."""

    def __init__(self, content: Content, leads: Leads, cases: Cases) -> None:
        assert content.situation is not None  # built only for a content that says who may ask
        self._topics = content.topics
        self._topic = content.situation.countries.topic
        self._leads = leads
        self._cases = cases

    def added(self, reading: Reading, situation: Situation, way: Direction = "") -> Reading:
        """The reading, with what is known of the countries of a project that none of its answers tells yet.

        Nothing for a person or a body abroad: the rule on countries is for those who can apply.
        """
        told = " ".join(answer.lead for answer in reading.answers)
        left = [country for country in partners(situation) if titled(country.name) not in told]
        if not left or self._cases.answers(situation).get(APPLICANT) in (INDIVIDUAL, FOREIGN):
            return reading
        at = next((n for n, part in enumerate(reading.parts) if self._takes(part.decision, situation)), None)
        if at is None:
            return reading
        says = self._leads.of_countries(left, direction(situation) or way)
        parts = [*reading.parts]
        parts[at : at + 1] = self._with(parts[at], says, situation)
        return replace(reading, parts=tuple(parts))

    def _takes(self, decision: Decision, situation: Situation) -> bool:
        match decision:
            case Answer(topic=topic):
                return not self._topics[topic].courtesy
            case Unknown(why=Why.NOT_OURS):
                return situation.applicant is not None and tells_project(situation)
            case Unknown(why=Why.NOT_COVERED) | Choice():
                return tells_project(situation)
            case _:
                return isinstance(decision, Acknowledgement)

    def _with(self, part: Part, says: str, situation: Situation) -> list[Part]:
        alone = Answer(self._topic, SURE_BY_RULE, lead=says, is_brief=True, by=By.COUNTRY)
        match part.decision:
            case Answer(topic=self._topic, lead="") as answer:
                return [replace(part, decision=replace(answer, lead=says))]
            case Answer() as answer:
                return [replace(part, decision=replace(answer, beside=says))]
            case Acknowledgement(text=text) as noted:
                return [replace(part, decision=replace(noted, text=f"{text}\n\n{says}"))]
            case Choice(topics=topics):
                return [replace(part, decision=replace(alone, also=topics[:_MOST_OFFERED]))]
            case Unknown(why=Why.NOT_COVERED) if self._asks_more(situation):
                return [replace(part, decision=alone), part]  # what else is asked is said not to be known
            case _:
                return [replace(part, decision=alone)]

    def _asks_more(self, situation: Situation) -> bool:
        """Whether a message asks something else than of its countries."""
        asks = any(piece.asks for piece in pieces(situation.text))
        return asks and not is_bare(situation, *(country.span for country in situation.mentions))
