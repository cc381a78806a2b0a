"""`tevo inbox …`: the messages received that were put aside or still wait, for the operator."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

import click

from bot.commands.french_click import FrenchCommand, FrenchGroup
from bot.commands.setup import in_database, with_settings
from bot.sentences import tell
from bot.settings import Settings
from knowledge.content.calendar import PARIS

if TYPE_CHECKING:  # loaded by the command that runs
    from bot.telegram.aside import Aside

T = TypeVar("T")


@click.group(cls=FrenchGroup, subcommand_metavar=tell("subcommand"), help=tell("help_inbox"))
def inbox() -> None:
    """The messages received."""


@inbox.command(name="list", cls=FrenchCommand, help=tell("help_inbox_list"))
def list_inbox() -> int:
    """One line a message, without anything personal."""

    def work(settings: Settings) -> None:
        lines = _in(settings, lambda aside: aside.lines())
        for line in lines:
            moment = datetime.fromtimestamp(line.received_at, PARIS)
            state = tell(f"inbox_{line.state}")
            shown = {"number": line.update_id, "state": state, "moment": f"{moment:%Y-%m-%d %H:%M}"}
            click.echo(tell("inbox_line", reason=line.reason, **shown).rstrip())
        if not lines:
            click.echo(tell("inbox_empty"))

    return with_settings(work)


@inbox.command(cls=FrenchCommand, help=tell("help_inbox_show"))
@click.argument("number", type=int, metavar=tell("takes_number"))
def show(number: int) -> int:
    """The message as Telegram gave it: what the person wrote is in it."""

    def work(settings: Settings) -> int:
        text = _in(settings, lambda aside: aside.shown(number))
        if text is None:
            return _unknown(number)
        click.echo(text)
        return 0

    return with_settings(work)


@inbox.command(cls=FrenchCommand, help=tell("help_inbox_retry"))
@click.argument("number", type=int, metavar=tell("takes_number"))
def retry(number: int) -> int:
    """Have it handled again, by the assistant that runs or at its next start."""

    def work(settings: Settings) -> int:
        if not _in(settings, lambda aside: aside.retry(number)):
            return _unknown(number)
        click.echo(tell("inbox_retried", number=number))
        return 0

    return with_settings(work)


def _in(settings: Settings, work: Callable[["Aside"], Awaitable[T]]) -> T:
    from bot.cipher import Cipher  # noqa: PLC0415
    from bot.telegram.aside import Aside  # noqa: PLC0415

    return in_database(settings, lambda database, key: work(Aside(database, Cipher(key))))


def _unknown(number: int) -> int:
    click.echo(tell("inbox_unknown", number=number), err=True)
    return 1
