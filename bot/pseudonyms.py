"""People are known to tables and logs by a keyed hash of their Telegram id: nobody can count back without the key."""

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from bot.sentences import tell
from bot.settings import Settings, SettingsError


class Pseudonyms:
    """One name a person, the same as long as the key is."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def of(self, person: int | str, purpose: str) -> str:
        """24 hexadecimal digits. Another `purpose` gives another name: logs and votes cannot be joined."""
        return hmac.new(self._key, f"{purpose}:{person}".encode(), hashlib.sha256).hexdigest()[:24]


def load_key(settings: Settings) -> bytes:
    """The installation's key: TEVO_DATA_KEY, else the one kept in the data folder, drawn at the first start.

    Raises SettingsError when the folder cannot be written.
    """
    if settings.data_key is not None:
        return settings.data_key.get_secret_value().encode()
    try:
        return _kept_key(settings.data / "key")
    except OSError:
        raise SettingsError(tell("folder_unusable", folder=settings.data)) from None


def _kept_key(path: Path) -> bytes:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    if not path.exists():  # written beside, then linked: never half a key, and the first of two wins
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_hex(32))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_bytes()
