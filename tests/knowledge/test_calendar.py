"""Dates tell their status by themselves, every day, and claim nothing that is not published."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from knowledge.content.calendar import (
    PARIS,
    Call,
    CallState,
    Milestone,
    MilestoneKind,
    PartialDate,
    When,
    call_state,
    status,
)
from knowledge.content.models import Content
from knowledge.dates.wording import Wording
from knowledge.rendering import Renderer

DAYS = st.dates(date(2021, 12, 1), date(2028, 12, 31))


def milestone(
    when: str, kind: MilestoneKind = MilestoneKind.CLOSING, until: str | None = None, time: str | None = None
) -> Milestone:
    return Milestone.model_validate(
        {"id": "m", "kind": kind, "label": "M", "date": when, "until": until, "time": time, "source": "s"}
    )


def call(*milestones: Milestone) -> Call:
    return Call(id="c", title="Un appel", audience="collectivites", milestones=milestones)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("text", ["2025-13-01", "2025-02-30", "25-01-01", "demain", "2025-1-1", "", "2025-05-19T10:00"])
def test_a_wrong_date_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        milestone(text)


def test_a_vague_date_stays_vague() -> None:
    assert PartialDate.parse("2022").first_day == date(2022, 1, 1)
    assert PartialDate.parse("2022").next_day == date(2023, 1, 1)
    assert PartialDate.parse("2022-12").next_day == date(2023, 1, 1)
    assert status(milestone("2022"), date(2022, 7, 14)).when == When.NOW


@given(DAYS, st.sampled_from(["2025-05-19", "2025-05", "2025", "unknown"]))
def test_a_milestone_has_one_status_a_day_and_never_counts_down_after_its_end(today: date, when: str) -> None:
    found = status(milestone(when), today)

    if when == "unknown":
        assert found.when == When.UNKNOWN
    elif found.when == When.FUTURE:
        assert today + timedelta(found.days) == PartialDate.parse(when).first_day
    elif found.when == When.PAST:
        assert today - timedelta(found.days) < PartialDate.parse(when).next_day <= today
    else:
        assert PartialDate.parse(when).first_day <= today < PartialDate.parse(when).next_day


@given(DAYS)
def test_a_call_is_open_from_its_announcement_to_the_end_of_its_last_day(today: date) -> None:
    dated = call(milestone("2025-04-09", MilestoneKind.ANNOUNCEMENT), milestone("2025-05-19"))

    expected = (
        CallState.UPCOMING
        if today < date(2025, 4, 9)
        else CallState.OPEN
        if today <= date(2025, 5, 19)
        else CallState.CLOSED
    )
    assert call_state(dated, today) == expected


def test_a_call_opens_and_closes_at_its_hour_in_paris() -> None:
    dated = call(
        milestone("2027-01-11", MilestoneKind.OPENING, time="09:00"),
        milestone("2027-07-01", MilestoneKind.CLOSING, time="18:00"),
    )

    def state(*when: int) -> CallState:
        return call_state(dated, datetime(*when, tzinfo=UTC))  # type: ignore[arg-type,misc]

    assert state(2027, 1, 11, 7, 59) == CallState.UPCOMING
    assert state(2027, 1, 11, 8, 0) == CallState.OPEN
    assert state(2027, 7, 1, 15, 59) == CallState.OPEN
    assert state(2027, 7, 1, 16, 0) == CallState.CLOSED  # summer time
    assert call_state(dated, date(2027, 7, 1)) == CallState.OPEN


@given(DAYS)
def test_nothing_is_claimed_of_a_call_without_a_full_closing_date(today: date) -> None:
    for undated in (call(milestone("unknown")), call(milestone("2025")), call(milestone("2025-05-19"))):
        claimed = call_state(undated, today)

        assert claimed in (CallState.UNDATED, CallState.CLOSED)
        assert claimed == CallState.UNDATED or today > date(2025, 5, 19)


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2025, 4, 1), "Premier appel** : ouverture prévue le 9 avril 2025 (dans 8 jours)"),
        (date(2025, 5, 18), "ouvertes jusqu’au 19 mai 2025 (dans 1 jour)"),
        (date(2025, 5, 19), "ouvertes jusqu’au 19 mai 2025 (aujourd’hui)"),
        (
            date(2025, 5, 20),
            "signalé le 9 avril 2025, a fermé le 19 mai 2025 (il y a 1 jour). Un autre a été publié depuis",
        ),
        (date(2026, 11, 24), "il y a 18 mois"),
        (date(2028, 11, 24), "il y a 3 ans"),
    ],
)
def test_where_the_calls_stand_is_said_as_of_the_day(minimal: Content, today: date, said: str) -> None:
    wording = Wording(minimal.messages.rendering, today)

    assert said in plain(wording.calls(minimal.calls, minimal.audience))


def test_the_first_of_the_month_is_said_1er(minimal: Content) -> None:
    wording = Wording(minimal.messages.rendering, date(2026, 1, 1))

    assert plain(wording.date(date(2026, 5, 1))) == "1er mai 2026"


def test_a_span_and_a_month_are_said_as_such(minimal: Content) -> None:
    wording = Wording(minimal.messages.rendering, date(2025, 7, 1))

    assert plain(wording.milestone(milestone("2025-06", until="2025-09"))) == (
        "de juin 2025 à septembre 2025 (en ce moment)"
    )
    assert plain(wording.milestone(milestone("2025-09"))) == "en septembre 2025 (dans 2 mois)"
    assert plain(wording.milestone(milestone("2025-08"))) == "en août 2025 (à venir)"
    assert plain(wording.milestone(milestone("unknown"))) == "date que je ne connais pas"
    assert plain(wording.milestone(milestone("2025"))) == "en 2025"


@given(DAYS)
def test_no_rendered_answer_ever_counts_down_to_a_past_date(minimal: Content, today: date) -> None:
    renderer = Renderer(minimal, lambda: today)
    text = "".join(span.text for span in renderer.answer(minimal.topics["dates"]))

    if today > date(2025, 5, 19):
        assert "dans " not in text.replace("dans le", "")


@pytest.mark.parametrize(
    ("hour", "said"),
    [
        (17, "Un appel** : les candidatures sont ouvertes jusqu’au 1er mars 2027 à 18 h, heure de Paris (aujourd’hui)"),
        (18, "a fermé le 1er mars 2027 à 18 h, heure de Paris (aujourd’hui)"),
    ],
)
def test_the_closing_hour_is_said_before_and_after(minimal: Content, hour: int, said: str) -> None:
    dated = call(
        milestone("2027-01-11", MilestoneKind.OPENING), milestone("2027-03-01", MilestoneKind.CLOSING, time="18:00")
    )
    wording = Wording(minimal.messages.rendering, datetime(2027, 3, 1, hour, tzinfo=PARIS))

    assert said in plain(wording.calls((dated,), "collectivites"))
    assert (wording.closing((dated,), "collectivites") is not None) == (hour == 17)


def test_nothing_reads_the_clock_in_knowledge() -> None:
    """« Today » is always given: so that any day can be looked at."""
    for path in Path("knowledge").rglob("*.py"):
        text = path.read_text("utf-8")
        assert ".today()" not in text
        assert ".now(" not in text
