"""The dossiers as a table that a French spreadsheet opens rightly."""

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import datetime

from bot.dossiers.desk import Line
from bot.dossiers.mail import verdict
from knowledge.content.calendar import PARIS
from knowledge.content.dossier import DossierForm
from knowledge.dossier import Dossier

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so would be computed (OWASP, CSV injection)."""


def as_csv(rows: Iterable[tuple[Line, Dossier]], form: DossierForm, states: Mapping[str, str]) -> bytes:
    """One line a dossier: UTF-8 with its mark, semicolons, ISO dates. `states`: each state in words."""
    lines = [_fields(line, dossier, form, states) for line, dossier in rows]
    names = list(dict.fromkeys(name for line in lines for name in line)) or list(form.mail.columns.values())
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, names, delimiter=";", restval="")
    writer.writeheader()
    writer.writerows({name: _inert(value) for name, value in line.items()} for line in lines)
    return text.getvalue().encode("utf-8-sig", "replace")


def _fields(line: Line, dossier: Dossier, form: DossierForm, states: Mapping[str, str]) -> dict[str, str]:
    columns, recap = form.mail.columns, dossier.recap
    fields = {
        columns["reference"]: line.reference,
        columns["revision"]: str(line.revision),
        columns["created"]: datetime.fromtimestamp(line.created_at, PARIS).isoformat(timespec="seconds"),
        columns["state"]: states[line.state],
        columns["authority"]: recap.authority if recap else "",
        columns["verdict"]: verdict(recap, form.mail) if recap else "",
    }
    details = {q.label: dossier.details.get(q.id, "") for q in form.asked(inquiry=recap is None)}
    answers = dict(recap.answers) if recap else {}
    return fields | details | answers


def _inert(value: str) -> str:
    return f"'{value}" if value.startswith(_FORMULA) else value
