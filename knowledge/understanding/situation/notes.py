"""What is only to be noted: somebody presents herself, or says that she does not apply."""

from knowledge.content.models import Content
from knowledge.understanding.decision import Acknowledgement, Answer, By, Decision, Reading, Unknown, Why
from knowledge.understanding.segmentation import pieces
from knowledge.understanding.situation.act_rules import is_denied
from knowledge.understanding.situation.expressions import expressions, french_lists
from knowledge.understanding.situation.leads import Leads
from knowledge.understanding.situation.reduction import words_left
from knowledge.understanding.situation.situation import Situation

_DISCOVERS = expressions([(french_lists()["discovers"], True)])

_MOST_LEFT = 2
"""Words beyond who speaks: « chargé de mission Europe et international » still asks nothing."""

_SURE = 0.6
"""Confidence from which what is told beside a presentation is what is meant."""


class Notes:
    """Tells what asks nothing from what asks."""

    def __init__(self, content: Content, leads: Leads) -> None:
        assert content.situation is not None  # built only for a content that says who may ask
        self._content = content
        self._texts = content.situation.acknowledgement
        self._leads = leads

    def of(self, reading: Reading, situation: Situation) -> Acknowledgement | None:
        """The acknowledgement that fits a whole message, or None: it asks something."""
        asks = situation.acts or situation.age or any(piece.asks for piece in pieces(situation.text))
        if asks or situation.aside:  # « DGS d'une interco, vous financez quoi »
            return None
        left = len(words_left(situation))
        if situation.candidacy and is_denied(situation) and left <= _MOST_LEFT:
            return Acknowledgement(self._texts.denied, self._texts.denied_topics)
        tells = situation.roles or (situation.actors and situation.applicant)
        if not tells or situation.candidacy or situation.hosting or situation.denied:
            return None
        most = _MOST_LEFT if situation.roles else 0
        if left > most or self._is_answered(reading):
            return None
        return self._noted(situation)

    def presented(self, reading: Reading, situation: Situation) -> Acknowledgement | None:
        """The same for a longer presentation that asks nothing, and in which nothing is surely found.

        Told as the message is read, unlike the countries of a project: what only presents does not go on from before.
        """
        is_told = situation.speaker or situation.roles
        if is_told and _only_looks(situation):
            return self._noted(situation)
        asks = situation.acts or situation.age or any(not piece.aside for piece in pieces(situation.text))
        if not is_told or asks or any(_is_sure(part.decision) for part in reading.parts):
            return None
        return self._noted(
            situation, *(part.decision.topic for part in reading.parts if isinstance(part.decision, Answer))
        )

    def _noted(self, situation: Situation, *likely: str) -> Acknowledgement:
        text = self._texts.text.format(who=self._leads.who(situation)) if situation.applicant else self._texts.somebody
        return Acknowledgement(text, tuple(dict.fromkeys((*likely, *self._texts.topics)))[: len(self._texts.topics)])

    def _is_answered(self, reading: Reading) -> bool:
        """Whether a question was surely heard all the same: « DGS, reste à charge »."""
        offered = set(self._content.form.offered_with) if self._content.form else set()
        topics = self._content.topics
        return any(
            not topics[part.decision.topic].courtesy and part.decision.topic not in offered
            for part in reading.parts
            if isinstance(part.decision, Answer)
        )


def _is_sure(decision: Decision) -> bool:
    """Whether it says more than that something of ours may be meant."""
    if isinstance(decision, Answer):
        return decision.by != By.WORDS or bool(decision.lead or decision.word) or decision.confidence >= _SURE
    return isinstance(decision, Unknown) and decision.why not in (Why.NOT_OURS, Why.NOT_COVERED)


def _only_looks(situation: Situation) -> bool:
    """« …, chargée de projet, je découvre ce bot » : whatever her function is of, she asks nothing of it."""
    discovers = any(_DISCOVERS.at(at, situation.words)[0] for at in range(len(situation.words)))
    return discovers and not (situation.acts or situation.age or "?" in situation.text or situation.countries)
