"""Files that name people are for this account only, and never written through a link."""

import asyncio
import os
from email.message import EmailMessage
from pathlib import Path

import pytest

from bot.dossiers.mail_files import folder
from bot.private_files import append_private, create_private, replace_private
from bot.settings import models_folder
from tests.bot.dossiers import dossier, folder_with
from tests.forks import tevo


@pytest.mark.parametrize("write", [create_private, replace_private, append_private])
def test_nobody_else_can_read_it_whatever_the_umask(tmp_path: Path, write: "object") -> None:
    assert callable(write)
    before = os.umask(0)
    try:
        write(tmp_path / "file", b"Jeanne")
    finally:
        os.umask(before)

    assert (tmp_path / "file").stat().st_mode & 0o777 == 0o600


def test_nothing_that_the_assistant_writes_can_be_read_by_others(tmp_path: Path) -> None:
    folder = folder_with(tmp_path / "data", dossier())
    trial = tmp_path / "trial"
    tevo("chat", typed="bonjour\n", TEVO_DATA=str(trial))
    tevo("outbox", "export", str(tmp_path / "export.csv"), TEVO_DATA=str(folder))
    tevo("backup", str(tmp_path / "backup"), TEVO_DATA=str(folder))

    written = [tmp_path / "export.csv", tmp_path / "backup", trial, *trial.rglob("*")]
    assert len(written) > 4
    assert [path.name for path in written if path.stat().st_mode & 0o077] == []


def test_a_file_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"before")

    with pytest.raises(FileExistsError):
        create_private(tmp_path / "file", b"Jeanne")

    assert (tmp_path / "file").read_bytes() == b"before"


@pytest.mark.parametrize("write", [create_private, append_private])
def test_a_link_that_somebody_laid_is_not_followed(tmp_path: Path, write: "object") -> None:
    assert callable(write)
    (tmp_path / "elsewhere").write_bytes(b"before")
    (tmp_path / "file").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(OSError, match=r"Too many levels|File exists"):
        write(tmp_path / "file", b"Jeanne")

    assert (tmp_path / "elsewhere").read_bytes() == b"before"


def test_a_message_is_not_written_through_a_link_laid_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_bytes(b"before")
    for name in ("TV-AAAA-AAAA.new", "TV-AAAA-AAAA.eml"):
        (tmp_path / name).symlink_to(tmp_path / "elsewhere")
    mail = EmailMessage()
    mail["Message-ID"] = "<TV-AAAA-AAAA@exemple.fr>"

    async def handing() -> None:
        """Nobody waits."""

    async def put() -> None:
        await folder(tmp_path)(mail, handing)

    asyncio.run(put())

    assert (tmp_path / "elsewhere").read_bytes() == b"before"
    assert (tmp_path / "TV-AAAA-AAAA.eml").stat().st_mode & 0o777 == 0o600


def test_what_was_learnt_is_kept_where_nobody_else_can_lay_a_file(tmp_path: Path) -> None:
    place = {"XDG_CACHE_HOME": str(tmp_path)}
    assert models_folder(place) == tmp_path / "tevo"
    assert (tmp_path / "tevo").stat().st_mode & 0o777 == 0o700

    (tmp_path / "tevo").chmod(0o777)
    assert models_folder(place) is None

    (tmp_path / "tevo").rename(tmp_path / "other")
    (tmp_path / "tevo").symlink_to(tmp_path / "other")
    assert models_folder(place) is None
