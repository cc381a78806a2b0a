"""The operator's view of the outbox: lists, the mailbox compared, tables that spreadsheets open rightly."""

import csv
import dataclasses
import io
from datetime import datetime
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import update

from bot.cipher import Cipher
from bot.database.database import Database
from bot.database.tables import dossiers
from bot.dossiers.desk import Desk, DossierLine
from bot.dossiers.outbox import SqlOutbox
from bot.dossiers.spreadsheet import as_csv, as_xlsx, table
from bot.pseudonyms import Pseudonyms
from knowledge.content.models import Content
from knowledge.submission import Delivery, Dossier
from tests.bot.dossiers import NAME, dossier, inquiry, recap

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


def cells(packaged: Content, *rows: tuple[DossierLine, Dossier]) -> list[list[str]]:
    assert packaged.dossier is not None
    content = as_csv(table(rows, packaged.dossier, STATES))
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def sheet(packaged: Content, *rows: tuple[DossierLine, Dossier]) -> list[dict[str, Any]]:
    """The .xlsx as another library reads it."""
    assert packaged.dossier is not None
    read = load_workbook(io.BytesIO(as_xlsx(table(rows, packaged.dossier, STATES)))).active
    head, *lines = read.iter_rows(values_only=True)
    assert all(cell.data_type in ("s", "d", "n") for row in read.iter_rows() for cell in row)
    return [dict(zip(head, line, strict=True)) for line in lines]


def line(reference: str, created: int = 1_000_000) -> DossierLine:
    return DossierLine(reference, Delivery.SENT, 1, 1, created, created + 100_000, None, "")


ROSE = {"kind": "commune", "code": "97129", "siren": "219711297", "departement": "971", "region": "01", "zone": "drom"}


def test_the_table_has_one_line_a_dossier_and_its_accents(packaged: Content) -> None:
    head, first, second = cells(packaged, (line("TV-A"), dossier("TV-A")), (line("TV-B", 2), inquiry("TV-B")))
    rows = [dict(zip(head, row, strict=True)) for row in (first, second)]
    by_reference = {row["Référence"]: row for row in rows}

    assert by_reference["TV-A"]["Nom"] == NAME
    assert by_reference["TV-A"]["Pays"] == "Pas encore"
    assert by_reference["TV-A"]["Déposé le"] == "1970-01-12T14:46:40+01:00"
    assert by_reference["TV-A"]["Corrigé le"] == "1970-01-13T18:33:20+01:00"
    assert by_reference["TV-A"]["Une collectivité française"] == "rempli"
    assert by_reference["TV-A"]["Un pays de l’aide au développement"] == "à confirmer"
    assert by_reference["TV-B"]["Question"] == "Et les communes jumelées ?"


def test_the_sheet_has_codes_dates_and_telephones_that_stay_what_they_are(packaged: Content) -> None:
    details = {**dossier().details, "phone": "+33565123456"}
    countries = {"words": "bénin et togo", "countries": ["BJ", "TG"], "status": "unknown"}
    sent = dossier("TV-A", details=details, answers={"authority": ROSE, "country": countries})

    (row,) = sheet(packaged, (line("TV-A"), sent))

    assert (row["SIREN"], row["Code INSEE"], row["Département"]) == ("219711297", "97129", "971")
    assert (row["Région"], row["Zone"]) == ("Guadeloupe", "Département ou région d'outre-mer")
    assert row["Téléphone"] == "+33565123456"  # as text: nothing is computed
    assert row["Pays (codes ISO)"] == "BJ TG"
    assert row["Déposé le"] == datetime(1970, 1, 12, 14, 46, 40)


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("+33612345678", "06\xa012\xa034\xa056\xa078"),
        ("+262262487000", "0262\xa048\xa070\xa000"),
        ("+3228123456", "(+32)\xa02\xa0812\xa034\xa056"),
    ],
)
def test_a_telephone_in_a_csv_is_text_without_an_apostrophe(packaged: Content, phone: str, shown: str) -> None:
    sent = dossier("TV-A", details={**dossier().details, "phone": phone})

    head, row = cells(packaged, (line("TV-A"), sent))

    assert dict(zip(head, row, strict=True))["Téléphone"].replace(" ", "\xa0") == shown


def test_what_was_never_corrected_bears_no_date_of_it_and_an_intercommunalite_no_code_insee(packaged: Content) -> None:
    cc = {"kind": "cc", "code": "200004802", "siren": "200004802", "departement": "83", "region": "93", "zone": "metro"}

    (row,) = sheet(
        packaged, (dataclasses.replace(line("TV-A"), revision=0), dossier("TV-A", answers={"authority": cc}))
    )

    assert (row["Corrigé le"], row["Code INSEE"], row["SIREN"]) == ("", "", "200004802")
    assert row["Région"] == "Provence-Alpes-Côte d'Azur"


PAYLOADS = ["=1+1", "+33", "-1", "@SUM(A1)", "\tx", "\rx", '=HYPERLINK("http://x";"y")', "{=1}", "http://exemple.fr"]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_cell_is_computed(packaged: Content, payload: str) -> None:
    details = {**dossier().details, "name": payload, "message": payload}
    sent = (line("TV-A"), dossier("TV-A", details=details))

    head, row = cells(packaged, sent)
    (other,) = sheet(packaged, sent)

    assert not dict(zip(head, row, strict=True))["Nom"].startswith(("=", "+", "-", "@", "\t", "\r"))
    assert dict(zip(head, row, strict=True))["Nom"].endswith(payload.strip("+")) or payload == "+33"
    assert str(other["Message"]).replace("_x000D_", "\r") == payload


def test_what_may_be_one_dossier_twice_stands_side_by_side(packaged: Content) -> None:
    other = {**dossier().details, "email": "autre@exemple.fr", "phone": ""}
    first = dossier("TV-A", answers={"authority": ROSE})
    alone = dossier("TV-B", details={**other, "email": "seule@exemple.fr"})
    same_authority = dossier("TV-C", details=other, answers={"authority": ROSE})
    same_person = dossier("TV-D", details=other)

    rows = sheet(
        packaged,
        (line("TV-A", 1), first),
        (line("TV-B", 2), alone),
        (line("TV-C", 3), same_authority),
        (line("TV-D", 4), same_person),
    )

    assert [row["Référence"] for row in rows] == ["TV-A", "TV-C", "TV-D", "TV-B"]
    assert rows[0]["Doublons possibles"] == "TV-C, TV-D"
    assert rows[-1]["Doublons possibles"] in (None, "")


def test_an_empty_table_still_has_its_heading(packaged: Content) -> None:
    (head,) = cells(packaged)

    assert "Référence" in head


def test_a_question_has_its_body_a_correction_is_a_number_and_a_kind_stands_beside_its_body(packaged: Content) -> None:
    asked = dataclasses.replace(inquiry("TV-B"), asker="Amis du Mékong (nom déclaré)")
    first = dossier("TV-A", recap=recap(answers=(("Collectivité", "Javols"), ("Pays", "Laos"))))
    second = dossier("TV-C", recap=recap(answers=(("Collectivité", "SIVU"), ("Type", "Groupement"), ("Pays", "Laos"))))

    rows = sheet(packaged, (line("TV-A", 1), first), (line("TV-B", 2), asked), (line("TV-C", 3), second))

    asking = next(row for row in rows if row["Référence"] == "TV-B")
    assert asking["Collectivité ou organisme"] == "Amis du Mékong (nom déclaré)"
    assert rows[0]["Corrections"] == 1
    names = list(rows[0])
    assert names.index("Type") == names.index("Collectivité") + 1
