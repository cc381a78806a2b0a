"""What was answered before, told in another way: one point of it, shorter, its source, an example. Pure."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from handlers.shared.buttons import RejectChoices, ShowMenu, ShowPoint
from handlers.shared.replies import Replies
from handlers.shared.screen import Rows, Screen, button, theme_rows, topic_rows
from handlers.shared.turn import note_offered, note_shown
from knowledge.content.conversation import ConversationWords, StockReply
from knowledge.content.models import TopicPoint
from knowledge.conversation import excerpts
from knowledge.conversation.frame import digest
from knowledge.dates.citation import sources_read
from knowledge.questionnaire.typed_answer import opens_bare
from knowledge.understanding.decision import Answer
from knowledge.words.markup import RichText, TextSpan, paragraphs, parse, plain_text
from knowledge.words.text import says_any, words

_MOST_OFFERED, _MOST_POINTS = 3, 2
_WHETHER, _WHY = "can", "why"
"""Acts that the first sentence of an entry answers, where no other does; the reason itself is then not known."""
_SEVERAL = 2
_MOSTLY = 0.5
"""Share of a question's words more than which one sentence must hold, and two of them, to answer it alone."""


class Narrowed:
    """Draws what remains to be said of an entry that was shown already."""

    def __init__(self, replies: Replies, words: ConversationWords) -> None:
        self.replies = replies
        self.words = words
        self.sentences = words.sentences
        self.content = replies.content

    def excerpt(
        self,
        topic: str,
        asked: str,
        act: str,
        said: str = "",
        before: str = "",
        *,
        sure: bool = False,
        also: Sequence[str] = (),
    ) -> Screen:
        """What the entry says on the point asked; or what it does not tell, and who may know.

        `said`: who or what the question is about, as typed; `before`: the digest of what was told just before; `sure`:
        whether the entry is what the message is about, whatever was said before; `also`: entries that may be meant.
        """
        intro, text = self._on_point(topic, asked, act, sure=sure)
        if said:
            intro = self.sentences.about.format(said=said)
        if text and digest(text) != before:
            note_shown(text)
            return self._screen(topic, intro, text)
        unknown = self.words.follow_ups.unknown.get(act, self.sentences.nothing_more)
        known = excerpts.first(self.text(topic), 1)
        if digest(unknown) == before:
            unknown, known = self.sentences.nothing_more_again, ""
        note_shown(unknown)
        return self._nothing(topic, unknown, intro if said else "", also, known)

    def lead(self, topic: str, text: str) -> Screen:
        """The first sentence for this person alone, where the entry itself was just shown."""
        return self._screen(topic, text, "")

    def asks_something(self, asked: str) -> bool:
        """Whether a message has words of its own, beside those that only point back."""
        return self._own(asked) > 0

    def asks_much(self, asked: str) -> bool:
        """Whether it has several."""
        return self._own(asked) > 1

    def _own(self, asked: str) -> int:
        return len(excerpts.ShortQuestion(asked, self.words.follow_ups.little, self.words.follow_ups.concepts))

    def shorter(self, topic: str, intro: str, count: int, asked: str = "", point: str = "") -> Screen:
        """The sentence that holds most of what was asked, or else the first ones only; and the acronyms in them.

        `point`: the one that was told of the entry, where it was one.
        """
        told = self.content.topics[topic].point(point)
        says = plain_text(self.replies.renderer.text(told.says)) if told else ""
        text = excerpts.first(says, count) or self._nearest(topic, asked)
        text = text or (excerpts.first(self.text(topic), count) if count > 1 else self.replies.brief.first(topic))
        known = {acronym.acronym: acronym.means for acronym in self.content.glossary.acronyms}
        meant = [f"{name} : {means}." for name, means in known.items() if name in text.split()] if count > 1 else []
        return self._screen(topic, intro, "\n".join([text, *meant[:2]]))

    def simpler(self, topic: str, asked: str = "", point: str = "") -> Screen:
        """In everyday words, where the entry has them and it was told whole; else its first sentences.

        A point is told without what it says in brackets; where nothing is, that there are no simpler words for it.
        """
        entry, renderer = self.content.topics[topic], self.replies.renderer
        simple = plain_text(renderer.text(entry.simple)) if entry.simple else ""
        if told := entry.point(point):
            says = plain_text(renderer.text(told.says))
            plain = excerpts.without_brackets(excerpts.first(says, 2))
            if plain in says:
                return self._screen(topic, self.sentences.no_simpler, simple)
            return self._screen(topic, self.sentences.simpler, plain)
        if not simple:
            return self.shorter(topic, self.sentences.simpler, 2, asked, point)
        return self._screen(topic, self.sentences.simpler, simple)

    def dated(self, topic: str, point: str = "") -> Screen:
        """Where what was told of an entry comes from, and when that was read."""
        entry, words, renderer = self.content.topics[topic], self.sentences, self.replies.renderer
        read = plain_text(parse(sources_read(renderer.cited(entry, entry.point(point)), renderer.wording)))
        if not read:
            return self.sources([topic], words.sources)
        return self._screen(topic, words.dated, read)

    def lines_wanted(self, asked: str) -> int:
        """How many lines are asked for, « en cinq lignes »; 0 where that is not said."""
        wanted = self.words.lines
        numbers = {**{str(number): number for number in wanted.numbers.values()}, **wanted.numbers}
        said = (numbers.get(number, 0) for number, what in pairwise(words(asked)) if what in wanted.called)
        return next(said, 0)

    def in_lines(self, topic: str, count: int, asked: str, point: str = "") -> Screen:
        """So many sentences and items at most of what was told; `asked` may leave out what is not sure."""
        entry, renderer = self.content.topics[topic], self.replies.renderer
        told = entry.point(point)
        found = excerpts.sentences_and_items(plain_text(renderer.text(told.says if told else renderer.text_of(entry))))
        if says_any(asked, self.words.groups["sure-only"]):
            unsure = (*self.words.admissions, *self.words.lines.unsure)
            found = [one for one in found if not (one.endswith("?") or says_any(one, unsure))]
        lines = [f"• {excerpts.bare(one)}" for one in found[:count]] or [self.replies.brief.first(topic)]
        return Screen((TextSpan("\n".join([f"{self.sentences.shorter}\n", *lines])),), self._rows(topic, ask=False))

    def example(self, topic: str, told: int) -> Screen | None:
        """The next example in the entry's lists, any item of those that tell of examples. None: none."""
        follow_ups = self.words.follow_ups
        found = excerpts.items(self.text(topic))
        named = [item for item in found if follow_ups.example and follow_ups.example in item.lower()]
        is_of_examples = not follow_ups.examples or topic in follow_ups.examples
        found = [*named, *(item for item in found if item not in named and is_of_examples)]
        return self._screen(topic, self.sentences.example, found[told]) if told < len(found) else None

    def more(self, topic: str) -> Screen:
        """What the entry leaves out at first; that there is no more, where it leaves nothing out."""
        if self.content.topics[topic].details:
            return self.replies.details(topic)
        return self._nothing(topic, self.sentences.nothing_more)

    def sources(self, topics: Sequence[str], intro: str, point: str = "") -> Screen:
        """Where the entries come from, or the one `point` that was told, named and linked."""
        entries, renderer = [self.content.topics[topic] for topic in topics], self.replies.renderer
        told = entries[0].point(point)
        found = [renderer.sources(entries[0], told)] if told else [renderer.sources(entry) for entry in entries]
        cited = {source.name: source for sources in found for source in sources}.values()
        if not cited:
            words = self.sentences.no_source if all(entry.own for entry in entries) else self.sentences.not_cited
            return self._screen(topics[0], words.format(contact=self.content.email), "")
        intro = self.sentences.sources_unknown if told and not (told.known or told.sources) else intro
        lines: list[TextSpan] = [TextSpan(f"{intro}\n")]
        for source in cited:
            lines += [TextSpan("\n• "), TextSpan(source.name, url=source.url)]
        return Screen(tuple(lines), self._rows(topics[0], ask=False))

    def others(self, topics: Iterable[str], *, again: bool) -> Screen:
        """Entries that may have been meant instead of the one shown; a person when that was said before."""
        offered = list(dict.fromkeys(topics))[:_MOST_OFFERED]
        sentence = self.sentences.not_that_again if again or not offered else self.sentences.not_that
        rows = [*([] if again else topic_rows(self.content, offered)), *self.person_rows()]
        return Screen(self.replies.renderer.text(sentence.format(contact=self.content.email)), rows)

    def person(self, sentence: str) -> Screen:
        """One honest sentence and the way to a person."""
        return Screen(self.replies.renderer.text(sentence.format(contact=self.content.email)), self.person_rows())

    def known(self, topic: str, sentence: str, point: str = "") -> Screen:
        """What is known of what was talked about, before a sentence to who is angry, and the way to a person."""
        told = self.content.topics[topic].point(point)
        simple = self.content.topics[topic].simple
        says = plain_text(self.replies.renderer.text(told.says if told else simple or self.replies.brief.first(topic)))
        return self.person(f"{sentence}\n\n{self.sentences.why} {says}")

    def told(self, told: StockReply) -> Screen:
        """A sentence of `conversation.yaml`, and the entries that go with it."""
        return Screen(
            self.replies.renderer.text(told.says), [*topic_rows(self.content, told.topics), *self.person_rows()]
        )

    def unsure(self) -> Screen:
        """That nothing was understood that our documents tell, and the way to a person."""
        return self.person(self.content.messages.questions.not_understood)

    def lost(self) -> Screen:
        """After two hesitations: the themes, and a person."""
        sentence = self.content.messages.questions.not_known_again
        return Screen(self.replies.renderer.text(sentence), [*theme_rows(self.content), *self.person_rows()])

    def rows(self, topic: str) -> Rows:
        """The entries that go with one, and the menu."""
        return self._rows(topic, ask=False)

    def person_rows(self) -> Rows:
        """« Transmettre ma question », and the menu."""
        menu = self.content.messages.start.menu_button
        return [*self.replies.ask_rows(), [button(menu, ShowMenu())]]

    def _nearest(self, topic: str, asked: str) -> str:
        """The one sentence that tells most of what was asked; empty where none tells the better part of it."""
        question = self._asked(topic, asked)
        found = excerpts.best(self.text(topic), question, ())[:1]
        is_told = found and question.share(found[0]) > _MOSTLY and question.found(found[0]) > 1
        return excerpts.bare(found[0]) if is_told else ""

    def _on_point(self, topic: str, asked: str, act: str, *, sure: bool) -> tuple[str, str]:
        """What the entry says on the point asked, after the words before it; empty where it tells nothing."""
        entry, renderer = self.content.topics[topic], self.replies.renderer
        direct = renderer.direct(entry, asked)
        found = [direct] if direct else self._excerpts(topic, asked, act)
        found = found or [one for one in (renderer.direct(entry, asked, precise=False),) if one]
        if text := "\n".join(found) if len(found) > 1 else excerpts.bare("".join(found)):
            return self.sentences.on_that, text
        if act == _WHY:
            unknown = self.words.follow_ups.unknown.get(_WHY, self.sentences.nothing_more)
            told = unknown.format(entry=entry.button, contact=self.content.email)
            return self.sentences.why, f"{excerpts.first(self.text(topic), 2)} {told}"
        if sure or act == _WHETHER:
            first = excerpts.first(self.text(topic), 1)
            return self.sentences.holds, first if sure or opens_bare(first) else ""
        return self.sentences.on_that, ""

    def _excerpts(self, topic: str, asked: str, act: str) -> list[str]:
        usual, question = self.words.follow_ups.answers.get(act, ()), self._asked(topic, asked)
        found = excerpts.best(self.text(topic), question, usual)
        # Of several words that ask, the half must be told: one alone is found beside the question.
        return found if len(question) < _SEVERAL or question.share(" ".join(found)) >= _MOSTLY else []

    def _asked(self, topic: str, asked: str) -> excerpts.ShortQuestion:
        follow_ups = self.words.follow_ups
        known = (*follow_ups.little, *words(self.content.topics[topic].title))
        return excerpts.ShortQuestion(asked, known, follow_ups.concepts)

    def on_subject(
        self, topic: str, told: Answer | None, points: Sequence[TopicPoint], others: Sequence[str]
    ) -> Screen:
        """A hesitation: the subject that was understood, the point of it that is surely asked, and what may be."""
        topics, questions = self.content.topics, self.content.messages.questions
        asked = [one for one in points if one.button and not (told and one.id == told.point)][:_MOST_POINTS]
        near = [one for one in others if self.content.go_together(topic, one)][: _MOST_OFFERED - len(asked)]
        note_offered([topic, *near])
        rows = [[button(one.button, ShowPoint(topic=topic, point=one.id))] for one in asked if one.button]
        rows += [*topic_rows(self.content, [topic, *near]), [button(questions.none_of_these, RejectChoices())]]
        sentence = questions.at_point if told else questions.on_subject
        said = self.replies.renderer.text(sentence.format(entry=topics[topic].button))
        if told:
            said = paragraphs([(*said, TextSpan(" "), *self.replies.renderer.text(told.lead))])
        return Screen(said, rows)

    def text(self, topic: str) -> str:
        """Everything that the entry may say, plain."""
        entry, renderer = self.content.topics[topic], self.replies.renderer
        points = [point.says for point in entry.points]
        shown = [renderer.text_of(entry), *([entry.details] if entry.details else []), *points]
        return "\n".join(plain_text(renderer.text(text)) for text in shown)

    def _nothing(self, topic: str, unknown: str, intro: str = "", also: Sequence[str] = (), known: str = "") -> Screen:
        """That the entry does not tell it, and who may know; `known`: what it tells next to that."""
        text = unknown.format(entry=self.content.topics[topic].button, contact=self.content.email)
        if known:
            text = f"{text}\n\n{self.sentences.why} {known}"
        return self._screen(topic, intro, text, ask=True, also=also)

    def _screen(self, topic: str, intro: str, text: str, *, ask: bool = False, also: Sequence[str] = ()) -> Screen:
        said: RichText = self.replies.renderer.text(intro)
        return Screen(
            (*said, TextSpan(f" {text}" if intro else text)) if text else said, self._rows(topic, ask=ask, also=also)
        )

    def _rows(self, topic: str, *, ask: bool, also: Sequence[str] = ()) -> Rows:
        near = dict.fromkeys((*also, *self.content.topics[topic].related))
        rows = topic_rows(self.content, [one for one in near if one != topic][: max(2, len(also))])
        return [*(self.replies.ask_rows() if ask else []), *rows, *self.person_rows()[-1:]]
