"""The messages that subscribers receive, in the editors' mark-up. Dates only, no delays: they may be read later."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from knowledge.content.calendar import Call, When, status
from knowledge.content.calendar_texts import Alerts
from knowledge.content.models import Content
from knowledge.dates.calendar_changes import CalendarChange, ChangedDate, NewCall, Reminder
from knowledge.dates.wording import Wording


class AlertLetter:
    """Writes alerts, as of a moment or of a day."""

    def __init__(self, content: Content, words: Alerts, now: date) -> None:
        self.words = words
        self.wording = Wording(content.messages.rendering, now)
        self.footer = words.footer.format(contact=content.email)

    def publication(self, changes: Iterable[CalendarChange]) -> str:
        """What is new, call by call."""
        paragraphs: list[str] = []
        for call, group in groupby(changes, key=lambda change: change.call):
            parts = list(group)
            if isinstance(parts[0], NewCall):
                paragraphs.append(self._new(call))
            else:
                lines = [self._changed(part) for part in parts if isinstance(part, ChangedDate)]
                paragraphs.append("\n".join([self.words.changed.format(call=call.title) + "\n", *lines]))
        return "\n\n".join([*paragraphs, self.footer])

    def reminder(self, reminder: Reminder) -> str:
        """A closing date that comes near."""
        text = self.words.reminder.format(
            days=reminder.days,
            call=reminder.call.title,
            label=reminder.closing.label,
            when=self.wording.dated(reminder.closing),
        )
        return f"{text}\n\n{self.footer}"

    def _new(self, call: Call) -> str:
        ahead = [m for m in call.milestones if m.known and status(m, self.wording.now).when != When.PAST]
        items = [self.words.item.format(label=m.label, when=self.wording.dated(m)) for m in ahead]
        return "\n".join([self.words.new_call.format(call=call.title) + "\n", *items])

    def _changed(self, change: ChangedDate) -> str:
        before, after = change.before, change.after
        if after is None:
            assert before is not None
            return self.words.item_withdrawn.format(label=before.label, before=self.wording.dated(before))
        when = self.wording.dated(after)
        if before is None:
            return self.words.item.format(label=after.label, when=when)
        return self.words.item_changed.format(label=after.label, when=when, before=self.wording.dated(before))
