"""An entry in a sentence or two: where little is wanted, or where several answers share a message."""

from collections.abc import Sequence
from dataclasses import replace

from knowledge.content.models import Content
from knowledge.conversation import excerpts
from knowledge.rendering import Renderer
from knowledge.understanding.decision import Answer, By, Part
from knowledge.understanding.segmentation import pieces
from knowledge.understanding.situation.situation import Act
from knowledge.words.markup import plain_text

_MOST_TOLD = 3
"""Answers to one message of which each may take two sentences."""


class Brief:
    """Says little of an entry; its button leads to the rest."""

    def __init__(self, content: Content, renderer: Renderer) -> None:
        self.content = content
        self.renderer = renderer
        rules = content.situation.act_rules if content.situation else ()
        self._cases = {rule.topic for rule in rules if Act.CAN in rule.acts}
        """The entries on who may apply: what they begin with for somebody answers her; others only qualify the rest."""

    def first(self, topic: str, most: int = 1) -> str:
        """The first sentences of what it answers; the plain one where they only lead to a list, or ask something."""
        entry, renderer = self.content.topics[topic], self.renderer
        told = [plain_text(renderer.text(text)) for text in (renderer.text_of(entry), entry.simple) if text]
        said = [excerpts.beginning(told[0], count) for count in range(most, 0, -1)]
        said += [excerpts.first(text, 1) for text in told[1:]]
        whole = (one for one in said if one and "?" not in one and not one.endswith(":"))
        return next(whole, excerpts.first(told[0], 2))

    def name_before(self, topic: str) -> str:
        """Its short name, as it stands before what it answers: « Qui finance ? », « Les missions : »."""
        name = self.content.topics[topic].button
        return name if name.endswith("?") else f"{name} :"

    def together(self, told: Sequence[tuple[Answer, Part]]) -> list[tuple[Answer, str]]:
        """Answers to the parts of one message: all in brief where several ask, else what none asked."""
        asking = [part.asks or any(piece.asks for piece in pieces(part.text)) for _, part in told]
        several_ask, most = sum(asking) > 1, 2 if len(told) <= _MOST_TOLD else 1
        shown: list[tuple[Answer, str]] = []
        for (answer, part), asks in zip(told, asking, strict=True):
            is_aside = bool(shown and part.text) and not asks
            begins = self._begun(answer, part.text, most if asks else 1) if several_ask or is_aside else answer
            shown.append((begins, part.text))
        return shown

    def _begun(self, answer: Answer, said: str, most: int) -> Answer:
        """An answer that says no more than its first sentences, after what it begins with for this person."""
        topic = self.content.topics[answer.topic]
        if answer.is_brief or answer.word or topic.courtesy:
            return answer
        if answer.lead and (answer.by == By.COUNTRY or topic.id in self._cases):
            return replace(answer, is_brief=True)
        dates = excerpts.first(self.renderer.direct(topic, said, precise=False), most)
        begins = f"**{self.name_before(topic.id)}** {dates or self.first(topic.id, most)}"
        return replace(answer, lead="\n\n".join(filter(None, (answer.lead, begins))), is_brief=True)
