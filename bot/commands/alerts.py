"""`tevo alerts …`: tell subscribers what changed in the calendar."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import click

from bot.commands.french_click import FrenchCommand, FrenchGroup, is_confirmed
from bot.commands.setup import in_database, paris_now, with_content, with_settings
from bot.health import live_version
from bot.sentences import tell
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.alerts.queue import AlertQueue, AnnouncementProgress, Publication
    from knowledge.content.models import Content

T = TypeVar("T")

_LOOK = 0.5  # seconds between two looks at the progress


@dataclass(frozen=True)
class _Draft:
    """What would be sent, to how many."""

    since: "Publication"
    body: str
    calls: int
    """New ones."""
    dates: int
    """Changed ones."""
    subscribers: int


@click.group(cls=FrenchGroup, subcommand_metavar=tell("subcommand"), help=tell("help_alerts"))
def alerts() -> None:
    """What subscribers are told."""


@alerts.command(cls=FrenchCommand, help=tell("help_alerts_preview"))
def preview() -> int:
    """What is new since the last publication, and the message as people will see it."""

    def work(settings: Settings, content: "Content") -> int:
        return _not_live(settings, content) or _show(_with_queue(settings, lambda queue: _draft(queue, content)))

    return with_content(work)


@alerts.command(cls=FrenchCommand, help=tell("help_alerts_send"))
@click.option("--yes", is_flag=True, help=tell("help_yes"))
def send(yes: bool) -> int:
    """Queue it for every subscriber, once confirmed; the running bot sends it."""

    def work(settings: Settings, content: "Content") -> int:
        if _not_live(settings, content):
            return 1
        draft = _with_queue(settings, lambda queue: _draft(queue, content))
        if _show(draft) or draft is None:
            return 1
        if not (yes or is_confirmed(tell("alerts_confirm"))):
            click.echo(tell("alerts_not_sent"))
            return 1
        number = draft.since.number
        told = _with_queue(settings, lambda queue: queue.publish(number, content.calls, draft.body))
        if told is None:
            click.echo(tell("alerts_overtaken"), err=True)
            return 1
        click.echo(tell("alerts_queued", n=told))
        return 0

    return with_content(work)


@alerts.command(cls=FrenchCommand, help=tell("help_alerts_watch"))
def watch() -> int:
    """A progress bar for each announcement that is on its way, until all have left."""
    return with_settings(lambda settings: _with_queue(settings, _watch))


async def _draft(queue: "AlertQueue", content: "Content") -> _Draft | None:
    """None before the first start, when there is nothing to compare with, and when nothing is new."""
    from knowledge.dates.alert_letter import AlertLetter  # noqa: PLC0415
    from knowledge.dates.calendar_changes import NewCall, changes  # noqa: PLC0415

    since = await queue.published()
    if since is None or content.calendar is None:
        return None
    now = paris_now()
    found = changes(since.calls, content.calls, now)
    if not found:
        return None
    new = sum(isinstance(change, NewCall) for change in found)
    body = AlertLetter(content, content.calendar.alerts, now).publication(found)
    return _Draft(since, body, new, len(found) - new, await queue.subscribers())


def _not_live(settings: Settings, content: "Content") -> int:
    """1, said in a sentence, where an assistant in service would not tell people what is about to be announced."""
    live = live_version(settings)
    if live in (None, content.version):
        return 0
    click.echo(tell("alerts_not_live", version=content.version, live=live), err=True)
    return 1


def _show(draft: _Draft | None) -> int:
    from knowledge.words.markup import parse, plain_text  # noqa: PLC0415

    if draft is None:
        click.echo(tell("alerts_nothing"))
        return 1
    click.echo(tell("alerts_summary", calls=draft.calls, dates=draft.dates, n=draft.subscribers))
    click.echo(f"\n{plain_text(parse(draft.body))}\n")
    return 0


async def _watch(queue: "AlertQueue") -> int:
    import asyncio  # noqa: PLC0415

    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn  # noqa: PLC0415
    from rich.progress import Progress as Bars  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bars(*columns) as bars:
        tasks: dict[str, int] = {}
        while True:
            known = await queue.progress()
            for one in known:
                if one.open and one.announcement not in tasks:
                    tasks[one.announcement] = bars.add_task(one.announcement, total=one.total)
                if one.announcement in tasks:
                    bars.update(tasks[one.announcement], completed=one.total - one.open)  # type: ignore[arg-type]
            if not any(one.open for one in known):
                break
            await asyncio.sleep(_LOOK)
    for one in known:
        click.echo(_described(one))
    if not known:
        click.echo(tell("alerts_none"))
    return 0


def _described(one: "AnnouncementProgress") -> str:
    from bot.alerts.queue import AlertState  # noqa: PLC0415

    counts = {state.value: one.counts.get(state, 0) for state in AlertState}
    return tell("alerts_line", announcement=one.announcement, total=one.total, left=one.left, **counts)


def _with_queue(settings: Settings, work: "Callable[[AlertQueue], Awaitable[T]]") -> T:
    """What `work` finds, the database being open meanwhile."""
    from bot.alerts.queue import AlertQueue  # noqa: PLC0415
    from bot.cipher import Cipher  # noqa: PLC0415

    return in_database(settings, lambda database, key: work(AlertQueue(database, Cipher(key))))
