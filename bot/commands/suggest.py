"""`tevo suggest`: one of the edits that a group of questions asks for, made once its effect was seen."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands.effects import show_effect
from bot.commands.french_click import FrenchCommand, is_confirmed
from bot.commands.missed import read_groups, understanding_of
from bot.commands.setup import paris_today, with_content
from bot.sentences import tell
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.team.groups import Group
    from knowledge.content.models import Content
    from knowledge.understanding.understanding import Understanding

_MOST = 20
_Edit = Callable[[Path], Path]


@click.command(cls=FrenchCommand, help=tell("help_suggest"))
@click.argument("name", required=False, metavar=tell("takes_group"))
@click.option("--to", metavar=tell("takes_entry"), help=tell("help_suggest_to"))
@click.option("--off-topic", is_flag=True, help=tell("help_suggest_off"))
@click.option("--new", is_flag=True, help=tell("help_suggest_new"))
@click.option("--leave", is_flag=True, help=tell("help_suggest_leave"))
@click.option("--yes", is_flag=True, help=tell("help_yes"))
def suggest(name: str | None, to: str | None, off_topic: bool, new: bool, leave: bool, yes: bool) -> int:
    """Without a group: the groups. With one and a decision: its effect, a question, then the edit."""

    def work(settings: Settings, content: "Content") -> int:
        from bot.team.patches import group_name  # noqa: PLC0415

        understanding = understanding_of(content)
        groups = read_groups(settings, understanding)
        if name is None:
            return _list(groups)
        group = next((one for one in groups if group_name(one) == name), None)
        if group is None:
            click.echo(tell("suggest_unknown", name=name), err=True)
            return 1
        if leave:
            return _leave(settings, group)
        if new:
            return _write(settings, content, group)
        if not (to or off_topic):
            return _show(settings, understanding, group)
        return _apply(settings, _edit(group, to), yes=yes)

    return with_content(work)


def _list(groups: "list[Group]") -> int:
    from bot.team.patches import group_name  # noqa: PLC0415

    for group in groups[:_MOST]:
        click.echo(tell("suggest_line", name=group_name(group), n=group.size, question=group.wordings[0]))
    click.echo(tell("suggest_how") if groups else tell("missed_none"))
    return 0


def _show(settings: Settings, understanding: "Understanding", group: "Group") -> int:
    from bot.team.patches import files_of, group_name, patches  # noqa: PLC0415

    files, pointing = files_of(settings.content), understanding.pointing
    for patch in patches(group, understanding.content, files, paris_today(), pointing):
        click.echo(f"{patch.title}, {patch.file}\n{patch.text}")
        click.echo(tell("suggest_command", name=group_name(group), option=patch.option))
    click.echo(tell("suggest_leaving", name=group_name(group)))
    return 0


def _leave(settings: Settings, group: "Group") -> int:
    from bot.team.decisions import Decisions  # noqa: PLC0415

    Decisions(settings.data).note(group.wordings)
    click.echo(tell("suggest_left", n=len(group.wordings)))
    return 0


def _write(settings: Settings, content: "Content", group: "Group") -> int:
    """A new entry, for somebody to write: what is not written yet is a mistake that `tevo check` tells."""
    from bot.team.editing import add_entry  # noqa: PLC0415
    from bot.team.patches import NEW, files_of, patches  # noqa: PLC0415

    made = patches(group, content, files_of(settings.content), paris_today())
    stub = next(patch for patch in made if patch.kind == NEW)
    click.echo(tell("suggest_written", path=add_entry(settings.content, stub.file, stub.text)))
    return 0


def _edit(group: "Group", to: str | None) -> _Edit:
    from bot.team.editing import add_off_topic, add_phrasings  # noqa: PLC0415
    from bot.team.patches import MOST  # noqa: PLC0415

    phrases = group.wordings[:MOST]
    return lambda folder: add_phrasings(folder, to, phrases) if to else add_off_topic(folder, phrases)


def _apply(settings: Settings, edit: _Edit, *, yes: bool) -> int:
    """On a copy, to see what it changes; then, if it is wanted, for good."""
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(shutil.copytree(settings.content, Path(scratch) / "content"))
        edit(copy)
        if show_effect(settings.content, copy, paris_today()) is None:
            return 1
    if not (yes or is_confirmed(tell("suggest_confirm"))):
        click.echo(tell("suggest_not"))
        return 1
    click.echo(tell("suggest_done", path=edit(settings.content)))
    return 0
