"""The calendar as lines of text: past steps folded, or everything."""

from knowledge.content.calendar import Call, Kind, Milestone, When, status
from knowledge.content.calendar_texts import Screen
from knowledge.content.models import Content
from knowledge.dates.wording import Wording


class Timeline:
    """The calls and the programme's own dates, each with its status as of the day and its source."""

    def __init__(self, content: Content, wording: Wording) -> None:
        self.content = content
        self.wording = wording

    def folded(self) -> str:
        """Calls in order: past ones folded into their closing date, what is still to come in full."""
        sentences = self.content.messages.rendering
        lines: list[str] = []
        for call in self.content.calls:
            if not any(m.known for m in call.milestones):
                source = self._source(call.milestones[0])
                lines.append(sentences.timeline_unknown.format(call=call.title, source=source))
            lines += [
                sentences.timeline_item.format(
                    call=call.title, label=m.label, when=self.wording.milestone(m), source=self._source(m)
                )
                for m in self._still_telling(call)
            ]
        return "\n".join(lines)

    def full(self, screen: Screen) -> list[str]:
        """Everything, a paragraph a call, then the programme's own dates."""
        paragraphs = [screen.all.format(date=self.wording.date(self.wording.today))]
        for call in self.content.calls:
            paragraphs.append(self._listed(screen.call.format(call=call.title), call.milestones, screen))
        of_calls = {m.id for call in self.content.calls for m in call.milestones}
        own = tuple(m for m in self.content.milestones.values() if m.id not in of_calls)
        return [*paragraphs, *([self._listed(screen.programme, own, screen)] if own else [])]

    def _listed(self, heading: str, milestones: tuple[Milestone, ...], screen: Screen) -> str:
        items = [
            screen.item.format(label=m.label, when=self.wording.milestone(m), source=self._source(m))
            for m in milestones
        ]
        return "\n".join([heading, *items])

    def _source(self, milestone: Milestone) -> str:
        source = self.content.sources[milestone.source]
        is_link = source.url is not None and source.url.startswith("https://")
        return f"[{source.name}]({source.url})" if is_link else source.name

    def _still_telling(self, call: Call) -> list[Milestone]:
        past = [m for m in call.milestones if status(m, self.wording.today).when == When.PAST]
        coming = [m for m in call.milestones if m not in past]
        folded = [m for m in past if m.kind == Kind.CLOSING] or past[:1]
        return [*folded, *(m for m in coming if m.known)]
