"""Dates, delays and statuses in French, from the sentences of `messages.yaml`."""

from datetime import date

from knowledge.content.calendar import (
    AUTHORITIES,
    Audience,
    Call,
    CallState,
    Milestone,
    PartialDate,
    Status,
    When,
    call_state,
    status,
)
from knowledge.content.messages import Rendering

_MONTHS_FROM = 60
"""Days from which a delay is said in months."""


class Wording:
    """Says dates and statuses, as of a given day."""

    def __init__(self, sentences: Rendering, today: date) -> None:
        self.sentences = sentences
        self.today = today

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
        """« passé depuis 18 mois », « aujourd'hui », « dans 12 jours »; empty when the date is unknown."""
        return self._status(status(milestone, self.today), exact=bool(milestone.known and milestone.known.day))

    def ahead(self, days: int) -> str:
        """« aujourd'hui », « dans 12 jours »."""
        return self.sentences.future.format(delay=self.delay(days)) if days else self.sentences.today

    def milestone(self, milestone: Milestone) -> str:
        """A milestone's date with its status in brackets; a date written in words says it all."""
        if milestone.as_written:
            return milestone.as_written
        said = [self.status(milestone)] if milestone.known else []
        if milestone.provisional and said:
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

    def calls(self, calls: tuple[Call, ...], audience: Audience = AUTHORITIES, otherwise: str = "") -> str:
        """Where the calls to an audience stand today, claiming nothing that is not published.

        `otherwise`: what is said instead of the past, while none is open or announced.
        """
        states = [(call_state(call, self.today), call) for call in calls if call.audience == audience]
        by_state = {wanted: [call for state, call in states if state == wanted] for wanted in CallState}
        if by_state[CallState.OPEN]:
            return " ".join(self._call(CallState.OPEN, call) for call in by_state[CallState.OPEN])
        upcoming = [self._call(CallState.UPCOMING, call) for call in by_state[CallState.UPCOMING]]
        if otherwise and not upcoming:
            return otherwise
        closed = [self._call(CallState.CLOSED, call) for call in by_state[CallState.CLOSED][-1:]]
        return " ".join([*closed, *upcoming, *self.undated(calls, audience)])

    def undated(self, calls: tuple[Call, ...], audience: Audience = AUTHORITIES) -> list[str]:
        """That a call without dates is announced, where it is the one that people ask about.

        Calls are listed in order: it comes after the last closed one, and none is open or to open.
        """
        states = [call_state(call, self.today) for call in calls if call.audience == audience]
        if CallState.OPEN in states or CallState.UPCOMING in states:
            return []
        last_closed = max((n for n, state in enumerate(states) if state == CallState.CLOSED), default=-1)
        return [self.sentences.call_undated] if CallState.UNDATED in states[last_closed + 1 :] else []

    def closing(self, calls: tuple[Call, ...], audience: Audience) -> str | None:
        """The last day of the first call that is open today, if one is."""
        open_calls = (call for call in calls if call.audience == audience)
        days = (call.closing for call in open_calls if call_state(call, self.today) == CallState.OPEN)
        return next((self.date(day) for day in days if day), None)

    def _call(self, state: CallState, call: Call) -> str:
        opening = next((m for m in call.milestones if m.kind in ("opening", "announcement")), call.milestones[0])
        closing = next((m for m in call.milestones if m.kind == "closing"), call.milestones[-1])
        template = {
            CallState.OPEN: self.sentences.call_open,
            CallState.UPCOMING: self.sentences.call_upcoming,
            CallState.CLOSED: self.sentences.call_closed,
        }[state]
        told = opening if state == CallState.UPCOMING else closing
        return template.format(
            call=call.title,
            opening=self.date(opening.known) if opening.known else "",
            closing=self.date(closing.known) if closing.known else "",
            status=self.status(told),
        )

    def _status(self, found: Status, *, exact: bool) -> str:
        match found.when:
            case When.UNKNOWN:
                return self.sentences.unknown_date
            case When.PAST:
                return self.sentences.past.format(delay=self.delay(found.days))
            case When.FUTURE:
                if not exact and found.days < _MONTHS_FROM:  # « en décembre » does not begin in six days
                    return self.sentences.soon
                return self.sentences.future.format(delay=self.delay(found.days))
            case When.NOW:
                return self.sentences.today if exact else self.sentences.now
