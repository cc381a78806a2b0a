"""A typed question, read with what the conversation was about."""

from collections.abc import Iterable
from dataclasses import replace

from handlers.shared.foreigners import Foreigners
from handlers.shared.heard import Heard
from handlers.shared.meant_body import MeantBodies
from handlers.shared.meant_form import MeantForms
from handlers.shared.meant_last import MeantLast
from handlers.shared.meant_place import MeantPlaces
from handlers.shared.meant_point import MeantPoints
from handlers.shared.narrowed import Narrowed
from handlers.shared.project_facts import ProjectNotes
from handlers.shared.replies import Replies
from knowledge.conversation import follow_up
from knowledge.conversation.frame import Frame, Told
from knowledge.conversation.keyboards import retyped
from knowledge.conversation.project import Project
from knowledge.conversation.ranking import Placed, Ranking
from knowledge.understanding.decision import Answer, By, Choice, Part, Reading, Why
from knowledge.understanding.points import surest
from knowledge.understanding.situation.situation import NOBODY, Act, Situation, Speaker
from knowledge.understanding.understanding import LONGEST, Understanding
from knowledge.words.text import words

_RETYPED = 0.9
"""Confidence from which what another keyboard would have written is what was meant."""

_STRANGE = 0.3
"""Share of unknown words from which a message may be typed on another keyboard."""

CLEAR = 0.6
"""Confidence from which a short message is clear alone."""

_ANSWERED, _OFFERED = 0.4, 0.1
"""Probability in the conversation from which an entry answers, and from which it is offered beside."""

_SURE_UNCLEAR = 0.88
"""Probability of a point from which it answers where no entry is sure: of eleven such, nine were right."""

_POINTS, _FEW, _SURE_POINTS, _MORE = 0.7, 6, 0.92, 11
"""Probability of a point of the last entry from which so few words go on about it, whatever else they may be about; and
of some more words."""

_LONGEST = 15
"""Words of a message that goes on; a longer one says itself what it is about."""


class Hearing:
    """Hears questions."""

    def __init__(self, understanding: Understanding, replies: Replies, narrowed: Narrowed) -> None:
        self.understanding = understanding
        self.ranking = Ranking(replies.content, understanding.matcher, narrowed.text, understanding.models)
        self.replies = replies
        self.narrowed = narrowed
        self.notes = ProjectNotes(understanding, replies.content)
        self._points = MeantPoints(understanding, replies.content, self.notes)
        self._forms = MeantForms(understanding, replies.content)
        self.bodies = MeantBodies(understanding, replies.content)
        self._foreigners = Foreigners(replies.content)
        self._places = MeantPlaces(understanding, replies.content)
        self.last = MeantLast(understanding, replies.content, self.notes)
        kinds = replies.content.situation.actors if replies.content.situation else ()
        self._kinds = {kind.id: kind.said for kind in kinds}

    def hear(self, text: str, frame: Frame) -> Heard:
        """Read a message; where it goes on from the answer before, with what it leaves out."""
        texts = self.narrowed.words
        text = follow_up.without_excuse(text[:LONGEST], texts.groups["dictation"], texts.follow_ups.openings_of_excuse)
        text = self._forms.kept(text)
        if frame.topics:
            text = follow_up.of_last_year(text, self.replies.renderer.today.year - 1, texts.follow_ups)
            text = follow_up.of_that_age(text, frame, texts.follow_ups, texts.sentences.years)
        frame = replace(frame, speaker=self.understanding.speaker(text, frame.speaker))
        project = self.notes.project(text, frame.project)
        heard = self.notes.noted(text, project, frame) or self._meant(text, frame, project)
        forms = self._forms.told(text)
        form = (forms[0] if len(forms) == 1 else "") if forms else self.notes.form_left(frame, project)  # several: both
        heard = replace(heard, speaker=frame.speaker, form=form, project=project)
        heard = replace(heard, reading=self._of_case(heard, frame, is_form_said=bool(forms)))
        return replace(heard, body=self.bodies.talked_about(text, heard.topics, frame))

    def _of_case(self, heard: Heard, frame: Frame, *, is_form_said: bool) -> Reading:
        """What was understood, answered for the form, the way and the person that were told."""
        reading, project, notes = heard.reading, heard.project, self.notes
        form = heard.form
        if not is_form_said:  # the form that was told earlier, or the only one at such an age
            form = form or (notes.only_form(project) if frame.topics else "")
            if form:
                reading = reading.with_answers(lambda told, said: self._forms.point_of(told, said, form, frame))
        speaks_for_herself = bool(self.understanding.entries_for(frame.speaker))
        reading = reading.with_answers(
            lambda told, said: notes.of_way(told, said, project, form=form, only_points=speaks_for_herself)
        )
        reading = self.understanding.with_countries(reading, heard.text, frame.speaker, project.way)
        if heard.noted or heard.checked:
            return reading
        return reading.with_answers(lambda told, _: self._foreigners.told(told, heard.situation, project))

    def _meant(self, text: str, frame: Frame, project: Project) -> Heard:
        """What is meant by what was said before, else what is said."""
        situation = self.understanding.situation(text)
        if again := self._again(text, situation, frame):
            return again
        if told := self._points.checked(text, frame, project):
            checked = self.narrowed.sentences.checked
            return Heard(text, Reading((Part(text, told),)), situation, frame.act, checked=checked)
        opened = follow_up.without_opening(text, self.narrowed.words.follow_ups) if frame.topics else ""
        told = self._points.of_other_way(text, situation, frame) or self._points.for_speaker(text, situation, frame)
        told = told or self._places.told(text, situation, frame) or self.bodies.asked(text, situation, frame)
        if told := told or self._points.come_back_to(opened):
            return Heard(text, Reading((Part(text, told),)), situation, _act(situation, frame))
        heard = self._heard(text, frame)
        kept = [part for part in heard.reading.parts if not self._forms.is_bare(part.text)]
        asked = replace(heard.reading, parts=tuple(kept))
        reading = asked if asked.answers else heard.reading
        return replace(
            heard,
            reading=reading.with_answers(lambda told, said: self._points.placed(told, said, situation, frame)),
        )

    def _again(self, text: str, situation: Situation, frame: Frame) -> Heard | None:
        """The last answer, where somebody says otherwise, or where only what follows from it is asked."""
        sentences = self.narrowed.sentences
        intro = sentences.contested.format(contact=self.replies.content.email)
        if not self.last.contradicts(text, frame):
            intro = sentences.concluded if self.last.concludes(text, frame) else ""
        told = self.replies.briefly(Reading((Part(text, self.last.again(frame)),))) if intro else None
        return Heard(text, told, situation, frame.act, checked=intro) if told else None

    def _heard(self, text: str, frame: Frame) -> Heard:
        heard = self._follow(text, frame)
        if self.is_courtesy(heard.reading) and (asked := self._asked(text)):
            heard = self._follow(asked, frame)
        elif not self.is_courtesy(heard.reading):
            heard = self._after_courtesy(heard, frame)
        return heard if heard.topics else self._on_another_keyboard(heard)

    def _after_courtesy(self, heard: Heard, frame: Frame) -> Heard:
        """« merci pour tout, et quel âge ? » : what follows may be clearer alone; either way the thanks are met."""
        courtesy, asked = self.understanding.split_courtesy(heard.text)
        if not courtesy:
            return heard
        rest = self._follow(asked, frame)
        is_clearer = rest.topics and (
            not heard.topics or (set(rest.topics) <= set(heard.topics) and rest.reading.answers[0].point)
        )
        told = replace(rest, text=heard.text) if is_clearer and not self.is_courtesy(rest.reading) else heard
        return replace(told, reading=replace(told.reading, courtesy=courtesy)) if told.topics else told

    def _asked(self, text: str) -> str:
        """What is asked after « ok super », « d'accord »; empty where nothing is."""
        asked = follow_up.without_opening(text, self.narrowed.words.follow_ups)
        acts = {one.act for one in self.understanding.situation(asked).acts}
        is_said = acts - {Act.CAN} or (acts and self.narrowed.asks_something(asked))  # « c'est bon » asks nothing
        is_one = len(words(asked)) > 1 and ("?" in asked or is_said)
        return asked if is_one and asked != text.strip() else ""

    def _follow(self, text: str, frame: Frame) -> Heard:
        texts = self.narrowed.words.follow_ups
        if meant := follow_up.picked_entries(text, frame, texts):
            return Heard(text, _of(meant, text), self.understanding.situation(text))
        if not frame.topics:
            situation = self.understanding.situation(text)
            return self._thanked(Heard(text, self.read(text, frame.speaker), situation, _act(situation, frame)))
        said = follow_up.repaired(text, texts)
        situation = self.understanding.situation(said)
        opened = follow_up.without_opening(said, texts)  # « ok et pour une SPL ? » goes on as « pour une SPL ? »
        goes_on = self.understanding.situation(opened)
        complete = follow_up.completed(opened, goes_on, frame, texts, self._kinds)
        alone, completed = self.read(said, frame.speaker), self.read(complete, frame.speaker) if complete else None
        heard = self._thanked(Heard(text, alone, situation, _act(situation, frame)))
        noted = alone.acknowledgement is not None
        corrects = said != text.strip()
        is_told = not situation.acts and "?" not in text and (corrects or len(words(said)) <= follow_up.LONGEST)
        told = self._forms.changed(said, frame, corrects=corrects) if is_told else None
        if complete and not told and self.understanding.entries_for(frame.speaker):
            told = self._point_going_on(said, frame)  # « c'est à la commune de demander ? »
        if told:
            is_again = (told.topic, told.point) == (frame.topics[0], frame.point)
            checked = self.narrowed.sentences.checked if corrects and is_again else ""
            return replace(heard, reading=Reading((Part(said, told),)), checked=checked)
        if completed and completed.answers and (noted or not _is_settled(alone)):
            return replace(heard, reading=completed, completed=True)
        if noted and not corrects and words(said)[0] not in texts.going_on:
            return heard
        is_there = situation.country is not None and frame.topics[0] in texts.abroad  # « et à Lomé ? », of that town
        is_settled = (_is_settled(alone) or self._asks_of_whom(alone, situation)) and not is_there
        if is_settled or self.is_courtesy(heard.reading) or len(words(said)) > _LONGEST:
            return heard
        if self.understanding.is_hardly_ours(said) and self.narrowed.asks_much(said):
            return heard
        return self._placed(heard, said, frame)

    def _asks_of_whom(self, reading: Reading, situation: Situation) -> bool:
        """« une commune du Gers peut-elle candidater ? » is complete, « et les communes de chez nous » is not."""
        if not (situation.applicant and situation.candidacy):
            return False
        goes_on = words(situation.text)[0] in self.narrowed.words.follow_ups.going_on
        return not goes_on and any(answer.by == By.RULE for answer in reading.answers)

    def _thanked(self, heard: Heard) -> Heard:
        """Where no entry answers, thanks are met."""
        texts = self.narrowed.words.follow_ups
        if heard.topics or not texts.thanks.topic or not follow_up.thanks(heard.text, texts):
            return heard
        return replace(heard, reading=_of([texts.thanks.topic], heard.text))

    def _placed(self, heard: Heard, said: str, frame: Frame) -> Heard:
        """A message read with the entries that were talked about."""
        alone = heard.reading
        known = Placed(said, tuple(answer.topic for answer in alone.answers), alone.choices)
        # « c'est quoi un VSI » and « je voulais dire le VSI » ask an entry, whatever the last one says of it.
        goes_on = heard.situation.act != Act.WHAT and said == heard.text.strip()
        told = self._point_going_on(said, frame) if goes_on else None
        if told := told or self._of_that_age(said, frame):
            return replace(heard, reading=Reading((Part(said, told),)))
        ranked = self.ranking.ranked(known, frame)
        best, chance = ranked[0]
        also = tuple(topic for topic, other in ranked[1:3] if other >= _OFFERED)
        is_unclear = chance < _ANSWERED
        is_clear_alone = heard.topics and (heard.situation.age or alone.confidence >= CLEAR)
        # « il a 27 ans, ça passe ? »: the last entry has nothing to say of it, and another one does.
        is_told_alone = heard.situation.age and any(answer.point for answer in alone.answers)
        is_of_age = is_told_alone and not self.understanding.points.asked(best, said, speaker=frame.speaker)
        if best in known.alone or is_of_age or (is_unclear and is_clear_alone):
            return heard
        if is_unclear:
            # None of them is sure, but a point that one tells may be: « je trouve où les missions ».
            likely = (best, *also) if self.narrowed.asks_much(said) else ()
            sure = surest(self.understanding.points.asked(one, said, _SURE_UNCLEAR, frame.speaker) for one in likely)
            return replace(heard, reading=Reading((Part(said, sure or Choice((best, *also), chance)),)))
        answer = self.understanding.settled(Answer(best, chance, also=also), said, frame.speaker)
        tells_case = heard.situation.has_case
        answer = self.understanding.points.to_the_point(answer, said, frame.speaker, tells_case=tells_case)
        return replace(heard, reading=Reading((Part(said, answer),)))

    def _point_going_on(self, said: str, frame: Frame) -> Answer | None:
        """The point that a message asks of the last entry; of whether one may apply, as those for who speaks say it."""
        size, applying = len(words(said)), self.narrowed.words.follow_ups.applying
        asked = frame.topics[:1] if size <= _MORE else ()
        if frame.topics[0] in applying and size <= follow_up.LONGEST:
            asked = (*asked, *self.understanding.entries_for(frame.speaker))
        least = _POINTS if size <= _FEW else _SURE_POINTS
        found = (self.understanding.points.asked(topic, said, least, frame.speaker) for topic in dict.fromkeys(asked))
        return surest(found)

    def _of_that_age(self, said: str, frame: Frame) -> Answer | None:
        """What an entry talked about says of the age that is told."""
        own = self.understanding.entries_for(frame.speaker)[:1]
        ages = filter(None, (*own, self.narrowed.words.follow_ups.project.ages))
        known = (*frame.topics, *frame.before, *(() if self.narrowed.asks_much(said) else ages))
        return next(filter(None, (self.understanding.points.of_age(topic, said) for topic in known)), None)

    def told(self, frame: Frame) -> list[Told]:
        """What was told lately, the last at the end, but what was said of the assistant where there is more."""
        entries, told = self.replies.content.topics, list(frame.history[::-1])
        return [one for one in told if not (entries[one[0]].own or entries[one[0]].courtesy)] or told

    def tells_more(self, text: str, frame: Frame) -> bool:
        """Whether a question has an answer, other than the one shown last."""
        told = self.hear(text, frame).reading.answers
        return bool(told) and (told[0].topic, told[0].point) != (*frame.topics[:1], frame.point)

    def is_courtesy(self, reading: Reading) -> bool:
        """Whether it is a greeting or thanks, and nothing else."""
        told = [self.replies.content.topics[answer.topic].courtesy for answer in reading.answers]
        return bool(told) and all(told)

    def _on_another_keyboard(self, heard: Heard) -> Heard:
        if self.understanding.strangeness(heard.text) < _STRANGE:
            return heard
        for read in retyped(heard.text, self.narrowed.words.keyboards):
            reading = self.read(read)
            if reading.answers and reading.confidence >= _RETYPED:
                return Heard(heard.text, reading, heard.situation, heard.act, read)
        return heard

    def read(self, text: str, speaker: Speaker = NOBODY) -> Reading:
        """A message by itself; `speaker`: who earlier ones told its author to be."""
        return self.understanding.read(text, today=self.replies.renderer.today, speaker=speaker)


def _act(situation: Situation, frame: Frame) -> str:
    return situation.acts[0].act.value if situation.acts else frame.act


def _is_settled(reading: Reading) -> bool:
    """Whether no conversation changes how a message is read: it says all of it, or nothing that is ours."""
    if len(reading.parts) > 1:
        return True
    if any(unknown.why != Why.NOT_COVERED for unknown in reading.unanswered):
        return True
    return any(answer.by in (By.PRECISE, By.PREMISE, By.COUNTRY) or answer.word for answer in reading.answers)


def _of(topics: Iterable[str], text: str) -> Reading:
    return Reading(tuple(Part(text, Answer(topic, 1.0)) for topic in topics))
