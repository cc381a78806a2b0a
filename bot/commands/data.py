"""`tevo purge`, `rotate-key`, `erase-again`, `votes`: what is kept, for the operator and the team."""

import time
from typing import TYPE_CHECKING

import click

from bot.commands.french_click import FrenchCommand
from bot.commands.setup import in_stores, paris_today, with_settings
from bot.sentences import tell
from bot.settings import Settings, SettingsError

if TYPE_CHECKING:
    from bot.database.database import Database
    from bot.keeping import Keys, Rotation
    from bot.stores import Stores


@click.command(cls=FrenchCommand, help=tell("help_purge"))
def purge() -> int:
    """Delete what is past its time, as the running bot does."""

    def work(settings: Settings) -> None:
        from bot.keeping import Retention  # noqa: PLC0415
        from bot.memory.retention import purge  # noqa: PLC0415
        from bot.stores import erasures_of  # noqa: PLC0415

        async def work_on(database: "Database", keys: "Keys", stores: "Stores") -> list[str]:
            return await purge(stores.all, database, erasures_of(settings, keys), time.time(), Retention.of(settings))

        for reference in in_stores(settings, work_on):
            click.echo(tell("team_dossier_expired", reference=reference))
        click.echo(tell("purged"))

    return with_settings(work)


@click.command(name="erase-again", cls=FrenchCommand, help=tell("help_erase_again"))
def erase_again() -> int:
    """After a backup was put back: erase who had asked for it since; the bot must be stopped."""

    def work(settings: Settings) -> None:
        from bot.health import only_one  # noqa: PLC0415
        from bot.stores import all_of_a_person  # noqa: PLC0415

        with only_one(settings.data):
            done = in_stores(settings, lambda *opened: all_of_a_person(settings, *opened).erase_again())
        click.echo(tell("erased_again", n=done))

    return with_settings(work)


@click.command(name="rotate-key", cls=FrenchCommand, help=tell("help_rotate_key"))
def rotate_key() -> int:
    """Seal everything with the new key; the bot must be stopped."""

    def work(settings: Settings) -> int:
        from bot.health import only_one  # noqa: PLC0415
        from bot.pseudonyms import load_key  # noqa: PLC0415

        if settings.data_key_old is None:
            raise SettingsError(tell("key_old_missing"))
        old = settings.data_key_old.get_secret_value().encode()
        with only_one(settings.data):
            import asyncio  # noqa: PLC0415  (for this command only)

            done = asyncio.run(_rotate(settings, old, load_key(settings)))
        click.echo(tell("rotated", n=done.sealed))
        if done.unreadable:
            click.echo(tell("rotated_not", n=done.unreadable), err=True)
        return 1 if done.unreadable else 0

    return with_settings(work)


async def _rotate(settings: Settings, old: bytes, new: bytes) -> "Rotation":
    from bot.database.database import open_database  # noqa: PLC0415
    from bot.keeping import Keys  # noqa: PLC0415
    from bot.memory.rotation import rotate  # noqa: PLC0415
    from bot.stores import Stores  # noqa: PLC0415

    async with open_database(settings.database) as database:
        stores = Stores.of(database, Keys.of(new), settings, paris_today)
        return await rotate(stores.all, database, old, new)


@click.command(name="votes", cls=FrenchCommand, help=tell("help_votes"))
def opinions() -> int:
    """How many people found each answer useful, or not."""

    def work(settings: Settings) -> None:
        kept = in_stores(settings, lambda _, __, stores: stores.feedback.opinions())
        for topic, useful, useless in kept:
            click.echo(tell("votes_line", topic=topic, useful=useful, useless=useless))
        if not kept:
            click.echo(tell("votes_none"))

    return with_settings(work)
