"""Questions about dates: what they ask, and their first sentence, from the calendar as of a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from knowledge.content.calendar import Call, CallState, Milestone, MilestoneKind, When, call_state, status
from knowledge.content.calendar_texts import CalendarTexts
from knowledge.dates.typed_day import typed_day
from knowledge.dates.wording import DatedSentence, Wording
from knowledge.words.text import any_written_so, words

_MOST_KINDS = 2
"""Who asks for three steps asks for the whole calendar."""


@dataclass(frozen=True)
class DateQuestion:
    """What a question asks of the calendar: whether a day will do, or when a step is. Nothing: where we stand."""

    day: date | None = None
    kinds: tuple[MilestoneKind, ...] = ()
    audience: str = ""
    """Whose calls it is about."""

    @property
    def is_precise(self) -> bool:
        """Whether one sentence answers it: the whole calendar would hide that sentence."""
        return self.day is not None or bool(self.kinds)


def asked(text: str, texts: CalendarTexts, months: Iterable[str], today: date) -> DateQuestion:
    """What `text` asks, once the matcher has found that it is about the calendar."""
    typed = words(text)
    kinds = [kind for kind, ways in texts.questions.words.items() if any_written_so(typed, ways)]
    steps = tuple(kind for kind in kinds if kind in texts.questions.replies.kinds)
    return DateQuestion(
        day=typed_day(text, months, today) if not steps else None,
        kinds=tuple(kinds) if len(kinds) <= _MOST_KINDS else (),
    )


class DateReplies:
    """First sentences, said of the calls to one audience."""

    def __init__(self, calls: tuple[Call, ...], audience: str, wording: Wording, texts: CalendarTexts) -> None:
        self.audience = audience
        self.calls = tuple(call for call in calls if call.audience == audience)
        self.wording = wording
        self.texts = texts.questions.replies
        self.now, self.today = wording.now, wording.today

    def to(self, question: DateQuestion) -> list[DatedSentence]:
        """The direct sentence; where the calls stand, when nothing precise is asked."""
        if question.day:
            return [*self._verdict(question.day), *self._what_is_on(question.day)]
        steps = [self._step(kind) for kind in question.kinds if kind in self.texts.kinds]
        if not steps or MilestoneKind.CLOSING in question.kinds:
            return [*self.wording.where_calls_stand(self.calls, self.audience), *steps]
        return [*steps, *self.wording.undated(self.calls, self.audience)]

    def _step(self, kind: MilestoneKind) -> DatedSentence:
        """When a step is: that of the open call, else the next one that is known, else the last one."""
        found = [(m, call) for call in self.calls for m in call.milestones if m.kind == kind and m.known]
        words = self.texts.kinds[kind]
        if not found:
            return DatedSentence(words.unknown)
        current = [(m, call) for m, call in found if call_state(call, self.now) == CallState.OPEN]
        ahead = [(m, call) for m, call in found if status(m, self.now).when != When.PAST]
        milestone, call = min(current or ahead or [max(found, key=_date_of)], key=_date_of)
        is_past = status(milestone, self.now).when == When.PAST
        text = (words.past if is_past else words.coming).format(
            when=self.wording.dated(milestone), call=call.title, status=self.wording.status(milestone)
        )
        return DatedSentence(text, (milestone,))

    def _verdict(self, day: date) -> list[DatedSentence]:
        """Whether a day will do for a candidature."""
        written = self.wording.date(day)
        where_we_stand = self.wording.where_calls_stand(self.calls, self.audience)
        if day < self.today:
            delay = self.wording.delay((self.today - day).days)
            return [DatedSentence(self.texts.past.format(day=written, delay=delay)), *where_we_stand]
        usable = [call for call in self.calls if self._may_serve(call)]
        if not usable:
            return [DatedSentence(self.texts.unknown.format(day=written)), *where_we_stand]
        call = next((call for call in usable if _is_open_on(call, day)), usable[0])
        opening, closing = call.opening, call.closing
        assert opening  # else it would be neither open nor upcoming
        assert closing
        text = self._template(opening, closing, day).format(
            day=written,
            status=self.wording.ahead((day - self.today).days),
            call=call.title,
            opening=self.wording.dated(opening),
            closing=self.wording.dated(closing),
        )
        return [DatedSentence(text, (opening, closing))]

    def _may_serve(self, call: Call) -> bool:
        """One that closed this very day, at its hour, is still the one that is meant."""
        return call_state(call, self.today) in (CallState.OPEN, CallState.UPCOMING)

    def _template(self, opening: Milestone, closing: Milestone, day: date) -> str:
        assert opening.known  # to the day, as the closing is
        assert closing.known
        if day < opening.known.first_day:
            return self.texts.too_early
        if day > closing.known.first_day or status(closing, self.now).when == When.PAST:
            return self.texts.too_late
        return self.texts.last_day if day == closing.known.first_day else self.texts.in_time

    def _what_is_on(self, day: date) -> list[DatedSentence]:
        """Another step of a call on that very day: it may be what the person had in mind."""
        return [
            DatedSentence(
                self.texts.that_day.format(label=m.label, call=call.title, when=self.wording.milestone(m)), (m,)
            )
            for call in self.calls
            for m in call.milestones
            if m.kind != MilestoneKind.CLOSING and m.known and m.known.day and m.known.first_day == day
        ]


def _date_of(found: tuple[Milestone, Call]) -> date:
    return found[0].known.first_day if found[0].known else date.max


def _is_open_on(call: Call, day: date) -> bool:
    return call_state(call, day) == CallState.OPEN
