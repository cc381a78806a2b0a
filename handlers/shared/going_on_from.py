"""What a message goes on from: a question that it completes, a point or an entry that was talked about, or nothing.

Begin with `GoingOnFrom.heard`: the ways in which a message may go on are tried in order, and the first to answer wins.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from handlers.shared.heard import Heard, act_asked, is_courtesy
from handlers.shared.meant_form import MeantForms
from handlers.shared.meant_year import MeantYears
from handlers.shared.narrowed import Narrowed
from knowledge.conversation import follow_up, spelled_out
from knowledge.conversation.frame import Frame
from knowledge.conversation.ranking import Placed, Ranking
from knowledge.understanding.decision import Answer, By, Choice, Part, Reading, Why
from knowledge.understanding.points import surest
from knowledge.understanding.situation.situation import Act, Speaker
from knowledge.understanding.understanding import Understanding
from knowledge.words.text import words

CLEAR = 0.6
"""Confidence from which a short message is clear alone."""

_ANSWERED, _OFFERED = 0.4, 0.1
"""Probability in the conversation from which an entry answers, and from which it is offered beside."""

_SURE_UNCLEAR = 0.88
"""Probability of a point from which it answers where no entry is sure: of eleven such, nine were right."""

_POINTS, _FEW, _SURE_POINTS, _MORE = 0.7, 6, 0.92, 11
"""Probability of a point of the last entry from which so few words go on about it, whatever else they may be about; and
of some more words."""

_CLEAR_ALONE = 0.85
"""Confidence in another entry, by itself, beside which a point of the last one must be as sure as for more words."""

_SURE_CHOICE = 0.8
"""And of one of the entry that it is likeliest about by itself, for somebody who is known."""

_LONGEST = 15
"""Words of a message that goes on; a longer one says itself what it is about."""


@dataclass(frozen=True)
class _Message:
    """A message in its conversation, and what it is by itself."""

    said: str
    """Without the words that only say that it corrects the one before."""
    frame: Frame
    complete: str
    """The question that it makes with the one before; empty where it makes none."""
    reading: Reading
    """As read by itself."""
    heard: Heard
    """The same, where thanks are met."""

    @property
    def corrects(self) -> bool:
        """Whether it says that it corrects the one before."""
        return self.said != self.heard.text.strip()

    @property
    def is_noted(self) -> bool:
        """Whether, by itself, it asks nothing and is only acknowledged."""
        return self.reading.acknowledgement is not None

    def means(self, decided: Answer | Choice, checked: str = "") -> Heard:
        """What is heard, where that is what it asks."""
        return replace(self.heard, reading=Reading((Part(self.said, decided),)), checked=checked)


class GoingOnFrom:
    """Hears messages that may go on from what was talked about. `read`: how one is read by itself."""

    def __init__(
        self,
        understanding: Understanding,
        narrowed: Narrowed,
        forms: MeantForms,
        years: MeantYears,
        ranking: Ranking,
        read: Callable[[str, Speaker], Reading],
    ) -> None:
        self._understanding = understanding
        self._narrowed = narrowed
        self._texts = narrowed.words.follow_ups
        self._forms = forms
        self._years = years
        self._ranking = ranking
        self._read = read
        kinds = narrowed.content.situation.actors if narrowed.content.situation else ()
        self._kinds = {kind.id: kind.said for kind in kinds}
        self._ways: tuple[Callable[[_Message], Heard | None], ...] = (
            self._of_another_form,
            self._of_that_year,
            self._of_who_speaks,
            self._completed,
            self._all_said,
            self._on_last_entry,
            self._of_that_age,
            self._ranked,
        )

    def heard(self, text: str, frame: Frame) -> Heard:
        """A message as it goes on from the conversation; as read by itself, where it does not."""
        if picked := follow_up.picked_entries(text, frame, self._texts):
            reading = Reading(tuple(Part(text, Answer(topic, 1.0)) for topic in picked))
            return Heard(text, reading, self._understanding.situation(text))
        message = self._message(text, frame)
        if not frame.topics:
            return message.heard
        return next(filter(None, (way(message) for way in self._ways)), message.heard)

    def _message(self, text: str, frame: Frame) -> _Message:
        said = follow_up.repaired(text, self._texts) if frame.topics else text
        situation = self._understanding.situation(said)
        reading = self._read(said, frame.speaker)
        heard = Heard(text, self._thanked(reading, text), situation, act_asked(situation, frame))
        return _Message(said, frame, self._question(said, frame) if frame.topics else "", reading, heard)

    def _thanked(self, reading: Reading, text: str) -> Reading:
        """Where no entry answers, thanks are met."""
        if reading.answers or not self._texts.thanks.topic or not follow_up.thanks(text, self._texts):
            return reading
        return Reading((Part(text, Answer(self._texts.thanks.topic, 1.0)),))

    def _question(self, said: str, frame: Frame) -> str:
        """« ok et pour une SPL ? » makes the same question as « pour une SPL ? »."""
        opened = follow_up.without_opening(said, self._texts)
        situation = self._understanding.situation(opened)
        return follow_up.completed(opened, situation, frame, self._texts, self._kinds) or ""

    # The ways in which a message may go on, in the order in which they are tried.

    def _of_another_form(self, message: _Message) -> Heard | None:
        """« non, c'est un service civique », « idem pour le VSI ? » : asked of it, as it was of another form."""
        said = message.said
        is_short = message.corrects or len(words(said)) <= _LONGEST
        asks = message.heard.situation.acts or "?" in message.heard.text
        if not is_short or (asks and not self._forms.is_bare(said)):
            return None
        told, stated = self._forms.changed(said, message.frame), self._forms.states(said)
        if told and stated and stated != message.frame.form:
            return replace(message.means(told), noted=self._forms.called(stated))
        return self._told(message, told)

    def _of_that_year(self, message: _Message) -> Heard | None:
        """« et en 2024 ? », of an entry that tells of years: what it says of that one, or that it says nothing."""
        told = self._years.asked(message.said, message.frame)
        return message.means(told) if told else None

    def _of_who_speaks(self, message: _Message) -> Heard | None:
        """« c'est à la commune de demander ? », of a young person: a point, before the question that both make."""
        has_entries = bool(self._understanding.entries_for(message.frame.speaker))
        return self._told(message, self._last_point(message)) if message.complete and has_entries else None

    def _completed(self, message: _Message) -> Heard | None:
        """« et une SPL ? » after who may apply: the question that both make."""
        if not message.complete or (_is_settled(message.reading) and not message.is_noted):
            return None
        reading = self._read(message.complete, message.frame.speaker)
        return replace(message.heard, reading=reading, completed=True) if reading.answers else None

    def _all_said(self, message: _Message) -> Heard | None:
        """By itself, where a message says all that it is about, is long, or is not ours."""
        said, heard, texts = message.said, message.heard, self._texts
        if message.is_noted and not message.corrects and words(said)[0] not in texts.going_on:
            return heard
        # « et à Lomé ? » is of that town, whatever it says by itself.
        is_there = heard.situation.country is not None and message.frame.topics[0] in texts.abroad
        is_settled = not is_there and (_is_settled(message.reading) or self._asks_of_whom(message))
        if is_settled or is_courtesy(heard.reading, self._narrowed.content) or len(words(said)) > _LONGEST:
            return heard
        is_strange = self._understanding.is_hardly_ours(said) and self._narrowed.asks_much(said)
        return heard if is_strange and not heard.situation.age else None  # « et sa sœur, 29 ans ? »

    def _on_last_entry(self, message: _Message) -> Heard | None:
        """A point of the last entry."""
        # « c'est quoi un VSI » and « je voulais dire le VSI » ask an entry, whatever the last one says of it.
        asks_entry = message.heard.situation.act == Act.WHAT or message.corrects
        told = None if asks_entry else self._last_point(message)
        return message.means(told) if told else None

    def _of_that_age(self, message: _Message) -> Heard | None:
        """What an entry talked about says of the age that is told."""
        frame, said = message.frame, message.said
        own = self._understanding.entries_for(frame.speaker)[:1]
        ages = filter(None, (*own, self._texts.project.ages))
        known = (*frame.topics, *frame.before, *(() if self._narrowed.asks_much(said) else ages))
        found = (self._understanding.points.of_age(topic, said) for topic in known)
        told = next(filter(None, found), None)
        return message.means(told) if told else None

    def _ranked(self, message: _Message) -> Heard:
        """The entry that is likeliest after those that were talked about; or by itself, where that is clearer."""
        said, frame, heard = message.said, message.frame, message.heard
        alone = tuple(answer.topic for answer in heard.reading.answers)
        ranked = self._ranking.ranked(Placed(said, alone, heard.reading.choices), frame)
        entries = self._understanding.for_whom.entries(said, frame.speaker)
        fitting = [one for one in ranked if one[0] in entries]
        (best, chance), *others = fitting or ranked
        also = tuple(topic for topic, other in others[:2] if other >= _OFFERED)
        if best in alone or self._is_clearer_alone(message, best, chance):
            return heard
        if chance < _ANSWERED:
            # None of them is sure, but a point that one tells may be: « je trouve où les missions ».
            likely = (best, *also) if self._narrowed.asks_much(said) else ()
            found = [self._understanding.points.asked(one, said, _SURE_UNCLEAR, frame.speaker) for one in likely]
            for one in heard.reading.choices[:1] if frame.speaker.kind else ():
                found.append(self._understanding.points.asked(one, said, _SURE_CHOICE, frame.speaker))
            return message.means(surest(found) or Choice((best, *also), chance))
        answer = self._understanding.settled(Answer(best, chance, also=also), said, frame.speaker)
        tells_case = heard.situation.has_case
        told = self._understanding.points.to_the_point(answer, said, frame.speaker, tells_case=tells_case)
        return message.means(told)

    # By what these are decided.

    def _is_clearer_alone(self, message: _Message, best: str, chance: float) -> bool:
        """Whether it is by itself, where the likeliest entry is not sure, or has no point on what is said."""
        heard = message.heard
        is_clear = heard.topics and (heard.situation.age or heard.reading.confidence >= CLEAR)
        if chance < _ANSWERED and is_clear:
            return True
        # « il a 27 ans, ça passe ? »: the likeliest entry has nothing to say of it, and another one does.
        speaker = message.frame.speaker
        is_told = any(answer.point for answer in heard.reading.answers)
        return is_told and not self._understanding.points.asked(best, message.said, speaker=speaker)

    def _told(self, message: _Message, told: Answer | None) -> Heard | None:
        """A point; said to be checked, where the message corrects the very one that was told."""
        if told is None:
            return None
        frame = message.frame
        is_again = message.corrects and (told.topic, told.point) == (frame.topics[0], frame.point)
        return message.means(told, self._narrowed.sentences.checked if is_again else "")

    def _last_point(self, message: _Message) -> Answer | None:
        """The point that a message asks of the last entry; of whether one may apply, as those for who speaks say it."""
        frame, said = message.frame, message.said
        size = len(words(said))
        asked = frame.topics[:1] if size <= _MORE else ()
        if frame.topics[0] in self._texts.applying and size <= spelled_out.LONGEST:
            asked = (*asked, *self._understanding.entries_for(frame.speaker))
        # « c'est payé combien ? » asks no cost, which words alike do.
        is_other = message.heard.topics != [*frame.topics[:1]] and message.reading.confidence >= _CLEAR_ALONE
        least = _POINTS if size <= _FEW and not is_other else _SURE_POINTS
        points = self._understanding.points
        return surest(points.asked(topic, said, least, frame.speaker) for topic in dict.fromkeys(asked))

    def _asks_of_whom(self, message: _Message) -> bool:
        """« une commune du Gers peut-elle candidater ? » is complete, « et les communes de chez nous » is not."""
        situation = message.heard.situation
        if not (situation.applicant and situation.candidacy):
            return False
        goes_on = words(situation.text)[0] in self._texts.going_on
        return not goes_on and any(answer.by == By.RULE for answer in message.reading.answers)


def _is_settled(reading: Reading) -> bool:
    """Whether no conversation changes how a message is read: it says all of it, or nothing that is ours."""
    if len(reading.parts) > 1:
        return True
    if any(unknown.why != Why.NOT_COVERED for unknown in reading.unanswered):
        return True
    return any(answer.by in (By.PRECISE, By.PREMISE, By.COUNTRY) or answer.word for answer in reading.answers)
