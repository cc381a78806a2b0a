"""Changes of the tables, in order: `versions/v0001.py`, `v0002.py`…

Alembic is imported only when there is something to change: a start does not pay for it, the first one neither.
"""

from pathlib import Path

from sqlalchemy import Column, Connection, MetaData, String, Table, inspect, select, text

from bot.database import tables
from bot.sentences import tell
from knowledge.words.errors import TevoError

FOLDER = Path(__file__).parent
_version = Table("alembic_version", MetaData(), Column("version_num", String(32), primary_key=True))
"""Alembic's own table: which change was the last."""

REVISIONS = tuple(sorted(path.stem.removeprefix("v") for path in FOLDER.glob("versions/v*.py")))


class SchemaError(TevoError):
    """The tables come from a newer version of the assistant: one line for the operator."""


def are_needed(connection: Connection) -> bool:
    """Whether the tables are older than the code. Raises SchemaError when they are newer."""
    if not inspect(connection).has_table(_version.name):
        return True
    found = connection.execute(select(_version)).scalar()
    if found is not None and found not in REVISIONS:
        raise SchemaError(tell("schema_newer", found=found, known=REVISIONS[-1]))
    return bool(found != REVISIONS[-1])


def bring_up_to_date(connection: Connection) -> None:
    """Make the tables, or change them, within the connection's transaction: all of it or nothing."""
    if connection.dialect.name == "postgresql":  # two processes that start together; SQLite has locked already
        connection.execute(text("SELECT pg_advisory_xact_lock(7303014)"))
    if inspect(connection).get_table_names():
        upgrade(connection)
        return
    tables.metadata.create_all(connection)  # as all the changes would leave them: a test compares
    _version.create(connection)
    connection.execute(_version.insert().values(version_num=REVISIONS[-1]))


def upgrade(connection: Connection, to: str = "head") -> None:
    """Make every change that the tables do not have yet, up to that one."""
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, to)
