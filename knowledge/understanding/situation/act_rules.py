"""Act and actor → the entry: where the words say both, they decide, not what the words look like."""

from collections import defaultdict
from dataclasses import replace

from knowledge.content.situation import ActRule, SituationTexts
from knowledge.questionnaire.condition import holds
from knowledge.understanding.decision import Answer, By, Choice, Decision, Unknown, Why
from knowledge.understanding.situation.case import APPLICANT, AUTHORITY, FOREIGN, Cases
from knowledge.understanding.situation.reduction import is_bare
from knowledge.understanding.situation.situation import Act, Situation

SURE_BY_RULE = 0.97
"""The confidence in an answer that act and actor decide: the share of a grid that they get right."""

_SURE, _ALONE_SURE, _HOSTING_SURE, _CLOSER_SURE = 0.97, 0.9, 0.6, 0.6
"""From which an answer about something else is not given up for a rule: less where nobody speaks of applying."""


class ActRules:
    """Settles what a clause asks by its rule, where it has one."""

    def __init__(self, texts: SituationTexts, cases: Cases) -> None:
        self._rules = texts.act_rules
        self._cases = cases
        self._ruled = {rule.topic for rule in texts.act_rules if not rule.alone}
        whether = [rule for rule in texts.act_rules if Act.CAN in rule.acts]
        self._can = {rule.topic for rule in whether}
        self._for: dict[str, set[str]] = defaultdict(set)
        for rule in whether:
            asked_by = rule.when.answers.get(APPLICANT, ()) if rule.when else ()
            self._for[rule.topic].update(asked_by if isinstance(asked_by, tuple) else ())
        self._general = {rule.topic for rule in texts.act_rules if Act.CAN in rule.acts and rule.when is None}

    def settle(self, decision: Decision, situation: Situation) -> Decision:
        """The entry that act and actor lead to; the decision as it is where the words do not say both."""
        if isinstance(decision, Unknown) and decision.why not in (Why.NOT_COVERED, Why.NOT_OURS):
            return decision
        rule = self._rule(situation.act, situation)
        if rule is not None and _is_closer(decision, rule):
            return decision
        if rule is not None and self._applies(rule, decision, situation):
            return _answer(rule.topic, decision)
        return self.for_applicant(decision, situation) if isinstance(decision, Answer) else decision

    def entries(self, situation: Situation) -> tuple[str, ...]:
        """The entries that say whether such an applicant can apply, the closer ones last."""
        rule = self._rule(Act.CAN, situation)
        return (rule.topic, *rule.unless) if rule else ()

    def for_applicant(self, answer: Answer, situation: Situation) -> Answer:
        """The same, or the entry on who may apply that is for this applicant, where that one is for others."""
        rule = self._rule(Act.CAN, situation)
        is_named = situation.speaker is not None and self._names_meant(answer.topic, situation)
        is_closer = self._may_be_closer(answer.topic, situation) and not is_named
        is_other = is_closer or self._is_for_others(answer, situation)
        return _answer(rule.topic, answer) if rule and is_other else answer

    def asked(self, situation: Situation) -> str | None:
        """The entry that a clause asks for by itself, whatever its other words look like."""
        rule = self._rule(situation.act, situation)
        if rule is None or rule.alone or not situation.candidacy or not self._is_about_applying(situation):
            return None
        return rule.topic

    def asks_whether(self, decision: Decision) -> bool:
        """Whether this answers « can we »."""
        return isinstance(decision, Answer) and decision.topic in self._can

    def alike(self, topic: str) -> set[str]:
        """The entries of which one answers as well as another: all those on who may apply, or this one."""
        return {*self._can, *self._general} if topic in self._can else {topic}

    def _rule(self, act: Act | None, situation: Situation) -> ActRule | None:
        answers = self._cases.answers(situation)
        fitting = (rule for rule in self._rules if act in rule.acts and holds(rule.when, answers) is True)
        return next(fitting, None)

    def _applies(self, rule: ActRule, decision: Decision, situation: Situation) -> bool:
        """Whether the rule outranks what the words look like.

        « Can we » with a body does, as long as one speaks of applying. Other acts only tell entries apart that the
        words confuse: what is not ours, or is surely about something else, stays so.
        """
        if situation.act == Act.CAN:
            return self._is_about_applying(situation) and not self._is_sure(decision, situation)
        if not rule.alone and not (situation.candidacy and not is_denied(situation)):
            return False
        match decision:
            case Answer(topic, confidence):
                is_unsure = confidence < (_ALONE_SURE if rule.alone else _SURE)
                is_general = topic in self._can or (rule.when is not None and topic in self._ruled)
                return is_general or (is_unsure and situation.applicant is not None)
            case Choice(topics):
                is_offered = rule.topic in topics or (not rule.alone and not self._can.isdisjoint(topics))
                return is_offered and situation.applicant is not None
            case Unknown(why=why):
                return why == Why.NOT_COVERED and situation.applicant is not None
            case _:
                return False

    def _is_sure(self, decision: Decision, situation: Situation) -> bool:
        """Whether something else than applying is surely asked, by words that tell neither who nor where."""
        other = isinstance(decision, Answer) and decision.topic not in self._ruled
        sure = _SURE if situation.candidacy else _HOSTING_SURE
        return other and decision.confidence >= sure and not is_bare(situation)

    def _is_about_applying(self, situation: Situation) -> bool:
        applicant = situation.applicant
        if situation.candidacy:
            return situation.has_case and not is_denied(situation)
        if applicant is None:
            return situation.acts[1:] == () and is_bare(situation)  # « on peut ? »
        is_authority = self._cases.kind(applicant).answers.get(APPLICANT) == AUTHORITY
        return (bool(situation.hosting) and not is_authority) or is_bare(situation)

    def instead(self, decision: Decision, situation: Situation) -> Answer | None:
        """The entry for whoever cannot have a volunteer in its own name, in place of how one has some."""
        rule = self._rule(situation.act or Act.CAN, situation)
        if rule is None or self.is_abroad(situation):
            return self._instead_abroad(decision, rule, situation) if rule else None
        applicant = situation.applicant
        is_told = applicant is not None and not applicant.remembered and (situation.hosting or situation.candidacy)
        if is_told and isinstance(decision, Answer) and decision.topic in rule.instead_of:
            return _answer(rule.topic, decision)
        return None

    def is_abroad(self, situation: Situation) -> bool:
        """Whether the author speaks from abroad."""
        speaker = situation.speaker
        return speaker is not None and self._cases.kind(speaker).answers.get(APPLICANT) == FOREIGN

    def _instead_abroad(self, decision: Decision, rule: ActRule, situation: Situation) -> Answer | None:
        """The same for an author abroad, whatever was said: « recevoir un Français » is there what sending is here."""
        can = self._rule(Act.CAN, situation)
        ours = {can.topic, *can.instead_of} if can else set()
        match decision:
            case Answer(topic=topic):
                return _answer(rule.topic, decision) if topic in ours and topic != rule.topic else None
            case Choice(topics=topics) if not (situation.speaker and situation.speaker.remembered):
                return _answer(rule.topic, decision) if not ours.isdisjoint(topics) else None
            case _:
                return None

    def _may_be_closer(self, topic: str, situation: Situation) -> bool:
        """Whether « can we », in other words, was answered with a neighbour's entry, or with the one for all."""
        if not situation.has_case or situation.act not in (None, Act.CAN):
            return False
        return topic in self._general or (topic in self._can and situation.act == Act.CAN)

    def _is_for_others(self, decision: Answer, situation: Situation) -> bool:
        """Whether an entry on who may apply is for other applicants than the one who asks, none of whom is named."""
        meant, asking = self._for.get(decision.topic), self._cases.answers(situation).get(APPLICANT)
        rule = self._rule(Act.CAN, situation)
        if asking == AUTHORITY and situation.applicant and situation.applicant.remembered:
            return False  # a mayor may ask of associations
        if not meant or not asking or asking in meant or (rule and decision.topic in rule.unless):
            return False
        return not self._names_meant(decision.topic, situation)

    def _names_meant(self, topic: str, situation: Situation) -> bool:
        """Whether a body is named that such an entry is for, if only as a place: « à l'école » of a mayor."""
        meant = self._for.get(topic, set())
        others = (actor for actor in situation.actors if actor is not situation.applicant and not actor.country)
        return not meant.isdisjoint(self._cases.kind(actor).answers.get(APPLICANT) for actor in others)


def _answer(topic: str, decision: Decision) -> Answer:
    """This entry, as sure as rules are, or more."""
    if isinstance(decision, Answer) and decision.topic == topic:
        return replace(decision, confidence=max(decision.confidence, SURE_BY_RULE), also=())
    return Answer(topic, SURE_BY_RULE, by=By.RULE)


def _is_closer(decision: Decision, rule: ActRule) -> bool:
    """Whether the words surely lead to an entry that is closer than the rule's."""
    return isinstance(decision, Answer) and decision.topic in rule.unless and decision.confidence >= _CLOSER_SURE


def is_denied(situation: Situation) -> bool:
    """Whether applying itself is what is denied: « on ne veut pas candidater »."""
    return all(
        any(start <= said[0] and said[1] <= end for start, end in situation.denied) for said in situation.candidacy
    )
