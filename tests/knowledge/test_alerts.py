"""What subscribers are told of: a call once it is published, a date that moves, a closing that comes near."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from knowledge.content.models import Content
from knowledge.dates.alert_letter import AlertLetter
from knowledge.dates.calendar_changes import ChangedDate, NewCall, changes, reminders
from tests.new_call import CLOSING, with_new_call

TODAY = date(2026, 11, 24)


def test_nothing_changed_is_no_news(packaged: Content) -> None:
    assert changes(packaged.calls, packaged.calls, TODAY) == ()


def test_a_call_whose_dates_appear_is_new(packaged: Content) -> None:
    (change,) = changes(packaged.calls, with_new_call(packaged).calls, TODAY)

    assert isinstance(change, NewCall)
    assert change.call.id == "ami-suivant"


def test_a_call_of_the_past_that_is_only_now_described_is_no_news(packaged: Content) -> None:
    assert changes(packaged.calls, with_new_call(packaged).calls, CLOSING + timedelta(days=1)) == ()


def test_a_closing_that_moves_is_told_with_both_dates(packaged: Content) -> None:
    before, after = with_new_call(packaged), with_new_call(packaged, closing=date(2027, 3, 15))
    found = changes(before.calls, after.calls, TODAY)
    (change,) = found
    assert isinstance(change, ChangedDate)

    assert packaged.calendar is not None
    letter = AlertLetter(after, packaged.calendar.alerts, TODAY).publication(found).replace("\u00a0", " ")
    assert "15 mars 2027" in letter
    assert "1er mars 2027" in letter


def test_a_withdrawn_call_is_told(packaged: Content) -> None:
    found = changes(with_new_call(packaged).calls, packaged.calls, TODAY)

    assert {change.after for change in found if isinstance(change, ChangedDate)} == {None}


@given(day=st.dates(date(2026, 12, 1), date(2027, 4, 30)))
def test_a_closing_is_recalled_fourteen_and_two_days_before_or_the_day_after_that(packaged: Content, day: date) -> None:
    calls = with_new_call(packaged).calls

    due = {reminder.days for reminder in reminders(calls, calls, day)}

    left = (CLOSING - day).days
    assert due == {days for days in (14, 2) if left in (days, days - 1)}


def test_a_date_that_was_never_published_is_not_recalled(packaged: Content) -> None:
    moved = with_new_call(packaged, closing=date(2027, 3, 15))

    assert reminders(with_new_call(packaged).calls, moved.calls, date(2027, 3, 1)) == ()
