"""`tevo review`: what a proposed content changes, as a comment for whoever proposes it. Run by the forge."""

import contextlib
import io
import subprocess
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import click
import yaml

from bot.commands.effects import ACCEPTED, folder_of, show_effect
from bot.commands.french_click import FrenchCommand
from bot.commands.setup import paris_today, read_content, with_settings
from bot.sentences import tell
from bot.settings import Settings
from knowledge.words.errors import ContentError, Problem, all_told

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.team.evaluation import MessageChange
    from knowledge.content.models import Content

_LONGEST = 50_000  # characters of a comment that forges take
_LONGEST_LINK = 6_000  # characters of an address
_MOST_LINKS = 10


@click.command(cls=FrenchCommand, help=tell("help_review"))
@click.argument("base", metavar=tell("takes_before"))
@click.argument("comment", type=click.Path(path_type=Path), metavar=tell("takes_comment_file"))
@click.option("--page", type=click.Path(path_type=Path), metavar=tell("takes_page_file"), help=tell("help_review_page"))
@click.option("--new-file", metavar=tell("takes_address"), help=tell("help_review_new_file"))
@click.option("--shown-file", metavar=tell("takes_address"), help=tell("help_review_shown_file"))
def review(base: str, comment: Path, page: Path | None, new_file: str | None, shown_file: str | None) -> int:
    """1 when there is a mistake, or a loss that nobody accepted."""

    def work(settings: Settings) -> int:
        with tempfile.TemporaryDirectory() as scratch:
            before = folder_of(base, settings.content, Path(scratch))
            text, is_right = reviewed(before, settings.content, paris_today(), new_file, shown_file)
            if is_right is not None and page:
                _write_page(before, settings.content, page, paris_today())
        comment.write_text(text[:_LONGEST], "utf-8")
        click.echo(text)
        return 0 if is_right else 1

    return with_settings(work)


def reviewed(
    before: Path, after: Path, today: date, new_file: str | None = None, shown_file: str | None = None
) -> tuple[str, bool | None]:
    """The comment, and whether all is well; None when the content has mistakes.

    `new_file`: the forge's page that begins a file in the branch, which takes its name and its text; `shown_file`: the
    beginning of the pages that show the branch's files.
    """
    from knowledge.loading import load  # noqa: PLC0415

    said, advice = io.StringIO(), list[Problem]()
    try:
        load(after, today=today, advice=advice)
    except ContentError as error:
        links = _links(after, error.problems, shown_file) if shown_file else ""
        return _comment("review_mistakes", str(error), links), None
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        lost = show_effect(before, after, today)
    if lost is None:
        return _comment("review_incomparable", said.getvalue(), ""), True
    if advice:
        said.write(f"\n{all_told(tuple(advice))}\n")
    accepting = _accepting(after, lost, today, new_file) if lost else ""
    return _comment("review_lost" if lost else "review_right", said.getvalue(), accepting), not lost


def _comment(verdict: str, details: str, then: str) -> str:
    return tell("review_comment", verdict=tell(verdict), details=details.strip(), then=then).rstrip() + "\n"


def _accepting(folder: Path, lost: "list[MessageChange]", today: date, new_file: str | None) -> str:
    """How to accept what is lost, by whoever has the forge's pages only: a file begun, or else lines to paste."""
    place, rows = _place(folder), _rows(lost, today)
    if new_file:
        begun = {"filename": f"{place}{_new_name(folder, today)}", "value": f"{rows}\n"}
        link = f"{new_file}?{urlencode(begun)}"
        if len(link) < _LONGEST_LINK:
            return tell("review_accept_link", link=link)
    file = tell("review_file_known" if (folder / ACCEPTED).is_file() else "review_file_new")
    return tell("review_accept", path=f"{place}{ACCEPTED}", file=file, rows=rows)


def _links(folder: Path, problems: "Iterable[Problem]", shown_file: str) -> str:
    """To the lines that are wrong, as many as one presses; what is told of a file that lacks has none."""
    there = [one for one in problems if (folder / one.file).is_file()]
    lines = dict.fromkeys((one.file, one.line) for one in there)
    listed = (
        tell("review_line", file=file, line=line, link=f"{shown_file}/{quote(_place(folder) + file)}?plain=1#L{line}")
        for file, line in [*lines][:_MOST_LINKS]
    )
    return tell("review_lines", lines="\n".join(listed)) if lines else ""


def _new_name(folder: Path, today: date) -> str:
    """A file of accepted losses that is not there yet."""
    names = (f"{ACCEPTED.removesuffix('.yaml')}-{today}{more}.yaml" for more in ("", *(f"-{n}" for n in range(2, 100))))
    return next(name for name in names if not (folder / name).exists())


def _place(folder: Path) -> str:
    """Where the content is in its repository, with a last slash; nothing at the top."""
    command = ["git", "-C", str(folder), "rev-parse", "--show-prefix"]
    try:
        return subprocess.run(command, capture_output=True, check=True, text=True).stdout.strip()  # noqa: S603
    except (OSError, subprocess.CalledProcessError):
        return f"{folder.name}/"


def _rows(lost: "list[MessageChange]", today: date) -> str:
    rows = [{"q": one.after.item.q, "because": tell("review_reason"), "day": today.isoformat()} for one in lost]
    return yaml.safe_dump(rows, allow_unicode=True, sort_keys=False, width=10_000).strip()


def _write_page(before: Path, after: Path, page: Path, today: date) -> None:
    from bot.team.preview import Preview  # noqa: PLC0415

    contents = _quietly_read(before), _quietly_read(after)
    if contents[1]:
        page.write_text(Preview(contents[1], today, contents[0]).html(tell("review_since")), "utf-8")


def _quietly_read(folder: Path) -> "Content | None":
    with contextlib.redirect_stderr(io.StringIO()):  # its mistakes are in the comment already
        return read_content(folder)
