"""The operator's view of the outbox: lists, the mailbox compared, tables that spreadsheets open rightly."""

import csv
import io

import pytest
from sqlalchemy import update

from bot.cipher import Cipher
from bot.database.database import Database
from bot.database.tables import dossiers
from bot.dossiers.desk import Desk, Line
from bot.dossiers.outbox import SqlOutbox
from bot.dossiers.spreadsheet import as_csv
from bot.pseudonyms import Pseudonyms
from knowledge.content.models import Content
from knowledge.dossier import Delivery
from tests.bot.dossiers import NAME, dossier, inquiry

KEY = b"key"
STATES = {str(state): f"état {state}" for state in Delivery}


@pytest.fixture
async def desk(any_database: Database) -> Desk:
    """One dossier in each state, its reference named after it."""
    outbox = SqlOutbox(any_database, Pseudonyms(KEY), Cipher(KEY))
    for letter, state in zip("ABCDE", ("waiting", "held", "maybe", "sent", "kept"), strict=True):
        reference = f"TV-{letter * 4}-{letter * 4}"
        await outbox.put(7, dossier(reference))
        await any_database.execute(
            update(dossiers).where(dossiers.c.reference == reference).values(state=state, attempts=3)
        )
    return Desk(any_database, Cipher(KEY))


async def state(desk: Desk, letter: str) -> Delivery:
    return {line.reference: line.state for line in await desk.lines()}[f"TV-{letter * 4}-{letter * 4}"]


async def test_the_list_names_nobody(desk: Desk) -> None:
    lines = await desk.lines()

    assert len(lines) == 5
    assert NAME not in str(lines)


@pytest.mark.parametrize(("letter", "possible"), [("A", True), ("B", True), ("C", True), ("D", False), ("Z", False)])
async def test_what_is_stuck_can_be_tried_again_and_what_was_sent_cannot(
    desk: Desk, letter: str, possible: bool
) -> None:
    assert await desk.retry(f"TV-{letter * 4}-{letter * 4}") is possible
    if possible:
        assert await state(desk, letter) == Delivery.WAITING


async def test_the_mailbox_compared_names_what_is_missing_unknown_and_seen_twice(desk: Desk) -> None:
    result = await desk.reconcile("[TV-ZZZZ-ZZZZ] Commune\n[TV-CCCC-CCCC] x\nRe: [TV-EEEE-EEEE]\n[TV-EEEE-EEEE]")

    assert result.missing == ["TV-DDDD-DDDD"]
    assert result.unknown == ["TV-ZZZZ-ZZZZ"]
    assert result.settled == ["TV-CCCC-CCCC"]
    assert result.twice == ["TV-EEEE-EEEE"]
    assert result.doubtful == []
    assert await state(desk, "C") == Delivery.SENT


async def test_what_is_perhaps_sent_and_not_in_the_mailbox_stays_in_doubt(desk: Desk) -> None:
    result = await desk.reconcile("TV-DDDD-DDDD")

    assert result.found == ["TV-DDDD-DDDD"]
    assert result.doubtful == ["TV-CCCC-CCCC"]
    assert await state(desk, "C") == Delivery.MAYBE


def table(packaged: Content, *rows: tuple[Line, object]) -> list[list[str]]:
    assert packaged.dossier is not None
    content = as_csv(rows, packaged.dossier, STATES)  # type: ignore[arg-type]
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def line(reference: str) -> Line:
    return Line(reference, Delivery.SENT, 0, 1, 1_000_000, None, "")


def test_the_table_has_one_line_a_dossier_and_its_accents(packaged: Content) -> None:
    head, first, second = table(packaged, (line("TV-A"), dossier("TV-A")), (line("TV-B"), inquiry("TV-B")))

    assert dict(zip(head, first, strict=True))["Nom"] == NAME
    assert dict(zip(head, first, strict=True))["Pays"] == "Pas encore"
    assert dict(zip(head, second, strict=True))["Question"] == "Et les communes jumelées ?"


@pytest.mark.parametrize("payload", ["=1+1", "+33", "-1", "@SUM(A1)", "\tx", "\rx", '=HYPERLINK("http://x";"y")'])
def test_no_cell_is_computed(packaged: Content, payload: str) -> None:
    details = {**dossier().details, "name": payload, "message": payload}

    head, row = table(packaged, (line("TV-A"), dossier("TV-A", details=details)))

    cells = dict(zip(head, row, strict=True))
    assert cells["Nom"] == f"'{payload}"
    assert cells["Message"] == f"'{payload}"


def test_an_empty_table_still_has_its_heading(packaged: Content) -> None:
    (head,) = table(packaged)

    assert "Référence" in head
