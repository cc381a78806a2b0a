"""`tevo missed`: what people asked in vain, grouped by likeness."""

import sys
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

import click

from bot.commands.french_click import FrenchCommand
from bot.commands.setup import in_database, paris_today, with_content
from bot.sentences import tell
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.database.database import Database
    from bot.team.groups import Group
    from knowledge.content.models import Content
    from knowledge.feedback import Missed
    from knowledge.understanding.understanding import Understanding

_WORDINGS = 3  # of a group, beside the first
_MANY = 500  # questions that take a moment to group


@click.command(cls=FrenchCommand, help=tell("help_missed"))
@click.option("--all", "every", is_flag=True, help=tell("help_missed_all"))
def missed(every: bool) -> int:
    """The groups, the largest first."""

    def work(settings: Settings, content: "Content") -> None:
        groups = read_groups(settings, understanding_of(content))
        for group in groups:
            for line in _described(group, every):
                click.echo(line)
        if not groups:
            click.echo(tell("missed_none"))

    return with_content(work)


def understanding_of(content: "Content") -> "Understanding":
    """Reads questions by what the assistant has learnt of the content."""
    from bot.settings import models_folder  # noqa: PLC0415
    from knowledge.understanding.understanding import Understanding  # noqa: PLC0415

    return Understanding(content, models_folder())


def read_groups(settings: Settings, understanding: "Understanding") -> "list[Group]":
    """What is kept of questions asked in vain, grouped."""
    from bot.keeping import Keys  # noqa: PLC0415
    from bot.memory.feedback import SqlFeedback  # noqa: PLC0415

    async def read(database: "Database", key: bytes) -> "list[tuple[date, Missed]]":
        keys = Keys.of(key)
        return await SqlFeedback(database, keys.pseudonyms, keys.cipher, paris_today).missed_questions()

    return groups_of(undecided(in_database(settings, read), settings, understanding.content), understanding)


def undecided(kept: "list[tuple[date, Missed]]", settings: Settings, content: "Content") -> "list[tuple[date, Missed]]":
    """Those that the content does not answer otherwise by now, and that nobody decided to leave as they are."""
    from bot.team.decisions import Decisions  # noqa: PLC0415

    known = {phrase: topic.id for topic in content.topics.values() for phrase in topic.phrasings}
    known |= dict.fromkeys(content.off_topic, "")
    decisions = Decisions(settings.data)
    noted = decisions.noted()
    questions = ((day, missed) for day, missed in kept if not _is_mended(missed, known, content))
    return [(day, missed) for day, missed in questions if not decisions.has(missed.question, noted)]


def _is_mended(missed: "Missed", known: dict[str, str], content: "Content") -> bool:
    """Whether the question is a phrasing of another entry by now than of those that answered it."""
    return missed.question in known and known[missed.question] not in map(content.current, missed.answered)


def groups_of(kept: "list[tuple[date, Missed]]", understanding: "Understanding") -> "list[Group]":
    """These questions, grouped; with a progress bar where somebody waits in front of a terminal."""
    from bot.team.groups import group_questions  # noqa: PLC0415
    from bot.team.subject import Subject  # noqa: PLC0415

    if not kept:
        return []
    subject = Subject(understanding.matcher)
    bar = click.progressbar(length=len(kept), label=tell("report_grouping"), file=sys.stderr, hidden=len(kept) < _MANY)
    with bar:
        return group_questions(kept, subject, bar.update)


def _described(group: "Group", every: bool) -> Iterable[str]:
    from bot.team.groups import commonest  # noqa: PLC0415

    first, *others = group.wordings
    first_day, last_day = min(group.days), max(group.days)
    days = f"{first_day}" if first_day == last_day else tell("missed_days", first=first_day, last=last_day)
    yield tell("missed_group", n=group.size, question=first, days=days)
    for question in others if every else others[:_WORDINGS]:
        yield tell("missed_also", question=question)
    yield tell("missed_why", whys=commonest({tell(f"vain_{why}"): n for why, n in group.whys.items()}))
    for key, counts in (("missed_answered", group.answered), ("missed_nearest", group.nearest)):
        if counts:
            yield tell(key, topics=commonest(counts))
