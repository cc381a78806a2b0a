"""A typed question, read with what the conversation was about; and its screens, never the same as just before."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from handlers.shared.buttons import OpenForm
from handlers.shared.narrowed import Narrowed
from handlers.shared.replies import Replies
from handlers.shared.screen import Screen, menu_rows
from handlers.shared.turn import note_proposal, note_reading, note_screen, note_shown, note_topics
from knowledge.content.conversation import DialogueAct
from knowledge.conversation import follow_up
from knowledge.conversation.frame import TURNS, Frame, digest
from knowledge.conversation.keyboards import retyped
from knowledge.understanding.decision import Answer, Context, Part, Reading, Why
from knowledge.understanding.situation.situation import Situation
from knowledge.understanding.understanding import Understanding
from knowledge.words.markup import TextSpan
from knowledge.words.text import words

_SURE = 0.9
"""Confidence from which what another keyboard would have written is what was meant."""

_CLEAR = 0.6
"""Confidence from which a short message is clear alone."""

_ALONE = 0.85
"""Confidence from which a message that the conversation would read otherwise is clear alone."""

_APART = 0.75
"""Confidence from which what stands beside « par exemple » is a question of its own."""

_FEW = 3
"""Words of a message that the entry of before may answer better than another."""

_PICTURES = 0x2600
"""From this sign on, they are pictures."""


@dataclass(frozen=True)
class Heard:
    """A message as read in its conversation."""

    text: str
    reading: Reading
    situation: Situation
    act: str = ""
    """What is asked, of the message or else of the question before."""
    retyped: str = ""
    """What it says on the keyboard that was meant; empty where it was the right one."""

    completed: bool = False
    """Whether it was read with what the question before was about."""

    @property
    def topics(self) -> list[str]:
        """The entries that answer."""
        return [answer.topic for answer in self.reading.answers]

    @property
    def about(self) -> str:
        """Who or what a follow-up is about, as typed."""
        found = (*self.situation.actors[:1], self.situation.country, self.situation.place)
        spans = [one.span for one in found if one]
        return self.situation.text[slice(*spans[0])] if spans else ""


class Hearing:
    """Hears questions."""

    def __init__(self, understanding: Understanding, replies: Replies, narrowed: Narrowed) -> None:
        self.understanding = understanding
        self.replies = replies
        self.narrowed = narrowed
        kinds = replies.content.situation.actors if replies.content.situation else ()
        self._kinds = {kind.id: kind.said for kind in kinds}

    def hear(self, text: str, frame: Frame) -> Heard:
        """Read a message; where it goes on from the answer before, with what it leaves out."""
        heard = self._follow(text, frame)
        if not heard.topics:
            heard = self._settled(self._on_another_keyboard(heard), frame)
        return self._staying(heard, frame)

    def _staying(self, heard: Heard, frame: Frame) -> Heard:
        """A few words that lead nowhere by themselves, just after an answer, are about it."""
        reading = heard.reading
        if reading.kind != "choice" or not frame.topics or frame.left < TURNS or len(reading.parts) > 1:
            return heard
        if len(words(heard.text)) > follow_up.LONGEST:
            return heard
        texts = self.narrowed.words.follow_ups
        if texts.actor and heard.situation.actors:  # « et mon mari, qui a une entreprise ? »
            asked = texts.actor.format(actor=self._kinds[heard.situation.actors[0].kind])
            return replace(heard, reading=self._read(asked, Frame()), completed=True)
        if self.narrowed.asks_much(heard.text):
            return heard
        answer = Answer(frame.topics[0], reading.confidence, also=reading.choices)
        return replace(heard, reading=Reading((Part(heard.text, answer),)))

    def _settled(self, heard: Heard, frame: Frame) -> Heard:
        """Where no entry is sure: thanks are met; in a conversation, what is by far likeliest is answered."""
        texts = self.narrowed.words.follow_ups
        if not heard.topics and texts.thanks.topic and follow_up.thanks(heard.text, texts):
            return replace(heard, reading=_of([texts.thanks.topic], heard.text))
        reading = heard.reading
        if heard.topics or reading.kind != "choice" or len(reading.parts) > 1 or frame == Frame():
            return heard
        leaning = self.understanding.leaning(heard.text)
        if leaning is None or leaning != reading.choices[0]:
            return heard
        answer = Answer(leaning, reading.confidence, also=reading.choices[1:])
        return replace(heard, reading=Reading((Part(heard.text, answer),)))

    def _follow(self, text: str, frame: Frame) -> Heard:
        texts = self.narrowed.words.follow_ups
        if meant := follow_up.pointed(text, frame, texts):
            return Heard(text, _of(meant, text), self.understanding.situation(text))
        said = follow_up.repaired(text, texts) if frame.topics else text
        situation = self.understanding.situation(said)
        act = _act(situation, frame)
        if complete := follow_up.completed(said, situation, frame, texts, self._kinds):
            return Heard(text, self._read(complete, Frame()), situation, act, completed=True)
        if not frame.topics:
            return Heard(text, self._read(text, frame), situation, act)
        if topic := follow_up.lead(said, situation, frame, texts):
            return Heard(text, _of([topic], said), situation, act)
        if follow_up.stands_for(said, texts) and self._is_about(frame.topics[0], said):
            return Heard(text, _of(frame.topics[:1], said), situation, act)
        if follow_up.asks_the_same(said, situation, texts) and (same := self._of_something_else(said, frame)):
            return Heard(text, same, situation, act)
        reading = self._clear(said, frame)
        count = len(words(said))
        few = count <= _FEW or not self.narrowed.asks_much(said)
        unsure = reading.kind in ("choice", "unknown") or (few and reading.confidence < _ALONE)
        points = follow_up.points_back(said, texts)
        tells = count <= follow_up.LONGEST and self.narrowed.tells(frame.topics[0], said)
        if (unsure or points) and (
            tells or (points and reading.kind != "answer" and not self.narrowed.asks_much(said))
        ):
            reading = _of(frame.topics[:1], said)
        return Heard(text, reading, situation, act)

    def _of_something_else(self, said: str, frame: Frame) -> Reading | None:
        """What the answer before tells of something else, which is offered; None where nothing else is named."""
        alone = self._read(said, Frame())
        if any(unknown.near_miss for unknown in alone.unanswered):  # « pareil que le VIE ? »
            return alone
        near = (*(answer.topic for answer in alone.answers), *alone.choices)
        also = tuple(topic for topic in near if topic not in frame.topics)
        if self._is_courtesy(alone) or not also:
            return None
        return Reading((Part(said, Answer(frame.topics[0], 1.0, also=also)),))

    def _is_about(self, topic: str, said: str) -> bool:
        """Whether a message is about an entry once its subject is named."""
        named = f"{said} ({self.replies.content.topics[topic].button})"
        return any(answer.topic == topic for answer in self._read(named, Frame()).answers)

    def asks_beside(self, text: str, act: DialogueAct) -> bool:
        """Whether what is left of a repair is a question of its own: « et les régions, par exemple ? »."""
        left = f" {' '.join(words(text))} "
        for way in self.narrowed.words.groups.get(f"{act}-words", ()):
            left = left.replace(f" {way} ", " ")
        reading = self._read(left.strip(), Frame())
        return len(words(left)) > 1 and _is_sure(reading) and not self._is_courtesy(reading)

    def _is_courtesy(self, reading: Reading) -> bool:
        return all(self.replies.content.topics[answer.topic].courtesy for answer in reading.answers)

    def _clear(self, said: str, frame: Frame) -> Reading:
        """The reading in the conversation, unless the message is clear alone and about something else."""
        reading = self._read(said, frame)
        if not any(answer.topic in frame.topics for answer in reading.answers):
            return reading
        alone = self._read(said, Frame())
        is_clear = alone.kind == "answer" and alone.confidence >= _ALONE
        return alone if is_clear and not any(one.topic in frame.topics for one in alone.answers) else reading

    def _on_another_keyboard(self, heard: Heard) -> Heard:
        for read in retyped(heard.text, self.narrowed.words.keyboards):
            reading = self._read(read, Frame())
            if reading.answers and reading.confidence >= _SURE:
                return Heard(heard.text, reading, heard.situation, heard.act, read)
        return heard

    def _read(self, text: str, frame: Frame) -> Reading:
        return self.understanding.read(text, Context(frame.topics), today=self.replies.renderer.today)

    def screens(self, heard: Heard, frame: Frame, misses: int) -> list[Screen]:
        """What to show. The entry of just before is not shown again: only what it says on the point now asked."""
        reading = heard.reading
        note_reading(reading.kind, [] if reading.answers else reading.choices or reading.nearest, heard.act)
        note_topics(heard.topics)
        form = self.replies.content.form
        if form and form.offered_with[:1] == tuple(heard.topics[-1:]):
            note_proposal(OpenForm(fresh=False).pack(), "")
        if special := self._instead(heard, frame, misses):
            return [special]
        for answer in reading.answers:
            note_shown(answer.lead)
        return self._introduced(heard, self.replies.to(reading, misses))

    def _instead(self, heard: Heard, frame: Frame, misses: int) -> Screen | None:
        """What is shown instead of the usual reply, so that it is never the one of just before."""
        reading, last, narrowed = heard.reading, list(frame.topics[:1]), self.narrowed
        told = reading.answers[0] if reading.answers else None
        if told and heard.topics == last and not told.word and not self.replies.content.topics[told.topic].courtesy:
            note_screen("point")
            if told.lead and digest(told.lead) != frame.shown:
                note_shown(told.lead)
                return narrowed.lead(told.topic, told.lead)
            return self._point(told.topic, heard, frame)
        if any(part.why == Why.NO_WORDS for part in reading.unanswered) and not reading.answers:
            return self._to_a_sign(heard.text, frame)
        if reading.kind == "choice" and misses and (frame.offered or frame.screen == "lost"):
            if frame.screen == "unsure":
                note_screen("lost")
                return narrowed.lost()
            note_screen("unsure")
            return narrowed.unsure(reading.choices)
        return None

    def _point(self, topic: str, heard: Heard, frame: Frame) -> Screen:
        """What the entry of just before says on the point now asked."""
        act = follow_up.bare_act(heard.text, heard.situation, self.narrowed.words.follow_ups)
        if not act and not self.narrowed.asks_something(heard.text):
            act = frame.act
        alone = self._read(heard.text, Frame())
        sure = any(answer.topic == topic and answer.confidence >= _CLEAR for answer in alone.answers)
        also = heard.reading.choices
        return self.narrowed.point(topic, heard.text, act, heard.about, frame.shown, sure=sure, also=also)

    def _introduced(self, heard: Heard, shown: list[Screen]) -> list[Screen]:
        """A greeting within a question is greeted in two words, thanks are met in as few."""
        sentences, typed = self.narrowed.sentences, words(heard.text)
        greets = len(typed) > 2 and typed[0] in self.narrowed.words.greetings and heard.topics
        intro = sentences.greeting if greets else ""
        if heard.reading.courtesy and not greets:
            intro = self.replies.content.topics[heard.reading.courtesy].title
        if heard.completed and heard.about:
            intro = sentences.about.format(said=heard.about)
        if heard.retyped:
            intro = sentences.keyboard.format(read=heard.retyped)
        return [Screen((TextSpan(f"{intro}\n\n"), *shown[0].text), shown[0].rows), *shown[1:]] if intro else shown

    def _to_a_sign(self, text: str, frame: Frame) -> Screen:
        sentences, again = self.narrowed.sentences, frame.screen == "sign"
        note_screen("sign")
        if again:
            return Screen(self.replies.renderer.text(sentences.sign_again), menu_rows(self.replies.content))
        is_picture = any(ord(sign) >= _PICTURES for sign in text)
        return Screen((TextSpan(sentences.emoji if is_picture else sentences.sign),))


def _act(situation: Situation, frame: Frame) -> str:
    return situation.acts[0].act.value if situation.acts else frame.act


def _is_sure(reading: Reading) -> bool:
    return reading.kind == "answer" and reading.confidence >= _APART


def _of(topics: Iterable[str], text: str) -> Reading:
    return Reading(tuple(Part(text, Answer(topic, 1.0)) for topic in topics))
