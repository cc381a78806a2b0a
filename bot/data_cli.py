"""`tevo purge`, `tevo rotate-key`, `tevo missed`: what is kept, for the operator and the team."""

import time
from collections.abc import Callable, Coroutine
from datetime import date

import click

from bot.cli_setup import with_settings
from bot.french_click import FrenchCommand
from bot.operator_texts import tell
from bot.settings import Settings, SettingsError


@click.command(cls=FrenchCommand, help=tell("help_purge"))
def purge() -> int:
    """Delete what is past its time, as the running bot does."""
    return _run(_purge)


@click.command(name="rotate-key", cls=FrenchCommand, help=tell("help_rotate_key"))
def rotate_key() -> int:
    """Seal everything with the new key; the bot must be stopped."""
    return _run(_rotate)


@click.command(cls=FrenchCommand, help=tell("help_missed"))
def missed() -> int:
    """The questions that found no answer, masked, with their day."""
    return _run(_missed)


def _run(work: Callable[[Settings], Coroutine[None, None, int | None]]) -> int:
    import asyncio  # noqa: PLC0415

    return with_settings(lambda settings: asyncio.run(work(settings)))


async def _purge(settings: Settings) -> None:
    from bot.database import open_database  # noqa: PLC0415
    from bot.retention import Retention, purge  # noqa: PLC0415

    async with open_database(settings.database) as database:
        for reference in await purge(database, time.time(), Retention.of(settings), settings.mail_files):
            click.echo(tell("team_dossier_expired", reference=reference))
    click.echo(tell("purged"))


async def _rotate(settings: Settings) -> int:
    from bot.database import open_database  # noqa: PLC0415
    from bot.health import only_one  # noqa: PLC0415
    from bot.pseudonym import load_key  # noqa: PLC0415
    from bot.rotation import rotate  # noqa: PLC0415

    if settings.data_key_old is None:
        raise SettingsError(tell("key_old_missing"))
    old, new = settings.data_key_old.get_secret_value().encode(), load_key(settings)
    with only_one(settings.data):
        async with open_database(settings.database) as database:
            done = await rotate(database, old, new)
            await database.tidy()
    click.echo(tell("rotated", n=done.sealed))
    if done.unreadable:
        click.echo(tell("rotated_not", n=done.unreadable), err=True)
    return 1 if done.unreadable else 0


async def _missed(settings: Settings) -> None:
    from bot.cipher import Cipher  # noqa: PLC0415
    from bot.database import open_database  # noqa: PLC0415
    from bot.feedback import SqlFeedback  # noqa: PLC0415
    from bot.pseudonym import Pseudonyms, load_key  # noqa: PLC0415

    key = load_key(settings)
    async with open_database(settings.database) as database:
        kept = await SqlFeedback(database, Pseudonyms(key), Cipher(key), date.today).missed_questions()
    for day, question in kept:
        click.echo(f"{day}  {question}")
    if not kept:
        click.echo(tell("missed_none"))
