"""`tevo preview`: the content as people see it, on one page."""

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands.effects import folder_of
from bot.commands.french_click import FrenchCommand
from bot.commands.report import write_page
from bot.commands.setup import paris_today, read_content, with_content
from bot.sentences import tell
from bot.settings import Settings

if TYPE_CHECKING:
    from knowledge.content.models import Content


@click.command(cls=FrenchCommand, help=tell("help_preview"))
@click.argument(
    "file", required=False, type=click.Path(path_type=Path), default="apercu.html", metavar=tell("takes_html_file")
)
@click.option("--since", metavar=tell("takes_revision"), help=tell("help_since"))
def preview(file: Path, since: str | None) -> int:
    """Write it; its name is printed."""

    def work(settings: Settings, content: "Content") -> int:
        from bot.team.preview import Preview  # noqa: PLC0415

        with tempfile.TemporaryDirectory() as scratch:
            before = read_content(folder_of(since, settings.content, Path(scratch))) if since else None
        if since and before is None:
            return 1
        write_page(file, Preview(content, paris_today(), before).html(since or ""))
        return 0

    return with_content(work)
