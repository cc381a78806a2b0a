"""What is told by words alone, before the entry next door covers it: three kinds, tried in this order.

`precise` of `situation.yaml`: a question that one sentence answers. `premises`: something taken for true, which the
first sentence confirms, corrects or says unknown. `countries`: what is known of the countries named.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from typing import TypeVar

from knowledge.content.situation import Precise, Premise, SituationTexts
from knowledge.understanding.decision import Answer, By, Choice, Decision
from knowledge.understanding.situation.act_rules import SURE_BY_RULE
from knowledge.understanding.situation.leads import Leads
from knowledge.understanding.situation.partners import direction, partners
from knowledge.understanding.situation.reduction import is_bare
from knowledge.understanding.situation.situation import Act, Situation

_REFUSED = "union"
"""What the questionnaire makes of a country that the rule leaves out."""
_LONGEST = 22
"""Words."""

_Asked = TypeVar("_Asked", bound=Precise)


class PreciseSentences:
    """The sentences of a content for a number, a name, a country, something taken for true."""

    def __init__(self, texts: SituationTexts, leads: Leads) -> None:
        self._texts = texts
        self._leads = leads

    def precise(self, decision: Decision, situation: Situation) -> Answer | None:
        """The answer that begins with such a sentence, or None."""
        words = situation.words
        if one := _first(self._texts.precise, words):
            return Answer(one.topic, SURE_BY_RULE, lead=one.says, is_brief=True, by=By.PRECISE)
        if premise := self._premise(situation, words):
            return Answer(premise.topic, SURE_BY_RULE, lead=premise.says, by=By.PREMISE)
        return self._country(decision, situation)

    def _premise(self, situation: Situation, words: Sequence[str]) -> Premise | None:
        """What is taken for true, if we know something of it; some need no « c'est bien… » to be met."""
        taken = bool(situation.premises or situation.denied)
        return _first((one for one in self._texts.premises if taken or one.always), words)

    def _country(self, decision: Decision, situation: Situation) -> Answer | None:
        """A country asked about by itself, or where the entry on countries answers."""
        countries, topic = situation.countries, self._texts.countries.topic
        if not countries or any(actor.country for actor in situation.actors):
            return None
        lead = self._leads.of_countries(countries, direction(situation))
        may_ask = "countries" not in situation.around and situation.act in (None, Act.CAN) and not situation.candidacy
        if may_ask and is_bare(situation, *(country.span for country in countries)):
            return Answer(topic, SURE_BY_RULE, lead=lead, is_brief=True, by=By.COUNTRY)  # « et le Togo ? »
        if isinstance(decision, Answer) and decision.topic == topic:
            return replace(decision, lead=lead, by=By.COUNTRY)
        if isinstance(decision, Answer) and decision.topic in self._texts.countries.beside and not decision.lead:
            return replace(decision, lead=lead) if partners(situation) else None
        if isinstance(decision, Answer) and decision.topic in self._texts.countries.refused_beside:
            is_refused = {country.option for country in countries} == {_REFUSED}
            return replace(decision, lead=lead) if is_refused and not decision.lead else None
        if isinstance(decision, Choice) and decision.topics[0] in (topic, *self._texts.countries.beside) and may_ask:
            return Answer(topic, SURE_BY_RULE, lead=lead, by=By.COUNTRY)  # « on pensait à un jeune Espagnol »
        return None


def _first(known: Iterable[_Asked], words: Sequence[str]) -> _Asked | None:
    """The first whose words are all said, and none that it excludes; a story says too many to be asked precisely."""
    if len(words) > _LONGEST:
        return None
    text = f" {' '.join(words)} "
    return next((one for one in known if _asks(one, text)), None)


def _asks(one: Precise, text: str) -> bool:
    return all(_said(part, text) for part in one.asks) and not any(_said(part, text) for part in one.but)


def _said(part: str, text: str) -> bool:
    """Whether one of the choices « a|b c|d* » is among the words: a star stands for any ending."""
    return any(choice in text for choice in _choices(part))


@cache
def _choices(part: str) -> tuple[str, ...]:
    return tuple(f" {choice.strip()} ".replace("* ", "") for choice in part.split("|"))
