"""Opinions and unanswered questions: counted once, masked, forgotten in time."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from bot.database import Database
from bot.feedback import SqlFeedback, mask
from bot.pseudonym import Pseudonyms
from bot.retention import purge
from bot.tables import dossiers, fsm, inbox, missed_questions, votes

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC).timestamp()


def feedback(database: Database, today: date = TODAY) -> SqlFeedback:
    return SqlFeedback(database, Pseudonyms(b"key"), lambda: today)


async def test_a_person_votes_once_on_an_answer(any_database: Database) -> None:
    kept = feedback(any_database)

    assert await kept.vote(7, "price", 1, True, "v1")
    assert not await kept.vote(7, "price", 1, False, "v1")
    assert await kept.vote(8, "price", 1, False, "v1")

    rows = await any_database.read(select(votes))
    assert sorted(row.useful for row in rows) == [False, True]
    assert all(row.person != "7" for row in rows)


@pytest.mark.parametrize(
    ("typed", "hidden"),
    [
        ("écrivez à jeanne.durand@mairie.fr", "jeanne"),
        ("jeanne (at) mairie . fr", "jeanne"),
        ("au 06 12 34 56 78", "34 56"),
        ("au +262692123456", "692123"),
        ("siret 130 025 265 00013", "025"),
        ("mon compte @jeannedurand", "jeannedurand"),
    ],
)
def test_addresses_and_numbers_are_masked(typed: str, hidden: str) -> None:
    assert hidden not in mask(typed)


def test_figures_that_identify_nobody_stay() -> None:
    assert mask("on est 120 000 habitants") == "on est 120 000 habitants"


@given(st.text())
def test_masking_never_fails_and_stays_short(typed: str) -> None:
    assert len(mask(typed)) <= 300


async def test_everything_is_forgotten_in_its_time(any_database: Database) -> None:
    old = TODAY - timedelta(days=366)
    for day in (old, TODAY):
        kept = feedback(any_database, day)
        await kept.vote(7, "price", day.year, True, "v1")
        await kept.missed(f"une question de {day.year}")
    for number, seconds in ((1, 0), (2, int(NOW))):
        await any_database.execute(
            inbox.insert().values(update_id=number, received_at=seconds, state="done", replays=0)
        )
        await any_database.execute(fsm.insert().values(key=str(number), person=number, data="{}", updated_at=seconds))
    await any_database.execute(inbox.insert().values(update_id=3, received_at=0, state="waiting", replays=0, body="{}"))

    for number, state in enumerate(("sent", "kept", "waiting", "held")):
        row = {"reference": str(number), "person": "p", "body": "", "attempts": 0, "next_at": 0, "created_at": 0}
        await any_database.execute(dossiers.insert().values(state=state, **row))

    await purge(any_database, NOW)

    assert [row.message_id for row in await any_database.read(select(votes))] == [2026]
    assert [row.question for row in await any_database.read(select(missed_questions))] == ["une question de 2026"]
    assert [row.key for row in await any_database.read(select(fsm))] == ["2"]
    left = {row.update_id for row in await any_database.read(select(inbox))}
    assert [row.state for row in await any_database.read(select(dossiers))] == ["waiting", "held"]
    assert left == {2, 3}  # what still waits to be handled is never dropped
