"""An authority that was talked about stays what « leur mission » and « là-bas » are of."""

from collections.abc import Sequence
from dataclasses import replace

from knowledge.content.models import Content
from knowledge.conversation import follow_up
from knowledge.conversation.frame import Frame
from knowledge.understanding.decision import Answer
from knowledge.understanding.situation.situation import Situation
from knowledge.understanding.understanding import Understanding
from knowledge.words.text import says_any, words

_ASKED = 0.4
"""Probability of a point of its entry from which it is what was asked of the authority."""
_BARE = 0.5
"""And of a message of few words just after its entry, that does not point back: « combien de temps ? »."""
_FEW = 6
"""So many words, at most."""
_LONGEST = 14
"""Words of a message that points back."""
_AUTHORITY_TURNS = 5
"""How many questions later it is still meant."""


class MeantAuthorities:
    """Knows the authorities of the content, and what is asked of the one that was talked about."""

    def __init__(self, understanding: Understanding, content: Content) -> None:
        self._understanding = understanding
        self._texts = content.conversation.follow_ups
        self._authorities = self._texts.authorities

    def named(self, text: str, place: str) -> str:
        """The authority that a message names, but for the `place` of its author; empty where it names none."""
        found = (name for name, one in self._authorities.items() if name != place and says_any(text, one.words))
        return next(found, "")

    def talked_about(self, text: str, topics: Sequence[str], frame: Frame) -> tuple[str, int]:
        """The one that is talked about once a message was answered by entries, and for how many more questions."""
        told = [name for name, authority in self._authorities.items() if authority.topic in topics[:1]]
        name = self.named(text, frame.speaker.place) or (told[0] if len(told) == 1 else "")
        if name:
            return name, _AUTHORITY_TURNS
        left = frame.authority_left - 1
        return (frame.authority, left) if left > 0 else ("", 0)

    def asked(self, text: str, situation: Situation, frame: Frame) -> Answer | None:
        """What is asked of it: « il fait quoi là-bas ? »."""
        authority = self._authorities.get(frame.authority)
        is_other = bool(situation.countries) or situation.speaker is not None or situation.place is not None
        if authority is None or is_other or len(words(text)) > _LONGEST or self.named(text, frame.speaker.place):
            return None
        is_alone = sum(one.topic == authority.topic for one in self._authorities.values()) == 1
        at_once = self._texts.back_at_once if is_alone and frame.authority_left == _AUTHORITY_TURNS else ()
        if says_any(text, (*self._texts.back, *at_once)):
            return self._understanding.points.asked(
                authority.topic, follow_up.asked_with(text, frame.authority), _ASKED
            )
        is_bare = is_alone and frame.topics[:1] == (authority.topic,) and len(words(text)) <= _FEW
        return self._understanding.points.asked(authority.topic, text, _BARE) if is_bare else None

    def meant(self, text: str, frame: Frame) -> Frame:
        """As if the authority were what was told last, where a message points back to it: « résumez cette mission »."""
        authority = self._authorities.get(frame.authority)
        if authority is None or not says_any(text, self._texts.back):
            return frame
        told = self._understanding.points.asked(authority.topic, frame.authority, 0.0)
        return replace(frame, topics=(authority.topic,), point=told.point if told else "", told=0)
