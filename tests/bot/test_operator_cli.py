"""The operator's commands, as typed in a terminal, on a database where dossiers wait."""

import asyncio
import csv
import os
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from bot.alerts.queue import AlertQueue
from bot.alerts.subscriptions import SqlSubscriptions
from bot.cipher import Cipher
from bot.database.database import Database, open_database
from bot.pseudonyms import Pseudonyms, load_key
from bot.settings import Settings
from bot.telegram.inbox import Entry, Inbox
from tests.bot.dossiers import AUTHORITY, NAME, dossier, folder_with, inquiry
from tests.bot_api import message
from tests.forks import tevo
from tests.gardens import gardens, gardens_in

MAIL: dict[str, Any] = {"TEVO_SMTP_URL": "smtps://mail.exemple.fr", "TEVO_MAIL_FROM": "assistant@exemple.fr"}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder in which one dossier and one question wait."""
    return folder_with(tmp_path / "data", dossier(), inquiry())


def test_the_list_says_where_each_one_is_and_names_nobody(data: Path) -> None:
    done = tevo("outbox", "list", TEVO_DATA=str(data))

    first, second = done.stdout.splitlines()
    assert first.startswith("TV-AAAA-AAAA  en attente d'envoi")
    assert first.endswith(AUTHORITY)
    assert second.endswith("question")
    assert "corrigé" not in done.stdout
    assert NAME not in done.stdout


def test_one_is_shown_as_the_team_reads_it(data: Path) -> None:
    done = tevo("outbox", "show", "TV-AAAA-AAAA", TEVO_DATA=str(data), **MAIL)

    assert AUTHORITY in done.stdout
    assert NAME in done.stdout


@pytest.mark.parametrize("typed", ["tv-aaaa-aaaa", "[TV-AAAA-AAAA]"])
def test_a_reference_is_known_as_it_is_typed_or_copied(data: Path, typed: str) -> None:
    assert NAME in tevo("outbox", "show", typed, TEVO_DATA=str(data)).stdout


@pytest.mark.parametrize(("state", "looks_first"), [("held", False), ("maybe", True)])
def test_what_may_be_in_the_mailbox_is_to_be_looked_for_before_it_is_sent_again(
    data: Path, state: str, *, looks_first: bool
) -> None:
    with closing(sqlite3.connect(data / "tevo.db")) as database, database:
        database.execute("UPDATE dossiers SET state = ?", (state,))

    said = tevo("outbox", "show", "TV-AAAA-AAAA", TEVO_DATA=str(data)).stdout

    assert ("reconcile" in said) is looks_first
    assert "tevo outbox retry TV-AAAA-AAAA" in said


@pytest.mark.parametrize("command", [("show", "TV-ZZZZ-ZZZZ"), ("retry", "TV-ZZZZ-ZZZZ")])
def test_an_unknown_reference_is_said_in_one_line(data: Path, command: tuple[str, ...]) -> None:
    done = tevo("outbox", *command, TEVO_DATA=str(data))

    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith("TV-ZZZZ-ZZZZ")


def test_a_message_is_written_to_a_file_for_this_account_only(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "dossier.eml"
    tevo("outbox", "export-eml", "TV-AAAA-AAAA", str(path), TEVO_DATA=str(data), **MAIL)

    mail = message_from_bytes(path.read_bytes(), policy=default)
    assert AUTHORITY in mail["Subject"]
    names = {part.get_filename() for part in mail.iter_attachments()}
    assert names == {"territoires-volontaires-TV-AAAA-AAAA.pdf", "TV-AAAA-AAAA.json"}
    assert path.stat().st_mode & 0o077 == 0


def test_all_are_written_to_a_table(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "dossiers.csv"
    tevo("outbox", "export", str(path), TEVO_DATA=str(data))

    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert {row["Référence"] for row in rows} == {"TV-AAAA-AAAA", "TV-QQQQ-QQQQ"}


def test_the_mailbox_is_compared_and_the_code_says_whether_to_look(data: Path) -> None:
    done = tevo("outbox", "reconcile", typed="[TV-ZZZZ-ZZZZ] x", TEVO_DATA=str(data))

    assert "TV-ZZZZ-ZZZZ" in done.stdout
    assert done.returncode == 0  # nothing that was sent is missing


def test_the_key_is_changed_and_the_dossiers_can_still_be_read(data: Path, tmp_path: Path) -> None:
    (data / "key").rename(tmp_path / "old")

    done = tevo("rotate-key", TEVO_DATA=str(data), TEVO_DATA_KEY_OLD_FILE=str(tmp_path / "old"))

    assert done.returncode == 0, done.stderr
    assert NAME in tevo("outbox", "show", "TV-AAAA-AAAA", TEVO_DATA=str(data)).stdout


def test_without_the_old_key_the_setting_to_give_is_named(data: Path) -> None:
    done = tevo("rotate-key", TEVO_DATA=str(data))

    assert done.returncode == 1
    assert done.stderr.startswith("TEVO_DATA_KEY_OLD")


def test_a_purge_says_that_it_is_done(data: Path) -> None:
    assert tevo("purge", TEVO_DATA=str(data)).returncode == 0


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = tevo("outbox", "list", TEVO_DATA=str(tmp_path / "file" / "data"))

    assert done.returncode == 1
    assert done.stderr.startswith("TEVO_DATA")
    assert os.linesep not in done.stderr.strip()


def test_a_new_call_is_previewed_then_sent_once_confirmed(data: Path, tmp_path: Path) -> None:
    content = gardens_in(tmp_path / "contenu")
    settings = Settings(data=data)

    async def begin() -> None:
        key = load_key(settings)
        async with open_database(settings.database) as database:
            await AlertQueue(database, Cipher(key)).set_baseline(gardens().calls)
            await SqlSubscriptions(database, Pseudonyms(key), Cipher(key)).subscribe(7)

    asyncio.run(begin())
    dates = (content / "dates.yaml").read_text("utf-8")
    (content / "dates.yaml").write_text(dates.replace("date: unknown", "date: 2036-03-01"), "utf-8")
    places: dict[str, Any] = {"TEVO_DATA": str(data), "TEVO_CONTENT": str(content)}

    preview = tevo("alerts", "preview", **places).stdout
    assert "1 nouvel(s) appel(s)" in preview
    assert "1er\u00a0mars\u00a02036" in preview
    assert tevo("alerts", "send", typed="non\n", **places).returncode == 1
    assert "1 message(s) en file" in tevo("alerts", "send", typed="oui\n", **places).stdout
    assert tevo("alerts", "send", "--yes", **places).returncode == 1  # nothing is new any more


def test_a_message_put_aside_is_listed_shown_and_tried_again(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)

    async def in_inbox(work: Callable[[Inbox, Database], Awaitable[list[Entry]]]) -> list[Entry]:
        async with open_database(settings.database) as database:
            return await work(Inbox(database, Cipher(load_key(settings))), database)

    async def put_aside(inbox: Inbox, database: Database) -> list[Entry]:
        entries = await inbox.add([message(5, "mots personnels"), message(6, "autre")])
        await database.write(inbox.settled(entries[0], [], "KeyError, status.py:12"))
        await database.write(inbox.settled(entries[1], [], None))
        return entries

    asyncio.run(in_inbox(put_aside))

    listed = tevo("inbox", "list", TEVO_DATA=str(tmp_path)).stdout
    assert listed.startswith("5  mis de côté (")
    assert listed.endswith("KeyError, status.py:12\n")
    assert "mots personnels" not in listed
    assert "mots personnels" in tevo("inbox", "show", "5", TEVO_DATA=str(tmp_path)).stdout
    assert tevo("inbox", "retry", "6", TEVO_DATA=str(tmp_path)).returncode == 1
    assert "5" in tevo("inbox", "retry", "5", TEVO_DATA=str(tmp_path)).stdout
    (again,) = asyncio.run(in_inbox(lambda inbox, _: inbox.asked_again()))
    assert (again.update_id, again.replays) == (5, 0)
    assert "attend d'être traité" in tevo("inbox", "list", TEVO_DATA=str(tmp_path)).stdout
