"""Every screen of the packaged content, and any name in it, fits what Telegram takes."""

from datetime import date

import pytest
from aiogram.types import InlineKeyboardMarkup
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.shared.replies import Replies
from handlers.shared.screen import Screen, menu_rows, theme_rows, topic_rows
from knowledge.content.models import Content
from knowledge.rendering import Renderer
from knowledge.understanding.decision import Answer, Choice, Part, Reading, Unknown, Why
from knowledge.words.markup import paragraphs, parse

DAYS = [date(2021, 12, 1), date(2022, 3, 1), date(2025, 5, 19), date(2026, 11, 24), date(2040, 1, 1)]


def fits(screen: Screen) -> None:
    shown = screen.as_kwargs()
    text, entities = shown["text"], shown["entities"]
    units = len(text.encode("utf-16-le")) // 2
    assert 0 < units <= 4096
    assert len(entities) <= 100
    assert all(entity.offset >= 0 and entity.offset + entity.length <= units for entity in entities)
    markup: InlineKeyboardMarkup | None = shown["reply_markup"]
    buttons = [button for row in markup.inline_keyboard for button in row] if markup else []
    assert len(buttons) <= 100
    assert all(0 < len((button.callback_data or "").encode()) <= 64 for button in buttons)


@pytest.mark.parametrize("today", DAYS)
def test_every_answer_and_menu_fits_on_any_day(packaged: Content, today: date) -> None:
    replies = Replies(packaged, Renderer(packaged, lambda: today))
    for topic in packaged.topics:
        for screen in replies.topics([topic]):
            fits(screen)
    for number in range(0, len(packaged.topics), 7):
        for screen in replies.topics(list(packaged.topics)[number : number + 7]):
            fits(screen)
    start = packaged.messages.start
    for text in (start.greeting, start.help, start.unknown_link):
        fits(replies.menu(text))
    fits(Screen(replies.renderer.text("x"), [*theme_rows(packaged), *menu_rows(packaged)]))
    fits(Screen(replies.renderer.text("x"), topic_rows(packaged, packaged.topics)))


@pytest.fixture(scope="module")
def replies(packaged: Content) -> Replies:
    return Replies(packaged, Renderer(packaged, lambda: DAYS[-2]))


HOSTILE = ["**gras** [a](https://b.fr)", "{contact} {date:x} {0} {", "<b>&lt;</b>", "\u202e\u2066abc", "\0", "😀" * 800]


@pytest.mark.parametrize("misses", [0, 1])
@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_person_typed_can_be_quoted_back(replies: Replies, text: str, misses: int) -> None:
    _quoted_back(replies, text, misses)


@settings(max_examples=300)
@given(text=st.text(min_size=1, max_size=1500), misses=st.integers(0, 3))
def test_any_text_can_be_quoted_back(replies: Replies, text: str, misses: int) -> None:
    _quoted_back(replies, text, misses)


def _quoted_back(replies: Replies, text: str, misses: int) -> None:
    unknown = Unknown(why=Why.NOT_COVERED, nearest=("contact",))
    choice = Choice(("vsi", "duree"), 0.5)
    for decisions in ((Answer("contact", 1.0), choice, unknown), (unknown,)):
        for screen in replies.to(Reading(tuple(Part(text, decision) for decision in decisions)), misses):
            fits(screen)


def test_no_sentence_stands_twice_in_a_message() -> None:
    told = "Bénin : je ne sais pas. La règle est celle de l'aide au développement."
    screen = Screen(paragraphs([parse(f"**{told}**"), parse("Vous pouvez écrire à l'équipe."), parse(told)]))

    said = screen.as_kwargs()["text"]

    assert said == f"{told}\n\nVous pouvez écrire à l'équipe."


def test_two_short_answers_may_be_the_same() -> None:
    assert Screen(parse("Le prix ? Je ne sais pas.\n\nLa date ? Je ne sais pas.")).as_kwargs()["text"].count("pas") == 2
