"""Whatever version a database comes from, what it holds is still there, and is read by the code of today."""

import json
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Boolean, Connection, Date, MetaData, String, Table, select, text

from bot.cipher import Cipher, place
from bot.database import migrations, tables
from bot.database.database import Database
from tests.bot.test_storage import KEY as CONVERSATION
from tests.keeping import stores_of

KEY = b"a key of former times"
ROWS = 3


def at_revision(connection: Connection, revision: str) -> MetaData:
    """The tables as they were then, empty."""
    tables.metadata.drop_all(connection)
    connection.execute(text("DELETE FROM alembic_version"))
    migrations.upgrade(connection, revision)
    found = MetaData()
    found.reflect(connection)
    return found


def filled(connection: Connection, table: Table) -> list[dict[str, Any]]:
    """Some rows, each column of which holds something of its kind; the same number is the same person everywhere."""
    rows = [{column.name: value(column.type, column.name, n) for column in table.columns} for n in range(ROWS)]
    connection.execute(table.insert(), rows)
    return rows


def value(kind: Any, name: str, n: int) -> Any:
    """The nth of its kind. What points to another table is called there `id`, or as here."""
    if isinstance(kind, Boolean):
        return bool(n % 2)
    if isinstance(kind, Date):
        return date(2022, 2, 20 + n)
    if isinstance(kind, String):
        return f"{'one' if name in ('id', 'announcement') else name[:6]} {n} é"
    return 1_000 + n


@pytest.mark.parametrize("revision", migrations.REVISIONS)
async def test_every_row_of_every_version_so_far_is_kept(revision: str, any_database: Database) -> None:
    def work(connection: Connection) -> None:
        then = at_revision(connection, revision)
        kept = {}
        for table in then.sorted_tables:
            if table.name != "alembic_version":
                kept[table.name] = filled(connection, table)

        migrations.bring_up_to_date(connection)

        assert not migrations.are_needed(connection)
        for name, rows in kept.items():
            table = tables.metadata.tables[name]
            found = [dict(row) for row in connection.execute(select(table)).mappings()]
            shared = rows[0].keys() & table.columns.keys()
            assert shared == rows[0].keys(), "a column was dropped: say here what became of it"
            told = [{column: row[column] for column in shared} for row in found]
            assert sorted(told, key=by_columns) == sorted(rows, key=by_columns), name

    await any_database.write(work)


def by_columns(row: dict[str, Any]) -> list[tuple[str, str]]:
    return sorted((name, repr(held)) for name, held in row.items())


async def test_a_conversation_and_a_dossier_of_the_first_versions_are_read_today(any_database: Database) -> None:
    stores = stores_of(any_database, KEY)
    key = stores.conversations._key(CONVERSATION)

    def work(connection: Connection) -> None:
        then = at_revision(connection, "0002")
        data = Cipher(KEY).seal(json.dumps({"form": "answers"}), place(tables.fsm.c.data, key))
        row = {"key": key, "person": 7, "state": None, "data": data, "updated_at": 1}
        connection.execute(then.tables["fsm"].insert(), row)
        dossier = {"reference": "TV-AAAA-AAAA", "person": "p", "body": "sealed", "state": "waiting", "attempts": 0}
        connection.execute(then.tables["dossiers"].insert(), dossier | {"next_at": 5, "created_at": 4})
        migrations.bring_up_to_date(connection)

    await any_database.write(work)

    assert await stores.conversations.get_data(CONVERSATION) == {"form": "answers"}
    (row,) = await any_database.read(select(tables.dossiers))
    assert (row.revision, row.doubts, row.changed_at) == (0, 0, 4)  # what was only then begun to be told apart
