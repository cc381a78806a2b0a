"""An entry → the message that people read: answer, computed dates, disagreements, age and source."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache

from knowledge.content.banner import Banner
from knowledge.content.calendar import CallState, Milestone, call_state, moment
from knowledge.content.models import Content, Topic, TopicPoint
from knowledge.content.sources import Fact, Source
from knowledge.dates.citation import Cited, citation
from knowledge.dates.questions import DateQuestion, DateReplies, asked
from knowledge.dates.timeline import Timeline
from knowledge.dates.wording import CURRENT, DatedSentence, Wording
from knowledge.understanding.decision import Answer
from knowledge.words import markup
from knowledge.words.markup import PLACEHOLDER, RichText, TextSpan, paragraphs

_IN_FULL = 4
"""Acronyms said in full where none is asked for: the others, by name, can be asked for."""


class Renderer:
    """Renders the entries of a content, as of the moment (or the day) that `clock` gives."""

    def __init__(
        self, content: Content, clock: Callable[[], date], banner: Callable[[], Banner | None] = lambda: None
    ) -> None:
        self.content = content
        self._clock = clock
        self._told = lru_cache(maxsize=1_000)(self._told_at)  # an entry reads the same within a minute
        self._banner = banner

    @property
    def now(self) -> datetime:
        """The moment, in Paris."""
        return moment(self._clock())

    @property
    def today(self) -> date:
        """The day, in Paris."""
        return self.now.date()

    @property
    def wording(self) -> Wording:
        """How dates are said now."""
        return Wording(self.content.messages.rendering, self.now)

    def banner(self) -> list[RichText]:
        """What the team says for a while at the head of replies, until its end; nothing without one."""
        banner = self._banner()
        if banner is None or banner.until <= self.now:
            return []
        return [self.text(self.content.messages.rendering.banner.format(text=banner.text))]

    def answer(
        self,
        topic: Topic,
        acronym: str | None = None,
        question: str = "",
        *,
        warned: bool = False,
        beside: str = "",
    ) -> RichText:
        """The whole message: title, answer, disagreements, warning when it aged badly, source.

        Asked about one `acronym` of the glossary, the answer is its definition. Asked a `question` about dates,
        {call} answers it. `warned`: whether the message warns already. `beside`: said after the first paragraph.
        """
        text = self._definition(acronym) if acronym else self.text_of(topic)
        return self._message(topic, _after_first(text, beside), self._asked(topic, question), warned=warned)

    def reply(self, answer: Answer, question: str = "", *, warned: bool = False) -> RichText:
        """The answer to one person: its first sentence, then the entry, unless that sentence says it all."""
        topic = self.content.topics[answer.topic]
        if point := topic.point(answer.point):
            says = _after_first(point.says, answer.beside)
            case = [self.text(answer.case)] if answer.case else []
            return paragraphs([*case, self._message(topic, says, None, warned=warned or not point.known, point=point)])
        lead = [self.text(said) for said in (answer.lead, answer.beside) if answer.lead and said]
        if answer.is_brief:
            return paragraphs(lead)
        beside, minute = "" if answer.lead else answer.beside, self.now.replace(second=0, microsecond=0)
        about_dates = question if self._asks_for_dates(answer.topic) else ""
        return paragraphs([*lead, self._told(answer.topic, answer.word, about_dates, warned, beside, minute)])

    def _told_at(
        self, topic: str, acronym: str | None, question: str, warned: bool, beside: str, _: datetime
    ) -> RichText:
        return self.answer(self.content.topics[topic], acronym, question, warned=warned, beside=beside)

    def details(self, topic: Topic) -> RichText:
        """What the entry says on request, with the sources of all of it."""
        assert topic.details is not None
        return self._message(topic, topic.details, None, warned=True)

    def direct(self, topic: Topic, question: str, *, precise: bool = True) -> str:
        """The one sentence that answers a precise question about dates, plain; empty for any other.

        Not `precise`: where the calls stand, for any question beside an entry about dates.
        """
        asks, texts = self._asked(topic, question), self.content.calendar
        if texts is None or asks is None or (precise and not asks.is_precise):
            return ""
        told = DateReplies(self.content.calls, asks.audience, self.wording, texts).to(asks)
        told = told if precise else self._told_apart(told, asks.audience)
        return markup.plain_text(self.text(" ".join(sentence.text for sentence in told)))

    def text_of(self, topic: Topic) -> str:
        """What the entry answers today, in the editors' mark-up."""
        old = topic.once_old
        return old.answer if old and old.after.first_day < self.today else topic.answer

    def sources(self, topic: Topic, point: TopicPoint | None = None) -> list[Source]:
        """Where what is shown of an entry comes from, or the point of it that was told: dates and facts as well."""
        return list({one.source.name: one.source for one in self.cited(topic, point)}.values())

    def cited(self, topic: Topic, point: TopicPoint | None) -> list[Cited]:
        """The same, with when each was read."""
        text = point.says if point else self.text_of(topic)
        return self._cited(topic, self._facts(text), self._filled(text, None)[1], point)

    def warning(self, topic: Topic) -> list[RichText]:
        """What warns that the answer, one of those that age badly, is past its review date or names a fact that is."""
        text = self.text_of(topic) if topic.perishable else ""
        return self._warning(self._late(topic, self._facts(text), self._filled(text, None)[1])) if text else []

    def text(self, text: str) -> RichText:
        """A sentence of `messages.yaml`: placeholders filled, mark-up read."""
        return markup.parse(self._filled(text, None)[0])

    def _message(
        self, topic: Topic, text: str, question: DateQuestion | None, *, warned: bool, point: TopicPoint | None = None
    ) -> RichText:
        filled, milestones = self._filled(text, question)
        facts = self._facts(text)
        is_known = point is None or point.known
        source = citation(self._cited(topic, facts, milestones, point), self.wording) if is_known else None
        parts: list[RichText] = [
            *([] if point else [(TextSpan(topic.title, bold=True),)]),
            markup.parse(filled),
            *((TextSpan(self._disagreement(fact), italic=True),) for fact in facts if self._is_contested(fact)),
            *([] if warned or not topic.perishable else self._warning(self._late(topic, facts, milestones))),
            *([source] if source else []),
        ]
        return paragraphs(parts)

    def _filled(self, text: str, question: DateQuestion | None) -> tuple[str, list[Milestone]]:
        """The text, and the milestones that its placeholders tell."""
        told: list[Milestone] = []

        def fill(name: str, argument: str | None) -> str:
            sentences = self._fill(name, argument, question)
            told.extend(milestone for sentence in sentences for milestone in sentence.milestones)
            return ("\n" if name == "timeline" else " ").join(sentence.text for sentence in sentences)

        return PLACEHOLDER.sub(lambda match: fill(match[1], match[2]), text), told

    def _asked(self, topic: Topic, question: str) -> DateQuestion | None:
        texts = self.content.calendar
        if texts is None or not self._asks_for_dates(topic.id):
            return None
        about = asked(question, texts, self.content.messages.rendering.months, self.today)
        return replace(about, audience=self._audience(question))

    def _audience(self, question: str) -> str:
        """Those whose calls a question about dates is about; others than the first where a call of theirs has dates."""
        named = self.content.programme.asked_about(question)
        is_dated = any(c.audience == named and call_state(c, self.now) != CallState.UNDATED for c in self.content.calls)
        return named if is_dated else self.content.audience

    def _asks_for_dates(self, topic: str) -> bool:
        texts = self.content.calendar
        return texts is not None and topic in texts.screen.offered_with

    def _definition(self, acronym: str) -> str:
        known = next(a for a in self.content.glossary.acronyms if a.acronym == acronym)
        template = self.content.messages.rendering.acronym_defined
        return template.format(acronym=known.acronym, means=known.means, definition=known.definition)

    def _fill(self, name: str, argument: str | None, question: DateQuestion | None) -> list[DatedSentence]:
        content, wording = self.content, self.wording
        match name:
            case "contact" | "site" | "processing" | "acronyms":
                return [DatedSentence(self._about_us(name))]
            case "call" if argument in content.programme.names:
                is_told = question and (question.is_precise or question.audience == argument)
                told = wording.where_calls_stand(content.calls, argument)
                return [] if is_told else [wording.named(told, content.programme.names[argument])]
            case "call" if question and content.calendar and (argument is None or question.is_precise):
                told = DateReplies(content.calls, question.audience, wording, content.calendar).to(question)
                return self._told_apart(told, question.audience)
            case "call":
                told = wording.where_calls_stand(content.calls, content.audience, brief=argument is not None)
                return self._told_apart(told, content.audience)
            case "timeline":
                return [] if question and question.is_precise else Timeline(content, wording).folded()
            case "date" if argument:
                milestone = content.milestones[argument]
                return [DatedSentence(wording.milestone(milestone), (milestone,))]
            case "fact" if argument:
                return [DatedSentence(self._fact(content.facts[argument]))]
        raise AssertionError(f"unchecked placeholder {name}")  # `checks.py` lets no other through

    def _told_apart(self, told: list[DatedSentence], audience: str) -> list[DatedSentence]:
        """Whom it is said of, where another call than theirs is open or announced, and none of theirs is open."""
        states = [(call_state(call, self.now), call.audience) for call in self.content.calls]
        others = any(state in CURRENT and whose != audience for state, whose in states)
        if not others or (CallState.OPEN, audience) in states:
            return told
        return [self.wording.named(told, self.content.programme.names[audience])]

    def _about_us(self, name: str) -> str:
        """What changes on no day: the contact, the site, who handles personal data, the acronyms."""
        if name == "site":
            site = self.content.programme.site
            return f"[{site.removeprefix('https://').strip('/')}]({site})"
        if name == "processing":
            return self.content.handled or self.content.messages.privacy.processing_missing
        return self.content.email if name == "contact" else self._acronyms()

    def _acronyms(self) -> str:
        """The first ones with an entry of their own, said in full, then the names of the others."""
        sentences, known = self.content.messages.rendering, self.content.glossary.acronyms
        first = [acronym for acronym in known if acronym.topic][:_IN_FULL]
        said = "\n".join(sentences.acronym.format(acronym=a.acronym, means=a.means) for a in first)
        others = ", ".join(a.acronym for a in known if a not in first)
        return f"{said}\n\n{sentences.acronym_others.format(acronyms=others)}" if others else said

    def _facts(self, text: str) -> list[Fact]:
        """The facts that a text names, each once, in order."""
        names = (match[2] for match in PLACEHOLDER.finditer(text) if match[1] == "fact")
        return [self.content.facts[name] for name in dict.fromkeys(names) if name]

    def _is_contested(self, fact: Fact) -> bool:
        return fact.contested and not self._old(fact)

    def _old(self, fact: Fact) -> str:
        """What the fact says by now instead of itself; empty while it stands."""
        old = fact.once_old
        return old.says if old and old.after.first_day < self.today else ""

    def _fact(self, fact: Fact) -> str:
        # A contested fact always names its source in the sentence: it can't be read as settled.
        if not self._is_contested(fact):
            return self._old(fact) or fact.followed.says
        source = self.content.sources[fact.followed.source].name
        return self.content.messages.rendering.according_to.format(says=fact.followed.says, source=source)

    def _disagreement(self, fact: Fact) -> str:
        sentences = self.content.messages.rendering
        others = [
            sentences.other_version.format(says=v.says, source=self.content.sources[v.source].name)
            for v in fact.versions
            if v.says != fact.followed.says
        ]
        return sentences.disagreement.format(
            label=fact.label,
            others=", ".join(others),
            source=self.content.sources[fact.followed.source].name,
            because=fact.because,
        )

    def _late(self, topic: Topic, facts: Iterable[Fact], milestones: Iterable[Milestone]) -> list[Topic | Fact]:
        """What is past its review date. A date read since the entry was keeps it young."""
        read = (self.content.sources[milestone.source].read_on for milestone in milestones)
        is_young = any(day and day > topic.checked_on for day in read)
        parts: list[Topic | Fact] = [*([] if is_young else [topic]), *facts]
        return [part for part in parts if part.review_by.first_day < self.today]

    def _warning(self, late: list[Topic | Fact]) -> list[RichText]:
        """That what ages badly has: once a message."""
        if not late:
            return []
        oldest = min(part.checked_on for part in late)
        age = self.wording.delay((self.wording.today - oldest.first_day).days)
        return [(TextSpan(self.content.messages.rendering.stale.format(age=age), italic=True),)]

    def _cited(
        self, topic: Topic, facts: Iterable[Fact], milestones: Iterable[Milestone], point: TopicPoint | None = None
    ) -> list[Cited]:
        """The sources of the point, else the entry's own; then those of the facts and dates that it tells."""
        own = (point.sources if point else ()) or topic.sources
        named: list[tuple[str, Topic | Fact]] = [(source, topic) for source in own]
        named += [(version.source, fact) for fact in facts for version in fact.versions]
        named += [(milestone.source, topic) for milestone in milestones]
        return [self._one_cited(self.content.sources[name], part, warns=topic.perishable) for name, part in named]

    def _one_cited(self, source: Source, part: Topic | Fact, *, warns: bool) -> Cited:
        read_on = source.read_on or part.checked_on
        is_late = part.review_by.first_day < self.today and read_on <= part.checked_on
        return Cited(source, read_on, is_late and not warns)


def _after_first(text: str, beside: str) -> str:
    """A text with a paragraph more, after its first one, and after the list that this one leads to."""
    parts = text.split("\n\n")
    at = 2 if parts[0].endswith(":") else 1
    return "\n\n".join(filter(None, [*parts[:at], beside, *parts[at:]]))
