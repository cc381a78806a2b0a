"""What is told or changed of one's project in the midst of a conversation, and what that changes."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from handlers.shared.heard import Heard
from knowledge.content.models import Content, TopicPoint
from knowledge.content.told_facts import ToldWay
from knowledge.conversation import follow_up
from knowledge.conversation.frame import Frame
from knowledge.conversation.project import Project, facts_told, only_tells
from knowledge.conversation.spelled_out import years_in
from knowledge.understanding.decision import Acknowledgement, Answer, By, Part, Reading
from knowledge.understanding.situation.expressions import tokens
from knowledge.understanding.situation.leads import titled
from knowledge.understanding.situation.partners import Direction, lives_abroad, says_not
from knowledge.understanding.situation.reduction import words_left
from knowledge.understanding.situation.situation import Act, Situation
from knowledge.understanding.understanding import Understanding
from knowledge.words.text import says_any

_OF_WAY, _OF_OTHER_WAY = 0.3, 0.05
"""Probability from which a point is asked once the way is said beside; and where the message says that way itself."""
_BOTH = 2


class ProjectNotes:
    """Acknowledges facts, and answers for the project that is known."""

    def __init__(self, understanding: Understanding, content: Content) -> None:
        self._understanding = understanding
        self._content = content
        self._words = content.conversation
        self._texts = content.conversation.follow_ups.project

    def project(self, text: str, before: Project) -> Project:
        """What is known of the project once a message was said."""
        situation = self._understanding.situation(text)
        foreigners = self._texts.foreigners
        abroad = foreigners.lives_here if foreigners and lives_abroad(situation) else ""
        told = [fact for fact in facts_told(text, self._texts) if fact.id != abroad or not abroad]
        facts = tuple(dict.fromkeys((*before.facts, *(fact.id for fact in told if fact.id))))
        year = (before.year, *years_in(text))[-1]
        now = before.after(situation)._replace(facts=facts, year=year)
        if any(fact.health for fact in told):  # not kept: without ages, no form is told to be the only one
            now = now._replace(ages=())
        # « elle habite à Lyon, elle étudie là-bas » sends nobody there, « ma femme peut venir ? » has nobody hosted.
        keeps = any(before.way in fact.ways or len(fact.ways) == _BOTH for fact in told)
        return now._replace(way=before.way) if keeps else now

    def only_form(self, project: Project) -> str:
        """The one form that is open to those whom one speaks of; empty where there are several, or none is known."""
        open_still = (one.form for one in self._texts.only_forms if project.ages and min(project.ages) >= one.from_age)
        return next(open_still, "")

    def form_left(self, frame: Frame, project: Project) -> str:
        """The form told earlier, unless an age that was told since leaves but another: « et ma sœur, à 29 ans ? »."""
        left = self.only_form(project) if frame.form and project.ages != frame.project.ages else ""
        return left or frame.form

    def noted(self, text: str, project: Project, frame: Frame) -> Heard | None:
        """A message that only tells facts of the project, answered with what they change; None: it does not."""
        situation = self._understanding.situation(text)
        doubts = says_any(text, self._words.follow_ups.contests)  # « j'ai lu 30 ans » tells nobody's age
        if not frame.topics or doubts or not only_tells(situation):
            return None
        told = [*self._told(text, situation, project, frame)]
        if not told:
            renamed = self._renamed(text, situation)
            return Heard(text, Reading((Part(text, renamed),)), situation, frame.act) if renamed else None
        said, answers = zip(*told, strict=True)
        alone = {(answer.topic, answer.point): answer for answer in answers}
        topics = dict.fromkeys(topic for topic, _ in alone)  # one entry is answered once
        reading = Reading(tuple(Part(text, self._together(alone.values(), topic)) for topic in topics))
        return Heard(text, reading, situation, frame.act, noted=self._listed(said))

    def _renamed(self, text: str, situation: Situation) -> Acknowledgement | None:
        """« Non pas Lyon, Grenoble » : two names and nothing else, one of which is denied."""
        texts = self._words.follow_ups
        around = {word for said in (*texts.corrections, *texts.corrections_after) for word in said.split()}
        typed = [token for token in tokens(text) if token.capital or token.word not in texts.before_name]
        named = [token for token in typed if token.capital and token.word not in around]
        left = {*words_left(situation)} - {token.word for token in named}
        names = [text[token.start : token.end] for token in named]
        after = [one for before, one in pairwise(typed) if before.word == texts.denial and not one.opens]
        denied = [text[one.start : one.end] for one in after if one in named]
        if situation.countries or len(names) != _BOTH or len(denied) != 1 or not left <= around:
            return None
        now = next(name for name in names if name != denied[0])
        return Acknowledgement(self._words.sentences.renamed.format(now=now, before=denied[0]), ())

    def tells_fact(self, text: str, frame: Frame) -> bool:
        """Whether a message only tells what changes the answer before: an age, another country, a handicap."""
        return self.noted(text, self.project(text, frame.project), frame) is not None

    def remembering(self, text: str, frame: Frame) -> Frame:
        """The frame once a text told who speaks, of which project, in which form of volunteering."""
        forms = self._forms(text)
        return replace(
            frame,
            speaker=self._understanding.speaker(text, frame.speaker),
            project=self.project(text, frame.project),
            form=forms[0] if len(forms) == 1 else frame.form,
        )

    def said_form(self, form: str) -> str:
        """How a form of volunteering is called, acronyms with their capitals; empty for none."""
        usual = self._words.follow_ups.forms[form][0] if form else ""
        acronyms = {acronym.acronym for acronym in self._content.glossary.acronyms}
        return usual.upper() if usual.upper() in acronyms else usual

    def case(self, frame: Frame) -> str:
        """Who speaks, and the project: « une commune de 600 habitants (Creuse), un envoi, Maroc, 22 et 24 ans »."""
        project, way = frame.project, self._way(frame.project.way)
        ages = self._years(project.ages) if project.ages else ""
        countries = self._listed(map(titled, project.countries)) if project.countries else ""
        of = self._listed(map(titled, project.origins)) if project.origins else ""
        facts = [fact.said for fact in self._texts.facts if fact.id in project.facts]
        who = self._understanding.said_of(frame.speaker)
        told = (
            who,
            way.said if way else "",
            countries,
            ages,
            self._texts.of_country.format(countries=of) if of else "",
            *facts,
        )
        return ", ".join(filter(None, told))

    def _told(self, text: str, situation: Situation, project: Project, frame: Frame) -> Iterator[tuple[str, Answer]]:
        """Each fact as it is noted, and what answers it."""
        yield from self._of_way(text, project, frame)
        yield from self._of_countries(project, frame)
        own = self._understanding.entries_for(frame.speaker)
        if not (situation.speaker or own) and situation.ages:
            yield from self.of_ages([one.value for one in situation.ages], frame)
        if len(self._forms(text)) > 1:
            return  # « pas l'agrément VSI, mais celui du service civique » is not « pas d'agrément »
        for fact in facts_told(text, self._texts):
            is_so = not fact.ways or project.way in fact.ways
            topic, name = (own[0], fact.own or "") if own else (fact.topic, "" if situation.speaker else fact.point)
            if is_so and (point := self._content.topics[topic].point(name)):
                yield fact.said, Answer.precise(topic, point)

    def _of_way(self, text: str, project: Project, frame: Frame) -> Iterator[tuple[str, Answer]]:
        before, now = self._way(frame.project.way), self._way(project.way)
        texts = self._words.follow_ups
        changes = follow_up.last_said(text, texts) or says_any(" ".join(text.split()[:2]), texts.takes_back)
        corrects = follow_up.repaired(text, texts) != text.strip() or changes or says_not(text)
        if not (before and now and corrects) or before is now:
            return
        asked = self._content.topics[frame.topics[0]].label(frame.point)
        again = self.of_way(Answer(frame.topics[0], 1.0, point=frame.point), asked, project, _OF_OTHER_WAY)
        is_again = again.point and again.point != frame.point
        answer = again if is_again else Answer(now.topic, 1.0, by=By.PRECISE)
        countries = self._understanding.of_countries(project.countries, project.way)
        yield self._instead(now.said, before.said), replace(answer, beside=countries)

    def _of_countries(self, project: Project, frame: Frame) -> Iterator[tuple[str, Answer]]:
        before = frame.project.countries
        if not self._texts.countries or not before or not set(project.countries).isdisjoint(before):
            return
        now = self._listed(map(titled, project.countries))
        says = self._understanding.of_countries(project.countries, project.way)
        answer = Answer(self._texts.countries, 1.0, lead=says, is_brief=True, by=By.COUNTRY)
        yield self._instead(now, self._listed(map(titled, before))), answer

    def of_ages(self, ages: Sequence[int], frame: Frame) -> Iterator[tuple[str, Answer]]:
        """What holds at these ages: as the last entry tells it where it tells of every form, else the one on ages."""
        if not self._texts.ages:
            return
        forms = self._words.follow_ups.forms
        last = self._content.topics[frame.topics[0]]
        told = [self._forms(f"{last.title}, {point.says}") for point in map(last.point_at, ages) if point]
        tells_all = len(told) == len(ages) and all(len(named) == len(forms) for named in told)
        topic = frame.topics[0] if tells_all else self._texts.ages
        points = [self._content.topics[topic].point_at(age) for age in ages]
        said = self._years(ages)
        for point in dict.fromkeys(filter(None, points)):
            yield said, Answer.precise(topic, point)

    def of_way(
        self,
        answer: Answer,
        said: str,
        project: Project,
        least: float = _OF_WAY,
        *,
        form: str = "",
        only_points: bool = False,
    ) -> Answer:
        """The answer; of the project's way, if there is a point on it, where it is an entry or a point of the other.

        A point that asks of the other way, with none beside it, gives way to the entry, where that tells ways apart.
        `form`: the one that is talked about; `only_points`: whether an entry stays as it is.
        """
        way = self._way(project.way)
        entry = self._content.topics[answer.topic]
        point = entry.point(answer.point)
        is_told_whole = not (point or answer.lead or answer.word)
        is_whole = is_told_whole and not only_points and self._asks_more(said)
        is_other = point is not None and self._ways(point) not in {"", project.way}
        if way is None or answer.topic == way.topic or not (is_whole or is_other):
            return answer
        told = self.point_of_way(answer.topic, said, project.way, least, form)
        if told:
            return replace(answer, lead=told.lead, point=told.point, is_brief=True, by=By.WORDS)
        asks_other = point is not None and self._way_told(point.button or "") not in {"", project.way}
        tells_apart = any(self._ways(one) == project.way for one in entry.points)
        if is_other and asks_other and tells_apart and answer.by != By.PRECISE:
            return replace(answer, lead="", point="", is_brief=False, by=By.WORDS)
        return answer

    def _asks_more(self, said: str) -> bool:
        """Whether a message asks something of an entry, not what it is about."""
        act = self._understanding.situation(said).act
        return act is not None and act != Act.WHAT

    def point_of_way(
        self, topic: str, said: str, name: Direction, least: float = _OF_OTHER_WAY, form: str = ""
    ) -> Answer | None:
        """What an entry says of one way, where something is asked of it; None where it does not tell them apart.

        First, what it says of the `form` that is talked about alone.
        """
        way = self._way(name)
        if way is None:
            return None
        ranked = self._understanding.points.ranked(topic, follow_up.asked_with(said, way.usual))
        likely = [one for one, chance in ranked if chance >= least and self._ways(one) == name]
        of_form = [one for one in likely if form and self._forms(f"{one.button or ''}, {one.says}") == [form]]
        return next((Answer.precise(topic, one) for one in (*of_form, *likely)), None)

    def _way(self, name: Direction) -> ToldWay | None:
        return self._texts.ways.get(name) if name else None

    def _ways(self, point: TopicPoint) -> Direction | str:
        """Which way a point tells of; empty where it tells of both or of none."""
        return self._way_told(f"{point.button or ''} {point.says}")

    def _way_told(self, text: str) -> Direction | str:
        told = [name for name, way in self._texts.ways.items() if re.search(way.tells, text)]
        return told[0] if len(told) == 1 else ""

    def _forms(self, text: str) -> list[str]:
        return follow_up.forms_told(text, self._words.follow_ups)

    def _together(self, answers: Iterable[Answer], topic: str) -> Answer:
        """Several points of one entry, one after the other."""
        first, *others = [answer for answer in answers if answer.topic == topic]
        return replace(first, beside="\n\n".join(filter(None, (first.beside, *(answer.lead for answer in others)))))

    def _instead(self, now: str, before: str) -> str:
        return self._words.sentences.instead_of.format(now=now, before=before)

    def _years(self, ages: Sequence[int]) -> str:
        return self._words.sentences.years.format(years=self._listed(map(str, ages)))

    def _listed(self, said: Iterable[str]) -> str:
        *first, last = dict.fromkeys(said)
        return self._words.sentences.both.join(filter(None, (", ".join(first), last)))
