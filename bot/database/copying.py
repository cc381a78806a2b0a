"""Every row of one database into another, of either kind: for backups, and for a move to PostgreSQL.

What is sealed is copied as it is: it opens with the same key, at the same place.
"""

from collections.abc import AsyncIterator
from functools import partial
from typing import Any

from sqlalchemy import Connection, CursorResult, Integer, Row, String, Table, delete, func, insert, select, text

from bot.database.database import Database, DatabaseError, Run
from bot.database.tables import metadata, witness
from bot.sentences import tell

_AT_A_TIME = 1_000  # rows


async def copy(source: Database, target: Database, *, replaces: bool = False) -> int:
    """Copy every row in one transaction, compare them one by one, then commit; how many there are.

    Raises DatabaseError when the target holds rows already, unless these `replaces` them.
    """
    count = 0
    async with source.snapshot() as read, target.unit() as unit:
        if not replaces and await unit.run(_holds_rows):
            raise DatabaseError(tell("copy_not_empty"))
        await unit.run(_empty)
        for table in metadata.sorted_tables:
            async for rows in _chunks(read, table):
                await unit.run(partial(_insert, table, rows))
                count += len(rows)
        for table in metadata.sorted_tables:
            if not await _are_same(table, read, unit.run):
                raise DatabaseError(tell("copy_differs", table=table.name))
        await unit.run(_number_after)
        await unit.commit()
    return count


async def _chunks(run: Run, table: Table) -> AsyncIterator[list[Row[Any]]]:
    result = await run(partial(_selected, table))
    while rows := await run(lambda _: result.fetchmany(_AT_A_TIME)):
        yield list(rows)


async def _are_same(table: Table, one: Run, other: Run) -> bool:
    others = _chunks(other, table)
    async for rows in _chunks(one, table):
        if rows != await anext(others, None):
            return False
    return await anext(others, None) is None


def _selected(table: Table, connection: Connection) -> CursorResult[Any]:
    """By primary key, in the same order on both kinds of database: PostgreSQL would sort text as a dictionary does."""
    is_postgresql = connection.dialect.name == "postgresql"
    order = [
        column.collate("C") if is_postgresql and isinstance(column.type, String) else column
        for column in table.primary_key.columns
    ]
    statement = select(table).order_by(*order).execution_options(yield_per=_AT_A_TIME)
    return connection.execute(statement)


def _insert(table: Table, rows: list[Row[Any]], connection: Connection) -> None:
    connection.execute(insert(table), [row._asdict() for row in rows])


def _holds_rows(connection: Connection) -> bool:
    tables = (table for table in metadata.sorted_tables if table is not witness)
    return any(connection.execute(select(table).limit(1)).first() for table in tables)


def _empty(connection: Connection) -> None:
    for table in reversed(metadata.sorted_tables):
        connection.execute(delete(table))


def _number_after(connection: Connection) -> None:
    """Have PostgreSQL number what comes next after the rows copied with their numbers; SQLite does so by itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in metadata.sorted_tables:
        number = table.autoincrement_column
        if number is not None and isinstance(number.type, Integer):
            last = connection.execute(select(func.max(number))).scalar()
            sequence = {"table": table.name, "column": number.name, "next": (last or 0) + 1}
            connection.execute(text("SELECT setval(pg_get_serial_sequence(:table, :column), :next, false)"), sequence)
