"""What is written is written, on SQLite and on PostgreSQL."""

import asyncio
import sqlite3
from datetime import date
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, delete, select, text, update
from sqlalchemy.exc import IntegrityError

from bot.database.database import Database, DatabaseError, open_database
from bot.database.lock import Lock
from bot.database.migrations import SchemaError, upgrade
from bot.database.tables import fsm, metadata, missed_questions
from tests.waiting import PATIENCE


async def test_the_migrations_make_exactly_the_tables_of_the_code(any_database: Database) -> None:
    def differences(connection: Connection) -> object:
        metadata.drop_all(connection)
        connection.execute(text("DELETE FROM alembic_version"))
        upgrade(connection)
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return compare_metadata(context, metadata)

    assert await any_database.write(differences) == []


async def test_concurrent_changes_are_all_kept(any_database: Database) -> None:
    await any_database.execute(fsm.insert().values(key="k", person=1, data="0", updated_at=0))

    def add_one(connection: Connection) -> None:
        row = connection.execute(select(fsm.c.data).where(fsm.c.key == "k").with_for_update()).one()
        connection.execute(update(fsm).where(fsm.c.key == "k").values(data=str(int(row.data) + 1)))

    await asyncio.gather(*(any_database.write(add_one) for _ in range(50)))

    (row,) = await any_database.read(select(fsm.c.data))
    assert row.data == "50"


async def test_a_failed_transaction_leaves_nothing(any_database: Database) -> None:
    def fail(connection: Connection) -> None:
        connection.execute(fsm.insert().values(key="k", person=1, data="{}", updated_at=0))
        connection.execute(fsm.insert().values(key="k", person=1, data="{}", updated_at=0))

    with pytest.raises(IntegrityError):
        await any_database.write(fail)

    assert await any_database.read(select(fsm)) == []


async def test_a_cancelled_handler_leaves_no_lock_behind(any_database: Database) -> None:
    begun = asyncio.Event()

    def slow(connection: Connection) -> None:
        begun.set()
        for _ in range(100):
            connection.execute(delete(fsm))

    task = asyncio.create_task(any_database.write(slow))
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    async with asyncio.timeout(PATIENCE):
        await any_database.execute(fsm.insert().values(key="k", person=1, data="{}", updated_at=0))


async def test_two_processes_on_one_file_lose_no_change(tmp_path: Path) -> None:
    """As a command run beside the assistant: each has its own connections."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'tevo.db'}"

    def add_one(connection: Connection) -> None:
        row = connection.execute(select(fsm.c.data)).one()
        connection.execute(update(fsm).values(data=str(int(row.data) + 1)))

    async def add(database: Database) -> None:
        for _ in range(20):
            await database.write(add_one)

    async with open_database(url) as one, open_database(url) as other:
        await one.execute(fsm.insert().values(key="k", person=1, data="0", updated_at=0))
        await asyncio.gather(add(one), add(other))

        (row,) = await other.read(select(fsm.c.data))
    assert row.data == "40"


@pytest.mark.parametrize("any_url", ["postgresql"], indirect=True)  # on SQLite, the data folder tells
async def test_a_second_assistant_on_one_postgresql_database_is_refused(any_database: Database) -> None:
    async with any_database.alone():
        with pytest.raises(DatabaseError, match="TEVO_DATABASE_URL"):
            async with any_database.alone():
                pass
        await any_database.execute(fsm.insert().values(key="k", person=1, data="{}", updated_at=0))

    async with any_database.alone():  # the first has ended
        pass


async def test_erased_words_are_gone_from_the_files(tmp_path: Path) -> None:
    path = tmp_path / "tevo.db"
    async with open_database(f"sqlite+aiosqlite:///{path}") as database:
        await database.execute(missed_questions.insert().values(question="planted-name", day=date(2026, 1, 1)))
        await database.execute(delete(missed_questions))
        await database.tidy()

        assert b"planted-name" not in b"".join(file.read_bytes() for file in tmp_path.iterdir())


async def test_a_database_from_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'tevo.db'}"
    async with open_database(url) as database:
        await database.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(SchemaError, match="9999"):
        async with open_database(url):
            pass


async def test_a_file_that_is_no_database_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "tevo.db").write_text("ceci n'est pas une base" * 100)

    with pytest.raises(DatabaseError, match="TEVO_DATABASE_URL") as raised:
        async with open_database(f"sqlite+aiosqlite:///{tmp_path / 'tevo.db'}"):
            pass

    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    "url",
    [
        "nonsense-secret",
        "sqlite+pysqlite:///secret.db",
        "sqlite+aiosqlite://",
        "sqlite+aiosqlite:///secret.db?timeout=abc",
        "postgresql+asyncpg://u:secret@host:port/base",
        "postgresql+asyncpg://u:secret@127.0.0.1/base?sslmode=require",
        "postgresql+asyncpg://u:secret@" + "a" * 80 + ".fr/base",
        "postgresql+psycopg2://u:secret@127.0.0.1/base",
        "postgresql+unknown://u:secret@127.0.0.1/base",
        "oracle+oracledb://u:secret@127.0.0.1/base",
    ],
)
async def test_a_wrong_url_is_told_in_one_line_that_does_not_show_it(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(DatabaseError, match="TEVO_DATABASE_URL") as raised:
        async with open_database(url):
            pass

    assert "secret" not in str(raised.value)
    assert "\n" not in str(raised.value)
    assert raised.value.__cause__ is None


async def test_a_power_cut_after_the_answer_costs_nothing(database: Database, tmp_path: Path) -> None:
    await database.execute(fsm.insert().values(key="k", person=1, data="{}", updated_at=0))

    with sqlite3.connect(tmp_path / "tevo.db") as other:
        assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert other.execute("SELECT count(*) FROM fsm").fetchone() == (1,)
    (level,) = await database.read(text("PRAGMA synchronous"))
    assert level[0] == 2  # FULL


@pytest.mark.parametrize(
    ("name", "value"),
    [("busy_timeout", 5000), ("synchronous", 2), ("foreign_keys", 1), ("secure_delete", 1), ("trusted_schema", 0)],
)
async def test_every_connection_keeps_its_promises(database: Database, name: str, value: int) -> None:
    def asked(connection: Connection) -> int:
        return int(connection.exec_driver_sql(f"PRAGMA {name}").scalar_one())

    (read,) = await database.read(text(f"PRAGMA {name}"))

    assert read[0] == await database.write(asked) == value


async def cut(database: Database, number: int) -> None:
    """Have the server end the connection that holds the lock."""
    holders = f"SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objid = {number}"
    await database.read(text(holders))


async def test_a_cut_lock_is_taken_again(any_database: Database) -> None:
    if any_database._is_sqlite:
        pytest.skip("SQLite's lock is a file's")
    lock = Lock(any_database._reader.engine, 77)
    assert await lock.take()
    before = lock._connection
    await cut(any_database, 77)

    async with asyncio.timeout(PATIENCE):
        while lock._connection is before:  # the server ends a connection a little later than it says
            await lock._check()
            await asyncio.sleep(0.01)

    assert not lock.is_lost
    assert not await Lock(any_database._reader.engine, 77).take()
    await lock.let_go()


async def test_when_another_assistant_took_the_database_this_one_stops(any_database: Database) -> None:
    if any_database._is_sqlite:
        pytest.skip("SQLite's lock is a file's")
    lock, other = Lock(any_database._reader.engine, 78), Lock(any_database._reader.engine, 78)
    assert await lock.take()
    await cut(any_database, 78)
    await until_taken(other)
    stopped = asyncio.Event()

    async with asyncio.timeout(PATIENCE):
        await lock.watch(stopped.set, look=0.01)

    assert stopped.is_set()
    await other.let_go()


async def until_taken(lock: Lock) -> None:
    async with asyncio.timeout(PATIENCE):
        while not await lock.take():  # the server ends a connection a little later than it says
            pass
