"""People are known to tables and logs by a keyed hash of their Telegram id: nobody can count back without the key."""

import contextlib
import hashlib
import hmac
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from bot.sentences import tell
from bot.settings import Settings, SettingsError

_FEWEST_BYTES = 32  # of a key: less could be guessed


class Pseudonyms:
    """One name a person, the same as long as the key is."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def of(self, person: int | str, purpose: str) -> str:
        """24 hexadecimal digits. Another `purpose` gives another name: logs and votes cannot be joined."""
        return hmac.new(self._key, f"{purpose}:{person}".encode(), hashlib.sha256).hexdigest()[:24]

    def of_purpose(self, purpose: str) -> Callable[[int], str]:
        """The names that people have for one purpose."""
        return lambda person: self.of(person, purpose)


def load_key(settings: Settings, *, draws: bool = True) -> bytes:
    """The installation's key: TEVO_DATA_KEY, else the one kept in the data folder, drawn at the first start.

    `draws`: whether one may be drawn. Raises SettingsError when the folder cannot be written, when there is no key
    and none may be drawn, and for a key that could be guessed or that others can read.
    """
    if settings.data_key is not None:
        return _long_enough(settings.data_key.get_secret_value().encode(), "TEVO_DATA_KEY")
    path = settings.data / "key"
    try:
        if draws and not os.path.lexists(path):
            _draw(path)
        return _long_enough(_read(path), str(path))
    except FileNotFoundError:
        raise SettingsError(tell("key_missing", path=path)) from None
    except OSError:
        raise SettingsError(tell("folder_unusable", folder=settings.data)) from None


def _draw(path: Path) -> None:
    """Written beside, then linked: never half a key, and the first of two wins."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        file.write(secrets.token_hex(32))
        file.flush()
        os.fsync(file.fileno())
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()


def _read(path: Path) -> bytes:
    if path.stat().st_mode & 0o007:
        raise SettingsError(tell("setting_file_open", name="TEVO_DATA", path=path))
    return path.read_bytes()


def _long_enough(key: bytes, where: str) -> bytes:
    if len(key.strip()) < _FEWEST_BYTES:
        raise SettingsError(tell("key_short", where=where))
    return key
