"""`tevo banner`: what is said for a while at the head of replies, without deploying anything."""

from datetime import datetime

import click
from pydantic import ValidationError

from bot.banner import BannerFile
from bot.commands.french_click import FrenchCommand
from bot.commands.setup import paris_now, with_settings
from bot.sentences import tell
from bot.settings import Settings
from knowledge.content.banner import Banner


@click.command(cls=FrenchCommand, help=tell("help_banner"))
@click.argument("text", required=False, metavar=tell("takes_text"))
@click.option("--until", metavar=tell("takes_moment"), help=tell("help_banner_until"))
@click.option("--off", is_flag=True, help=tell("help_banner_off"))
def banner(text: str | None, until: str | None, off: bool) -> int:
    """Set it, take it away, or show what is set."""
    return with_settings(lambda settings: _change(settings, text, until, off=off, now=paris_now()))


def _change(settings: Settings, text: str | None, until: str | None, *, off: bool, now: datetime) -> int:
    file = BannerFile(settings.data)
    if off:
        file.remove()
    elif text is not None:
        try:
            wanted = Banner.model_validate({"text": text, "until": until})
        except ValidationError as error:
            key = "banner_bad_text" if error.errors()[0]["loc"] == ("text",) else "banner_bad_until"
            click.echo(tell(key, value=until or ""), err=True)
            return 1
        if wanted.until <= now:
            click.echo(tell("banner_over", until=_written(wanted.until)), err=True)
            return 1
        file.write(wanted)
    found = file.read()
    if found and found.until > now:
        click.echo(tell("banner_on", text=found.text, until=_written(found.until)))
    else:
        click.echo(tell("banner_none"))
    return 0


def _written(at: datetime) -> str:
    return at.strftime(tell("banner_moment"))
