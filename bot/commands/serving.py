"""`tevo chat`, `tevo run` and `tevo health`: the assistant talks, here or on Telegram."""

import gc
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from importlib import metadata
from threading import Thread

import click

from bot.commands.french_click import FrenchCommand
from bot.commands.setup import clock, today_option, with_content, with_settings
from bot.health import live_version, report
from bot.sentences import tell
from bot.settings import Settings, models_folder
from knowledge.content.models import Content
from knowledge.loading import load
from knowledge.words.errors import ContentError

_MANY = 2_000
"""Phrasings from which learning takes longer than beginning a process."""


@click.command(cls=FrenchCommand, help=tell("help_chat"))
@click.option("--json", "as_json", is_flag=True, help=tell("help_chat_json"))
@today_option
def chat(as_json: bool, today: date | None) -> int:
    """Talk to the assistant in the terminal, or have a program talk to it."""

    def talk(settings: Settings, content: Content) -> None:
        _learn_beside(settings, content)
        with _many_imports():
            from bot.running import chat, turns  # noqa: PLC0415
        (turns if as_json else chat)(settings, content, clock(today))

    if sys.stdout.isatty() and not as_json:  # somebody waits: seconds, and more the first time
        click.echo(tell("chat_begins"))
    return with_content(talk)


@click.command(cls=FrenchCommand, name="run", help=tell("help_run"))
@today_option
def run_bot(today: date | None) -> int:
    """Serve Telegram."""

    def answer(settings: Settings, content: Content) -> None:
        _learn_beside(settings, content)
        with _many_imports():
            from bot.running import serve  # noqa: PLC0415
        serve(settings, content, clock(today))

    return with_content(answer)


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


def _learn_beside(settings: Settings, content: Content) -> None:
    """At a first start, have another process learn a half of what is learnt, meanwhile.

    Whatever becomes of it, what it has not kept is learnt here.
    """
    from knowledge.conversation.dialogue_reader import conversation_reader  # noqa: PLC0415  (not for all commands)

    models = models_folder()
    if models is None or sum(len(topic.phrasings) for topic in content.topics.values()) < _MANY:
        return
    if conversation_reader(content, models).is_learnt:
        return
    process = subprocess.Popen(  # noqa: S603 (this very program)
        [sys.executable, "-m", "bot.learning", str(settings.content), str(models), "beside"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    Thread(target=process.wait, daemon=True).start()


@contextmanager
def _many_imports() -> Iterator[None]:
    """Do not look for garbage meanwhile: aiogram's half a million objects stay, and looking takes 0.4 s.

    After the content is read: a mistake in it is told three seconds sooner.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
