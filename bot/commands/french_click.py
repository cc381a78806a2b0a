"""Click, speaking French: help headings and usage errors."""

import difflib
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

import click
from click.formatting import HelpFormatter

from bot.sentences import tell


class _French:
    """What click would say in English around a command's own help."""

    def format_usage(self, ctx: click.Context, formatter: HelpFormatter) -> None:
        """« Usage : tevo ask [OPTIONS] »."""
        assert isinstance(self, click.Command)
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=tell("usage"))

    def get_help_option(self, ctx: click.Context) -> click.Option:
        """-h and --help, with their line in French."""
        return click.Option(
            ["-h", "--help"],
            is_flag=True,
            expose_value=False,
            is_eager=True,
            callback=_show_help,
            help=tell("help_help"),
        )


class FrenchCommand(_French, click.Command):
    """A command whose usage and help are in French."""


class FrenchGroup(_French, click.Group):
    """A group of commands whose usage and help are in French."""

    command_class = FrenchCommand

    def format_commands(self, ctx: click.Context, formatter: HelpFormatter) -> None:
        """The list of commands under a French heading."""
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        rows = [(name, command.get_short_help_str(200)) for name, command in commands if command]
        with formatter.section(tell("commands")):
            formatter.write_dl(rows)


class LazyGroup(FrenchGroup):
    """A group whose commands are imported when they are asked for. `places`: `module:function`, by name."""

    def __init__(self, *, places: Mapping[str, str], **settings: Any) -> None:
        super().__init__(**settings)
        self._places = places

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, in order."""
        return sorted(self._places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name; None where there is none."""
        place = self._places.get(cmd_name)
        if place is None:
            return None
        module, _, function = place.partition(":")
        found: click.Command = getattr(import_module(f"bot.commands.{module}"), function)
        return found


def _show_help(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        click.echo(ctx.get_help())
        ctx.exit()


def said(error: click.ClickException) -> str:
    """A usage error in one French line."""
    match error:
        case click.NoSuchOption():
            return tell("no_such_option", name=error.option_name)
        case click.NoSuchCommand():
            return _no_such_command(error)
        case click.exceptions.NoArgsIsHelpError() if error.ctx:
            return error.ctx.get_help()
        case click.MissingParameter() if error.ctx:
            return tell("bad_usage", command=error.ctx.command_path)
        case click.BadParameter():
            name = error.param.opts[0] if error.param else ""
            return tell("bad_parameter", name=name, what=error.message)
        case click.UsageError() if error.ctx and error.ctx.command is not error.ctx.find_root().command:
            return tell("bad_usage", command=error.ctx.command_path)
    return tell("bad_usage", command="tevo")


def _no_such_command(error: click.NoSuchCommand) -> str:
    group = error.ctx.command if error.ctx else None
    known = group.list_commands(error.ctx) if error.ctx and isinstance(group, click.Group) else []
    if near := difflib.get_close_matches(error.command_name, known, n=1):
        return tell("no_such_command_near", name=error.command_name, near=near[0])
    return tell("no_such_command", name=error.command_name)


def run(command: Callable[..., Any]) -> int:
    """Run the command line; its exit code. A wrong call is one line on standard error, and 2."""
    try:
        result = command(standalone_mode=False)
    except click.ClickException as error:
        click.echo(said(error), err=True)
        return 2
    except (click.Abort, KeyboardInterrupt):
        return 130
    return result if isinstance(result, int) else 0


def is_confirmed(question: str) -> bool:
    """Whether whoever runs the command writes « oui »."""
    written: str = click.prompt(question, default="", show_default=False)
    return written.strip().lower() == tell("confirmed")
