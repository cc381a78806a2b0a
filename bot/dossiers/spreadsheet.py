"""The dossiers as a table, for a French spreadsheet: real .xlsx, or .csv. Nothing in it is ever computed."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from bot.dossiers.desk import DossierLine
from bot.dossiers.duplicates import groups
from bot.dossiers.mail import verdict
from bot.inert_cells import inert
from knowledge.content.calendar import PARIS
from knowledge.content.dossier import DossierForm, MailWords
from knowledge.register.authorities import region_names
from knowledge.submission import Dossier

Cell = str | int | datetime
Row = dict[str, Cell]

_regions = cache(region_names)
_WIDTH = 24  # characters of a column


@dataclass(frozen=True)
class Table:
    """Names of the columns, and one row a dossier: those that may be the same one are side by side."""

    names: list[str]
    rows: list[Row]


def table(opened: Iterable[tuple[DossierLine, Dossier]], form: DossierForm, states: Mapping[str, str]) -> Table:
    """`states`: each state in words."""
    dossiers = list(opened)
    others = groups([dossier for _, dossier in dossiers])
    filed = {line.reference: line.created_at for line, _ in dossiers}
    begun = {name: min(filed[other] for other in together) for name, together in others.items()}
    ordered = sorted(dossiers, key=lambda one: (begun[one[0].reference], one[0].created_at, one[0].reference))
    rows = [
        _fields(line, dossier, form, states) | {form.mail.columns["duplicates"]: _others(dossier, others)}
        for line, dossier in ordered
    ]
    return Table(_names(rows) or list(form.mail.columns.values()), rows)


def _names(rows: Iterable[Row]) -> list[str]:
    """Every column, each after the one that it follows in the first row that has it: a kind beside its body."""
    found: list[str] = []
    for row in rows:
        at = 0
        for name in row:
            if name not in found:
                found.insert(at, name)
            at = found.index(name) + 1
    return found


def as_csv(written: Table) -> bytes:
    """UTF-8 with its mark, semicolons, ISO dates."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, written.names, delimiter=";", restval="")
    writer.writeheader()
    writer.writerows({name: inert(_text(cell)) for name, cell in row.items()} for row in written.rows)
    return text.getvalue().encode("utf-8-sig", "replace")


def as_xlsx(written: Table) -> bytes:
    """One sheet, its heading fixed, dates as dates, numbers of corrections as numbers, everything else as text."""
    import xlsxwriter  # noqa: PLC0415 (only this command writes one)

    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "default_date_format": "yyyy-mm-dd hh:mm"}) as book:
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True, "text_wrap": True})
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, max(len(written.names) - 1, 0), _WIDTH)
        for column, name in enumerate(written.names):
            sheet.write_string(0, column, name, bold)
        for number, row in enumerate(written.rows, start=1):
            for column, name in enumerate(written.names):
                cell = row.get(name, "")
                if isinstance(cell, datetime):
                    sheet.write_datetime(number, column, cell.replace(tzinfo=None))
                elif isinstance(cell, int):
                    sheet.write_number(number, column, cell)
                else:
                    sheet.write_string(number, column, cell)
        if written.rows:
            sheet.autofilter(0, 0, len(written.rows), len(written.names) - 1)
    return content.getvalue()


def _fields(line: DossierLine, dossier: Dossier, form: DossierForm, states: Mapping[str, str]) -> Row:
    words, recap = form.mail, dossier.recap
    columns = words.columns
    fields: Row = {
        columns["reference"]: line.reference,
        columns["duplicates"]: "",
        columns["revision"]: line.revision,
        columns["created"]: _moment(line.created_at),
        columns["changed"]: _moment(line.changed_at) if line.revision else "",
        columns["sent"]: _moment(line.sent_at) if line.sent_at else "",
        columns["state"]: states[line.state],
        columns["authority"]: recap.who if recap else dossier.asker,
    }
    fields |= {columns[name]: value for name, value in _known(dossier, words).items()}
    if recap:
        fields[columns["verdict"]] = verdict(recap, words)
        fields |= {point.title: words.marks[point.outcome].strip("[]") for point in recap.criteria}
    details = {q.label: dossier.details.get(q.id, "") for q in form.asked(inquiry=recap is None)}
    countries = {columns["countries"]: " ".join(_codes(dossier))}
    return fields | details | (dict(recap.answers) | countries if recap else {})


def _known(dossier: Dossier, words: MailWords) -> dict[str, str]:
    """Column → what is kept of a recognised authority. An intercommunalité has no code but its SIREN."""
    authority = {name: str(value or "") for name, value in _authority(dossier).items()}
    siren, code, region, zone = (authority.get(name, "") for name in ("siren", "code", "region", "zone"))
    return {
        "siren": siren,
        "insee": "" if code == siren else code,
        "departement": authority.get("departement", ""),
        "region": _regions().get(region, region),
        "zone": words.zones.get(zone, zone),
    }


def _authority(dossier: Dossier) -> Mapping[str, Any]:
    return next((value for value in dossier.answers.values() if isinstance(value, dict) and "code" in value), {})


def _codes(dossier: Dossier) -> list[str]:
    found = (value.get("countries") for value in dossier.answers.values() if isinstance(value, dict))
    return next((codes for codes in found if codes), [])


def _others(dossier: Dossier, known: Mapping[str, set[str]]) -> str:
    return ", ".join(sorted(known[dossier.reference] - {dossier.reference}))


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, PARIS)


def _text(cell: Cell) -> str:
    return cell.isoformat(timespec="seconds") if isinstance(cell, datetime) else str(cell)
