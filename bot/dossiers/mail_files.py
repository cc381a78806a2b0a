"""Where there is no mail server: messages as files, which a mail program opens ready to be sent."""

import asyncio
from collections.abc import Iterable
from email.message import EmailMessage
from pathlib import Path

from bot.dossiers.smtp import Handing, Send
from bot.private_files import replace_private
from knowledge.words.codes import REFERENCE

_DRAFT = ".new"
_SUFFIXES = (".eml", _DRAFT)


def folder(path: Path) -> Send:
    """A way into files of this folder, named after the message."""

    async def write(mail: EmailMessage, handing: Handing) -> None:
        await handing()
        name = str(mail["Message-ID"]).strip("<>").partition("@")[0]
        await asyncio.to_thread(_write, path / f"{name}.eml", mail.as_bytes())

    return write


def references_in(path: Path) -> set[str]:
    """The dossiers that have a file in this folder, half-written ones included."""
    names = (file.name.partition(".")[0] for suffix in _SUFFIXES for file in path.glob(f"*{suffix}"))
    return {name for name in names if REFERENCE.fullmatch(name)}


def forget_files(path: Path, references: Iterable[str]) -> None:
    """Delete the messages of these dossiers, corrections and half-written ones included."""
    for reference in references:
        for suffix in _SUFFIXES:
            for file in path.glob(f"{reference}*{suffix}"):
                file.unlink(missing_ok=True)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    replace_private(path, content)  # it names people
