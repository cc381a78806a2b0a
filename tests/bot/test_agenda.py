"""The calendar file, read by an independent parser: coming dates only, updated by a second import."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import vobject

from bot.papers.agenda import agenda
from knowledge.content.models import Content
from tests.new_call import CLOSING, OPENING, with_new_call

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def events(content: Content, today: date = TODAY, now: datetime = NOW) -> list[Any]:
    made = agenda(content, today, now)
    assert made is not None
    return list(vobject.readOne(made.file.decode("utf-8")).vevent_list)


def test_nothing_to_come_is_no_file(packaged: Content) -> None:
    assert agenda(packaged, TODAY, NOW) is None


def test_coming_dates_are_whole_days_and_hours_are_those_of_paris(packaged: Content) -> None:
    opening, meeting, closing = events(with_new_call(packaged))

    assert opening.dtstart.value == OPENING
    assert closing.dtstart.value == CLOSING
    assert meeting.dtstart.value.astimezone(UTC) == datetime(2027, 1, 26, 13, 30, tzinfo=UTC)
    assert "Europe/Paris" in str(meeting.dtstart.params)


def test_in_summer_the_hour_is_that_of_summer(packaged: Content) -> None:
    content = with_new_call(packaged)
    made = agenda(content, TODAY, NOW)
    assert made is not None

    text = made.file.decode().replace("20270126T143000", "20270726T143000")
    meeting = vobject.readOne(text).vevent_list[1]
    assert meeting.dtstart.value.utcoffset() == timedelta(hours=2)


def test_past_dates_are_left_out(packaged: Content) -> None:
    assert len(events(with_new_call(packaged), OPENING + timedelta(days=1))) == 2


def test_a_closing_rings_fourteen_and_two_days_before(packaged: Content) -> None:
    closing = events(with_new_call(packaged))[-1]

    days = sorted(-alarm.trigger.value.days for alarm in closing.valarm_list)
    assert days == [2, 14]


def test_a_second_import_updates_instead_of_doubling(packaged: Content) -> None:
    first = events(with_new_call(packaged))
    moved = events(with_new_call(packaged, closing=date(2027, 3, 15)), now=NOW + timedelta(days=3))

    assert [event.uid.value for event in first] == [event.uid.value for event in moved]
    assert int(moved[0].sequence.value) > int(first[0].sequence.value)
    assert moved[-1].dtstart.value == date(2027, 3, 15)


def test_each_date_names_its_source_and_the_contact(packaged: Content) -> None:
    for event in events(with_new_call(packaged)):
        assert "Centraider" in event.description.value
        assert "PROJET.TEVO@france-volontaires.org" in event.description.value
