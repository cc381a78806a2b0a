"""`tevo stale`, `verify`, `retire`: reading the content again, and what then changes in its files."""

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands.french_click import FrenchCommand
from bot.commands.setup import paris_today, read_content, with_content, with_settings
from bot.sentences import tell
from bot.settings import Settings
from knowledge.words.content_files import FACTS, FORM

if TYPE_CHECKING:
    from bot.team.due import Due
    from knowledge.content.models import Content


@click.command(cls=FrenchCommand, help=tell("help_stale"))
@click.option("--within", type=click.IntRange(0), default=30, metavar=tell("takes_days"), help=tell("help_within"))
def stale(within: int) -> int:
    """What is to be read again by then, the most urgent first; 1 when something is late."""

    def work(settings: Settings, content: "Content") -> int:
        from bot.team.due import due  # noqa: PLC0415
        from bot.team.patches import files_of  # noqa: PLC0415

        today, files = paris_today(), files_of(settings.content)
        found = [one for one in due(content) if one.review_by <= today + timedelta(days=within)]
        for one in found:
            click.echo(_described(one, files.get(one.id, {"fact": FACTS}.get(one.kind, FORM))))
        if not found:
            click.echo(tell("stale_none", days=within))
        return int(any(one.days_late(today) > 0 for one in found))

    return with_content(work)


def _described(one: "Due", file: str) -> str:
    late = one.days_late(paris_today())
    when = tell("stale_late", days=late) if late > 0 else tell("stale_soon", day=f"{one.review_by:%d/%m/%Y}")
    return tell("stale_line", when=when, id=one.id, title=one.title, file=file)


@click.command(cls=FrenchCommand, help=tell("help_verify"))
@click.argument("names", nargs=-1, required=True, metavar=tell("takes_names"))
def verify(names: tuple[str, ...]) -> int:
    """Mark entries and facts as read today; the next day of reading is as far off as it was."""

    def work(settings: Settings) -> None:
        from bot.team.editing import mark_read  # noqa: PLC0415

        for name in names:
            again = mark_read(settings.content, name, paris_today())
            click.echo(tell("verified", name=name, day=f"{again:%d/%m/%Y}"))

    return with_settings(work)


def _bring_back(copy: Path, folder: Path) -> None:
    for path in copy.rglob("*.yaml"):
        there = folder / path.relative_to(copy)
        if path.read_bytes() != there.read_bytes():
            there.write_bytes(path.read_bytes())


@click.command(name="retire", cls=FrenchCommand, help=tell("help_retire"))
@click.argument("old", metavar=tell("takes_old_entry"))
@click.argument("new", metavar=tell("takes_new_entry"))
def retire_entry(old: str, new: str) -> int:
    """On a copy first: what would leave a mistake behind changes nothing."""

    def work(settings: Settings) -> int:
        from bot.team.editing import retire  # noqa: PLC0415

        with tempfile.TemporaryDirectory() as scratch:
            copy = Path(shutil.copytree(settings.content, Path(scratch) / "content"))
            retire(copy, old, new)
            if read_content(copy, today=paris_today()) is None:
                click.echo(tell("retire_not"), err=True)
                return 1
            _bring_back(copy, settings.content)
        click.echo(tell("retired", old=old, new=new))
        return 0

    return with_settings(work)
