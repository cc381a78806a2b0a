"""Questions about dates are answered for what they ask, as of the day, and claim nothing that is not published."""

from datetime import date, datetime

import pytest

from knowledge.content.calendar import PARIS, moment
from knowledge.content.models import Content
from knowledge.dates.questions import DateReplies, asked
from knowledge.dates.typed_day import typed_day
from knowledge.dates.wording import Wording, as_one_text
from knowledge.understanding.understanding import Understanding
from tests.new_call import with_new_call

TODAY = date(2026, 11, 24)
OPEN_1, LAST_DAY_1, OVER_1 = date(2022, 2, 20), date(2022, 3, 30), date(2022, 3, 31)


def said(content: Content, question: str, today: date = TODAY) -> str:
    assert content.calendar is not None
    sentences = content.messages.rendering
    replies = DateReplies(content.calls, content.audience, Wording(sentences, today), content.calendar)
    first = as_one_text(replies.to(asked(question, content.calendar, sentences.months, moment(today).date())))
    return first.replace("\u00a0", " ")


@pytest.mark.parametrize("question", ["c'est jusqu'à quand ?", "on peut encore candidater ?", "date limite svp"])
def test_today_the_last_known_closing_is_said_and_nothing_of_the_call_after(packaged: Content, question: str) -> None:
    first = said(packaged, question)

    assert "19 mai 2025" in first
    assert first.startswith("Je ne sais pas")
    assert "peut être ouvert, ou déjà fermé. N’attendez pas" in first
    assert "publiées" not in first


@pytest.mark.parametrize(
    ("question", "today", "words"),
    [
        ("c'était quand la réunion d'info ?", TODAY, "29 avril 2025"),
        ("la réunion d'information c'est quand", OPEN_1, "2 mars 2022"),
        ("quand est-ce que les volontaires partent ?", TODAY, "septembre 2025"),
        ("quand saura-t-on si on est retenus", TODAY, "2 juin 2025"),
        ("c'est jusqu'à quand ?", OPEN_1, "30 mars 2022"),
        ("le 30 mars c'est bon ?", OPEN_1, "dernier jour"),
        ("le 29 mars c'est bon ?", OPEN_1, "dans les délais"),
        ("le 31 mars c'est bon ?", OPEN_1, "trop tard"),
        ("le 30 mars c'est bon ?", LAST_DAY_1, "dernier jour"),
        ("le 30 mars c'est bon ?", OVER_1, "est passé"),
        ("le 30 mars c'est bon ?", TODAY, "Je ne peux pas vous dire"),
        ("15/04/2026, ça passe ?", TODAY, "est passé"),
    ],
)
def test_the_first_sentence_is_the_answer(packaged: Content, question: str, today: date, words: str) -> None:
    assert words in said(packaged, question, today)


@pytest.mark.parametrize(
    "question",
    [
        "élue du département, j'ai raté le dernier appel, il y en a un autre ?",
        "on voudrait partager la date limite avec nos partenaires",
        "quand ferme l'appel pour La Réunion ?",
    ],
)
def test_a_word_that_begins_like_a_step_asks_for_no_step(packaged: Content, question: str) -> None:
    assert said(packaged, question).startswith("Je ne sais pas si un appel est ouvert")


def test_once_the_call_is_published_a_day_is_compared_with_it(packaged: Content) -> None:
    published = with_new_call(packaged)

    assert "dans les délais" in said(published, "le 15 février ça va ?")
    assert "trop tôt" in said(published, "le 15 décembre 2026 ça va ?")
    assert "trop tard" in said(published, "le 2 mars 2027 ?")


def test_on_the_last_day_its_hour_decides(packaged: Content) -> None:
    published = with_new_call(packaged, until="18:00")
    before, after = datetime(2027, 3, 1, 17, 59, tzinfo=PARIS), datetime(2027, 3, 1, 18, tzinfo=PARIS)

    assert "le 1er mars 2027 est le dernier jour" in said(published, "le 1er mars c'est bon ?", before)
    assert "1er mars 2027 à 18 h, heure de Paris au plus tard" in said(published, "le 1er mars c'est bon ?", before)
    assert "trop tard" in said(published, "le 1er mars c'est bon ?", after)
    assert said(published, "c'est jusqu'à quand ?", after).startswith("Je ne connais pas d’appel ouvert")


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("le 30 mars", date(2027, 3, 30)),
        ("1er avril 2027", date(2027, 4, 1)),
        ("le premier avril 2027", date(2027, 4, 1)),
        ("15/04/2026", date(2026, 4, 15)),
        ("2026-04-15", date(2026, 4, 15)),
        ("le 3 fevrie", date(2027, 2, 3)),
        ("le 30 octobre", date(2026, 10, 30)),  # just past: not a year ahead
        ("le 31 février 2027", None),
        ("le 99/99/2027", None),
        ("on est 3 communes", None),
        ("", None),
    ],
)
def test_days_are_read_as_people_type_them(packaged: Content, typed: str, day: date | None) -> None:
    assert typed_day(typed, packaged.messages.rendering.months, TODAY) == day


@pytest.mark.parametrize("question", ["le 30 mars c'est bon ?", "on vote le 12 mars, ça passe ?"])
def test_a_bare_day_is_a_question_about_the_calendar(
    packaged: Content, packaged_understanding: Understanding, question: str
) -> None:
    reading = packaged_understanding.read(question, today=TODAY)

    assert packaged.calendar is not None
    assert [answer.topic for answer in reading.answers] == [packaged.calendar.screen.topic]
