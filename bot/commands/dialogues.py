"""`tevo check --dialogues`: the example conversations, held in a database that lasts as long as they do."""

import asyncio
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from bot.commands.setup import paris_today
from bot.settings import Settings
from bot.team.dialogues import TurnOutcome, hold, read_dialogues, scored
from knowledge.content.models import Content


def held(folder: Path, content: Content) -> bool:
    """Hold them all; whether none went otherwise than the content says. Raises LabelledError."""
    from bot.running import open_assistant  # noqa: PLC0415 (aiogram, which the rest of the check does without)

    async def run(settings: Settings, today: date) -> list[TurnOutcome]:
        async with open_assistant(settings, content, lambda: today) as ready:
            return [one for each in dialogues for one in await hold(each, ready.dispatcher)]

    dialogues = read_dialogues(folder)
    with TemporaryDirectory(prefix="tevo-") as data:
        outcomes = asyncio.run(run(Settings(content=folder, data=Path(data)), paris_today()))
    news = [one for one in outcomes if one.is_news]
    mended = [one for one in outcomes if one.is_mended]
    click.echo("\n".join([*map(str, [*news, *mended]), *scored(outcomes)]))
    return not news
