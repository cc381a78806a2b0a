"""What to show for a message as understood. Pure: a reading in, screens out."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from aiogram.types import InlineKeyboardButton

from handlers.shared.brief import Brief
from handlers.shared.buttons import (
    KIT,
    AddToAgenda,
    AlertMe,
    AskTeam,
    OpenForm,
    ShowAllDates,
    ShowDetails,
    ShowMenu,
    ShowNote,
    ShowPoint,
    ShowTopic,
    Vote,
)
from handlers.shared.screen import Rows, Screen, button, menu_rows, paged, theme_rows, topic_rows
from knowledge.content.calendar_texts import CalendarTexts
from knowledge.content.models import Content, Topic, TopicPoint
from knowledge.rendering import Renderer
from knowledge.understanding.decision import Answer, Choice, Reading, Unknown, Why
from knowledge.words.markup import RichText, paragraphs

CONTACT = "contact"
"""The topic that leads to a person, where the content has it."""

_MOST_RELATED = 3
_MARKUP = re.compile(r"[{}*_\[\]<>]")
_MOST_VOTED = 64 - len("vote:1:")  # bytes of callback data that Telegram leaves for the ids


class Replies:
    """Turns what the matcher decided into screens, in the words of the content."""

    def __init__(self, content: Content, renderer: Renderer) -> None:
        self.content = content
        self.renderer = renderer
        self.words = content.messages.questions
        self.brief = Brief(content, renderer)

    def to(self, reading: Reading, misses: int) -> list[Screen]:
        """The screens for a reading. `misses`: messages not understood in a row before this one."""
        if reading.answers:
            return self._answers(reading)
        if noted := reading.acknowledgement:
            return [Screen(self._say(noted.text), [*topic_rows(self.content, noted.topics), self._onward([])])]
        return [self._unknown(_most_telling(reading.unanswered), misses)]

    def topics(self, topics: Iterable[str]) -> list[Screen]:
        """The entries themselves, as when their buttons are pressed."""
        return self._show([(Answer(topic, 1.0), "") for topic in topics])

    def proposed(self, topics: Sequence[str]) -> str:
        """What « oui » would press after these entries: the last may invite to the questionnaire; empty where not."""
        form = self.content.form
        invites = form is not None and form.offered_with[:1] == tuple(topics[-1:])
        return OpenForm(fresh=False).pack() if invites else ""

    def point(self, topic: str, point: TopicPoint) -> list[Screen]:
        """One precise thing that an entry says, as when its button is pressed."""
        return self._show([(Answer(topic, 1.0).telling(point), "")])

    def details(self, topic: str) -> Screen:
        """What an entry leaves out at first."""
        return Screen(self.renderer.details(self.content.topics[topic]), [self._onward([topic])])

    def briefly(self, reading: Reading) -> Reading:
        """The same, each answer in its first sentence alone: that for this person, where there is one."""
        return reading.with_answers(
            lambda told, _: replace(told, lead=told.lead or self.brief.first(told.topic), is_brief=True)
        )

    def menu(self, text: str) -> Screen:
        """A sentence above the main menu."""
        return Screen(self._say(text), menu_rows(self.content))

    def welcome(self) -> Screen:
        """The first screen."""
        return Screen(
            paragraphs([*self.renderer.banner(), self._say(self.content.messages.start.greeting)]),
            menu_rows(self.content),
        )

    def agenda_rows(self) -> Rows:
        """What one can do with dates."""
        texts = self.content.calendar
        return [[button(texts.agenda.button, AddToAgenda())], *self.alert_rows()] if texts else []

    def alert_rows(self) -> Rows:
        """« Me prévenir », to be shown under the sentence that says of what."""
        texts = self.content.calendar
        return [[button(texts.alerts.button, AlertMe())]] if texts else []

    def _answers(self, reading: Reading) -> list[Screen]:
        notes: list[RichText] = []
        offered: list[str] = []
        for part in reading.parts:
            match part.decision:
                case Answer(also=also):
                    offered += also
                case Choice(topics):  # a button that names it: most of them only look like a question
                    offered += topics[:2]
                case Unknown(why=Why.NEAR_MISS, near_miss=near_miss) if near_miss:
                    notes.append(self._say(near_miss.reply))
                case Unknown(why=Why.NOT_COVERED):
                    notes.append(self._say(self.words.not_known_part.format(question=_quoted(part.text))))
        answered = {part.decision: part for part in reading.parts if isinstance(part.decision, Answer)}
        told = self.brief.together([(answer, answered[answer]) for answer in reading.answers])
        return self._show(told, notes, offered, is_left=reading.not_covered is not None)

    def _show(
        self,
        told: Sequence[tuple[Answer, str]],
        notes: Sequence[RichText] = (),
        offered: Sequence[str] = (),
        *,
        is_left: bool = False,
    ) -> list[Screen]:
        """Answers, each to what was said, in as few messages as they fit; the way on under the last."""
        answers = [answer for answer, _ in told]
        shown = list(dict.fromkeys(answer.topic for answer in answers))
        parts = [*self._banner(shown), *self._texts(told), *self._alerts(shown), *notes]
        topics = [self.content.topics[topic] for topic in shown]
        if all(topic.courtesy for topic in topics):
            return paged(parts, menu_rows(self.content))
        brief = list(dict.fromkeys(answer.topic for answer in answers if answer.is_brief))
        related = [name for topic in topics for name in topic.related if name not in (*shown, CONTACT)]
        wanted = [t for t in dict.fromkeys([*offered, *related]) if not self.content.topics[t].courtesy]
        points = self.point_rows(answers)[: max(_MOST_RELATED - len(offered), 0)]
        wanted = [t for t in wanted if t not in shown][: _MOST_RELATED - len(points)]
        rows = [
            *self._details([topic for topic in topics if topic.id not in brief]),
            *self._form(shown),
            *self._dates(shown),
            *(self.ask_rows() if CONTACT in shown or is_left else []),
            *points,
            *topic_rows(self.content, [*brief, *wanted]),
        ]
        return paged(parts, [*rows, self._onward(shown), self._votes(shown)])

    def _texts(self, told: Sequence[tuple[Answer, str]]) -> list[RichText]:
        """The answers, of which one at most warns that it aged badly."""
        texts: list[RichText] = []
        warned = False
        for answer, said in told:
            texts.append(self.renderer.reply(answer, said, warned=warned))
            if warned or len(told) == 1:  # told alone, an entry warns of itself, and its beginning of nothing
                continue
            warning = self.renderer.warning(self.content.topics[answer.topic])
            texts += warning if answer.is_brief and not answer.point else []
            warned = bool(warning)
        return texts

    def _details(self, topics: list[Topic]) -> Rows:
        """The way to what each answer leaves out."""
        more = [topic for topic in topics if topic.details]
        labels = [
            self.words.details_of.format(button=t.button) if len(topics) > 1 else self.words.details_button
            for t in more
        ]
        return [[button(label, ShowDetails(id=topic.id))] for label, topic in zip(labels, more, strict=True)]

    def point_rows(self, answers: Sequence[Answer]) -> Rows:
        """What may have been asked of each answer, more precisely: as many of each."""
        each = -(-_MOST_RELATED // len(answers))
        likely = [(answer.topic, name) for answer in answers for name in answer.points[:each]]
        told = [(topic, self.content.topics[topic].point(name)) for topic, name in likely]
        return [
            [button(point.button, ShowPoint(topic=topic, point=point.id))]
            for topic, point in told
            if point and point.button
        ]

    def _form(self, shown: list[str]) -> Rows:
        """The questionnaire under the answers that lead to it, the papers under those that send to an authority."""
        form = self.content.form
        if form is None:
            return []
        if set(shown) & set(form.offered_with):
            return [[button(form.words.start_button, OpenForm(fresh=False))], *self.note_rows()]
        return self.paper_rows() if set(shown) & set(form.papers_with) else []

    def paper_rows(self) -> Rows:
        """What can be passed on: the page, the council's kit."""
        dossier = self.content.dossier
        return [*self.note_rows(), [button(dossier.kit.button, KIT)]] if dossier else []

    def note_rows(self) -> Rows:
        """The page to keep, to pass on or to print."""
        dossier = self.content.dossier
        return [[button(dossier.note.button, ShowNote())]] if dossier else []

    def _dates(self, shown: list[str]) -> Rows:
        """The whole calendar, the agenda and the alerts, under the answers about dates."""
        texts = self._calendar(shown)
        if texts is None:
            return []
        return [[button(texts.screen.see_all_button, ShowAllDates())], *self.agenda_rows()]

    def _alerts(self, shown: list[str]) -> list[RichText]:
        """What the button « Me prévenir » commits to, above it: pressing it is the consent."""
        texts = self._calendar(shown)
        return [self._say(texts.alerts.offer)] if texts else []

    def _banner(self, shown: list[str]) -> list[RichText]:
        """Where it matters: dates, calls, applying, writing to the team."""
        form = self.content.form
        leads_on = CONTACT in shown or (form is not None and set(shown) & set(form.offered_with))
        return self.renderer.banner() if leads_on or self._calendar(shown) else []

    def _calendar(self, shown: list[str]) -> CalendarTexts | None:
        texts = self.content.calendar
        return texts if texts and set(shown) & set(texts.screen.offered_with) else None

    def _unknown(self, unknown: Unknown, misses: int) -> Screen:
        if unknown.why == Why.NEAR_MISS and unknown.near_miss:
            rows = topic_rows(self.content, unknown.nearest[:3])
            return Screen(self._say(unknown.near_miss.reply), [*rows, self._onward([])])
        if unknown.why in (Why.ENGLISH, Why.OTHER_LANGUAGE) and misses % 2:
            rows = [*theme_rows(self.content), *self.ask_rows(), self._onward([])]
            return Screen(self._say(self.content.messages.inputs.foreign_again), rows)
        if unknown.why == Why.ENGLISH:
            return Screen(self._say(self.content.messages.inputs.english), [self._onward([])])
        if unknown.why == Why.OTHER_LANGUAGE:
            return Screen(self._say(self.content.messages.inputs.other_language), [self._onward([])])
        if misses % 2:  # never the same sentence twice in a row: themes and a person instead
            rows = [*theme_rows(self.content), *self.ask_rows(), self._onward([])]
            return Screen(self._say(self.words.not_known_again), rows)
        sentence = {
            Why.NO_WORDS: self.words.not_words,
            Why.NOT_OURS: self.words.not_ours,
        }.get(unknown.why, self.words.not_known)
        ask = self.ask_rows() if unknown.why == Why.NOT_COVERED else []
        return Screen(self._say(sentence), [*ask, self._onward([])])

    def ask_rows(self) -> Rows:
        """The way to a person, where questions can be sent."""
        if self.content.dossier is None:
            return []
        return [[button(self.content.dossier.words.ask_button, AskTeam())]]

    def _onward(self, shown: list[str]) -> list[InlineKeyboardButton]:
        row = [button(self.content.messages.start.menu_button, ShowMenu())]
        if CONTACT in self.content.topics and CONTACT not in shown:
            row.insert(0, button(self.words.contact_button, ShowTopic(id=CONTACT)))
        return row

    def _votes(self, shown: list[str]) -> list[InlineKeyboardButton]:
        while len(named := "+".join(shown)) > _MOST_VOTED:  # the rest of a long list is not voted on
            shown = shown[:-1]
        return [
            button(self.words.useful, Vote(useful=True, topics=named)),
            button(self.words.useless, Vote(useful=False, topics=named)),
        ]

    def _say(self, text: str) -> RichText:
        return self.renderer.text(text)


def _most_telling(unknown: tuple[Unknown, ...]) -> Unknown:
    """Of several unanswered parts, the one whose reaction helps most: a redirection, then a missing answer."""
    order = [Why.NEAR_MISS, Why.NOT_COVERED, Why.ENGLISH, Why.OTHER_LANGUAGE, Why.NOT_OURS, Why.NO_WORDS]
    return min(unknown, key=lambda part: order.index(part.why))


def _quoted(text: str) -> str:
    """A part of the person's message to be quoted back: short, and without what our mark-up would read in it."""
    text = " ".join(_MARKUP.sub("", text).split()).strip(" ?!.,;:")
    return text if len(text) <= 60 else f"{text[:59]}…"
