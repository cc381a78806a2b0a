"""What is shown of a question as it was heard: never the same as just before."""

from handlers.shared.going_on_from import CLEAR
from handlers.shared.heard import Heard
from handlers.shared.hearing import Hearing
from handlers.shared.screen import Screen, menu_rows
from handlers.shared.turn import (
    note_authority,
    note_form,
    note_going_on,
    note_offered,
    note_point,
    note_project,
    note_proposal,
    note_reading,
    note_screen,
    note_shown,
    note_speaker,
    note_topics,
)
from knowledge.conversation import follow_up
from knowledge.conversation.frame import Frame, digest
from knowledge.understanding.decision import SURE, Why
from knowledge.words.markup import TextSpan
from knowledge.words.text import words

_LIKELY = 0.2
"""Probability of a choice from which it is on the subject of its first entry: of 48 labelled ones that were less
likely, 41 were not ours, and six had the right entry among the three.
"""

_PICTURES = 0x2600
"""From this sign on, they are pictures."""


class AnswerScreens:
    """Draws what answers a question, and notes what was shown."""

    def __init__(self, hearing: Hearing) -> None:
        self._hearing, self._replies, self._narrowed = hearing, hearing.replies, hearing.narrowed

    def of(self, heard: Heard, frame: Frame, misses: int) -> list[Screen]:
        """What to show. The entry of just before is not shown again: only what it says on the point now asked."""
        reading = heard.reading
        note_speaker(heard.speaker)
        note_form(heard.form)
        note_project(heard.project)
        note_authority(heard.authority)
        note_reading(reading.kind, [] if reading.answers else reading.choices or reading.nearest, heard.act)
        note_topics(heard.topics)
        note_point(reading.answers[0].point if reading.answers else "")
        if proposed := self._replies.proposed(heard.topics):
            note_proposal(proposed, "")
        if not (heard.checked or heard.noted) and (special := self._instead(heard, frame)):
            return [special]
        for answer in reading.answers:
            note_shown(answer.lead or answer.beside)
        shown = [self._hesitation(heard, frame)] if reading.kind == "choice" else self._replies.to(reading, misses)
        return self._introduced(heard, shown)

    def _hesitation(self, heard: Heard, frame: Frame) -> Screen:
        """What was understood, where anything was, and what goes with it; of its entry, the point that is asked."""
        reading, points = heard.reading, self._hearing.understanding.points
        closest, *others = reading.choices
        asked = points.asked(closest, reading.parts[0].text, speaker=heard.speaker)
        names_ours = follow_up.forms_told(heard.text, self._narrowed.words.follow_ups)
        if reading.confidence >= _LIKELY or names_ours or (asked and asked.confidence >= SURE):
            note_shown(asked.lead if asked else "")
            ranked = points.ranked(closest, reading.parts[0].text, heard.speaker)
            return self._narrowed.on_subject(closest, asked, [point for point, _ in ranked], others)
        again = frame.screen in {"unsure", "lost"}
        note_screen("lost" if again else "unsure")
        note_offered(())
        note_going_on()
        return self._narrowed.lost() if again else self._narrowed.unsure()

    def _instead(self, heard: Heard, frame: Frame) -> Screen | None:
        """What is shown instead of the usual reply, so that it is never the one of just before."""
        reading, last, narrowed = heard.reading, list(frame.topics[:1]), self._narrowed
        told = reading.answers[0] if reading.answers else None
        is_new = not told or told.point != frame.point or told.word  # another point of the entry, or all of it
        if told and not is_new and heard.topics == last and not self._hearing.is_courtesy(reading):
            note_screen("excerpt")
            said = told.lead or told.beside
            if said and digest(said) != frame.shown:
                note_shown(said)
                return narrowed.lead(told.topic, said)
            return self._excerpt(told.topic, heard, frame)
        if any(part.why == Why.NO_WORDS for part in reading.unanswered) and not reading.answers:
            return self._to_a_sign(heard.text, frame)
        return None

    def _excerpt(self, topic: str, heard: Heard, frame: Frame) -> Screen:
        """What the entry of just before says on the point now asked."""
        likely = self._hearing.understanding.points.likeliest(topic, heard.text, heard.speaker)
        again = heard.reading.answers[0]
        if again.point and heard.situation.age:  # « et moi, à 71 ans ? »: the very point that was told
            return self._narrowed.lead(topic, f"{self._narrowed.sentences.holds} {again.lead}")
        if likely and likely.point != frame.point:  # rather than that nothing is known of it
            note_point(likely.point)
            note_shown(likely.lead)
            return self._narrowed.lead(topic, likely.lead)
        act = follow_up.bare_act(heard.text, heard.situation, self._narrowed.words.follow_ups)
        if not act and not self._narrowed.asks_something(heard.text):
            act = frame.act
        alone = self._hearing.read(heard.text, frame.speaker)
        sure = any(answer.topic == topic and answer.confidence >= CLEAR for answer in alone.answers)
        also = heard.reading.choices
        told = self._narrowed.excerpt(topic, heard.text, act, heard.about, frame.shown, sure=sure, also=also)
        return Screen(told.text, [*self._replies.point_rows(heard.reading.answers), *told.rows])

    def _introduced(self, heard: Heard, shown: list[Screen]) -> list[Screen]:
        """A greeting within a question is greeted in two words, thanks are met in as few."""
        sentences, typed = self._narrowed.sentences, words(heard.text)
        greets = len(typed) > 2 and typed[0] in self._narrowed.words.greetings and heard.topics
        intro = sentences.greeting if greets else ""
        texts = self._narrowed.words.follow_ups
        is_said = heard.reading.courtesy != texts.thanks.topic or follow_up.begins_with_thanks(heard.text, texts)
        if heard.reading.courtesy and is_said and not greets:
            intro = self._replies.content.topics[heard.reading.courtesy].title
        if heard.completed and heard.about:
            intro = sentences.about.format(said=heard.about)
        if heard.checked:
            intro = heard.checked
        if heard.noted:
            intro = sentences.told_fact.format(said=heard.noted)
        if heard.retyped:
            intro = sentences.keyboard.format(read=heard.retyped)
        return [shown[0].introduced(intro), *shown[1:]] if intro else shown

    def _to_a_sign(self, text: str, frame: Frame) -> Screen:
        sentences, again = self._narrowed.sentences, frame.screen == "sign"
        note_screen("sign")
        if again:
            return Screen(self._replies.renderer.text(sentences.sign_again), menu_rows(self._replies.content))
        is_picture = any(ord(sign) >= _PICTURES for sign in text)
        return Screen((TextSpan(sentences.emoji if is_picture else sentences.sign),))
