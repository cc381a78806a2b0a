"""Personal data at rest: sealed with the installation's key, which is not in the database."""

import base64
import hashlib

from nacl.exceptions import CryptoError
from nacl.secret import SecretBox


class Cipher:
    """Seals texts (libsodium's secret box: XSalsa20 and Poly1305, a random nonce each time)."""

    def __init__(self, key: bytes) -> None:
        self._box = SecretBox(hashlib.sha256(b"rows:" + key).digest())

    def seal(self, text: str) -> str:
        """The text, readable with the key only."""
        return base64.b64encode(self._box.encrypt(text.encode("utf-8", "surrogatepass"))).decode()

    def unseal(self, sealed: str) -> str | None:
        """The text that was sealed; None when another key did it, or when it was changed since."""
        try:
            return self._box.decrypt(base64.b64decode(sealed)).decode("utf-8", "surrogatepass")
        except (CryptoError, ValueError):  # ValueError: not base64, or shorter than a nonce
            return None
