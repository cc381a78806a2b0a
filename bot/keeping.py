"""What every store of personal things promises: which tables are its own, and how it shows, erases, forgets, reseals.

Retention, /supprimer, /mesdonnees and `tevo rotate-key` go through the stores; a test fails when a table is in none.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

from sqlalchemy import Column, Connection, Table, delete, select, update

from bot.cipher import Cipher
from bot.pseudonyms import Pseudonyms
from bot.settings import DOSSIERS_DAYS, DRAFTS_DAYS, QUESTIONS_DAYS, Settings
from knowledge.conversation.frame import ASKED_SECONDS
from knowledge.questionnaire.engine import UNDO_SECONDS

EVER = 2**37
"""Seconds since 1970, the year 6325: whatever it dates from."""


@dataclass(frozen=True)
class Retention:
    """How long things are kept (docs/rgpd.md says the same in French). The operator may shorten the first three."""

    dossiers: timedelta = timedelta(days=DOSSIERS_DAYS)
    """Since it was sent, or corrected; whatever became of it."""
    drafts: timedelta = timedelta(days=DRAFTS_DAYS)
    """A conversation that nobody came back to."""
    questions: timedelta = timedelta(days=QUESTIONS_DAYS)
    """Those that found no answer."""
    inbox: timedelta = timedelta(hours=48)
    """Telegram delivers again for 24 h at most: twice that, then even the number is forgotten."""
    replies: timedelta = timedelta(days=14)
    """Since a question left for the team: as long can it be answered in its conversation."""
    waiting: timedelta = timedelta(days=7)
    """What nobody could handle, the bot being stopped: it is too late to answer."""
    cancelled: timedelta = timedelta(seconds=UNDO_SECONDS)
    """Answers that somebody took away: time for a change of mind."""
    asked: timedelta = timedelta(seconds=ASKED_SECONDS)
    """The last question of a conversation."""
    votes: timedelta = timedelta(days=365)
    """Opinions: long enough for the team to mend the content."""
    counts: timedelta = timedelta(days=365)
    """What is counted, day by day: a season can be compared with the one before."""
    subscriptions: timedelta = timedelta(days=3 * 365)
    """Since the person asked to be told, or asked again."""
    alerts: timedelta = timedelta(days=90)
    """Who was told of what: as long as the team may ask how it went."""

    @classmethod
    def of(cls, settings: Settings) -> "Retention":
        """As these settings say."""
        days = (settings.keep_dossiers_days, settings.keep_drafts_days, settings.keep_questions_days)
        return cls(*(timedelta(days=number) for number in days))


def before(now: float, term: timedelta) -> int:
    """The second before which what was kept so long is over."""
    return int(now - term.total_seconds())


@dataclass(frozen=True)
class Keys:
    """What follows from an installation's key."""

    cipher: Cipher
    pseudonyms: Pseudonyms

    @classmethod
    def of(cls, key: bytes) -> "Keys":
        """Of these bytes."""
        return cls(Cipher(key), Pseudonyms(key))


@dataclass(frozen=True)
class Whose:
    """Whose things are meant, for tables that know people by a pseudonym and for those that know their number."""

    name: Callable[[str], str]
    """The person's pseudonym for a purpose; empty where it is not known."""
    is_person: Callable[[int], bool]
    """Whether a Telegram id is the person's."""

    @classmethod
    def of(cls, person: int, pseudonyms: Pseudonyms) -> "Whose":
        """Of whoever has that Telegram id."""
        return cls(lambda purpose: pseudonyms.of(person, purpose), lambda number: number == person)


@dataclass
class Rotation:
    """A change of key on its way, and how many rows so far."""

    old: Keys
    new: Keys
    sealed: int = 0
    current: int = 0
    """Sealed with the new key before."""
    unreadable: int = 0
    """Sealed neither with the old key nor with the new one: left as they are."""

    def reseal(
        self,
        connection: Connection,
        column: "Column[Any]",
        place_of: Callable[[Mapping[str, Any]], str],
        purpose: str | None = None,
    ) -> None:
        """Seal this column again. `place_of`: a row's place; `purpose`: of the pseudonym of its text's `person`."""
        table = column.table
        for found in connection.execute(select(table).where(column.is_not(None))).mappings().all():
            row = dict(found)
            if self.new.cipher.unseal(row[column.name], place_of(row)) is not None:
                self.current += 1
                continue
            text = self.old.cipher.unseal(row[column.name], place_of(row))
            if text is None:
                self.unreadable += 1
                continue
            names = {"person": self.new.pseudonyms.of(json.loads(text)["person"], purpose)} if purpose else {}
            sealed = {column.name: self.new.cipher.seal(text, place_of({**row, **names}))}
            self._replace(connection, table, row, {**names, **sealed})
            self.sealed += 1

    @staticmethod
    def _replace(connection: Connection, table: Any, row: Mapping[str, Any], values: dict[str, str]) -> None:
        (primary,) = table.primary_key.columns
        this = primary == row[primary.name]
        after = values.get(primary.name, row[primary.name])
        if after != row[primary.name] and connection.execute(select(primary).where(primary == after)).first():
            connection.execute(delete(table).where(this))  # the person came back under the new name: that row counts
        else:
            connection.execute(update(table).where(this).values(values))


class Keeps(Protocol):
    """A store of what concerns people."""

    @property
    def tables(self) -> tuple[Table, ...]:
        """Those that nobody else writes."""

    @property
    def sealed(self) -> tuple["Column[Any]", ...]:
        """The columns that hold sealed text: no other one may hold what a person wrote, or who it is."""

    @property
    def purpose(self) -> str | None:
        """What its pseudonyms are made for; None where it has none."""

    async def export(self, person: int) -> dict[str, object]:
        """All that is kept of the person, by name; empty without anything."""

    async def erase_all(self, whose: Whose, until: int) -> int:
        """Erase all that is kept of the person and dates from before that second; of how much others hold a copy."""

    async def purge(self, now: float, retention: Retention) -> Sequence[str]:
        """Delete what is past its time; references of what ends without having served, for the team to be told."""

    def rotate(self, connection: Connection, rotation: Rotation) -> None:
        """Seal all of it with the new key, names included."""
