"""All that was talked about, told together: in short, to be passed on, or as a table. Pure."""

from collections.abc import Sequence

from handlers.shared.narrowed import Narrowed
from handlers.shared.screen import Screen
from knowledge.conversation import excerpts
from knowledge.conversation.frame import Told
from knowledge.words.markup import RichText, TextSpan, paragraphs, plain_text

_MOST_OF_AN_ENTRY = 4
"""Sentences and items of an entry that was told whole, in a table."""


class AllTold:
    """Draws them, each entry or point as it was told."""

    def __init__(self, narrowed: Narrowed) -> None:
        self._narrowed, self._replies = narrowed, narrowed.replies
        self._sentences = narrowed.sentences

    def in_short(self, told: Sequence[Told], case: str, count: int = 0) -> Screen:
        """One sentence of each, `count` at most where so many lines are wanted, the last ones. `case`: for whom."""
        words = self._sentences
        intro = words.all_shorter_for.format(case=case) if case else words.all_shorter
        return Screen(self._lines(told[-count:], intro), self._narrowed.rows(told[-1][0]))

    def in_writing(self, told: Sequence[Told]) -> Screen:
        """The same to be transferred to somebody, and the papers that may go with it."""
        short = self._lines(told, self._sentences.in_writing)
        end = self._replies.renderer.text(self._sentences.in_writing_end.format(contact=self._narrowed.content.email))
        rows = [*self._replies.paper_rows(), *self._narrowed.person_rows()[-1:]]
        return Screen(paragraphs([short, end]), rows)

    def table(self, told: Sequence[Told]) -> Screen:
        """What was told, line by line, with where it comes from and of when that is."""
        parts: list[RichText] = [self._replies.renderer.text(self._sentences.table)]
        for topic, point in told:
            entry, renderer = self._narrowed.content.topics[topic], self._replies.renderer
            part = entry.point(point)
            said = excerpts.sentences_and_items(
                plain_text(renderer.text(part.says if part else renderer.text_of(entry)))
            )
            lines = [TextSpan(self._replies.brief.name_before(topic), bold=True)]
            lines += [TextSpan(f"\n• {excerpts.bare(one)}") for one in said[:_MOST_OF_AN_ENTRY]]
            for n, source in enumerate(renderer.sources(entry, part)):
                lines += [
                    TextSpan(" ; " if n else f"\n{self._sentences.table_source} "),
                    TextSpan(source.name, url=source.url),
                ]
            parts.append(tuple(lines))
        return Screen(paragraphs(parts), self._narrowed.rows(told[-1][0]))

    def _lines(self, told: Sequence[Told], intro: str) -> RichText:
        lines: list[TextSpan] = [TextSpan(f"{intro}\n")]
        for topic, point in told:
            part = self._narrowed.content.topics[topic].point(point)
            says = excerpts.first(plain_text(self._replies.renderer.text(part.says)), 1) if part else ""
            lines += [TextSpan(f"\n• {self._replies.brief.name_before(topic)} ", bold=True)]
            lines += [TextSpan(says or self._replies.brief.first(topic))]
        return tuple(lines)
