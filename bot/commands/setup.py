"""What commands begin with: the settings and the content, or one line that says what to change."""

import sys
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TypeVar

import click

from bot.sentences import tell
from bot.settings import Settings, SettingsError, content_as_set, load_settings, models_folder
from knowledge.content.calendar import PARIS
from knowledge.words.errors import ContentError, TevoError

if TYPE_CHECKING:
    from bot.database.database import Database
    from bot.keeping import Keys
    from bot.stores import Stores
    from knowledge.content.models import Content
    from knowledge.words.errors import Problem

T = TypeVar("T")


def paris_now() -> datetime:
    """This moment, in Paris."""
    return datetime.now(PARIS)


def paris_today() -> date:
    """Today, in Paris."""
    return paris_now().date()


def read_settings() -> Settings | None:
    """The settings; their mistakes are printed."""
    try:
        return load_settings()
    except SettingsError as error:
        click.echo(str(error), err=True)
        return None


def read_content(
    folder: Path | None = None, *, today: date | None = None, advice: "list[Problem] | None" = None
) -> "Content | None":
    """The content of `folder`, by default the one in the settings; its mistakes are printed (the others: see load)."""
    from knowledge.loading import load  # noqa: PLC0415  (the models: not for the commands that show no content)

    if folder is None:
        settings = read_settings()
        if settings is None:
            return None
        folder = settings.content
    try:
        return load(folder, today=today, kept=None if today else models_folder(), advice=advice)
    except ContentError as error:
        click.echo(str(error), err=True)
        click.echo(tell("check_failed", n=len(error.problems), folder=folder), err=True)
        return None


def with_settings(work: Callable[[Settings], int | None]) -> int:
    """Run with the settings; a mistake of the operator's is one line, not a traceback."""
    settings = read_settings()
    if settings is None:
        return 1
    try:
        return work(settings) or 0
    except TevoError as error:
        click.echo(str(error), err=True)
        return 1


def with_content(
    work: "Callable[[Settings, Content], int | None]", before: Callable[[Settings], None] = lambda _: None
) -> int:
    """Run with the settings and their content, which says what the settings say of the team and of personal data.

    `before`: what is done before the content is read.
    """

    def prepared(settings: Settings) -> int | None:
        before(settings)
        content = read_content(settings.content)
        if content is None:
            return 1
        return work(settings, content_as_set(content, settings))

    return with_settings(prepared)


def in_database(settings: Settings, work: "Callable[[Database, bytes], Awaitable[T]]") -> T:
    """What `work` finds, given the database, open meanwhile, and the installation's key."""
    import asyncio  # noqa: PLC0415  (these, for the commands that need a database only)

    from bot.database.database import open_database  # noqa: PLC0415
    from bot.memory.witness import accepted_key  # noqa: PLC0415

    async def run(settings: Settings) -> T:
        async with open_database(settings.database) as database:
            return await work(database, await accepted_key(database, settings))

    with _as_kept(settings) as found:
        return asyncio.run(run(found))


def in_stores(settings: Settings, work: "Callable[[Database, Keys, Stores], Awaitable[T]]") -> T:
    """What `work` finds, given the database, open meanwhile, what follows from its key, and the stores."""
    import asyncio  # noqa: PLC0415

    from bot.stores import open_stores  # noqa: PLC0415

    async def run(settings: Settings) -> T:
        async with open_stores(settings, paris_today) as opened:
            return await work(*opened)

    with _as_kept(settings) as found:
        return asyncio.run(run(found))


@contextmanager
def _as_kept(settings: Settings) -> Iterator[Settings]:
    """These settings; where nothing was kept yet, those of an empty folder: a look leaves no file behind."""
    from bot.database.database import is_there  # noqa: PLC0415

    if is_there(settings.database):
        yield settings
        return
    click.echo(tell("nothing_kept", folder=settings.data), err=True)
    with TemporaryDirectory(prefix="tevo-") as folder:
        yield settings.model_copy(update={"data": Path(folder), "database_url": None})


class Moment(click.ParamType[date]):
    """A day written 2022-02-20, or a moment of it in Paris, 2022-02-20T17:30."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day or the moment. Fails with a sentence and an example."""
        text = str(value)
        try:
            return datetime.fromisoformat(text).replace(tzinfo=PARIS) if "T" in text else date.fromisoformat(text)
        except ValueError:
            self.fail(tell("bad_day", value=value), param, ctx)


def clock(today: date | None) -> Callable[[], date]:
    """What moment it is: the one asked for, or now."""
    return (lambda: today) if today else paris_now


today_option = click.option("--today", type=Moment(), metavar=tell("takes_moment"), help=tell("help_today"))


def lines_typed(said: Sequence[str] = ()) -> Iterator[str]:
    """What was said with the command, as one line; without it, the lines of standard input that hold something."""
    for line in [" ".join(said)] if said else sys.stdin:
        if line.strip():
            yield line.strip()
