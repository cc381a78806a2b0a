"""`tevo chat` beside an assistant in service, and commands that only look: neither touches what is kept."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.cipher import Cipher
from bot.database.database import open_database
from bot.database.tables import dossiers
from bot.dossiers.outbox import SqlOutbox
from bot.health import only_one
from bot.pseudonyms import Pseudonyms
from bot.settings import Settings
from bot.terminal.offline import PERSON
from tests.bot.dossiers import MAIL, dossier, folder_with
from tests.forks import tevo


@pytest.fixture
def live(tmp_path: Path) -> Path:
    """A data folder where the dossier of somebody else waits."""
    return folder_with(tmp_path / "live", dossier())


def states(folder: Path) -> list[str]:
    async def read() -> list[str]:
        async with open_database(Settings(data=folder).database) as database:
            return [row.state for row in await database.read(select(dossiers.c.state))]

    return asyncio.run(read())


@pytest.mark.parametrize("sends", [False, True])
def test_a_trial_leaves_the_dossiers_of_others_alone(live: Path, sends: bool, unused_tcp_port: int) -> None:
    mail = MAIL | {"TEVO_SMTP_URL": f"smtp://127.0.0.1:{unused_tcp_port}"} if sends else {}
    done = tevo("chat", typed="bonjour\ncombien ça coûte ?\n", TEVO_DATA=str(live), **mail)

    assert done.returncode == 0
    assert "Essai" in done.stdout
    assert ("part vraiment" in done.stdout) == sends
    assert states(live) == ["waiting"]
    assert not (live / "courriels").exists()


async def test_the_courier_of_a_trial_takes_its_own_dossier(tmp_path: Path) -> None:
    async with open_database(f"sqlite+aiosqlite:///{tmp_path / 'tevo.db'}") as database:
        outbox = SqlOutbox(database, Pseudonyms(b"key"), Cipher(b"key"))
        await outbox.put(7, dossier())
        own = outbox.only_of(PERSON.id)
        assert await own.claim() is None
        await own.put(PERSON.id, dossier("TV-MMMM-MMMM"))

        claim = await own.claim()

        assert claim
        assert claim.dossier.reference == "TV-MMMM-MMMM"
        assert await own.claim() is None


def test_a_trial_is_refused_in_the_folder_of_an_assistant_that_runs(live: Path) -> None:
    with only_one(live):
        done = tevo("chat", typed="bonjour\n", TEVO_DATA=str(live))

    assert done.returncode == 1
    assert done.stderr.startswith("TEVO_DATA")
    assert done.stdout == ""


def test_a_trial_has_a_folder_of_its_own_and_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    with only_one(tmp_path / "data"):  # the assistant in service
        done = tevo("chat", typed="bonjour\n", TMPDIR=str(scratch))

    assert done.returncode == 0
    assert {path.name for path in (tmp_path / "data").iterdir()} == {"lock", "essai"}
    assert list(scratch.iterdir()) == []


def test_a_program_reads_the_banner_beside_what_comes_out(tmp_path: Path) -> None:
    done = tevo("chat", "--json", typed="bonjour\n", TEVO_DATA=str(tmp_path))

    assert "Essai" in done.stderr
    assert len(done.stdout.splitlines()) == 1


@pytest.mark.parametrize(
    "command",
    [
        ("outbox", "list"),
        ("outbox", "show", "TV-AAAA-AAAA"),
        ("inbox", "list"),
        ("inbox", "show", "1"),
        ("missed",),
        ("votes",),
        ("alerts", "preview"),
        ("alerts", "watch"),
        ("health",),
        ("check",),
    ],
)
def test_a_command_that_looks_creates_nothing(command: tuple[str, ...], tmp_path: Path) -> None:
    done = tevo(*command, TEVO_DATA=str(tmp_path / "data"))

    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []
