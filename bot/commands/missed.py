"""`tevo missed`: what people asked in vain, grouped by likeness."""

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from bot.commands.french_click import FrenchCommand
from bot.commands.setup import in_stores, with_content
from bot.sentences import tell
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.team.groups import Group
    from knowledge.content.models import Content

_WORDINGS = 3  # of a group, beside the first


@click.command(cls=FrenchCommand, help=tell("help_missed"))
@click.option("--all", "every", is_flag=True, help=tell("help_missed_all"))
def missed(every: bool) -> int:
    """The groups, the largest first."""

    def work(settings: Settings, content: "Content") -> None:
        groups = read_groups(settings, content)
        for group in groups:
            for line in _described(group, every):
                click.echo(line)
        if not groups:
            click.echo(tell("missed_none"))

    return with_content(work)


def read_groups(settings: Settings, content: "Content") -> "list[Group]":
    """What is kept of questions asked in vain, grouped."""
    from bot.settings import models_folder  # noqa: PLC0415
    from bot.team.groups import grouped  # noqa: PLC0415
    from bot.team.subject import Subject  # noqa: PLC0415
    from knowledge.understanding.understanding import Understanding  # noqa: PLC0415

    kept = in_stores(settings, lambda _, __, stores: stores.feedback.missed_questions())
    return grouped(kept, Subject(content, Understanding(content, models_folder()).matcher.lexicon)) if kept else []


def _described(group: "Group", every: bool) -> Iterable[str]:
    first, *others = group.wordings
    first_day, last_day = min(group.days), max(group.days)
    days = f"{first_day}" if first_day == last_day else tell("missed_days", first=first_day, last=last_day)
    yield tell("missed_group", n=group.size, question=first, days=days)
    for question in others if every else others[:_WORDINGS]:
        yield tell("missed_also", question=question)
    yield tell("missed_why", whys=_counted({tell(f"vain_{why}"): n for why, n in group.whys.items()}))
    for key, counts in (("missed_answered", group.answered), ("missed_nearest", group.nearest)):
        if counts:
            yield tell(key, topics=_counted(counts))


def _counted(counts: "Counter[str] | dict[str, int]") -> str:
    return ", ".join(f"{name} ({n})" for name, n in Counter(counts).most_common(3))
