"""Nothing begins with a key that is not the database's: one line says what to do, and nothing was written."""

from pathlib import Path

import pytest
from sqlalchemy import delete, select

from bot.database.database import open_database
from bot.database.tables import fsm, witness
from bot.settings import Settings, SettingsError
from bot.stores import open_stores
from tests.bot.test_rotation import _as_before
from tests.bot.test_storage import KEY as CONVERSATION
from tests.keeping import TODAY


async def opened(settings: Settings) -> dict[str, object]:
    """What a conversation holds, once the stores are open."""
    async with open_stores(settings, lambda: TODAY) as (_, _, stores):
        return await stores.conversations.get_data(CONVERSATION)


async def began(folder: Path, **key: str) -> Settings:
    """An installation that has run once."""
    settings = Settings.model_validate({"data": folder, **key})
    async with open_stores(settings, lambda: TODAY) as (_, _, stores):
        await stores.conversations.set_data(CONVERSATION, {"a": 1})
    return settings


async def test_the_same_key_opens_again(tmp_path: Path) -> None:
    assert await opened(await began(tmp_path)) == {"a": 1}
    assert (tmp_path / "key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("content", ["", " \n", "courte", "a" * 31])
async def test_an_empty_or_short_key_is_refused(tmp_path: Path, content: str) -> None:
    await began(tmp_path)
    (tmp_path / "key").write_text(content)

    with pytest.raises(SettingsError, match="32 octets"):
        await opened(Settings(data=tmp_path))


async def test_another_key_is_refused(tmp_path: Path) -> None:
    await began(tmp_path)
    (tmp_path / "key").write_text("z" * 64)

    with pytest.raises(SettingsError, match="autre clé"):
        await opened(Settings(data=tmp_path))


async def test_a_missing_key_is_refused_and_none_is_drawn_in_its_place(tmp_path: Path) -> None:
    await began(tmp_path)
    (tmp_path / "key").rename(tmp_path / "elsewhere")

    with pytest.raises(SettingsError, match="la clé manque"):
        await opened(Settings(data=tmp_path))

    assert not (tmp_path / "key").exists()
    (tmp_path / "elsewhere").rename(tmp_path / "key")
    assert await opened(Settings(data=tmp_path)) == {"a": 1}


async def test_a_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    await began(tmp_path)
    (tmp_path / "key").chmod(0o644)

    with pytest.raises(SettingsError, match="chmod 600"):
        await opened(Settings(data=tmp_path))


async def test_what_an_earlier_version_sealed_must_open_too(tmp_path: Path) -> None:
    settings = await began(tmp_path)
    key = (tmp_path / "key").read_bytes()
    async with open_database(settings.database) as database:
        await database.execute(delete(witness))
        await database.execute(fsm.update().values(data=_as_before(key, '{"a": 1}')))
    (tmp_path / "key").write_text("z" * 64)

    with pytest.raises(SettingsError, match="autre clé"):
        await opened(settings)

    (tmp_path / "key").write_bytes(key)
    assert await opened(settings) == {"a": 1}
    async with open_database(settings.database) as database:
        assert len(await database.read(select(witness))) == 1
