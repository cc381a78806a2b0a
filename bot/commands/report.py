"""`tevo report`: a page and a table of what the assistant did."""

import gc
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.commands.french_click import FrenchCommand
from bot.commands.missed import groups_of, undecided, understanding_of
from bot.commands.setup import in_database, paris_today, with_content
from bot.private_files import replace_private
from bot.sentences import tell
from bot.settings import Settings
from knowledge.words.errors import TevoError

if TYPE_CHECKING:
    from bot.database.database import Database
    from knowledge.content.models import Content

_DEFAULT = "rapport.html"


class UnwritableError(TevoError):
    """A file cannot be written there: one line."""


@click.command(cls=FrenchCommand, help=tell("help_report"))
@click.argument(
    "file", required=False, type=click.Path(path_type=Path), default=_DEFAULT, metavar=tell("takes_html_file")
)
def report(file: Path) -> int:
    """Write both; their names are printed."""

    def work(settings: Settings, content: "Content") -> None:
        from bot.team.patches import files_of  # noqa: PLC0415
        from bot.team.report import Material, Report  # noqa: PLC0415
        from knowledge.register.authorities import region_names  # noqa: PLC0415

        kept = in_database(settings, _read)
        understanding = understanding_of(content)
        groups = groups_of(undecided(kept.pop("missed"), settings, content), understanding)
        material = Material(**kept, groups=groups, files=files_of(settings.content), regions=region_names())
        made = Report(material, content, paris_today(), understanding.pointing)
        table = file.with_suffix(".csv")
        write_page(file, made.html(table.name))
        write_page(table, made.csv(), encoding="utf-8-sig")  # with its mark, spreadsheets read the accents

    gc.disable()  # nearly all that is made stays until the end: looking for garbage took a twelfth of the time
    try:
        return with_content(work)
    finally:
        gc.enable()


def write_page(path: Path, text: str, encoding: str = "utf-8") -> None:
    """Write a file for this account only, and print its name. Raises UnwritableError."""
    try:
        replace_private(path, text.encode(encoding))
    except OSError:
        raise UnwritableError(tell("file_unusable", path=path)) from None
    click.echo(path)


async def _read(database: "Database", key: bytes) -> dict[str, Any]:
    """What the database tells; not by all of `bot.stores`, with which aiogram comes, and two seconds."""
    from bot.alerts.queue import AlertQueue  # noqa: PLC0415
    from bot.dossiers.desk import Desk  # noqa: PLC0415
    from bot.keeping import Keys  # noqa: PLC0415
    from bot.memory.counts import SqlCounts  # noqa: PLC0415
    from bot.memory.feedback import SqlFeedback  # noqa: PLC0415
    from bot.team.figures import PERIODS  # noqa: PLC0415

    keys = Keys.of(key)
    feedback = SqlFeedback(database, keys.pseudonyms, keys.cipher, paris_today)
    queue = AlertQueue(database, keys.cipher)
    first = paris_today() - timedelta(days=PERIODS[-1])
    return {
        "counts": await SqlCounts(database, keys.pseudonyms, paris_today).since(first),
        "votes": await feedback.opinions(),
        "missed": await feedback.missed_questions(),
        "dossiers": await Desk(database, keys.cipher).lines(),
        "subscribers": await queue.subscribers(),
        "announcements": await queue.progress(),
    }
