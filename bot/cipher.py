"""Personal data at rest: sealed with the installation's key, which is not in the database."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken


class Cipher:
    """Seals texts (AES-128-CBC and HMAC, as Fernet specifies)."""

    def __init__(self, key: bytes) -> None:
        self._fernet = Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"rows:" + key).digest()))

    def seal(self, text: str) -> str:
        """The text, readable with the key only."""
        return self._fernet.encrypt(text.encode("utf-8", "surrogatepass")).decode()

    def unseal(self, sealed: str) -> str | None:
        """The text that was sealed; None when another key did it, or when it was changed since."""
        try:
            return self._fernet.decrypt(sealed.encode()).decode("utf-8", "surrogatepass")
        except InvalidToken:
            return None
