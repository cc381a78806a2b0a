"""`tevo backup`, `restore`, `database copy`: what is kept, copied whole and checked."""

from pathlib import Path

import click

from bot.commands.french_click import FrenchCommand, FrenchGroup
from bot.commands.setup import in_stores, with_settings
from bot.sentences import tell
from bot.settings import Settings, SettingsError

_path = click.argument("path", type=click.Path(dir_okay=False, path_type=Path), metavar=tell("takes_file"))


@click.command(cls=FrenchCommand, help=tell("help_backup"))
@_path
def backup(path: Path) -> int:
    """Copy the database into a file, the bot running or not."""

    def work(settings: Settings) -> None:
        import asyncio  # noqa: PLC0415  (these, for the commands that need a database only)

        from bot.memory.backup import back_up  # noqa: PLC0415

        click.echo(tell("backed_up", n=asyncio.run(back_up(settings, path)), path=path))

    return with_settings(work)


@click.command(cls=FrenchCommand, help=tell("help_restore"))
@_path
@click.option("--replace", "replaces", is_flag=True, help=tell("help_restore_replace"))
def restore(path: Path, replaces: bool) -> int:
    """Put a backup back, then erase who had asked for it since; the bot must be stopped."""

    def work(settings: Settings) -> None:
        import asyncio  # noqa: PLC0415

        from bot.health import only_one  # noqa: PLC0415
        from bot.memory.backup import restore  # noqa: PLC0415
        from bot.stores import all_of_a_person  # noqa: PLC0415

        with only_one(settings.data):
            count, waiting = asyncio.run(restore(settings, path, replaces=replaces))
            done = in_stores(settings, lambda *opened: all_of_a_person(settings, *opened).erase_again())
        click.echo(tell("restored", n=count))
        if waiting:
            click.echo(tell("restored_in_doubt", n=waiting))
        click.echo(tell("erased_again", n=done))

    return with_settings(work)


@click.group(cls=FrenchGroup, subcommand_metavar=tell("subcommand"), help=tell("help_database"))
def database() -> None:
    """The database as a whole."""


@database.command(name="copy", cls=FrenchCommand, help=tell("help_database_copy"))
def copy_database() -> int:
    """Copy every row to another database, which is empty; the bot must be stopped."""

    def work(settings: Settings) -> None:
        import asyncio  # noqa: PLC0415

        from bot.health import only_one  # noqa: PLC0415

        if settings.database_url_new is None:
            raise SettingsError(tell("database_new_missing"))
        with only_one(settings.data):
            click.echo(tell("database_copied", n=asyncio.run(_copied(settings))))

    return with_settings(work)


async def _copied(settings: Settings) -> int:
    from bot.database.copying import copy  # noqa: PLC0415
    from bot.database.database import open_database  # noqa: PLC0415
    from bot.memory.witness import accepted_key  # noqa: PLC0415

    new = settings.model_copy(update={"database_url": settings.database_url_new})
    async with open_database(settings.database) as source, open_database(new.database) as target:
        await accepted_key(source, settings)
        async with source.alone(), target.alone():
            return await copy(source, target)
