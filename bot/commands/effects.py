"""`tevo eval`, `tevo diff`: what the content makes of labelled messages, and what an edit changes for people."""

import io
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click
import yaml

from bot.commands.french_click import FrenchCommand
from bot.commands.setup import paris_today, read_content, with_settings
from bot.sentences import tell
from bot.settings import Settings, models_folder
from knowledge.words.errors import TevoError

if TYPE_CHECKING:
    from bot.team.evaluation import Evaluated, MessageChange
    from bot.team.labelled import Labelled
    from bot.team.rewording import EntryChange

ACCEPTED = "examples/pertes-acceptees.yaml"
"""In the content: the messages whose loss was accepted, and why; so do files of this name and something more."""
_MOST = 40  # lines of one kind


class RevisionError(TevoError):
    """Neither a folder nor a revision: one line for the editor."""


@click.command(name="eval", cls=FrenchCommand, help=tell("help_eval"))
@click.argument("file", type=click.Path(path_type=Path), metavar=tell("takes_file"))
def evaluate(file: Path) -> int:
    """By entry and by style, confusions first."""

    def work(settings: Settings) -> int:
        from bot.team.evaluation import asker  # noqa: PLC0415
        from bot.team.labelled import load  # noqa: PLC0415
        from knowledge.understanding.understanding import Understanding  # noqa: PLC0415

        items = load(file)
        content = read_content(settings.content)
        if content is None:
            return 1
        ask = asker(Understanding(content, models_folder()), paris_today())
        for line in _evaluated([ask(item) for item in items]):
            click.echo(line)
        return 0

    return with_settings(work)


def _evaluated(told: "list[Evaluated]") -> Iterable[str]:
    from bot.team.labelled import GOOD  # noqa: PLC0415

    confused = Counter((one.item.topics[0], one.confused_with) for one in told if one.outcome not in GOOD)
    yield tell("eval_confusions")
    for (meant, got), n in confused.most_common(_MOST):
        yield tell("eval_confusion", n=n, meant=meant, got=got or tell("eval_nothing"))
    for key, groups in (
        ("eval_entry", [one.item.topics[0] for one in told]),
        ("eval_style", [s.item.style for s in told]),
    ):
        yield tell(f"{key}_title")
        totals = Counter(groups)
        good = Counter(group for group, one in zip(groups, told, strict=True) if one.outcome in GOOD)
        for name in sorted(totals, key=lambda name: (good[name] / totals[name], name)):
            yield tell("eval_line", name=name or tell("eval_nothing"), good=good[name], total=totals[name])
    yield tell("eval_total", good=sum(one.outcome in GOOD for one in told), total=len(told))


@click.command(name="diff", cls=FrenchCommand, help=tell("help_diff"))
@click.argument("old", metavar=tell("takes_before"))
@click.argument("new", metavar=tell("takes_after"), required=False)
@click.option("--accept", metavar=tell("takes_reason"), help=tell("help_accept"))
def diff(old: str, new: str | None, accept: str | None) -> int:
    """What changes for people; 1 when something is lost that nobody accepted."""

    def work(settings: Settings) -> int:
        with tempfile.TemporaryDirectory() as scratch:
            before = folder_of(old, settings.content, Path(scratch) / "before")
            after = folder_of(new, settings.content, Path(scratch) / "after") if new else settings.content
            return _compare(before, after, accept, paris_today())

    return with_settings(work)


def folder_of(which: str, content: Path, scratch: Path) -> Path:
    """A folder as it is; a revision of git, taken out into `scratch`."""
    if Path(which).is_dir():
        return Path(which)
    command = ["git", "-C", str(content), "archive", "--format=zip", which, "."]
    try:
        made = subprocess.run(command, capture_output=True, check=True)  # noqa: S603  (git, on the editor's own words)
    except (OSError, subprocess.CalledProcessError):
        raise RevisionError(tell("diff_unknown", which=which)) from None
    with zipfile.ZipFile(io.BytesIO(made.stdout)) as archive:  # tarfile takes a filter since Python 3.11.4 only
        archive.extractall(scratch)
    return scratch


def _compare(before: Path, after: Path, accept: str | None, today: date) -> int:
    lost = show_effect(before, after, today)
    if lost is None:
        return 1
    if lost and accept:
        _accept(after, lost, accept, today)
        click.echo(tell("diff_accepted", n=len(lost), path=after / ACCEPTED))
        return 0
    return 1 if lost else 0


def show_effect(before: Path, after: Path, today: date) -> "list[MessageChange] | None":
    """Print what changes for people; the losses by the edit that nobody accepted. None when a content is not right."""
    from bot.team.comparing import compare  # noqa: PLC0415
    from bot.team.losses import losses, touched_entries  # noqa: PLC0415
    from bot.team.rewording import rewritten  # noqa: PLC0415

    old, new = read_content(before), read_content(after)
    if old is None or new is None:
        return None
    items = _labelled(after)
    with _waiting(len(items)):
        compared = compare((old, new), items, today, models_folder())
    moved, accepted = compared.messages, _accepted(after)
    worse = losses([one for one in moved if one.after.item.q not in accepted], touched_entries(old, new))
    lost = worse.stopping
    for change in rewritten(old, new, today):
        _show_entry(change)
    show_messages("diff_lost", lost)
    show_messages("diff_slight", worse.slight)
    show_messages("diff_won", [one for one in moved if one.is_won])
    show_messages("diff_moved", [one for one in moved if not one.is_won and not one.is_lost])
    show_messages("diff_phrasings", compared.phrasings)
    click.echo(tell("diff_total", messages=len(moved), lost=len(lost)))
    return lost


def _show_entry(change: "EntryChange") -> None:
    click.echo(tell(f"diff_{change.what}", name=change.id))
    if change.what == "changed":
        for what, line in list(change.lines)[:_MOST]:
            click.echo(tell(f"diff_line_{what}", line=line))


@contextmanager
def _waiting(messages: int) -> Iterator[None]:
    """Says meanwhile, where somebody waits in front of a terminal, what takes the time."""
    if not sys.stderr.isatty():
        yield
        return
    click.echo(tell("diff_waiting", n=messages), err=True, nl=False)
    try:
        yield
    finally:
        click.echo("\r\x1b[K", err=True, nl=False)


def _labelled(folder: Path) -> "list[Labelled]":
    from bot.team.labelled import load  # noqa: PLC0415

    files = [path for name in ("questions*", "plusieurs*") for path in sorted(folder.glob(f"examples/{name}.yaml"))]
    return [item for path in files for item in load(path)]


def show_messages(key: str, moved: "list[MessageChange]") -> None:
    """Print those that moved one way, with what they got before and get now."""
    if not moved:
        return
    click.echo(tell(key, n=len(moved)))
    for one in moved[:_MOST]:
        before, after = map(_received, (one.before, one.after))
        click.echo(tell("diff_line", q=one.after.item.q, before=before, after=after, meant=one.after.item.topics[0]))
    if len(moved) > _MOST:
        click.echo(tell("diff_more", n=len(moved) - _MOST))


def _received(told: "Evaluated") -> str:
    names = ", ".join(told.said)
    return tell("diff_offered", names=names) if names and not told.answered else names or tell("eval_nothing")


def _accepted(folder: Path) -> set[str]:
    files = folder.glob(f"{ACCEPTED.removesuffix('.yaml')}*.yaml")
    rows = (yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader) for path in files)
    return {row["q"] for some in rows for row in some or []}


def _accept(folder: Path, lost: "list[MessageChange]", reason: str, today: date) -> None:
    """Added at the end: what was accepted before keeps its reason and its comments."""
    path = folder / ACCEPTED
    path.parent.mkdir(exist_ok=True)
    rows = [{"q": one.after.item.q, "because": reason, "day": today.isoformat()} for one in lost]
    with path.open("a", encoding="utf-8") as file:
        yaml.safe_dump(rows, file, allow_unicode=True, sort_keys=False, width=10_000)
