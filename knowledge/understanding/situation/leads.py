"""The first sentence of an answer: what it comes to for this person, from what was read and the form's own rules."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from knowledge.content.models import Content
from knowledge.content.questionnaire import Outcome
from knowledge.content.situation import Opening, SituationTexts
from knowledge.questionnaire.condition import holds
from knowledge.questionnaire.engine import Questionnaire
from knowledge.understanding.decision import Answer
from knowledge.understanding.situation.case import ACTOR, APPLICANT, AUTHORITY, FOREIGN, Cases
from knowledge.understanding.situation.expressions import french_lists
from knowledge.understanding.situation.partners import Direction
from knowledge.understanding.situation.situation import Country, Situation
from knowledge.words.typography import french, grouped

_LOWER = frozenset(french_lists()["lower"].split())
_LONGEST_ACRONYM = 3


class Leads:
    """Writes first sentences, in the words of the content."""

    def __init__(self, texts: SituationTexts, content: Content, cases: Cases) -> None:
        self._texts = texts
        self._cases = cases
        self._topics = content.topics
        self._questionnaire = Questionnaire(content.form) if content.form else None

    def begun(self, answer: Answer, situation: Situation) -> Answer:
        """The answer, begun for who was read; or the one sentence of its entry that answers this person."""
        opening, answers = self._opening(answer.topic, situation)
        if opening and opening.point and (point := self._topics[answer.topic].point(opening.point)):
            return answer.telling(point)
        return replace(answer, lead=self._said(opening, answers, situation) if opening else "")

    def _opening(self, topic: str, situation: Situation) -> tuple[Opening | None, dict[str, Any]]:
        """What begins an answer of this entry for who was read, with what is known of them."""
        answers = self._cases.answers(situation)
        if ACTOR not in answers and not answers.get(AUTHORITY):
            return None, answers
        act = situation.act.value if situation.act else "can"
        is_remembered = bool(situation.applicant and situation.applicant.remembered)
        is_answered = is_remembered and answers.get(APPLICANT) != AUTHORITY  # who cannot was told so at once
        fitting = (
            opening
            for opening in self._texts.openings
            if topic in opening.topics
            and (not opening.acts or (act in opening.acts and (opening.point or not is_answered)))
            and holds(opening.when, answers) is True
        )
        return next(fitting, None), answers

    def _said(self, opening: Opening, answers: dict[str, Any], situation: Situation) -> str:
        points = self._left_open(answers)
        if points is None and "{points}" in opening.text:
            return ""
        who = self.who(situation)
        return opening.text.format(who=who, Who=who[:1].upper() + who[1:], points=points or "")

    def who(self, situation: Situation) -> str:
        """« une commune de 800 habitants (Gers) »."""
        said, actor = self._texts.case, situation.applicant
        who = self._cases.kind(actor).said if actor else said.somebody
        is_sized = actor is None or self._cases.kind(actor).answers.get(APPLICANT) in (AUTHORITY, FOREIGN)
        if situation.size and is_sized:  # inhabitants are of an authority
            who = said.sized.format(who=who, size=grouped(situation.size.value))
        lies = titled(actor.country.name) if actor and actor.country else situation.place and situation.place.name
        return french(said.placed.format(who=who, place=lies) if lies else who)

    def of_countries(self, countries: Iterable[Country], way: Direction = "") -> str:
        """What is known of these countries, those of which it is the same together; `way`: which way one goes."""
        texts, alike = self._texts.countries, dict[str, list[str]]()
        says = {**texts.says, **(texts.says_when.get(way, {}) if way else {})}
        for country in countries:
            alike.setdefault(country.option, []).append(titled(country.name))
        named = ((option, texts.both.join(filter(None, (", ".join(n[:-1]), n[-1])))) for option, n in alike.items())
        return "\n\n".join(says[option].format(Country=names) for option, names in named)

    def _left_open(self, answers: dict[str, Any]) -> str | None:
        """What the questionnaire's rules leave to confirm, as a sentence; None where they say no."""
        if self._questionnaire is None:
            return ""
        results = list(self._questionnaire.results(self._cases.of_form(answers)))
        if any(result.outcome == Outcome.UNMET for result in results):
            return None
        said = self._texts.case
        left = [result.criterion.id for result in results if result.outcome == Outcome.OPEN]
        points = [said.points[name] for name in left if name in said.points]
        if not points:
            return ""
        *first, last = points
        told = f"{', '.join(first)}{said.both}{last}" if first else last
        return f" {said.to_confirm.format(points=told)}"


def titled(name: str) -> str:
    """A country's name with its capitals: « côte d'ivoire » → « Côte d'Ivoire »."""
    if len(name) <= _LONGEST_ACRONYM:
        return name.upper()
    words = name.replace("-", "- ").replace("'", "' ").split(" ")
    told = [word if word.strip("-'") in _LOWER else word[:1].upper() + word[1:] for word in words]
    return french(" ".join(told).replace("- ", "-").replace("' ", "'"))
