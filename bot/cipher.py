"""Personal data at rest: sealed with the installation's key, which is not in the database.

A text is sealed to its place, the column and the row with whose person: copied into another row, it does not open.
"""

import base64
import hashlib

from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
    crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
)
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox
from nacl.utils import random
from sqlalchemy import Column

_BOUND = "p:"
"""Begins what is sealed to its place; what was sealed before that was done has no colon."""


def place(column: "Column[str]", *of: object) -> str:
    """The place of a text: its column, and what tells the row and its person."""
    return "|".join((f"{column.table.name}.{column.name}", *map(str, of)))


class Cipher:
    """Seals texts (libsodium: XChaCha20 and Poly1305, a random nonce each time, the place authenticated)."""

    def __init__(self, key: bytes) -> None:
        self._key = hashlib.sha256(b"places:" + key).digest()
        self._former = SecretBox(hashlib.sha256(b"rows:" + key).digest())

    def seal(self, text: str, place: str) -> str:
        """The text, readable with the key and at that place only."""
        nonce = random(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES)
        clear = text.encode("utf-8", "surrogatepass")
        sealed = crypto_aead_xchacha20poly1305_ietf_encrypt(clear, place.encode(), nonce, self._key)
        return _BOUND + base64.b64encode(nonce + sealed).decode()

    def unseal(self, sealed: str, place: str) -> str | None:
        """The text that was sealed; None when another key or another place did it, or when it was changed since."""
        try:
            if not sealed.startswith(_BOUND):
                return self._former.decrypt(base64.b64decode(sealed)).decode("utf-8", "surrogatepass")
            whole = base64.b64decode(sealed.removeprefix(_BOUND))
            nonce, body = (
                whole[:crypto_aead_xchacha20poly1305_ietf_NPUBBYTES],
                whole[crypto_aead_xchacha20poly1305_ietf_NPUBBYTES:],
            )
            clear = crypto_aead_xchacha20poly1305_ietf_decrypt(body, place.encode(), nonce, self._key)
            return clear.decode("utf-8", "surrogatepass")
        except (CryptoError, ValueError):  # ValueError: not base64, or shorter than a nonce
            return None
