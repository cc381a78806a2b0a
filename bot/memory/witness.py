"""A sealed witness in the database: it opens with the installation's key, or nothing is begun."""

from sqlalchemy import Connection, delete, select

from bot.cipher import Cipher, place
from bot.database.database import Database
from bot.database.tables import dossiers, fsm, missed_questions, subscriptions, witness
from bot.pseudonyms import load_key
from bot.sentences import tell
from bot.settings import Settings, SettingsError

_PLACE = place(witness.c.sealed)
_WORD = "witness"

_EARLIER = (dossiers.c.body, subscriptions.c.chat, fsm.c.data, missed_questions.c.question)
"""What a database without a witness may hold, sealed by an earlier version."""


async def accepted_key(database: Database, settings: Settings) -> bytes:
    """The installation's key, with which this database can be read. It is drawn for a new database only.

    Raises SettingsError, before anything is written, when the key is missing, too short, or another one.
    """
    rows = await database.read(select(witness.c.sealed))
    earlier = [] if rows else await _earlier(database)
    key = load_key(settings, draws=not (rows or earlier))
    if rows and not opens(key, rows[0].sealed):
        raise SettingsError(tell("key_other"))
    if earlier and not any(opens(key, sealed) for sealed in earlier):
        raise SettingsError(tell("key_other"))
    if not rows:
        await database.write(lambda connection: bear(connection, key))
    return key


def opens(key: bytes, sealed: str) -> bool:
    """Whether this key sealed the witness, or what an earlier version sealed."""
    return Cipher(key).unseal(sealed, _PLACE) is not None


def bear(connection: Connection, key: bytes) -> None:
    """Have the database witness this key, and no other."""
    connection.execute(delete(witness))
    connection.execute(witness.insert().values(id=1, sealed=Cipher(key).seal(_WORD, _PLACE)))


async def _earlier(database: Database) -> list[str]:
    found = [await database.read(select(column).where(~column.startswith("p:")).limit(3)) for column in _EARLIER]
    return [row[0] for rows in found for row in rows]
