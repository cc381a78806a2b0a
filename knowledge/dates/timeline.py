"""The calendar as lines of text: past steps folded, or everything."""

from knowledge.content.calendar import Call, Milestone, MilestoneKind, When, status
from knowledge.content.calendar_texts import DateScreenTexts
from knowledge.content.models import Content
from knowledge.dates.wording import DatedSentence, Wording


class Timeline:
    """The calls and the programme's own dates, each with its status as of the day and its source."""

    def __init__(self, content: Content, wording: Wording) -> None:
        self.content = content
        self.wording = wording

    def folded(self) -> list[DatedSentence]:
        """Calls in order, a line each: past ones folded into their closing date, what is still to come in full."""
        sentences = self.content.messages.rendering
        lines: list[DatedSentence] = []
        for call in self.content.calls:
            if not any(m.known for m in call.milestones):
                lines.append(DatedSentence(sentences.timeline_unknown.format(call=call.title), call.milestones[:1]))
            lines += [
                DatedSentence(sentences.timeline_item.format(call=call.title, label=m.label, when=self._when(m)), (m,))
                for m in self._still_telling(call)
            ]
        return lines

    def _when(self, milestone: Milestone) -> str:
        """A past date tells by itself that it is."""
        is_past = status(milestone, self.wording.now).when == When.PAST
        return self.wording.dated(milestone) if is_past else self.wording.milestone(milestone)

    def full(self, screen: DateScreenTexts) -> list[str]:
        """Everything, a paragraph a call, then the programme's own dates."""
        paragraphs = [screen.all.format(date=self.wording.date(self.wording.today))]
        for call in self.content.calls:
            paragraphs.append(self._listed(screen.call.format(call=call.title), call.milestones, screen))
        of_calls = {m.id for call in self.content.calls for m in call.milestones}
        own = tuple(m for m in self.content.milestones.values() if m.id not in of_calls)
        return [*paragraphs, *([self._listed(screen.programme, own, screen)] if own else [])]

    def _listed(self, heading: str, milestones: tuple[Milestone, ...], screen: DateScreenTexts) -> str:
        """A heading and its dates. That a calendar is provisional is said once, in the heading."""
        if any(m.provisional for m in milestones):
            heading = self.wording.sentences.provisional_calendar.format(call=heading)
        whens = (self.wording.milestone(m, provisional=False) for m in milestones)
        items = [screen.item.format(label=m.label, when=when) for m, when in zip(milestones, whens, strict=True)]
        sources = dict.fromkeys(self.content.sources[m.source].linked for m in milestones)
        return "\n".join([heading, *items, screen.source.format(sources=", ".join(sources))])

    def _still_telling(self, call: Call) -> list[Milestone]:
        past = [m for m in call.milestones if status(m, self.wording.now).when == When.PAST]
        coming = [m for m in call.milestones if m not in past]
        folded = [m for m in past if m.kind == MilestoneKind.CLOSING] or past[:1]
        return [*folded, *(m for m in coming if m.known)]
