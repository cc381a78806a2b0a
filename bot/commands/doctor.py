"""`tevo doctor`: each thing that a running assistant needs, ✅ or what to do."""

import shutil
from collections.abc import Iterator
from email.message import EmailMessage
from typing import TYPE_CHECKING

import click

from bot.commands.french_click import FrenchCommand
from bot.commands.setup import in_database, read_content, read_settings
from bot.sentences import tell
from bot.settings import HANDLING, Settings, content_as_set
from knowledge.words.errors import TevoError

if TYPE_CHECKING:
    from bot.database.database import Database
    from knowledge.content.models import Content

_FEWEST_BYTES = 500 * 1024 * 1024  # free: the database grows, and its log with it
_CLOCK = 60  # seconds that this machine's clock may be off

Finding = tuple[bool, str]
"""Whether it is well, and the sentence."""


@click.command(cls=FrenchCommand, help=tell("help_doctor"))
@click.option("--mail", metavar=tell("takes_address"), help=tell("help_doctor_mail"))
def doctor(mail: str | None) -> int:
    """1 when something must be done."""
    settings = read_settings()
    if settings is None:
        return 1
    ill = 0
    for is_well, sentence in _findings(settings, mail):
        ill += not is_well
        click.echo(tell("doctor_well" if is_well else "doctor_ill", sentence=sentence))
    click.echo(tell("doctor_done" if not ill else "doctor_to_do", n=ill))
    return int(ill > 0)


def _findings(settings: Settings, mail: str | None) -> Iterator[Finding]:
    yield True, tell("doctor_settings")
    content = read_content(settings.content)
    yield content is not None, tell("doctor_content", folder=settings.content)
    if content and content.dossier:
        yield _processing(settings, content_as_set(content, settings))
    yield _disk(settings)
    yield _database(settings)
    yield from _telegram(settings)
    if settings.smtp_url is None:
        yield True, tell("doctor_no_mail")
    elif mail:
        yield _mail(settings, settings.smtp_url.get_secret_value(), mail)
    else:
        yield True, tell("doctor_mail_untried")


def _processing(settings: Settings, content: "Content") -> Finding:
    """Whether people are told who handles their data: nothing leaves before."""
    if content.processing:
        return True, tell("doctor_processing", controller=content.processing.controller)
    missing = [f"TEVO_{name.upper()}" for name in HANDLING if not getattr(settings, name)]
    leaves = settings.smtp_url is not None
    sentence = "doctor_processing_missing" if leaves else "doctor_processing_later"
    return not leaves, tell(sentence, missing=", ".join(missing))


def _disk(settings: Settings) -> Finding:
    existing = next(folder for folder in (settings.data, *settings.data.absolute().parents) if folder.is_dir())
    free = shutil.disk_usage(existing).free
    return free >= _FEWEST_BYTES, tell("doctor_disk", folder=settings.data, free=free // (1024 * 1024))


def _database(settings: Settings) -> Finding:
    """It opens, with its key, and holds together."""
    from sqlalchemy import text  # noqa: PLC0415

    async def look(database: "Database", _: bytes) -> str:
        if not settings.database.startswith("sqlite"):
            return "ok"
        return str((await database.read(text("PRAGMA integrity_check")))[0][0])

    try:
        said = in_database(settings, look)
    except TevoError as error:
        return False, str(error)
    return said == "ok", tell("doctor_database" if said == "ok" else "database_damaged", reason=said[:100])


def _telegram(settings: Settings) -> Iterator[Finding]:
    """The token, and the clock as Telegram's answer dates it."""
    import asyncio  # noqa: PLC0415
    import time  # noqa: PLC0415
    from email.utils import parsedate_to_datetime  # noqa: PLC0415

    import aiohttp  # noqa: PLC0415

    if settings.bot_token is None:
        yield False, tell("token_missing")
        return

    async def ask(token: str) -> tuple[int, str]:
        timeout = aiohttp.ClientTimeout(total=15)
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.get(f"{settings.telegram_api}/bot{token}/getMe") as answer,
        ):
            return answer.status, answer.headers.get("Date", "")

    try:
        status, dated = asyncio.run(ask(settings.bot_token.get_secret_value()))
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        yield False, tell("doctor_unreachable", reason=type(error).__name__)
        return
    yield status == 200, tell("doctor_token" if status == 200 else "token_refused")
    if dated:
        off = round(abs(parsedate_to_datetime(dated).timestamp() - time.time()))
        yield off <= _CLOCK, tell("doctor_clock", seconds=off)


def _mail(settings: Settings, url: str, address: str) -> Finding:
    """A message is really sent."""
    import asyncio  # noqa: PLC0415

    from bot.describe import short  # noqa: PLC0415
    from bot.dossiers.smtp import smtp  # noqa: PLC0415

    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = settings.mail_from, address, tell("doctor_mail_subject")
    mail.set_content(tell("doctor_mail_text"))

    async def send() -> None:
        await smtp(url)(mail, _handing)

    try:
        asyncio.run(send())
    except Exception as error:  # whatever a mail server or the network may answer
        return False, tell("doctor_mail_failed", reason=short(error))
    return True, tell("doctor_mail", address=address)


async def _handing() -> None:
    """Nothing to note before the server has it."""
