"""`tevo preview`: everything as people see it, on one page, by the very screens that the assistant shows."""

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bot.team.blocks import Block, blocks
from bot.team.due import Due, due
from bot.team.page import page, page_words
from bot.team.rewording import rewritten
from handlers.shared.buttons import ShowDetails, ShowTopic
from handlers.shared.replies import Replies
from handlers.shared.screen import Rows, Screen
from knowledge.checks.graph import draw, ending, said
from knowledge.checks.ways import VERDICT, ways
from knowledge.content.models import Content, Topic, TopicPoint
from knowledge.content.questionnaire import Form
from knowledge.rendering import Renderer
from knowledge.understanding.decision import Answer

_SOON = timedelta(days=30)


@dataclass(frozen=True)
class Button:
    """A button; `goes_to`: the anchor of the entry that it opens, where it opens one."""

    label: str
    goes_to: str


@dataclass(frozen=True)
class Bubble:
    """A message: what it says, and its rows of buttons."""

    text: list[Block]
    rows: list[list[Button]]


class Preview:
    """The page of one content, as of a day; `before`: the content that it is compared with."""

    def __init__(self, content: Content, today: date, before: Content | None = None) -> None:
        self._content = content
        self._today = today
        self._before = before
        self._renderer = Renderer(content, lambda: today)
        self._replies = Replies(content, self._renderer)
        self._t = page_words("preview")

    def html(self, since: str = "") -> str:
        """The page. `since`: what the content is compared with, in words."""
        form = self._content.form
        return page(
            "preview",
            today=self._today,
            version=self._content.version,
            since=since,
            changes=rewritten(self._before, self._content, self._today) if self._before else [],
            welcome=self._bubble(self._replies.menu(self._content.messages.start.greeting)),
            themes=[(theme.theme, [self._entry(topic) for topic in theme.topics]) for theme in self._content.themes],
            form=self._form(form) if form else None,
            graph=base64.b64encode(draw(form).encode()).decode() if form else "",
            timeline=blocks(self._renderer.text("{timeline}")),
            glossary=self._content.glossary.acronyms,
            redirections=[
                (near.phrases[0], blocks(self._renderer.text(near.reply)))
                for near in self._content.glossary.near_misses
            ],
            late=[one for one in due(self._content) if one.review_by < self._today],
            soon=[one for one in due(self._content) if self._today <= one.review_by <= self._today + _SOON],
            days_late=lambda one: Due.days_late(one, self._today),
        )

    def _entry(self, topic: Topic) -> dict[str, object]:
        more = blocks(self._renderer.details(topic)) if topic.details else None
        bubbles = [self._bubble(screen) for screen in self._replies.topics([topic.id])]
        points = [(one.button or next(iter(one.phrasings), one.id), self._point(topic, one)) for one in topic.points]
        is_late = topic.review_by.first_day < self._today
        return {"topic": topic, "bubbles": bubbles, "more": more, "points": points, "is_late": is_late}

    def _point(self, topic: Topic, point: TopicPoint) -> list[Block]:
        return blocks(self._renderer.reply(Answer(topic.id, 1, point=point.id)))

    def _bubble(self, screen: Screen) -> Bubble:
        return Bubble(blocks(screen.text), list(_rows(screen.rows)))

    def _form(self, form: Form) -> list[dict[str, object]]:
        """Each question with its answers and where they lead: what the drawing says, in words."""
        questions = {question.id: question for question in form.questions}
        return [
            {
                "question": questions[name],
                "ways": [
                    {
                        "answers": said(questions[name], way),
                        "ending": ending(form, way),
                        "is_last": way.to.startswith(VERDICT),
                        "next": questions.get(way.to),
                    }
                    for way in there
                ],
            }
            for name, there in ways(form).items()
        ]


def _rows(rows: Rows) -> Iterator[list[Button]]:
    for row in rows:
        yield [Button(one.text, _anchor(one.callback_data or "")) for one in row]


def _anchor(data: str) -> str:
    prefix, _, topic = data.partition(":")
    return topic if prefix == ShowTopic.__prefix__ else f"{topic}-more" if prefix == ShowDetails.__prefix__ else ""
