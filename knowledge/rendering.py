"""An entry → the message that people read: answer, computed dates, disagreements, age and source."""

from collections.abc import Callable
from datetime import date

from knowledge.content.models import Content, Fact, Topic
from knowledge.dates.questions import Asked, DateReplies, asked
from knowledge.dates.timeline import Timeline
from knowledge.dates.wording import Wording
from knowledge.words import markup
from knowledge.words.markup import PLACEHOLDER, RichText, Span

LIMIT = 4096
"""Telegram's limit for one message, in UTF-16 units."""


class Renderer:
    """Renders the entries of a content, as of the day that `clock` gives."""

    def __init__(self, content: Content, clock: Callable[[], date]) -> None:
        self.content = content
        self.clock = clock

    @property
    def wording(self) -> Wording:
        """How dates are said today."""
        return Wording(self.content.messages.rendering, self.clock())

    def answer(self, topic: Topic, acronym: str | None = None, question: str = "") -> RichText:
        """The whole message: title, answer, disagreements, warning when past its review date, source.

        Asked about one `acronym` of the glossary, the answer is its definition. Asked a `question` about dates,
        {call} answers it.
        """
        facts = [self.content.facts[name] for name in _named(topic, "fact")]
        parts: list[RichText] = [
            (Span(topic.title, bold=True),),
            self._definition(acronym) if acronym else self.text(topic.answer, self._asked(topic, question)),
            *((Span(self._disagreement(fact), italic=True),) for fact in facts if fact.contested),
            *self._warning(topic, facts),
            *self._source(topic),
        ]
        return joined(parts)

    def text(self, text: str, question: Asked | None = None) -> RichText:
        """An answer or a sentence of `messages.yaml`: placeholders filled, mark-up read."""
        return markup.parse(PLACEHOLDER.sub(lambda match: self._fill(match[1], match[2], question), text))

    def _asked(self, topic: Topic, question: str) -> Asked | None:
        texts = self.content.calendar
        if texts is None or topic.id not in texts.screen.offered_with:
            return None
        return asked(question, texts, self.content.messages.rendering.months, self.clock())

    def _definition(self, acronym: str) -> RichText:
        known = next(a for a in self.content.glossary.acronyms if a.acronym == acronym)
        template = self.content.messages.rendering.acronym_defined
        return markup.parse(template.format(acronym=known.acronym, means=known.means, definition=known.definition))

    def _fill(self, name: str, argument: str | None, question: Asked | None) -> str:
        match name:
            case "contact":
                return self.content.email
            case "site":
                return (
                    f"[{self.content.messages.site.removeprefix('https://').strip('/')}]({self.content.messages.site})"
                )
            case "call" if question and self.content.calendar:
                return DateReplies(self.content.calls, self.wording, self.content.calendar).to(question)
            case "call":
                return self.wording.calls(self.content.calls)
            case "timeline":
                return "" if question and question.is_precise else Timeline(self.content, self.wording).folded()
            case "acronyms":
                return self._acronyms()
            case "date" if argument:
                return self.wording.milestone(self.content.milestones[argument])
            case "fact" if argument:
                return self._fact(self.content.facts[argument])
        raise AssertionError(f"unchecked placeholder {name}")  # `checks.py` lets no other through

    def _acronyms(self) -> str:
        """Those with an entry of their own, said in full, then the names of the others."""
        sentences, known = self.content.messages.rendering, self.content.glossary.acronyms
        said = "\n".join(sentences.acronym.format(acronym=a.acronym, means=a.means) for a in known if a.topic)
        others = ", ".join(a.acronym for a in known if not a.topic)
        return f"{said}\n\n{sentences.acronym_others.format(acronyms=others)}" if others else said

    def _fact(self, fact: Fact) -> str:
        # A contested fact always names its source in the sentence: it can't be read as settled.
        if not fact.contested:
            return fact.followed.says
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

    def _warning(self, topic: Topic, facts: list[Fact]) -> list[RichText]:
        """Said by itself once the entry, or a fact in it, is past its review date."""
        dated: list[Topic | Fact] = [topic, *facts]
        late = [part.checked_on for part in dated if part.review_by.first_day < self.wording.today]
        if not late:
            return []
        oldest = min(late)
        age = self.wording.delay((self.wording.today - oldest.first_day).days)
        text = self.content.messages.rendering.stale.format(age=age)
        return [(Span(text, italic=True),)]

    def _source(self, topic: Topic) -> list[RichText]:
        if not topic.sources:
            return []
        names = ", ".join(self.content.sources[source].name for source in topic.sources)
        text = self.content.messages.rendering.source.format(sources=names, date=self.wording.date(topic.checked_on))
        return [(Span(text, italic=True),)]


def joined(parts: list[RichText]) -> RichText:
    """Parts of a message as one, with a blank line between them."""
    spans: list[Span] = []
    for part in parts:
        if spans:
            spans.append(Span("\n\n"))
        spans += part
    return tuple(spans)


def pages(parts: list[RichText], limit: int = LIMIT) -> list[RichText]:
    """Parts grouped into as few messages as fit the limit."""
    grouped: list[list[RichText]] = [[]]
    for part in parts:
        candidate = [*grouped[-1], part]
        if grouped[-1] and markup.length(joined(candidate)) > limit:
            grouped.append([part])
        else:
            grouped[-1] = candidate
    return [joined(group) for group in grouped if group]


def _named(topic: Topic, kind: str) -> list[str]:
    """The facts (or dates) that an answer names, each once, in order."""
    found = (match[2] for match in PLACEHOLDER.finditer(topic.answer) if match[1] == kind)
    return list(dict.fromkeys(name for name in found if name))
