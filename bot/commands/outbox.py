"""`tevo outbox …`: the dossiers, for the operator."""

import sys
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from bot.commands.french_click import FrenchCommand, FrenchGroup
from bot.commands.setup import in_database, with_content, with_settings
from bot.private_files import create_private
from bot.sentences import tell
from bot.settings import Settings
from knowledge.content.calendar import PARIS
from knowledge.submission import Delivery

if TYPE_CHECKING:  # loaded by the command that runs: SQLAlchemy would double the memory of every other one
    from email.message import EmailMessage

    from bot.dossiers.desk import Desk, DossierLine, Reconciliation
    from knowledge.content.models import Content
    from knowledge.submission import Dossier

T = TypeVar("T")


def _as_written(_: click.Context, __: click.Parameter, typed: str) -> str:
    """A reference in capitals, without what a subject has around it: « [tv-7kqm-x3fa] »."""
    return typed.strip(" []").upper()


@click.group(cls=FrenchGroup, subcommand_metavar=tell("subcommand"), help=tell("help_outbox"))
def outbox() -> None:
    """The dossiers to be sent, or sent."""


@outbox.command(name="list", cls=FrenchCommand, help=tell("help_outbox_list"))
def list_outbox() -> int:
    """One line a dossier, with who applies: as the register spells it, else as it was declared. No person's name."""

    def work(settings: Settings) -> None:
        opened = _at_desk(settings, lambda desk: desk.opened())
        for line, dossier in opened:
            click.echo(f"{_described(line)}  {_applicant(dossier)}".rstrip())
        if not opened:
            click.echo(tell("outbox_empty"))

    return with_settings(work)


@outbox.command(cls=FrenchCommand, help=tell("help_outbox_show"))
@click.argument("reference", callback=_as_written)
def show(reference: str) -> int:
    """Where it is, then the message as the team reads it."""

    def work(settings: Settings, content: "Content") -> int:
        mail = _mail(settings, content, reference)
        if mail is None:
            return _unknown(reference)
        for line in _at_desk(settings, lambda desk: desk.lines()):
            if line.reference == reference:
                click.echo(_described(line))
                if line.state == Delivery.MAYBE:
                    click.echo(tell("outbox_to_check", reference=reference))
                elif line.state == Delivery.HELD:
                    click.echo(tell("outbox_to_retry", reference=reference))
        body = mail.get_body(("plain",))
        click.echo(f"\n{mail['Subject']}\n\n{body.get_content() if body else ''}")
        return 0

    return with_content(work)


@outbox.command(cls=FrenchCommand, help=tell("help_outbox_retry"))
@click.argument("reference", callback=_as_written)
def retry(reference: str) -> int:
    """Queue again what is held, in doubt or waiting."""

    def work(settings: Settings) -> int:
        if not _at_desk(settings, lambda desk: desk.retry(reference)):
            return _unknown(reference)
        click.echo(tell("outbox_retried", reference=reference))
        return 0

    return with_settings(work)


@outbox.command(name="export-eml", cls=FrenchCommand, help=tell("help_outbox_eml"))
@click.argument("reference", callback=_as_written)
@click.argument("path", type=click.Path(path_type=Path), metavar=tell("takes_eml_file"))
def export_eml(reference: str, path: Path) -> int:
    """Write the message to a file, to be sent by hand."""

    def work(settings: Settings, content: "Content") -> int:
        mail = _mail(settings, content, reference)
        return _unknown(reference) if mail is None else _written(path, mail.as_bytes())

    return with_content(work)


@outbox.command(cls=FrenchCommand, help=tell("help_outbox_export"))
@click.argument("path", type=click.Path(path_type=Path), metavar=tell("takes_table_file"))
def export(path: Path) -> int:
    """Write every dossier to a table."""

    def work(settings: Settings, content: "Content") -> int:
        from bot.dossiers.spreadsheet import as_csv, as_xlsx, table  # noqa: PLC0415

        assert content.dossier is not None
        rows = [(line, dossier) for line, dossier in _at_desk(settings, lambda desk: desk.opened()) if dossier]
        states = {str(state): tell(f"state_{state}") for state in Delivery}
        write = as_xlsx if path.suffix.lower() == ".xlsx" else as_csv
        return _written(path, write(table(rows, content.dossier, states)))

    return with_content(work)


@outbox.command(cls=FrenchCommand, help=tell("help_outbox_reconcile"))
def reconcile() -> int:
    """Compare with the mailbox's list, read on standard input; 1 when something needs a person."""

    def work(settings: Settings) -> int:
        pasted = sys.stdin.read()
        result = _at_desk(settings, lambda desk: desk.reconcile(pasted))
        for name, references in vars(result).items():
            if references:
                click.echo(tell(f"reconcile_{name}", n=len(references), references=", ".join(references)))
        return 1 if _needs_a_person(result) else 0

    return with_settings(work)


def _needs_a_person(result: "Reconciliation") -> bool:
    return bool(result.missing or result.doubtful)


def _at_desk(settings: Settings, work: Callable[["Desk"], Awaitable[T]]) -> T:
    """What `work` finds, the database being open meanwhile."""
    from bot.cipher import Cipher  # noqa: PLC0415
    from bot.dossiers.desk import Desk  # noqa: PLC0415

    return in_database(settings, lambda database, key: work(Desk(database, Cipher(key))))


def _mail(settings: Settings, content: "Content", reference: str) -> "EmailMessage | None":
    """The message of a dossier, as it is or would be sent."""
    from bot.dossiers.delivery import composer  # noqa: PLC0415

    claim = _at_desk(settings, lambda desk: desk.claim(reference))
    if claim is None or content.dossier is None:
        return None
    return composer(settings, lambda: content)(claim)


def _described(line: "DossierLine") -> str:
    dates = [tell("outbox_filed", at=_moment(line.created_at))]
    if line.revision:
        dates.append(tell("outbox_changed", at=_moment(line.changed_at), revision=line.revision))
    if line.sent_at:
        dates.append(tell("outbox_sent", at=_moment(line.sent_at)))
    state = tell(f"state_{line.state}")
    told = tell("outbox_line", reference=line.reference, state=state, dates=", ".join(dates), attempts=line.attempts)
    return f"{told}  {tell('outbox_reason', reason=line.reason)}" if line.reason else told


def _applicant(dossier: "Dossier | None") -> str:
    """Who applies; of a question, that it is one and who asks, if told; nothing of what another key sealed."""
    if dossier is None:
        return ""
    if dossier.recap:
        return dossier.recap.who
    return ", ".join(filter(None, (tell("outbox_question"), dossier.asker)))


def _moment(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, PARIS):%Y-%m-%d %H:%M}"


def _unknown(reference: str) -> int:
    click.echo(tell("outbox_unknown", reference=reference), err=True)
    return 1


def _written(path: Path, content: bytes) -> int:
    """A file for this account only: it names people."""
    try:
        create_private(path, content)
    except FileExistsError:
        click.echo(tell("file_there", path=path), err=True)
        return 1
    except OSError:
        click.echo(tell("file_unusable", path=path), err=True)
        return 1
    click.echo(path)
    return 0
