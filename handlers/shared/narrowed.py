"""What was answered before, told in another way: one point of it, shorter, its source, an example. Pure."""

from collections.abc import Iterable, Sequence

from handlers.shared.replies import Replies
from handlers.shared.screen import Rows, Screen, ShowMenu, button, theme_rows, topic_rows
from handlers.shared.turn import note_shown
from knowledge.content.conversation import ConversationWords
from knowledge.conversation import excerpts
from knowledge.conversation.frame import digest
from knowledge.words.markup import RichText, Span, plain_text
from knowledge.words.text import words

_MOST_OFFERED = 3
_TELLS = 0.5
"""Share of a question's words more than which an entry must hold to answer it."""


class Narrowed:
    """Draws what remains to be said of an entry that was shown already."""

    def __init__(self, replies: Replies, words: ConversationWords) -> None:
        self.replies = replies
        self.words = words
        self.sentences = words.sentences
        self.content = replies.content

    def point(self, topic: str, asked: str, act: str, said: str = "", before: str = "") -> Screen:
        """What the entry says on the point asked; or that nothing more precise is known, and who may know.

        `said`: who or what the question is about, as typed; `before`: the digest of what was told just before.
        """
        nothing = self.sentences.nothing_more
        renderer, entry = self.replies.renderer, self.content.topics[topic]
        direct = renderer.direct(entry, asked)
        found = [direct] if direct else self._excerpts(topic, asked, act)
        text = "\n".join(found) or renderer.direct(entry, asked, precise=False) or nothing
        if digest(text) == before:
            text = self.sentences.nothing_more_again if text == nothing else nothing
        note_shown(text)
        intro = self.sentences.about.format(said=said) if said else ""
        if text in (nothing, self.sentences.nothing_more_again):
            return self._screen(topic, intro, text.format(contact=self.content.email), ask=True)
        return self._screen(topic, intro or self.sentences.on_that, text)

    def lead(self, topic: str, text: str) -> Screen:
        """The first sentence for this person alone, where the entry itself was just shown."""
        return self._screen(topic, text, "")

    def tells(self, topic: str, asked: str) -> bool:
        """Whether the entry holds most of what the question says, its title's words apart."""
        little = self.words.follow_ups.little
        said = " ".join(word for word in words(asked) if word not in little)
        return excerpts.share(self._text(topic), said, self.content.topics[topic].title) > _TELLS

    def shorter(self, topic: str, intro: str, count: int) -> Screen:
        """The first sentences only, and the acronyms in them."""
        text = excerpts.first(self._text(topic), count)
        known = {acronym.acronym: acronym.means for acronym in self.content.glossary.acronyms}
        meant = [f"{name} : {means}." for name, means in known.items() if name in text.split()] if count > 1 else []
        return self._screen(topic, intro, "\n".join([text, *meant[:2]]))

    def example(self, topic: str, told: int) -> Screen | None:
        """The next item of the entry's lists; None when there is none left."""
        found = excerpts.items(self._text(topic))
        return self._screen(topic, self.sentences.example, found[told]) if told < len(found) else None

    def more(self, topic: str) -> Screen:
        """What the entry leaves out at first; that there is no more, where it leaves nothing out."""
        if self.content.topics[topic].details:
            return self.replies.details(topic)
        return self.person(self.sentences.nothing_more)

    def sources(self, topics: Sequence[str], intro: str) -> Screen:
        """Where the entries come from, named and linked."""
        topic, known = topics[0], self.content.sources
        named = dict.fromkeys(source for each in topics for source in self.content.topics[each].sources)
        cited = [known[source] for source in named]
        if not cited:
            return self._screen(topic, self.sentences.no_source, "")
        lines: list[Span] = [Span(f"{intro}\n")]
        for source in cited:
            lines += [Span("\n• "), Span(source.name, url=source.url)]
        return Screen(tuple(lines), self._rows(topic, ask=False))

    def others(self, topics: Iterable[str], *, again: bool) -> Screen:
        """Entries that may have been meant instead of the one shown; a person when that was said before."""
        offered = list(dict.fromkeys(topics))[:_MOST_OFFERED]
        sentence = self.sentences.not_that_again if again or not offered else self.sentences.not_that
        rows = [*([] if again else topic_rows(self.content, offered)), *self.person_rows()]
        return Screen(self.replies.renderer.text(sentence.format(contact=self.content.email)), rows)

    def person(self, sentence: str) -> Screen:
        """One honest sentence and the way to a person."""
        return Screen(self.replies.renderer.text(sentence.format(contact=self.content.email)), self.person_rows())

    def unsure(self, topics: tuple[str, ...]) -> Screen:
        """After a hesitation: the two best guesses, and a person."""
        sentence = self.sentences.still_unsure.format(contact=self.content.email)
        return Screen(
            self.replies.renderer.text(sentence), [*topic_rows(self.content, topics[:2]), *self.person_rows()]
        )

    def lost(self) -> Screen:
        """After two hesitations: the themes, and a person."""
        sentence = self.content.messages.questions.not_known_again
        return Screen(self.replies.renderer.text(sentence), [*theme_rows(self.content), *self.person_rows()])

    def person_rows(self) -> Rows:
        """« Transmettre ma question », and the menu."""
        menu = self.content.messages.start.menu_button
        return [*self.replies.ask_rows(), [button(menu, ShowMenu())]]

    def _excerpts(self, topic: str, asked: str, act: str) -> list[str]:
        usual = self.words.follow_ups.answers.get(act, ())
        return list(excerpts.best(self._text(topic), asked, usual, self.content.topics[topic].title))

    def _text(self, topic: str) -> str:
        """Everything that the entry may say, plain."""
        entry, renderer = self.content.topics[topic], self.replies.renderer
        shown = [renderer.text_of(entry), *([entry.details] if entry.details else [])]
        return "\n".join(plain_text(renderer.text(text)) for text in shown)

    def _screen(self, topic: str, intro: str, text: str, *, ask: bool = False) -> Screen:
        said: RichText = self.replies.renderer.text(intro)
        return Screen((*said, Span(f" {text}" if intro else text)) if text else said, self._rows(topic, ask=ask))

    def _rows(self, topic: str, *, ask: bool) -> Rows:
        rows = topic_rows(self.content, self.content.topics[topic].related[:2])
        return [*(self.replies.ask_rows() if ask else []), *rows, *self.person_rows()[-1:]]
