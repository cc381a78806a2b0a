"""`tevo purge`, `tevo rotate-key`, `tevo missed`: what is kept, for the operator and the team."""

import time
from datetime import date

import click

from bot.commands.french_click import FrenchCommand
from bot.commands.setup import in_database, with_settings
from bot.sentences import tell
from bot.settings import Settings, SettingsError


@click.command(cls=FrenchCommand, help=tell("help_purge"))
def purge() -> int:
    """Delete what is past its time, as the running bot does."""

    def work(settings: Settings) -> None:
        from bot.memory.retention import Retention, purge  # noqa: PLC0415

        limits, files = Retention.of(settings), settings.mail_files
        for reference in in_database(settings, lambda database, _: purge(database, time.time(), limits, files)):
            click.echo(tell("team_dossier_expired", reference=reference))
        click.echo(tell("purged"))

    return with_settings(work)


@click.command(name="rotate-key", cls=FrenchCommand, help=tell("help_rotate_key"))
def rotate_key() -> int:
    """Seal everything with the new key; the bot must be stopped."""

    def work(settings: Settings) -> int:
        from bot.health import only_one  # noqa: PLC0415
        from bot.memory.rotation import rotate  # noqa: PLC0415

        if settings.data_key_old is None:
            raise SettingsError(tell("key_old_missing"))
        old = settings.data_key_old.get_secret_value().encode()
        with only_one(settings.data):
            done = in_database(settings, lambda database, new: rotate(database, old, new))
        click.echo(tell("rotated", n=done.sealed))
        if done.unreadable:
            click.echo(tell("rotated_not", n=done.unreadable), err=True)
        return 1 if done.unreadable else 0

    return with_settings(work)


@click.command(cls=FrenchCommand, help=tell("help_missed"))
def missed() -> int:
    """The questions that found no answer, masked, with their day."""

    def work(settings: Settings) -> None:
        from bot.cipher import Cipher  # noqa: PLC0415
        from bot.memory.feedback import SqlFeedback  # noqa: PLC0415
        from bot.pseudonyms import Pseudonyms  # noqa: PLC0415

        kept = in_database(
            settings,
            lambda database, key: SqlFeedback(database, Pseudonyms(key), Cipher(key), date.today).missed_questions(),
        )
        for day, question in kept:
            click.echo(f"{day}  {question}")
        if not kept:
            click.echo(tell("missed_none"))

    return with_settings(work)
