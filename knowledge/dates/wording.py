"""Dates, delays and statuses in French, from the sentences of `messages.yaml`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from knowledge.content.calendar import (
    Call,
    CallState,
    Milestone,
    MilestoneStatus,
    PartialDate,
    When,
    call_state,
    moment,
    status,
)
from knowledge.content.messages import Rendering

CURRENT = (CallState.OPEN, CallState.UPCOMING)

_MONTHS_FROM = 60
"""Days from which a delay is said in months."""


@dataclass(frozen=True)
class DatedSentence:
    """A sentence, and the milestones that it tells: their sources are its own."""

    text: str
    milestones: tuple[Milestone, ...] = ()


class Wording:
    """Says dates and statuses, as of a moment or of a day."""

    def __init__(self, sentences: Rendering, now: date) -> None:
        self.sentences = sentences
        self.now = moment(now)
        self.today = self.now.date()

    def date(self, value: PartialDate | date) -> str:
        """« 1er mai 2025 », « septembre 2025 », « 2023 »."""
        year, month, day = value.year, value.month, value.day
        parts = [str(year)]
        if month:
            parts.insert(0, self.sentences.months[month - 1])
        if day:
            parts.insert(0, self.sentences.first_of_month.format(day=day) if day == 1 else str(day))
        return "\u00a0".join(parts)

    def dated(self, milestone: Milestone) -> str:
        """When a milestone is: « le 19 mai 2025 à 12 h, heure de Paris », « fin 2022 », « date non publiée »."""
        if milestone.as_written:
            return milestone.as_written
        start = milestone.known
        if start is None:
            return self.sentences.unknown_date
        if milestone.until:
            return self.sentences.span.format(start=self.date(start), end=self.date(milestone.until))
        template = self.sentences.day if start.day else self.sentences.month
        said = template.format(date=self.date(start))
        return self.sentences.at_time.format(date=said, hour=self._hour(milestone.time)) if milestone.time else said

    def _hour(self, time: str) -> str:
        """« 14 h », « 14 h 30 »."""
        hour, minutes = time.split(":")
        template = self.sentences.hour if int(minutes) else self.sentences.full_hour
        return template.format(hour=int(hour), minutes=minutes).replace(" ", "\u00a0")

    def status(self, milestone: Milestone) -> str:
        """« il y a 18 mois », « aujourd'hui », « dans 12 jours »; empty during a date known to the year only."""
        found = status(milestone, self.now)
        if found.when == When.NOW and milestone.known and not milestone.known.month and not milestone.until:
            return ""
        return self._status(found, exact=bool(milestone.known and milestone.known.day))

    def ahead(self, days: int) -> str:
        """« aujourd'hui », « dans 12 jours »."""
        return self.sentences.future.format(delay=self.delay(days)) if days else self.sentences.today

    def milestone(self, milestone: Milestone, *, provisional: bool = True) -> str:
        """A milestone's date with its status in brackets; a date written in words says it all.

        `provisional`: whether to say so, where nothing around says it.
        """
        if milestone.as_written:
            return milestone.as_written
        said = [now] if milestone.known and (now := self.status(milestone)) else []
        if provisional and milestone.provisional:
            said.append(self.sentences.provisional)
        return self.dated(milestone) + (f" ({', '.join(said)})" if said else "")

    def delay(self, days: int) -> str:
        """A number of days as people say it: days below two months, then months, then years."""
        if days == 1:
            return self.sentences.one_day
        if days < _MONTHS_FROM:
            return self.sentences.days.format(n=days)
        months = round(days / 30.4375)
        if months < 24:
            return self.sentences.months_delay.format(n=months)
        return self.sentences.years.format(n=days // 365)

    def calls(self, calls: tuple[Call, ...], audience: str, otherwise: str = "") -> str:
        """Where the calls to an audience stand today, claiming nothing that is not known.

        `otherwise`: what is said instead of the past, while none is open or announced.
        """
        told = self.where_calls_stand(calls, audience)
        if otherwise and not any(call_state(call, self.now) in CURRENT for call in calls if call.audience == audience):
            return otherwise
        return as_one_text(told)

    def where_calls_stand(self, calls: tuple[Call, ...], audience: str, *, brief: bool = False) -> list[DatedSentence]:
        """The same, sentence by sentence. `brief`: whether one may apply today, without the story."""
        states = [(call_state(call, self.now), call) for call in calls if call.audience == audience]
        by_state = {wanted: [call for state, call in states if state == wanted] for wanted in CallState}
        if by_state[CallState.OPEN]:
            return [self._call(CallState.OPEN, call) for call in by_state[CallState.OPEN]]
        upcoming = [self._call(CallState.UPCOMING, call) for call in by_state[CallState.UPCOMING]]
        closed = [self._call(CallState.CLOSED, call) for call in by_state[CallState.CLOSED][-1:]]
        undated = self.undated(calls, audience)
        if brief and (upcoming or undated):
            return upcoming or [DatedSentence(self.sentences.call_brief)]
        first = (
            [] if upcoming else [DatedSentence(self.sentences.call_unknown if undated else self.sentences.call_none)]
        )
        return [*first, *closed, *upcoming, *undated]

    def named(self, told: list[DatedSentence], audience: str) -> DatedSentence:
        """What is said of the calls to an audience that nobody named, with its name."""
        name = audience[:1].upper() + audience[1:]
        milestones = tuple(milestone for one in told for milestone in one.milestones)
        return DatedSentence(self.sentences.call_for.format(audience=name, told=as_one_text(told)), milestones)

    def undated(self, calls: tuple[Call, ...], audience: str) -> list[DatedSentence]:
        """That a call without dates came out, where it is the one that people ask about.

        Calls are listed in order: it comes after the last closed one, and none is open or to open.
        """
        states = [(call_state(call, self.now), call) for call in calls if call.audience == audience]
        if any(state in CURRENT for state, _ in states):
            return []
        last_closed = max((n for n, (state, _) in enumerate(states) if state == CallState.CLOSED), default=-1)
        undated = [call for state, call in states[last_closed + 1 :] if state == CallState.UNDATED]
        return [DatedSentence(self.sentences.call_undated, undated[0].milestones[:1])] if undated else []

    def closing(self, calls: tuple[Call, ...], audience: str) -> str | None:
        """The last moment of the call that is open now, if one is: after « le »."""
        call = self.open_call(calls, audience)
        return self._moment(call.closing) if call and call.closing else None

    def open_call(self, calls: tuple[Call, ...], audience: str) -> Call | None:
        """The first call that is open now, if one is."""
        return next((c for c in calls if c.audience == audience and call_state(c, self.now) == CallState.OPEN), None)

    def _call(self, state: CallState, call: Call) -> DatedSentence:
        opening, closing = call.opening or call.milestones[0], call.closing or call.milestones[-1]
        is_announced = opening.kind == "announcement" and opening.known is not None and opening.known.day is not None
        template = {
            CallState.OPEN: self.sentences.call_open,
            CallState.UPCOMING: self.sentences.call_upcoming,
            CallState.CLOSED: self.sentences.call_announced if is_announced else self.sentences.call_closed,
        }[state]
        told = opening if state == CallState.UPCOMING else closing
        text = template.format(
            call=call.title, opening=self._moment(opening), closing=self._moment(closing), status=self.status(told)
        )
        return DatedSentence(text, (opening, closing))

    def _moment(self, milestone: Milestone) -> str:
        """« 19 mai 2025 », « 1er mars 2027 à 14 h 30, heure de Paris »: after « le » or « jusqu'au »."""
        if milestone.known is None:
            return ""
        said = self.date(milestone.known)
        return self.sentences.at_time.format(date=said, hour=self._hour(milestone.time)) if milestone.time else said

    def _status(self, found: MilestoneStatus, *, exact: bool) -> str:
        match found.when:
            case When.UNKNOWN:
                return self.sentences.unknown_date
            case When.PAST:
                return self.sentences.past.format(delay=self.delay(found.days)) if found.days else self.sentences.today
            case When.FUTURE:
                if not exact and found.days < _MONTHS_FROM:  # « en décembre » does not begin in six days
                    return self.sentences.soon
                return self.ahead(found.days)
            case When.NOW:
                return self.sentences.today if exact else self.sentences.now


def as_one_text(told: Iterable[DatedSentence]) -> str:
    """The sentences as one text."""
    return " ".join(sentence.text for sentence in told)
