"""`tevo chat`, `tevo run` and `tevo health`: the assistant talks, here or on Telegram."""

import gc
import sys
from datetime import date
from importlib import metadata

import click

from bot.commands.french_click import FrenchCommand
from bot.commands.setup import clock, today_option, with_content, with_settings
from bot.health import live_version, report
from bot.sentences import tell
from bot.settings import Settings, models_folder
from knowledge.content.models import Content
from knowledge.loading import load
from knowledge.words.errors import ContentError


@click.command(cls=FrenchCommand, help=tell("help_chat"))
@click.option("--json", "as_json", is_flag=True, help=tell("help_chat_json"))
@today_option
def chat(as_json: bool, today: date | None) -> int:
    """Talk to the assistant in the terminal, or have a program talk to it."""

    def talk(settings: Settings, content: Content) -> None:
        from bot.running import chat, turns  # noqa: PLC0415

        _prepared()
        (turns if as_json else chat)(settings, content, clock(today))

    if sys.stdout.isatty() and not as_json:  # somebody waits: seconds, and more the first time
        click.echo(tell("chat_begins"))
    return with_content(talk, before=_prepare)


@click.command(cls=FrenchCommand, name="run", help=tell("help_run"))
@today_option
def run_bot(today: date | None) -> int:
    """Serve Telegram."""

    def answer(settings: Settings, content: Content) -> None:
        from bot.running import serve  # noqa: PLC0415

        _prepared()
        serve(settings, content, clock(today))

    return with_content(answer, before=_prepare)


@click.command(cls=FrenchCommand, help=tell("help_health"))
def health() -> int:
    """Whether the running bot is well."""

    def say(settings: Settings) -> int:
        well, sentence = report(settings)
        click.echo(sentence)
        return 0 if well else 1

    return with_settings(say)


@click.command(cls=FrenchCommand, help=tell("help_version_command"))
def version() -> int:
    """Of the assistant, of the content in the folder, and of the one in service."""

    def say(settings: Settings) -> None:
        click.echo(tell("version", version=metadata.version("tevo")))
        try:
            found = load(settings.content, kept=models_folder()).version
            click.echo(tell("version_content", folder=settings.content, version=found))
        except ContentError:
            click.echo(tell("version_wrong", folder=settings.content))
        live = live_version(settings)
        click.echo(tell("version_live", version=live) if live else tell("version_none"))

    return with_settings(say)


def _prepare(settings: Settings) -> None:
    """Import all that serves while, at a first start, another process reads the content and learns from it.

    Garbage is not looked for until `_prepared`: aiogram's half a million objects stay, and looking takes 0.4 s.
    """
    from bot.learning_apart import learnt_apart  # noqa: PLC0415  (numpy: not for all commands)

    gc.disable()
    with learnt_apart(settings.content, models_folder()):
        import bot.running  # noqa: F401, PLC0415


def _prepared() -> None:
    """All that stays is there: garbage is among the rest."""
    gc.freeze()
    gc.enable()
