"""A backup is a SQLite file with every row, whatever kind of database it comes from or goes back to."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, text, update
from sqlalchemy.exc import SQLAlchemyError

from bot.alerts.queue import AlertState
from bot.database.copying import copy
from bot.database.database import DatabaseError, open_database
from bot.database.tables import alerts, dossiers, replies
from bot.dossiers.reply_queue import ReplyState
from bot.memory.witness import accepted_key
from bot.private_files import create_private
from bot.sentences import tell
from bot.settings import Settings
from knowledge.submission import Delivery


async def back_up(settings: Settings, path: Path) -> int:
    """Copy the database into a new file while the assistant runs, then open that file; how many rows it holds.

    Raises TevoError: among others, when the file exists already, or what was written cannot be read back.
    """
    with _draft_of(path) as draft:
        async with open_database(settings.database) as database, open_database(_url(draft)) as backup:
            await accepted_key(database, settings)
            count = await copy(database, backup)
            await backup.tidy()
        await _check(draft, settings)
    return count


@contextmanager
def _draft_of(path: Path) -> Iterator[Path]:
    """A file for this account only, which gets its name at the end, if all went well; never over another."""
    draft = path.with_name(f"{path.name}.part")
    try:
        if path.exists():
            raise FileExistsError
        draft.unlink(missing_ok=True)
        create_private(draft, b"")
        yield draft
        os.link(draft, path)
    except FileExistsError:
        raise DatabaseError(tell("file_there", path=path)) from None
    except OSError:
        raise DatabaseError(tell("file_unusable", path=path)) from None
    finally:
        for left in path.parent.glob(f"{draft.name}*"):
            left.unlink(missing_ok=True)


async def restore(settings: Settings, path: Path, *, replaces: bool) -> tuple[int, int]:
    """Put every row of a backup into the database; how many, of which waited to be sent. The bot must be stopped.

    Raises TevoError: among others, when the backup is another key's, or the database holds rows already and these
    do not `replaces` them. Then nothing was changed.
    """
    with TemporaryDirectory(prefix="tevo-") as folder:  # of an older version, it is brought up to date: not the backup
        copied = Path(folder) / "backup.db"
        try:
            copyfile(path, copied)
        except OSError:
            raise DatabaseError(tell("backup_unreadable", path=path)) from None
        await _check(copied, settings)
        async with (
            open_database(_url(copied)) as backup,
            open_database(settings.database) as database,
            database.alone(),
        ):
            waiting = await backup.write(_as_in_hand)
            return await copy(backup, database, replaces=replaces), waiting


def _as_in_hand(connection: Connection) -> int:
    """What waited to be sent perhaps was since: the same doubt as of what a killed process had in hand; how much.

    So nobody is told twice, and a dossier goes again under its number, or waits for a person (TEVO_MAIL_DOUBT).
    """
    found = 0
    for table, in_hand in ((dossiers, Delivery.HANDING), (alerts, AlertState.SENDING), (replies, ReplyState.SENDING)):
        left = table.c.state.in_(("waiting", "sending"))
        found += connection.execute(update(table).where(left).values(state=in_hand, next_at=0)).rowcount
    return found


async def _check(path: Path, settings: Settings) -> None:
    """Raise TevoError unless the file is a whole database, of this key."""
    async with open_database(_url(path)) as database:
        try:
            (found,) = await database.read(text("PRAGMA integrity_check(1)"))
        except SQLAlchemyError:
            raise DatabaseError(tell("backup_unreadable", path=path)) from None
        if found[0] != "ok":
            raise DatabaseError(tell("backup_unreadable", path=path))
        await accepted_key(database, settings)


def _url(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"
