"""Another key: what is sealed is sealed again, and the pseudonyms follow. In one transaction."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, Table, delete, select, update

from bot.cipher import Cipher
from bot.database.database import Database
from bot.database.tables import dossiers, fsm, handovers, inbox, missed_questions, subscriptions, votes
from bot.pseudonyms import Pseudonyms

_SEALED: tuple[tuple[Table, Column[Any]], ...] = (
    (fsm, fsm.c.data),
    (inbox, inbox.c.body),
    (inbox, inbox.c.reply),
    (missed_questions, missed_questions.c.question),
    (dossiers, dossiers.c.body),
    (subscriptions, subscriptions.c.chat),
)

_NAMED = {dossiers: "dossiers", subscriptions: "subscriptions"}
"""Tables whose sealed JSON says who the person is, with the purpose of their pseudonym."""


@dataclass
class Rotation:
    """How many rows."""

    sealed: int = 0
    current: int = 0
    """Sealed with the new key before."""
    unreadable: int = 0
    """Sealed neither with the old key nor with the new one: left as they are."""


async def rotate(database: Database, old: bytes, new: bytes) -> Rotation:
    """Seal everything with `new`. What is sealed with it already stays: it can be run again.

    Opinions keep a name that leads to nobody any more; codes given to colleagues end.
    """

    def work(connection: Connection) -> Rotation:
        done = Rotation()
        for table, column in _SEALED:
            _reseal(connection, table, column, (Cipher(old), Cipher(new), Pseudonyms(new)), done)
        if done.current and not done.sealed:  # run again: the names are those of the new key already
            return done
        connection.execute(delete(handovers))
        names = connection.execute(select(votes.c.person).distinct()).scalars().all()
        for name in names:
            anonymous = Pseudonyms(new).of(name, "former votes")
            connection.execute(update(votes).where(votes.c.person == name).values(person=anonymous))
        return done

    done = await database.write(work)
    await database.tidy()  # the log still holds what the old key sealed
    return done


def _reseal(
    connection: Connection,
    table: Table,
    column: Column[Any],
    keys: tuple[Cipher, Cipher, Pseudonyms],
    done: Rotation,
) -> None:
    old, new, pseudonyms = keys
    (primary,) = table.primary_key.columns
    for key, body in connection.execute(select(primary, column).where(column.is_not(None))).all():
        if new.unseal(body) is not None:
            done.current += 1
            continue
        text = old.unseal(body)
        if text is None:
            done.unreadable += 1
            continue
        values = {column.name: new.seal(text)}
        if purpose := _NAMED.get(table):
            values["person"] = pseudonyms.of(json.loads(text)["person"], purpose)
        connection.execute(update(table).where(primary == key).values(**values))
        done.sealed += 1
