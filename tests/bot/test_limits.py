"""What is counted of a person: for a day, across restarts, and no longer."""

import pytest
from sqlalchemy import select

from bot.database.database import Database
from bot.database.tables import limits
from bot.keeping import Retention
from bot.memory.quotas import SqlLimits
from bot.pseudonyms import Pseudonyms
from knowledge.limits import MOST, Action


class Clock:
    """Goes on when told to."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


def _counted(database: Database, clock: Clock) -> SqlLimits:
    return SqlLimits(database, Pseudonyms(b"key"), clock, clock)


async def test_each_counts_once_however_often_it_is_tried_and_a_day_later_none_does(any_database: Database) -> None:
    clock = Clock()
    counted = _counted(any_database, clock)
    most, seconds = MOST[Action.VOTE]

    assert all([await counted.allow(7, Action.VOTE, str(n)) for n in range(most) for _ in range(2)])
    assert not await counted.allow(7, Action.VOTE, "one more")
    assert await counted.are_reached(7, Action.VOTE)
    assert await counted.allow(8, Action.VOTE, "one more")
    assert await counted.allow(7, Action.CODE, "one more")
    clock.now += seconds + 1
    assert await counted.allow(7, Action.VOTE, "one more")


async def test_a_restart_gives_no_new_turn_and_the_day_ends_when_it_would_have(any_database: Database) -> None:
    clock = Clock()
    most, seconds = MOST[Action.QUESTION]
    for n in range(most):
        assert await _counted(any_database, clock).allow(7, Action.QUESTION, str(n))
    clock.now += seconds - 1

    again = _counted(any_database, clock)
    assert not await again.allow(7, Action.QUESTION, "one more")
    assert await again.allow(7, Action.QUESTION, "0")
    assert await again.allow(8, Action.QUESTION, "one more")

    clock.now += 1
    assert await again.allow(7, Action.QUESTION, "one more")
    assert await _counted(any_database, clock).allow(7, Action.QUESTION, "one more")


async def test_a_clock_that_was_set_back_locks_nobody_out_for_longer(any_database: Database) -> None:
    clock = Clock()
    most, seconds = MOST[Action.WRONG_CODE]
    for n in range(most):
        await _counted(any_database, clock).allow(7, Action.WRONG_CODE, str(n))
    clock.now -= 30 * seconds

    counted = _counted(any_database, clock)
    assert await counted.are_reached(7, Action.WRONG_CODE)
    clock.now += seconds

    assert not await counted.are_reached(7, Action.WRONG_CODE)


async def test_what_was_undone_and_done_again_survives_a_restart(any_database: Database) -> None:
    clock = Clock()
    counted = _counted(any_database, clock)
    most, _ = MOST[Action.WRONG_CODE]
    for n in range(most):
        async with any_database.unit():
            assert await counted.allow(7, Action.WRONG_CODE, str(n))
        async with any_database.unit() as again:
            assert await counted.allow(7, Action.WRONG_CODE, str(n))
            await again.commit()

    assert not await counted.allow(7, Action.WRONG_CODE, "one more")
    assert await _counted(any_database, clock).are_reached(7, Action.WRONG_CODE)


async def test_after_a_clock_was_set_back_nothing_is_kept_for_longer_than_it_counts(any_database: Database) -> None:
    clock = Clock()
    _, seconds = MOST[Action.DOSSIER]
    await _counted(any_database, clock).allow(7, Action.DOSSIER, "before")
    clock.now -= 30 * seconds
    await _counted(any_database, clock).allow(7, Action.DOSSIER, "after")

    (row,) = await any_database.read(select(limits).where(limits.c.ends_at <= clock.now + seconds))
    await _counted(any_database, clock).purge(clock.now, Retention())
    assert await any_database.read(select(limits)) == [row]


async def test_what_was_counted_is_kept_for_as_long_as_it_counts(any_database: Database) -> None:
    clock = Clock()
    counted = _counted(any_database, clock)
    await counted.allow(7, Action.DOSSIER, "send:TV-AAAA-AAAA")
    await counted.allow(7, Action.WRONG_CODE, "RPAAAAAAAA")

    await counted.purge(clock.now + MOST[Action.WRONG_CODE][1], Retention())
    assert [row.action for row in await any_database.read(select(limits))] == ["dossier"]

    await counted.purge(clock.now + MOST[Action.DOSSIER][1], Retention())
    assert await any_database.read(select(limits)) == []


async def test_people_whose_time_is_over_are_let_go(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.memory.quotas._PEOPLE", 10)
    clock = Clock()
    counted = _counted(database, clock)
    for person in range(100):
        clock.now += MOST[Action.VOTE][1]
        await counted.allow(person, Action.VOTE, "x")

    assert len(counted._counts) <= 10
