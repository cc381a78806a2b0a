"""A typed question, read with what the conversation was about."""

from dataclasses import replace

from handlers.shared.foreigners import Foreigners
from handlers.shared.going_on_from import GoingOnFrom
from handlers.shared.heard import Heard, act_asked, is_courtesy
from handlers.shared.meant_authority import MeantAuthorities
from handlers.shared.meant_form import MeantForms
from handlers.shared.meant_last import MeantLast
from handlers.shared.meant_place import MeantPlaces
from handlers.shared.meant_point import MeantPoints
from handlers.shared.meant_year import MeantYears
from handlers.shared.narrowed import Narrowed
from handlers.shared.project_facts import ProjectNotes
from handlers.shared.replies import Replies
from knowledge.conversation import follow_up, spelled_out
from knowledge.conversation.frame import Frame, Told
from knowledge.conversation.keyboards import retyped
from knowledge.conversation.project import Project
from knowledge.conversation.ranking import Ranking
from knowledge.understanding.decision import Part, Reading
from knowledge.understanding.situation.situation import NOBODY, Act, Situation, Speaker
from knowledge.understanding.understanding import LONGEST, Understanding
from knowledge.words.text import says_any, words

_RETYPED = 0.9
"""Confidence from which what another keyboard would have written is what was meant."""

_STRANGE = 0.3
"""Share of unknown words from which a message may be typed on another keyboard."""


class Hearing:
    """Hears questions."""

    def __init__(self, understanding: Understanding, replies: Replies, narrowed: Narrowed) -> None:
        self.understanding = understanding
        self.ranking = Ranking(replies.content, understanding.matcher, narrowed.text, understanding.models)
        self.replies = replies
        self.narrowed = narrowed
        self.notes = ProjectNotes(understanding, replies.content)
        self._points = MeantPoints(understanding, replies.content, self.notes)
        self._forms = MeantForms(understanding, replies.content, self.notes.said_form)
        self.authorities = MeantAuthorities(understanding, replies.content)
        self._foreigners = Foreigners(replies.content)
        self._places = MeantPlaces(understanding, replies.content)
        self.last = MeantLast(understanding, replies.content, self.notes, self._forms)
        self._years = MeantYears(understanding, replies.content)
        self._going_on = GoingOnFrom(understanding, narrowed, self._forms, self._years, self.ranking, self.read)

    def hear(self, text: str, frame: Frame) -> Heard:
        """Read a message; where it goes on from the answer before, with what it leaves out."""
        texts = self.narrowed.words
        text = follow_up.without_excuse(text[:LONGEST], texts.groups["dictation"], texts.follow_ups.openings_of_excuse)
        text = self._forms.kept(text)
        follow_ups = texts.follow_ups
        if frame.topics or frame.speaker.kind:
            told = spelled_out.without_asked_again(text, follow_ups)
            if told and not self.last.doubts_figure(text, frame):
                return self._whether_it_holds(text, told, frame)
            if size := spelled_out.corrected_size(follow_up.repaired(text, follow_ups), frame, follow_ups):
                return self._of_size(text, size, frame)
        if frame.topics:
            text = spelled_out.of_last_year(text, self.replies.renderer.today.year - 1, follow_ups)
            text = spelled_out.of_next_year(text, self._years.last_told(frame), follow_ups)
            if self._is_of_ages(frame):
                text = spelled_out.of_that_age(text, follow_ups, texts.sentences.years)
            text = self._forms.of_the_other(text, frame)
        frame = replace(frame, speaker=self.understanding.speaker(text, frame.speaker))
        project = self.notes.project(text, frame.project)
        heard = self.notes.noted(text, project, frame) or self._meant(text, frame, project)
        forms = self._forms.told(text)
        form = (forms[0] if len(forms) == 1 else "") if forms else self.notes.form_left(frame, project)  # several: both
        heard = replace(heard, speaker=frame.speaker, form=form, project=project)
        heard = replace(heard, reading=self._of_case(heard, frame, is_form_said=bool(forms)))
        return replace(heard, authority=self.authorities.talked_about(text, heard.topics, frame))

    def _whether_it_holds(self, text: str, told: str, frame: Frame) -> Heard:
        """« pardon, 1 200. Ça change quelque chose ? » : what is told now, else the last answer for it."""
        heard = self.hear(told, frame)
        if not frame.topics or (heard.topics and not self.is_courtesy(heard.reading)):
            return replace(heard, text=text)
        now = replace(frame, speaker=heard.speaker, form=heard.form, project=heard.project)
        reading = self.replies.briefly(Reading((Part(text, self.last.again(now)),)))
        who = self.understanding.said_of(heard.speaker) if heard.speaker != frame.speaker else ""
        checked = "" if who else self.narrowed.sentences.checked
        return replace(heard, text=text, reading=reading, noted=who, checked=checked)

    def _of_size(self, text: str, size: int, frame: Frame) -> Heard:
        """« non, 3 500 » : noted, and whether an authority of that size may apply."""
        asked, speaker = self.replies.content.conversation.follow_ups.size, frame.speaker._replace(size=size)
        reading = self.read(asked.format(size=size) if asked else text, speaker)
        situation = self.understanding.situation(text)
        told = self.understanding.said_of(speaker)
        heard = Heard(text, reading, situation, frame.act, speaker=speaker, form=frame.form, noted=told)
        return replace(heard, project=frame.project, authority=(frame.authority, frame.authority_left))

    def _is_of_ages(self, frame: Frame) -> bool:
        """Whether ages were told, or just talked about."""
        label = self.replies.content.topics[frame.topics[0]].label(frame.point)
        return bool(frame.project.ages) or says_any(label, self.narrowed.words.follow_ups.age_asked)

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
        if again := self._again(text, situation, frame, self.last.intro(text, frame)):
            return again
        if told := self._points.checked(text, frame, project):
            checked = self.narrowed.sentences.checked
            return Heard(text, Reading((Part(text, told),)), situation, frame.act, checked=checked)
        if self.last.doubts_figure(text, frame):
            contested = self.narrowed.sentences.contested.format(contact=self.replies.content.email)
            return self._again(text, situation, frame, contested) or self._heard(text, frame)
        opened = follow_up.without_opening(text, self.narrowed.words.follow_ups) if frame.topics else ""
        told = self._points.of_both_ways(text, situation, frame) or self._points.of_other_way(text, situation, frame)
        told = told or self._points.for_speaker(text, situation, frame)
        told = told or self._places.told(text, situation, frame) or self.authorities.asked(text, situation, frame)
        if told := told or self._points.come_back_to(opened):
            return Heard(text, Reading((Part(text, told),)), situation, act_asked(situation, frame))
        heard = self._heard(text, frame)
        kept = [part for part in heard.reading.parts if not self._forms.is_bare(part.text)]
        asked = replace(heard.reading, parts=tuple(kept))
        reading = asked if asked.answers else heard.reading
        return replace(
            heard,
            reading=reading.with_answers(lambda told, said: self._points.placed(told, said, situation, frame)),
        )

    def _again(self, text: str, situation: Situation, frame: Frame, intro: str) -> Heard | None:
        """The last answer, where somebody says otherwise, or where only what follows from it is asked."""
        told = self.replies.briefly(Reading((Part(text, self.last.again(frame)),))) if intro else None
        return Heard(text, told, situation, frame.act, checked=intro) if told else None

    def _heard(self, text: str, frame: Frame) -> Heard:
        heard = self._going_on.heard(text, frame)
        if self.is_courtesy(heard.reading) and (asked := self._asked(text)):
            heard = self._going_on.heard(asked, frame)
        elif not self.is_courtesy(heard.reading):
            heard = self._after_courtesy(heard, frame)
        return heard if heard.topics else self._on_another_keyboard(heard)

    def _after_courtesy(self, heard: Heard, frame: Frame) -> Heard:
        """« merci pour tout, et quel âge ? » : what follows may be clearer alone; either way the thanks are met."""
        courtesy, asked = self.understanding.split_courtesy(heard.text)
        if not courtesy:
            return heard
        rest = self._going_on.heard(asked, frame)
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
        return is_courtesy(reading, self.replies.content)

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
