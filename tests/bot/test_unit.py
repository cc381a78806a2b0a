"""One update, one unit of work: all of it is committed together, or nothing."""

import asyncio
from datetime import date

from aiogram.fsm.storage.base import StorageKey
from sqlalchemy import Connection, event, select
from sqlalchemy.exc import IntegrityError

from bot.cipher import Cipher
from bot.database.database import Database
from bot.database.tables import fsm, missed_questions
from bot.memory.conversations import SqlStorage
from bot.memory.feedback import SqlFeedback
from bot.pseudonyms import Pseudonyms
from tests.waiting import PATIENCE

CIPHER = Cipher(b"key")
KEY = StorageKey(bot_id=42, chat_id=7, user_id=7)


def row(key: str) -> dict[str, object]:
    return {"key": key, "person": 1, "data": "{}", "updated_at": 0}


async def kept(database: Database) -> list[str]:
    return sorted(found.key for found in await database.read(select(fsm.c.key)))


def commits(database: Database) -> list[object]:
    """Grows with every commit of the writer."""
    seen: list[object] = []
    event.listen(database._writer.engine, "commit", lambda _: seen.append(None))
    return seen


async def test_nothing_is_seen_before_the_commit_and_all_of_it_after(any_database: Database) -> None:
    storage = SqlStorage(any_database, CIPHER)
    async with any_database.unit() as unit:
        await storage.update_data(KEY, {"name": "Jeanne"})
        await any_database.execute(missed_questions.insert().values(question="?", day=date(2026, 1, 1)))
        assert await storage.get_data(KEY) == {"name": "Jeanne"}
        assert await asyncio.create_task(_elsewhere(any_database)) == []

        await unit.commit()

    assert len(await kept(any_database)) == 1
    assert len(await any_database.read(select(missed_questions))) == 1


async def _elsewhere(database: Database) -> list[str]:
    from bot.database import unit

    unit._open.set(None)  # as another update
    return await kept(database)


async def test_a_unit_that_is_left_without_a_commit_changed_nothing(any_database: Database) -> None:
    feedback = SqlFeedback(any_database, Pseudonyms(b"key"), CIPHER, lambda: date(2026, 1, 1))
    async with any_database.unit():
        await SqlStorage(any_database, CIPHER).update_data(KEY, {"name": "Jeanne"})
        assert await feedback.vote(7, "price", 1, True, "v")  # begins the transaction: it must know
        assert not await feedback.vote(7, "price", 1, True, "v")

    assert await kept(any_database) == []
    assert await feedback.vote(7, "price", 1, True, "v")


async def test_a_conversation_is_read_once_and_written_once(database: Database) -> None:
    storage, statements = SqlStorage(database, CIPHER), list[str]()
    await storage.update_data(KEY, {"before": 1})
    for way in (database._reader, database._writer):
        event.listen(way.engine, "before_cursor_execute", lambda *args: statements.append(args[2].split()[0]))
    async with database.unit() as unit:
        await storage.get_state(KEY)
        await storage.get_data(KEY)
        await storage.set_state(KEY, "asking")
        await storage.update_data(KEY, {"a": 1})
        await storage.update_data(KEY, {"b": 2})
        await unit.commit()

    assert statements == ["SELECT", "BEGIN", "INSERT"]
    assert await storage.get_data(KEY) == {"before": 1, "a": 1, "b": 2}


async def test_what_follows_a_commit_happens_only_if_it_was(any_database: Database) -> None:
    done: list[str] = []
    async with any_database.unit() as unit:
        unit.after(lambda: done.append("undone"))
    async with any_database.unit() as unit:
        unit.after(lambda: done.append("committed"))
        await unit.commit()

    assert done == ["committed"]


async def test_what_is_undone_is_forgotten_whole_and_the_unit_serves_again(any_database: Database) -> None:
    done: list[str] = []
    storage = SqlStorage(any_database, CIPHER)
    await storage.set_data(KEY, {"before": 1})
    async with any_database.unit() as unit:
        await storage.set_data(KEY, {"undone": 1})
        unit.after(lambda: done.append("undone"))
        await unit.undo()
        assert await storage.get_data(KEY) == {"before": 1}
        unit.after(lambda: done.append("committed"))
        await unit.commit()

    assert done == ["committed"]
    assert await storage.get_data(KEY) == {"before": 1}


async def test_what_fails_after_a_commit_stops_nothing_that_follows(any_database: Database) -> None:
    done: list[str] = []

    def fail() -> None:
        raise ValueError

    async with any_database.unit() as unit:
        unit.after(fail)
        unit.after(lambda: done.append("next"))
        await unit.commit()

    assert done == ["next"]


async def test_writes_that_meet_share_one_commit(any_database: Database) -> None:
    seen = commits(any_database)

    await asyncio.gather(*(any_database.execute(fsm.insert().values(row(f"k{n}"))) for n in range(20)))

    assert len(await kept(any_database)) == 20
    assert len(seen) <= 2


async def test_one_that_fails_does_not_take_the_others_with_it(any_database: Database) -> None:
    keys = ["a", "b", "b", "c"]

    done = await asyncio.gather(
        *(any_database.execute(fsm.insert().values(row(key))) for key in keys), return_exceptions=True
    )

    assert [type(result) for result in done] == [list, list, IntegrityError, list]
    assert await kept(any_database) == ["a", "b", "c"]


async def test_a_handler_cancelled_in_the_middle_leaves_no_lock(any_database: Database) -> None:
    begun = asyncio.Event()

    async def handle() -> None:
        async with any_database.unit():
            begun.set()
            await any_database.write(lambda connection: connection.execute(fsm.insert().values(row("k"))))
            await asyncio.Event().wait()

    for steps in range(12):
        begun.clear()
        task = asyncio.create_task(handle())
        await begun.wait()
        for _ in range(steps):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

        async with asyncio.timeout(PATIENCE):
            await any_database.execute(missed_questions.insert().values(question="?", day=date(2026, 1, 1)))

    assert await kept(any_database) == []


async def test_a_unit_holds_nobody_up_for_longer_than_it_lasts(any_database: Database) -> None:
    def put(connection: Connection) -> None:
        connection.execute(fsm.insert().values(row("k")))

    async with any_database.unit() as unit:
        await any_database.write(put)
        other = asyncio.create_task(_outside(any_database))
        await asyncio.sleep(0.02)
        await unit.commit()
    async with asyncio.timeout(PATIENCE):
        await other

    assert await kept(any_database) == ["k", "other"]


async def _outside(database: Database) -> None:
    from bot.database import unit

    unit._open.set(None)
    await database.execute(fsm.insert().values(row("other")))
