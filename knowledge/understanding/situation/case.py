"""A situation in the terms of the questionnaire: what was said, as answers that its own rules can judge."""

from collections.abc import Mapping
from typing import Any

from knowledge.content.models import Content
from knowledge.content.situation import ActorKind, SituationTexts
from knowledge.questionnaire.kinds import kind_of
from knowledge.understanding.situation.situation import Act, Actor, Situation

ACTOR = "actor"
"""Beside the questions of the form: the kind of body, by its id."""

SPEAKS = "speaks"
"""And whether it is the author's own."""

APPLICANT, AUTHORITY, OTHER, FOREIGN = "applicant", "authority", "other", "foreign"
INDIVIDUAL, ORGANISATION = "individual", "organisation"


class Cases:
    """Turns situations into answers."""

    def __init__(self, texts: SituationTexts, content: Content) -> None:
        self._texts = texts
        self.kinds = {kind.id: kind for kind in texts.actors}
        asked = content.form.questions if content.form else ()
        self._country = next((kind_of(q) for q in asked if q.id == texts.countries.question), None)

    def kind(self, actor: Actor) -> ActorKind:
        """What the content says of a kind of body; a commune abroad is a foreign authority."""
        kind = self.kinds[actor.kind]
        return self.kinds[kind.abroad] if actor.country and kind.abroad else kind

    def answers(self, situation: Situation) -> dict[str, Any]:
        """The answers that the words give; nothing that they do not say.

        The authority is a mapping with what is known of it: kind, zone, population, small.
        """
        actor = situation.applicant
        told: dict[str, Any] = {}
        if actor is not None:
            kind = self.kind(actor)
            told |= {**kind.answers, ACTOR: kind.id, SPEAKS: "yes" if actor.speaks else "no"}
        elif situation.size or (situation.place and (situation.presents or situation.act == Act.CAN)):
            told[APPLICANT] = AUTHORITY  # inhabitants, or a place alone, stand for an authority
        if told:
            told[AUTHORITY] = self._authority(situation, actor)
        if self._country and situation.country and not (actor and actor.country):
            told[self._texts.countries.question] = self._country.read(
                ", ".join(country.name for country in situation.countries), ()
            )
        return told

    def of_form(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        """Of these answers, what the questionnaire itself asks: no kind of body, nothing of a size but its number."""
        told = {name: value for name, value in answers.items() if name not in (ACTOR, SPEAKS)}
        if told.get(APPLICANT) != AUTHORITY:
            told.pop(AUTHORITY, None)
        elif AUTHORITY in told:
            told[AUTHORITY] = {name: value for name, value in told[AUTHORITY].items() if name != "small"}
        return told

    def _authority(self, situation: Situation, actor: Actor | None) -> Mapping[str, Any]:
        told: dict[str, Any] = {}
        if actor and (kind := self.kind(actor).kind):
            told["kind"] = kind
        if situation.place:
            told["zone"] = situation.place.zone
        size = situation.size.value if situation.size else None
        if size is not None:
            told["population"] = size
        is_small = size is not None and size <= self._texts.case.small_up_to
        if is_small or (actor and actor.small and size is None):
            told["small"] = "yes"
        return told
