"""What happens is counted for the team: how often, never who; a person once a day."""

import time
from datetime import date, datetime, timedelta
from datetime import time as clock_time

import pytest
from sqlalchemy import delete, select

from bot.database.database import Database
from bot.database.tables import counts, salts, visitors
from bot.keeping import Retention
from bot.memory.counts import PEOPLE, SqlCounts
from bot.pseudonyms import Pseudonyms
from knowledge.content.calendar import PARIS
from knowledge.content.models import Content
from knowledge.understanding.understanding import Understanding
from tests.conftest import TODAY
from tests.conversation import Conversation


def counting(database: Database, day: date = TODAY) -> SqlCounts:
    return SqlCounts(database, Pseudonyms(b"key"), lambda: day)


async def numbers(database: Database) -> dict[str, int]:
    return {one.name: one.n for one in await counting(database).since(date.min)}


async def test_a_person_counts_once_a_day_and_what_happens_each_time(any_database: Database) -> None:
    store = counting(any_database)
    await store.add(1, {"read:answer", "entry:price"})
    await store.add(1, {"read:answer"})
    await counting(any_database).add(1, {"read:unknown"})  # the assistant was started again
    await store.add(2, {"read:answer"})

    assert await numbers(any_database) == {"read:answer": 3, "entry:price": 1, "read:unknown": 1, PEOPLE: 2}


async def test_moments_of_one_day_are_one_day(database: Database) -> None:
    hours = iter(range(24))
    store = SqlCounts(database, Pseudonyms(b"key"), lambda: datetime.combine(TODAY, clock_time(next(hours)), PARIS))
    await store.add(1, {"read:answer"})
    await database.execute(delete(visitors))
    await store.add(1, {"read:answer"})  # who was counted is known: nothing is asked or written again

    assert await numbers(database) == {"read:answer": 2, PEOPLE: 1}
    assert await database.read(select(visitors)) == []


async def test_after_midnight_nobody_can_tell_who_came(any_database: Database) -> None:
    await counting(any_database).add(1, {"read:answer"})
    kept = (await any_database.read(select(visitors.c.person)))[0].person
    tomorrow = counting(any_database, TODAY + timedelta(days=1))
    await tomorrow.add(1, {"read:answer"})
    await tomorrow.purge(time.time(), Retention(counts=timedelta(days=36500)))

    (left,) = await any_database.read(select(visitors))
    assert left.day == TODAY + timedelta(days=1)
    assert left.person != kept
    assert [row.day for row in await any_database.read(select(salts))] == [left.day]
    assert {(row.day, row.name): row.n for row in await any_database.read(select(counts))} == {
        (day, name): 1 for day in (TODAY, left.day) for name in (PEOPLE, "read:answer")
    }


async def test_what_was_undone_is_not_counted(database: Database) -> None:
    store = counting(database)
    async with database.unit():
        await store.add(1, {"read:answer"})
    assert await numbers(database) == {}

    async with database.unit() as unit:
        await store.add(1, {"read:answer"})
        await unit.commit()
    assert await numbers(database) == {"read:answer": 1, PEOPLE: 1}


async def test_counts_are_forgotten_after_a_year(database: Database) -> None:
    await counting(database, date(2020, 1, 1)).add(1, {"read:answer"})
    await counting(database).purge(time.time(), Retention())

    assert await numbers(database) == {}


@pytest.fixture
def talk(packaged: Content, packaged_understanding: Understanding, database: Database) -> Conversation:
    return Conversation(packaged, packaged_understanding, database, TODAY)


async def test_a_conversation_is_counted_by_what_it_came_to(talk: Conversation, database: Database) -> None:
    await talk.says("combien ça coûte à la commune")
    await talk.says("peut-on élever des autruches")

    found = await numbers(database)
    assert found[PEOPLE] == 1
    assert found["read:answer"] == 1
    assert found["entry:reste-a-charge"] == 1
    assert sum(found.get(f"read:{kind}", 0) for kind in ("unknown", "choice")) == 1


async def test_a_label_that_is_typed_counts_once(talk: Conversation, packaged: Content, database: Database) -> None:
    await talk.says(packaged.topics["contact"].button)

    assert await numbers(database) == {"entry:contact": 1, PEOPLE: 1}


async def test_the_questionnaire_tells_where_people_leave(
    talk: Conversation, packaged: Content, database: Database
) -> None:
    assert packaged.form is not None
    first, second = packaged.form.questions[:2]
    await talk.says("je veux faire le test d'éligibilité")
    await talk.presses(packaged.form.words.start_button)
    await talk.presses(first.options[0].label)
    await talk.presses(packaged.form.words.back)
    await talk.presses(first.options[0].label)

    found = await numbers(database)
    assert (found[f"reached:{first.id}"], found[f"passed:{first.id}"]) == (1, 1)
    assert found[f"reached:{second.id}"] == 1
    assert f"passed:{second.id}" not in found


async def test_distress_is_not_counted(talk: Conversation, database: Database) -> None:
    await talk.says("je veux mourir")

    assert await numbers(database) == {}
    assert await database.read(select(visitors)) == []
