"""`tevo reply`: the team answers a question in the conversation that it came from."""

import asyncio
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands.french_click import FrenchCommand, is_confirmed
from bot.commands.setup import in_database, with_settings
from bot.health import report
from bot.sentences import tell
from bot.settings import Settings, SettingsError
from knowledge.content.calendar import PARIS

if TYPE_CHECKING:  # loaded by the command that runs: the database is not needed for a mistyped one
    from bot.database.database import Database
    from bot.dossiers.reply_queue import ReplyQueue, ReplyState, TeamQuestion

_PATIENCE = 20.0  # seconds: the assistant in service looks every five
_LOOK = 0.2  # seconds
_SHOWN = 80  # characters of a question, in the list


@click.command(cls=FrenchCommand, help=tell("help_reply"))
@click.argument("reference", required=False, metavar=tell("takes_reference"))
@click.argument("path", required=False, metavar=tell("takes_file_or_input"))
@click.option("--yes", is_flag=True, help=tell("help_yes"))
@click.option("--again", is_flag=True, help=tell("help_reply_again"))
def reply(reference: str | None, path: str | None, yes: bool, again: bool) -> int:
    """Send an answer; without a reference, list the questions that wait."""
    if reference is None:
        return with_settings(_list)
    return with_settings(lambda settings: _reply(settings, reference.strip().upper(), path, yes=yes, again=again))


def _list(settings: Settings) -> None:
    """One line a question, nothing in it that names somebody."""
    from bot.memory.masking import mask  # noqa: PLC0415

    waiting = in_database(settings, lambda database, key: _queue(database, key).waiting())
    for asked in waiting:
        days = (datetime.now(PARIS).date() - _moment(asked.asked_at).date()).days
        state, question = tell(f"reply_{asked.state}"), mask(asked.question)
        question = question if len(question) <= _SHOWN else f"{question[: _SHOWN - 1]}…"
        day = _moment(asked.asked_at).date()
        click.echo(tell("reply_line", reference=asked.reference, day=day, days=days, state=state, question=question))
    if not waiting:
        click.echo(tell("reply_none"))


def _reply(settings: Settings, reference: str, path: str | None, *, yes: bool, again: bool) -> int:
    asked = in_database(settings, lambda database, key: _queue(database, key).asked(reference))
    if asked is None:
        click.echo(tell("reply_unknown", reference=reference), err=True)
        return 1
    if refusal := _refusal(asked, again=again):
        click.echo(refusal, err=True)
        return 1
    text = _typed(asked, path)
    click.echo(tell("reply_shown", reference=reference, asked=_when(asked), question=asked.question, text=text))
    if asked.email:
        click.echo(tell("reply_has_address", email=asked.email))
    if not (yes or _is_confirmed(path)):
        click.echo(tell("reply_not_sent"), err=True)
        return 1
    state = in_database(settings, lambda database, key: _send(_queue(database, key), settings, asked, text, again))
    click.echo(tell(f"reply_now_{state}", reference=reference), err=state not in ("sent", "waiting", "sending"))
    return 0 if state in ("sent", "waiting", "sending") else 1


def _refusal(asked: "TeamQuestion", *, again: bool) -> str:
    """Why no answer can be sent; empty when one can."""
    if asked.state.is_on_its_way:
        return tell("reply_on_its_way", reference=asked.reference)
    if asked.state.may_be_read and not again:
        return tell(f"reply_again_{asked.state}", reference=asked.reference)
    return ""


def _typed(asked: "TeamQuestion", path: str | None) -> str:
    """The answer: of the file, of standard input, or of the editor. Raises SettingsError when there is none."""
    from bot.dossiers.reply_queue import LONGEST  # noqa: PLC0415

    try:
        if path not in (None, "-"):
            text = Path(path or "").read_text("utf-8-sig")
        elif path is None and sys.stdin.isatty():
            text = _edited(asked)
        else:
            text = sys.stdin.read()
    except (OSError, UnicodeDecodeError):
        raise SettingsError(tell("reply_unreadable", path=path)) from None
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise SettingsError(tell("reply_empty"))
    if len(text) > LONGEST:
        raise SettingsError(tell("reply_long", n=len(text), limit=LONGEST))
    return text


def _edited(asked: "TeamQuestion") -> str:
    """What the officer writes above the question, in the editor of this account."""
    below = tell("reply_below")
    try:
        text = click.edit(f"\n\n{below}\n{asked.question}\n", extension=".txt")
    except click.ClickException:
        raise SettingsError(tell("reply_no_editor")) from None
    return (text or "").partition(below)[0]


def _is_confirmed(path: str | None) -> bool:
    """What came through a pipe leaves nobody to ask."""
    if path in (None, "-") and not sys.stdin.isatty():
        return False
    return is_confirmed(tell("reply_confirm"))


async def _send(
    queue: "ReplyQueue", settings: Settings, asked: "TeamQuestion", text: str, again: bool
) -> "ReplyState | str":
    """Put it on its way, and wait a while for what becomes of it if an assistant is there to send it."""
    if not await queue.answer(asked.reference, text, again=again):
        return "gone"
    is_served, _ = report(settings)
    until = asyncio.get_running_loop().time() + (_PATIENCE if is_served else 0)
    while (now := await queue.asked(asked.reference)) and now.state.is_on_its_way:
        if asyncio.get_running_loop().time() >= until:
            break
        await asyncio.sleep(_LOOK)
    return now.state if now else "gone"


def _queue(database: "Database", key: bytes) -> "ReplyQueue":
    from bot.cipher import Cipher  # noqa: PLC0415
    from bot.dossiers.reply_queue import ReplyQueue  # noqa: PLC0415

    return ReplyQueue(database, Cipher(key))


def _when(asked: "TeamQuestion") -> str:
    return _moment(asked.asked_at).strftime(tell("reply_day"))


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, PARIS)
