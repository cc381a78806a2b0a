"""Another key: what is sealed is sealed again, and the pseudonyms follow. In one transaction."""

from collections.abc import Iterable

from sqlalchemy import Connection, select

from bot.database.database import Database
from bot.database.tables import witness
from bot.keeping import Keeps, Keys, Rotation
from bot.memory.witness import bear, opens
from bot.sentences import tell
from bot.settings import SettingsError


async def rotate(stores: Iterable[Keeps], database: Database, old: bytes, new: bytes) -> Rotation:
    """Seal everything with `new`: all of it or, if it is killed, nothing. Run again, it changes nothing more.

    Opinions keep a name that leads to nobody any more; codes given to colleagues end.
    Raises SettingsError when the database was sealed with neither key.
    """
    rotation = await database.write(lambda connection: _rotate(connection, tuple(stores), old, new))
    await database.tidy()  # the log still holds what the old key sealed
    return rotation


def _rotate(connection: Connection, stores: Iterable[Keeps], old: bytes, new: bytes) -> Rotation:
    rotation = Rotation(Keys.of(old), Keys.of(new))
    sealed = connection.execute(select(witness.c.sealed)).scalar()
    if sealed is not None and opens(new, sealed):
        return rotation
    if sealed is not None and not opens(old, sealed):
        raise SettingsError(tell("key_old_wrong"))
    for store in stores:
        store.rotate(connection, rotation)
    bear(connection, new)
    return rotation
