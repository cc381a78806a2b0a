"""What is kept, copied whole: a backup taken while it runs, put back, moved to PostgreSQL. Every row is compared."""

import asyncio
import os
import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select, text

from bot.alerts.queue import AlertQueue
from bot.cipher import Cipher
from bot.database import copying
from bot.database.copying import copy
from bot.database.database import Database, DatabaseError, open_database
from bot.database.tables import fsm, metadata, missed_questions
from bot.dossiers.outbox import SqlOutbox
from bot.dossiers.reply_queue import ReplyQueue
from bot.keeping import Retention
from bot.memory.backup import back_up, restore
from bot.memory.erasures import Erasures
from bot.pseudonyms import Pseudonyms
from bot.settings import Settings, SettingsError
from tests.bot.test_rotation import fill
from tests.forks import tevo
from tests.keeping import stores_of
from tests.waiting import PATIENCE

KEY = "une clé d'au moins trente-deux signes"
DAY = date(2026, 11, 26)


def settings(folder: Path, url: str = "", key: str = KEY) -> Settings:
    given = {"data": folder, "data_key": key} | ({"database_url": url} if url else {})
    return Settings.model_validate(given)


async def rows(database: Database) -> dict[str, list[object]]:
    """Everything, whatever the order."""
    found = {table.name: await database.read(select(table)) for table in metadata.sorted_tables}
    return {name: sorted(map(tuple, kept), key=repr) for name, kept in found.items()}


async def ask(database: Database, count: int) -> None:
    """More rows than are copied at a time."""
    many = [{"question": f"scellé {n}", "day": DAY} for n in range(count)]
    await database.write(lambda connection: connection.execute(insert(missed_questions), many))


@pytest.fixture(autouse=True)
def few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copying, "_AT_A_TIME", 3)


async def test_a_backup_put_back_holds_every_row_and_opens_with_the_key(any_url: str, tmp_path: Path) -> None:
    here, path = settings(tmp_path, any_url), tmp_path / "sauvegarde.db"
    async with open_database(any_url) as database:
        await fill(database, KEY.encode())
        await ask(database, 20)
        before = await rows(database)

        count = await back_up(here, path)

        await stores_of(database, KEY.encode()).conversations.purge(2**40, Retention())
        assert await rows(database) != before

    assert await restore(here, path, replaces=True) == (count, 4)
    assert count == sum(map(len, before.values()))
    async with open_database(any_url) as database:
        after = await rows(database)
        assert {name for name in before if after[name] != before[name]} == {"alerts", "dossiers", "replies"}  # in doubt
        assert all(status.dossier for status in await stores_of(database, KEY.encode()).outbox.statuses(7))


@pytest.mark.parametrize("resends", [True, False])
async def test_what_waited_in_a_backup_is_not_told_twice_and_a_dossier_goes_under_its_number_or_waits(
    resends: bool, any_url: str, tmp_path: Path
) -> None:
    here, path, key = settings(tmp_path, any_url), tmp_path / "sauvegarde.db", KEY.encode()
    async with open_database(any_url) as database:
        await fill(database, key)
    await back_up(here, path)
    await restore(here, path, replaces=True)

    async with open_database(any_url) as database:
        outbox = SqlOutbox(database, Pseudonyms(key), Cipher(key), resends=resends)
        queue, answers = AlertQueue(database, Cipher(key)), ReplyQueue(database, Cipher(key))
        await queue.tidy_up(DAY)

        assert await queue.claim(DAY) is None
        assert await answers.left_in_hand() == ["TV-QQQQ-QQQQ"]
        assert await answers.claim() is None
        left_to_a_person = await outbox.doubted()
        claim = await outbox.claim()
    assert len(left_to_a_person) == (0 if resends else 2)
    assert (claim is not None) == resends


async def test_a_backup_is_one_file_for_this_account_only(tmp_path: Path) -> None:
    here = settings(tmp_path / "data")
    async with open_database(here.database) as database:
        await fill(database, KEY.encode())

    await back_up(here, tmp_path / "sauvegarde.db")

    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["sauvegarde.db"]
    assert (tmp_path / "sauvegarde.db").stat().st_mode & 0o077 == 0


async def test_what_is_written_meanwhile_is_in_the_next_backup_and_nobody_waits(any_database: Database) -> None:
    await fill(any_database, KEY.encode())
    async with any_database.snapshot() as read:
        before = await read(lambda connection: connection.execute(select(fsm)).all())
        async with asyncio.timeout(PATIENCE):
            await any_database.execute(fsm.insert().values(key="later", person=9, data="{}", updated_at=0))

        assert await read(lambda connection: connection.execute(select(fsm)).all()) == before

    assert len(await any_database.read(select(fsm))) == len(before) + 1


async def test_a_database_that_holds_rows_is_not_written_over_unasked(any_url: str, tmp_path: Path) -> None:
    here, path = settings(tmp_path, any_url), tmp_path / "sauvegarde.db"
    async with open_database(any_url) as database:
        await fill(database, KEY.encode())
        await back_up(here, path)
        await ask(database, 1)
        before = await rows(database)

    with pytest.raises(DatabaseError, match="tevo restore --replace"):
        await restore(here, path, replaces=False)

    async with open_database(any_url) as database:
        assert await rows(database) == before


async def test_the_backup_of_another_key_is_refused(tmp_path: Path) -> None:
    here, path = settings(tmp_path / "data"), tmp_path / "sauvegarde.db"
    async with open_database(here.database) as database:
        await fill(database, KEY.encode())
    await back_up(here, path)

    with pytest.raises(SettingsError, match="TEVO_DATA_KEY"):
        await restore(settings(tmp_path / "ailleurs", key="x" * 40), path, replaces=False)


@pytest.mark.parametrize("cut", [0, 100, 40_000])
async def test_a_damaged_backup_is_told_in_one_line_and_changes_nothing(cut: int, tmp_path: Path) -> None:
    here, path = settings(tmp_path / "data"), tmp_path / "sauvegarde.db"
    async with open_database(here.database) as database:
        await fill(database, KEY.encode())
        await ask(database, 50)
        before = await rows(database)
    await back_up(here, path)
    whole = path.read_bytes()
    path.write_bytes(whole[:cut] + b"\xff" * 3_000 + whole[cut + 3_000 :])

    with pytest.raises((DatabaseError, SettingsError)) as raised:
        await restore(here, path, replaces=True)

    assert "\n" not in str(raised.value)
    async with open_database(here.database) as database:
        assert await rows(database) == before


async def test_a_row_that_does_not_read_back_the_same_undoes_the_copy(
    any_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spoilt(table: object, rows: list[object], connection: object) -> None:
        real(table, rows, connection)  # type: ignore[arg-type]
        connection.execute(missed_questions.update().values(question="autre"))  # type: ignore[attr-defined]

    real = copying._insert
    monkeypatch.setattr(copying, "_insert", spoilt)
    async with (
        open_database(f"sqlite+aiosqlite:///{tmp_path / 'source.db'}") as source,
        open_database(any_url) as target,
    ):
        await ask(source, 5)

        with pytest.raises(DatabaseError, match="missed_questions"):
            await copy(source, target)

        assert await target.read(select(missed_questions)) == []


async def test_after_a_move_what_comes_next_has_a_number_of_its_own(any_url: str, tmp_path: Path) -> None:
    async with (
        open_database(f"sqlite+aiosqlite:///{tmp_path / 'source.db'}") as source,
        open_database(any_url) as target,
    ):
        await ask(source, 5)
        await copy(source, target)

        await target.execute(missed_questions.insert().values(question="encore", day=DAY))

        assert len(await target.read(select(missed_questions))) == 6


@pytest.mark.parametrize("any_url", ["postgresql"], indirect=True)
async def test_the_move_to_postgresql_as_typed(any_url: str, tmp_path: Path) -> None:
    here = settings(tmp_path)
    async with open_database(here.database) as database:
        await fill(database, KEY.encode())
        before = await rows(database)
    environ: dict[str, Any] = {"TEVO_DATA": str(tmp_path), "TEVO_DATA_KEY": KEY, "TEVO_DATABASE_URL_NEW": any_url}

    done = await asyncio.to_thread(tevo, "database", "copy", **environ)

    assert done.returncode == 0, done.stderr
    assert "TEVO_DATABASE_URL" in done.stdout
    async with open_database(any_url) as database:
        assert await rows(database) == before
    again = await asyncio.to_thread(tevo, "database", "copy", **environ)
    assert again.returncode == 1
    assert "base vide" in again.stderr


def test_who_asked_to_be_erased_since_the_backup_is_erased_again(tmp_path: Path) -> None:
    here, path = settings(tmp_path / "data"), tmp_path / "sauvegarde.db"
    environ: dict[str, Any] = {"TEVO_DATA": str(here.data), "TEVO_DATA_KEY": KEY}

    async def keep() -> None:
        async with open_database(here.database) as database:
            await fill(database, KEY.encode())

    async def ask_to_be_erased() -> None:
        await Erasures(here.data / "effacements", Pseudonyms(KEY.encode())).note(7, ("dossiers",))

    asyncio.run(keep())
    assert tevo("backup", str(path), **environ).returncode == 0
    asyncio.run(ask_to_be_erased())

    done = tevo("restore", "--replace", str(path), **environ)

    assert done.returncode == 0, done.stderr
    with sqlite3.connect(here.data / "tevo.db") as kept:
        assert kept.execute("SELECT count(*) FROM fsm").fetchone() == (0,)
    assert tevo("backup", str(path), **environ).returncode == 1  # a file that is there is never replaced


async def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    here = settings(tmp_path / "data")
    path = Path(os.devnull) / "sauvegarde.db"

    with pytest.raises(DatabaseError, match="sauvegarde"):
        await back_up(here, path)


async def test_a_backup_of_an_older_version_is_brought_up_to_date(tmp_path: Path) -> None:
    here, path = settings(tmp_path / "data"), tmp_path / "sauvegarde.db"
    async with open_database(here.database) as database:
        await fill(database, KEY.encode())
    await back_up(here, path)
    with sqlite3.connect(path) as older:
        older.execute("DROP TABLE counts")
        older.execute("DROP TABLE visitors")
        older.execute("DROP TABLE salts")
        older.execute("DROP TABLE replies")
        older.execute("DROP TABLE limits")
        older.execute("UPDATE alembic_version SET version_num = '0008'")
    older.close()
    as_it_was = path.read_bytes()

    await restore(here, path, replaces=True)

    assert path.read_bytes() == as_it_was
    async with open_database(here.database) as database:
        assert await database.read(text("SELECT * FROM counts")) == []
