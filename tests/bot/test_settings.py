"""Settings: every mistake at once, each naming the variable to change; secrets never shown."""

from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError, load_settings

TOKEN = "123456789:AAHfiqksKZ8WmR2zSjiQ7_v4TMAKdiHm9T0"


def test_nothing_set_is_enough_for_a_chat() -> None:
    assert load_settings({}).database == "sqlite+aiosqlite:///data/tevo.db"


def test_an_empty_variable_counts_as_not_set() -> None:
    assert load_settings({"TEVO_BOT_TOKEN": " "}).bot_token is None


def test_all_mistakes_are_told_at_once_with_the_variable_and_an_example() -> None:
    with pytest.raises(SettingsError) as raised:
        load_settings({"TEVO_BOT_TOKEN": "secret", "TEVO_LOG_LEVEL": "bavard", "TEVO_WEBHOOK_PORT": "0"})

    token, level, port = str(raised.value).splitlines()
    assert token.startswith("TEVO_BOT_TOKEN")
    assert "@BotFather" in token
    assert "secret" not in token
    assert "« bavard »" in level
    assert "65535" in port


def test_a_misspelt_variable_is_not_ignored() -> None:
    with pytest.raises(SettingsError, match="TEVO_BOT_TOKEN"):
        load_settings({"TEVO_BOT_TOKN": TOKEN})


@pytest.mark.parametrize("written", [f"{TOKEN}\n", f"{TOKEN} \r\n", f"\ufeff{TOKEN}\r\n"])
def test_a_secret_may_come_from_a_file_as_an_editor_ends_and_begins_it(tmp_path: Path, written: str) -> None:
    path = tmp_path / "token"
    path.write_bytes(written.encode())
    path.chmod(0o600)

    token = load_settings({"TEVO_BOT_TOKEN_FILE": str(path)}).bot_token

    assert token is not None
    assert token.get_secret_value() == TOKEN


def test_a_secret_that_everybody_can_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "token"
    path.write_text(TOKEN)
    path.chmod(0o644)

    with pytest.raises(SettingsError, match="chmod 600"):
        load_settings({"TEVO_BOT_TOKEN_FILE": str(path)})


def test_a_webhook_without_secret_is_refused() -> None:
    with pytest.raises(SettingsError, match="TEVO_WEBHOOK_SECRET"):
        load_settings({"TEVO_WEBHOOK_URL": "https://bot.exemple.fr/x"})


def test_secrets_do_not_show_in_what_is_printed() -> None:
    settings = Settings(bot_token=TOKEN, database_url="postgresql://tevo:motdepasse@serveur/tevo")

    assert TOKEN not in repr(settings)
    assert "motdepasse" not in repr(settings)


def test_the_example_file_names_every_setting() -> None:
    example = Path(__file__).parents[2].joinpath(".env.example").read_text("utf-8")

    assert [name for name in Settings.model_fields if f"TEVO_{name.upper()}=" not in example] == []


@pytest.mark.parametrize(
    "url",
    [
        "smtp://:s3cret@",
        "smtp://:587",
        "smtps://mail:99999",
        "smtps://mail:abc",
        "smtp://mail:0",
        "smtp://mail/x",
        "smtp://a b",
    ],
)
def test_a_mail_server_that_cannot_be_is_told_in_one_line_without_the_password(url: str) -> None:
    with pytest.raises(SettingsError) as raised:
        load_settings({"TEVO_SMTP_URL": url, "TEVO_MAIL_FROM": "a@exemple.fr"})

    (line,) = str(raised.value).splitlines()
    assert line.startswith("TEVO_SMTP_URL")
    assert "s3cret" not in line
