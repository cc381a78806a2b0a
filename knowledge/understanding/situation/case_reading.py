"""A message read with the situation that it tells: set-aside matters leave, clauses are reduced, rules decide."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from knowledge.content.models import Content
from knowledge.questionnaire.countries import LEFT_OUT
from knowledge.understanding.asking import is_told, points_back
from knowledge.understanding.decision import Answer, By, Part, Reading, Why
from knowledge.understanding.matching import Matcher
from knowledge.understanding.segmentation import joined, pieces, sentences_that_ask, told_only
from knowledge.understanding.situation.act_rules import SURE_BY_RULE, ActRules
from knowledge.understanding.situation.case import APPLICANT, AUTHORITY, INDIVIDUAL, OTHER, Cases
from knowledge.understanding.situation.countries_beside import CountriesBeside
from knowledge.understanding.situation.leads import Leads
from knowledge.understanding.situation.notes import Notes
from knowledge.understanding.situation.partners import Direction, partners
from knowledge.understanding.situation.precise import PreciseSentences
from knowledge.understanding.situation.reduction import Reduction, is_bare, without, without_asides, without_speaker
from knowledge.understanding.situation.situation import NOBODY, Act, Situation, Speaker
from knowledge.understanding.situation.situation_reader import SituationReader
from knowledge.words.text import words

SETTLED = (By.PRECISE, By.PREMISE, By.COUNTRY)
"""What answers for the very question that is asked, not by the likeness of its words."""
_SURE, _SURER, _WHOLE_QUESTION = 0.5, 0.8, 4
"""Confidence from which the one sentence that asks is answered, where nothing else is, and in place of what all of them
look like; and its words."""
_LEFT = (Why.NEAR_MISS, Why.ENGLISH, Why.OTHER_LANGUAGE, Why.NO_WORDS)
"""What no situation changes."""


class CaseReading:
    """Reads messages for somebody in particular. The matcher classifies what is left of each clause."""

    def __init__(self, content: Content, matcher: Matcher) -> None:
        assert content.situation is not None  # built only for a content that says who may ask
        self._matcher = matcher
        self._reader = SituationReader(content.situation, content)
        self._cases = Cases(content.situation, content)
        self._leads = Leads(content.situation, content, self._cases)
        self._sentences = PreciseSentences(content.situation, self._leads)
        self._countries = CountriesBeside(content, self._leads, self._cases)
        self._notes = Notes(content, self._leads)
        self._rules = ActRules(content.situation, self._cases)
        kinds = content.situation.actors
        never_asked = {kind.id for kind in kinds if kind.answers.get(APPLICANT) in (AUTHORITY, OTHER)}
        usual = {kind.id: kind.usual for kind in kinds}
        self._reduction = Reduction(usual, never_asked, matcher.lexicon.known.__contains__)
        self.situation = lru_cache(maxsize=200)(self._reader.read)  # clauses are looked at from several sides
        matcher.reduced = self.reduced
        matcher.tells_ours = self._tells_ours

    def read(self, text: str, speaker: Speaker = NOBODY) -> Reading:
        """What the message asks, question by question, each answer begun for who asks.

        `speaker`: who earlier messages told its author to be.
        """
        whole = self.situation(text)
        asked = without_asides(whole)
        reading = self._matcher.find(asked)
        if any(unknown.why in _LEFT for unknown in reading.unanswered):
            return reading
        if noted := self._notes.of(reading, whole):
            return Reading((Part(text, noted),))
        told_here, whole = whole, self._said_by(whole, speaker)
        parts = self._asked(reading.parts, asked)
        alone = len(reading.parts) == 1
        settled = self._told_once([self._settled(part, whole, alone=alone) for part in parts])
        if (whole.asks_several or not alone) and any(isinstance(part.decision, Answer) for part in settled):
            settled += self._missed(asked, whole, settled)
        if len(settled) == 1:  # what else was said tells who asks: of which call a date is told
            settled = [replace(settled[0], text=text)]
        told = Reading(tuple(self._led(part, whole, alone=len(settled) == 1) for part in settled))
        told = self._of_the_sentence_that_asks(asked, speaker, told) or told
        presented = self._notes.presented(told, told_here)
        return Reading((Part(text, presented),)) if presented else told

    def _of_the_sentence_that_asks(self, text: str, speaker: Speaker, told: Reading) -> Reading | None:
        """What answers the one sentence of several that asks, where it is surer of it than they are of anything.

        « Le Mali, c'est bon ? Parce qu'avec ce qui s'y passe, je ne suis pas sûr. »
        """
        cut = pieces(text)
        asking = sentences_that_ask(cut)
        is_left = len(told.answers) < 2 and not any(answer.by in SETTLED for answer in told.answers)
        if len(asking) != 1 or asking[0] == joined(cut).text or not is_left or points_back(asking[0]):
            return None
        alone = self.read(asking[0], self.speaker(text, speaker))
        if any(answer.by in SETTLED for answer in alone.answers):
            return None if told.answers else alone
        is_same = any(answer.topic == other.topic for answer in told.answers for other in alone.answers)
        is_case = any(self.asks_whether(answer) for answer in (*alone.answers, *told.answers))
        least = max(_SURER, told.confidence) if told.answers else _SURE
        is_clear = len(words(asking[0])) >= _WHOLE_QUESTION and alone.confidence >= least
        return alone if alone.answers and is_clear and not (is_same or is_case) else None

    def with_countries(self, reading: Reading, text: str, speaker: Speaker, way: Direction = "") -> Reading:
        """The reading, with what is known of the countries of a project that it says nothing of."""
        return self._countries.added(reading, self._said_by(self.situation(text), speaker), way)

    def of_countries(self, names: Iterable[str], way: Direction) -> str:
        """What is known of countries, by their names."""
        return self._leads.of_countries([country for name in names for country in self.situation(name).countries], way)

    def speaker(self, text: str, before: Speaker) -> Speaker:
        """Who a message tells its author to be; `before`, as far as it does not tell.

        A mayor who asks for his son is a mayor still, and « notre maire » makes no mayor of an association.
        """
        situation = self.situation(text).of_a_person() if self._is(before, INDIVIDUAL) else self.situation(text)
        actor = situation.speaker if situation.presents or not before.kind else None
        actor = actor or next((one for one in situation.actors if one.relative and not before.kind), None)
        kind = self._cases.kind(actor) if actor else None
        is_person = kind is not None and kind.answers.get(APPLICANT) == INDIVIDUAL
        told = Speaker(kind.id, small=actor.small) if actor and kind and not (is_person and before.kind) else NOBODY
        if not told.kind and not situation.presents:
            return before
        who = before if told.kind in ("", before.kind) else told._replace(place=before.place, zone=before.zone)
        if not self._is(who, AUTHORITY):
            return Speaker(who.kind)
        if situation.place:
            who = who._replace(place=situation.place.name, zone=situation.place.zone)
        return who._replace(size=situation.size.value) if situation.size else who

    def asking(self, text: str, speaker: Speaker) -> frozenset[str]:
        """Who speaks, and whom a message names, as applicants of the questionnaire; empty where that is not known."""
        situation = self.situation(text)
        named = [self._cases.kind(actor) for actor in situation.actors]
        if who := self._cases.kinds.get(self.speaker(text, speaker).kind):
            return frozenset(kind.answers[APPLICANT] for kind in (who, *named) if APPLICANT in kind.answers)
        told = self._cases.answers(situation).get(APPLICANT)  # an authority, or somebody, may be named by anybody
        return frozenset([told] if told and told not in (AUTHORITY, INDIVIDUAL) else ())

    def entries(self, speaker: Speaker) -> tuple[str, ...]:
        """The entries on who may apply that are for such a speaker, the main one first; none for an authority."""
        situation = self._said_by(Situation(), NOBODY if self._is(speaker, AUTHORITY) else speaker)
        return self._rules.entries(situation) if situation.applicant else ()

    def said_of(self, speaker: Speaker) -> str:
        """Who it is, in words; empty where that is not known."""
        situation = self._said_by(Situation(), speaker)
        return self._leads.who(situation) if situation.applicant else ""

    def told(self, text: str) -> dict[str, Any]:
        """The answers of the questionnaire that a message gives, but for the authority, which the register finds."""
        situation = self.situation(text)
        told = self._cases.of_form(self._cases.answers(situation))
        told.pop(AUTHORITY, None)
        return told

    def settled(self, answer: Answer, text: str, speaker: Speaker) -> Answer:
        """The answer that the conversation leads to, begun for who asks, of the entry for such an applicant."""
        situation = self._said_by(self.situation(text), speaker)
        is_remembered = situation.applicant is not None and situation.applicant.remembered
        told = self._rules.for_applicant(answer, situation) if is_remembered else answer
        return self._leads.begun(self._rules.instead(told, situation) or told, situation)

    def _said_by(self, situation: Situation, speaker: Speaker) -> Situation:
        """With who speaks, where the content knows such a kind: it may have changed since."""
        kind = self._cases.kinds.get(speaker.kind)
        if kind is None:
            return situation
        is_person = kind.answers.get(APPLICANT) == INDIVIDUAL and not situation.presents
        return (situation.of_a_person() if is_person else situation).said_by(speaker)

    def _is(self, who: Speaker, applicant: str) -> bool:
        kind = self._cases.kinds.get(who.kind)
        return kind is not None and kind.answers.get(APPLICANT) == applicant

    def _led(self, part: Part, whole: Situation, *, alone: bool) -> Part:
        """A precise question gets its sentence; any other answer begins with this person's case."""
        situation = self._of_part(part, whole, alone=alone)
        begun = self._leads.begun(part.decision, situation) if isinstance(part.decision, Answer) else part.decision
        if isinstance(begun, Answer) and begun.point:
            return replace(part, decision=begun)  # what answers this very person
        return replace(part, decision=self._sentences.precise(part.decision, situation) or begun)

    def _told_once(self, settled: list[Part]) -> list[Part]:
        """The parts without those that ask of nobody what others ask of somebody: whether one can apply."""
        asked = [part for part in settled if self._rules.asks_whether(part.decision)]
        of_somebody = [part for part in asked if self.situation(part.text).has_case]
        return [part for part in settled if part in of_somebody or part not in asked] if of_somebody else settled

    def _missed(self, text: str, whole: Situation, settled: Iterable[Part]) -> Iterator[Part]:
        """The clauses of which act and actor make a question, where no part of the reading answers it."""
        answered = {part.decision.topic for part in settled if isinstance(part.decision, Answer)}
        sure = {part.text for part in settled if part.decision.confidence >= SURE_BY_RULE}
        for piece in pieces(text):
            if piece.text in sure:  # « ces pays sont-ils admis ? » asks of countries
                continue
            topic = self._rules.asked(self.situation(piece.text).within(whole))
            if topic and not answered & self._rules.alike(topic):
                answered.add(topic)
                yield Part(piece.text, Answer(topic, SURE_BY_RULE, by=By.RULE))

    def _only_presents(self, part: Part) -> bool:
        """« CHU de Martinique », before a question: it says who asks, and asks nothing; « les RRMA », what."""
        situation = self.situation(part.text)
        if situation.place and situation.act is None and is_bare(situation):
            return True  # « À La Réunion, … »: an entry of that name is not asked
        if isinstance(part.decision, Answer) and not self._rules.asks_whether(part.decision):
            return False
        tells_more = situation.presents or situation.place or situation.size or situation.names
        return situation.act is None and bool(situation.actors and tells_more) and is_bare(situation)

    def _asked(self, parts: Sequence[Part], text: str) -> list[Part]:
        """The parts without what only presents, who, where, and for whom where something is asked; told ones last.

        « Ma fille de 18 ans veut partir au Togo. Est-ce sérieux ? » asks whether it is.
        """
        left = [part for part in parts if not self._only_presents(part)] or list(parts)
        is_asked = any(_asks(part) and isinstance(part.decision, Answer) for part in left)
        if not is_asked:
            return left
        told = told_only(pieces(text))

        def is_only_told(part: Part) -> bool:
            return any(piece in part.text for piece in told)

        left = [part for part in left if not (is_only_told(part) and self._tells_for_whom(part))]
        return sorted(left, key=is_only_told)

    def _tells_for_whom(self, part: Part) -> bool:
        """A statement about one's own body, or one's daughter, taken for whether it may apply: « je veux » asks."""
        situation = self.situation(part.text)
        who = situation.applicant
        is_other = who is not None and (who.speaks or " " in situation.text[slice(*who.span)])
        return bool(
            is_other and not situation.candidacy and not _asks(part) and self._rules.asks_whether(part.decision)
        )

    def asks_whether(self, answer: Answer) -> bool:
        """Whether an answer says whether one can apply."""
        return self._rules.asks_whether(answer)

    def _settled(self, part: Part, whole: Situation, *, alone: bool) -> Part:
        situation = self._of_part(part, whole, alone=alone)
        if instead := self._rules.instead(part.decision, situation):
            return replace(part, decision=instead)
        if not alone and self._asks_of_before(part):
            return part
        settled = self._rules.settle(part.decision, situation)
        if alone and whole.asks_several and isinstance(part.decision, Answer):
            # The rule of one clause decides nothing of the others: what it asks is added, where nothing answers it.
            return replace(part, decision=settled) if self._rules.asks_whether(part.decision) else part
        return replace(part, decision=settled)

    def _asks_of_before(self, part: Part) -> bool:
        """Whether it asks if what was said before may be, or works: « … et ça marche ? » names neither who nor what."""
        situation = self.situation(part.text)
        names = situation.has_case or situation.candidacy or is_told(part.text)
        is_other = isinstance(part.decision, Answer) and not self._rules.asks_whether(part.decision)
        return is_other and situation.act == Act.CAN and not names and is_bare(situation)

    def _tells_ours(self, text: str) -> bool:
        """Whether it tells of a country that the rule does not leave out, for a project or beside a body of here."""
        situation = self.situation(text)
        if all(country.option in LEFT_OUT for country in situation.countries):
            return False
        bodies = (self._cases.kinds[actor.kind].answers.get(APPLICANT) for actor in situation.actors)
        return bool(partners(situation)) or AUTHORITY in bodies

    def _of_part(self, part: Part, whole: Situation, *, alone: bool) -> Situation:
        """What a part tells within its message; to an author abroad, a French body that it names is another."""
        situation = whole if alone else self.situation(part.text).within(whole)
        if whole.speaker and self._rules.is_abroad(whole):
            return replace(situation, actors=(whole.speaker,))
        return situation

    def beside_lead(self, answer: Answer, text: str) -> str:
        """What a message says beside what the first sentence of its answer tells: who speaks, or of which countries.

        Empty where it asks nothing more of that, or where that sentence is of something else.
        """
        situation = self.situation(text)
        if answer.by == By.COUNTRY and not answer.is_brief:
            spans = [country.span for country in situation.mentions]
            return "" if is_bare(situation, *spans) else without(situation, spans)
        is_of_case = answer.by not in SETTLED and self.asks_whether(answer) and not answer.point
        return "" if is_bare(situation) or not is_of_case else without_speaker(situation)

    def reduced(self, text: str) -> str:
        """What is classified of a text."""
        return self._reduction.reduced(self.situation(text))


def _asks(part: Part) -> bool:
    """Whether a part has the form of a question, or of a request."""
    return any(piece.asks for piece in pieces(part.text))
