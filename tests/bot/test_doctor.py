"""`tevo doctor`: what a running assistant needs, each ✅ or what to do."""

import asyncio
import random
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.commands.cli import tevo
from bot.database.database import open_database
from tests.bot.smtp_server import Mailbox
from tests.bot_api import TOKEN, BotApi, Fault


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TEVO_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


async def examined(*options: str) -> Result:
    """In a thread of its own: the servers that it asks run on this one's loop."""
    command = ["doctor", *options]
    return await asyncio.to_thread(CliRunner().invoke, tevo, command, standalone_mode=False)


async def test_all_is_well_with_telegram_in_reach(api: BotApi, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEVO_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("TEVO_TELEGRAM_API", api.url)

    result = await examined()

    assert result.return_value == 0, result.output
    assert "❌" not in result.output
    assert "Telegram accepte le jeton" in result.output


async def test_a_refused_token_is_told_with_what_to_do(api: BotApi, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEVO_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("TEVO_TELEGRAM_API", api.url)
    api.fails("getMe", Fault(401))

    result = await examined()

    assert result.return_value == 1
    assert "❌ TEVO_BOT_TOKEN : Telegram refuse ce jeton" in result.output


async def test_a_trial_mail_really_leaves(mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEVO_SMTP_URL", mailbox.url)
    monkeypatch.setenv("TEVO_MAIL_FROM", "assistant@example.org")

    result = await examined("--mail", "equipe@example.org")

    assert "✅ Un courriel d'essai est parti vers equipe@example.org" in result.output
    assert [mail["To"] for mail in mailbox.received] == ["equipe@example.org"]


async def test_a_mail_server_that_refuses_is_told(mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEVO_SMTP_URL", mailbox.url)
    monkeypatch.setenv("TEVO_MAIL_FROM", "assistant@example.org")
    mailbox.refusals = ["550 nobody here"]

    result = await examined("--mail", "equipe@example.org")

    assert result.return_value == 1
    assert "❌ Le courriel d'essai n'est pas parti" in result.output


async def test_a_damaged_database_and_a_wrong_content_are_told(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data.mkdir()
    (data / "tevo.db").write_bytes(b"not a database" * 100)
    monkeypatch.setenv("TEVO_CONTENT", str(data))

    result = await examined()

    assert result.return_value == 1
    assert "❌ Contenu" in result.output
    assert "❌ La base est abîmée" in result.output


@pytest.mark.parametrize("seed", range(4))
async def test_wherever_a_database_is_damaged_one_line_says_so(data: Path, seed: int) -> None:
    dice, path = random.Random(seed), data / "tevo.db"
    async with open_database(f"sqlite+aiosqlite:///{path}"):
        pass
    with path.open("r+b") as file:
        for page in dice.sample(range(path.stat().st_size // 4096), 5):
            file.seek(page * 4096)
            file.write(dice.randbytes(4096))

    result = await examined()

    assert result.return_value == 1
    assert "❌ La base est abîmée" in result.output


TOLD = {"CONTROLLER": "Mairie d'essai", "DPO": "dpo@essai.fr", "LEGAL_BASIS": "essai", "RECIPIENTS": "l'équipe"}


async def test_with_a_mail_server_who_handles_the_data_is_asked_for_since_nothing_leaves_before(
    mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEVO_SMTP_URL", mailbox.url)
    monkeypatch.setenv("TEVO_MAIL_FROM", "assistant@example.org")
    for name, value in TOLD.items():
        if name != "DPO":
            monkeypatch.setenv(f"TEVO_{name}", value)

    missing = (await examined()).output
    monkeypatch.setenv("TEVO_DPO", TOLD["DPO"])
    told = (await examined()).output

    assert "❌ Les personnes ne savent pas qui répond de leurs données" in missing
    assert "Manquent : TEVO_DPO (" in missing
    assert "✅ Les personnes savent qui répond de leurs données : Mairie d'essai" in told.replace("’", "'")


async def test_without_a_mail_server_that_is_told_and_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TEVO_SMTP_URL", raising=False)

    assert "✅ Sans serveur de courriel, aucun dossier ne part" in (await examined()).output
