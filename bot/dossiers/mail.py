"""The e-mail of a dossier: text, HTML, the recap in PDF, and the same as data."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape

from knowledge.content.dossier import DossierForm, MailWords
from knowledge.dossier import EMAIL, Dossier, Recap

# Seven bits on the wire: no mail server on the way can spoil an accent. Python 3.11 loses a space when it
# refolds a long accented header; one that is not folded it leaves alone.
_POLICY = SMTP.clone(cte_type="7bit", max_line_length=998)


@dataclass(frozen=True)
class Section:
    """A part of the message, under its title if it has one."""

    title: str
    lines: tuple[str, ...]


def compose(
    dossier: Dossier, form: DossierForm, sender: str, recipient: str, at: int, pdf: bytes | None
) -> EmailMessage:
    """The message: no header holds what somebody typed, but the validated address to reply to.

    The same dossier `at` the same time gives the same message: a mailbox that gets it twice shows it once.
    """
    mail = EmailMessage(policy=_POLICY)
    mail["From"] = sender
    mail["To"] = recipient
    mail["Subject"] = subject(dossier, form.mail)
    mail["Date"] = format_datetime(datetime.fromtimestamp(at, UTC))
    mail["Message-ID"] = message_id(dossier, sender)
    mail["Reply-To"] = dossier.details[EMAIL]
    sections = _sections(dossier, form)
    mail.set_content(_text(sections))
    mail.add_alternative(_html(sections), subtype="html")
    if pdf is not None:
        name = form.recap.file.format(reference=dossier.reference)
        mail.add_attachment(pdf, maintype="application", subtype="pdf", filename=name)
    data = json.dumps(asdict(dossier), ensure_ascii=False, indent=2).encode()
    mail.add_attachment(data, maintype="application", subtype="json", filename=f"{dossier.reference}.json")
    mail.set_boundary(f"=={dossier.reference}.{dossier.revision}==")
    for number, part in enumerate(part for part in mail.iter_parts() if part.is_multipart()):
        part.set_boundary(f"=={dossier.reference}.{dossier.revision}.{number}==")
    return mail


def message_id(dossier: Dossier, sender: str) -> str:
    """The same for each attempt, another for each correction."""
    revision = f".{dossier.revision}" if dossier.revision else ""
    return f"<{dossier.reference}{revision}@{sender.rpartition('@')[2]}>"


def subject(dossier: Dossier, words: MailWords) -> str:
    """Who, and what to look at, from the content's and the register's words only."""
    recap = dossier.recap
    if recap is None:
        return words.subject_question.format(reference=dossier.reference)
    template = words.subject_update if dossier.revision else words.subject
    return template.format(
        reference=dossier.reference,
        authority=recap.authority or words.no_authority,
        verdict=verdict(recap, words),
    )


def verdict(recap: Recap, words: MailWords) -> str:
    """The outcome, with how many criteria came out so."""
    return words.verdicts[recap.outcome].format(n=recap.count(recap.outcome))


def _sections(dossier: Dossier, form: DossierForm) -> list[Section]:
    words, recap = form.mail, dossier.recap
    intro = words.intro if recap else words.intro_question
    said = (
        words.line.format(label=question.label, value=dossier.details[question.id])
        for question in form.asked(inquiry=recap is None)
        if dossier.details.get(question.id)
    )
    sections = [
        Section("", (intro.format(reference=dossier.reference), words.reply)),
        Section(words.contact_title, tuple(said)),
    ]
    if recap:
        points = (
            words.point.format(mark=words.marks[point.outcome], title=point.title, text=point.text)
            for point in recap.criteria
        )
        answers = (words.line.format(label=label, value=answer) for label, answer in recap.answers)
        sections += [
            Section(words.verdict_title.format(verdict=verdict(recap, words)), tuple(points)),
            Section(words.answers_title, tuple(answers)),
        ]
    return [*sections, Section("", (words.closing,))]


def _text(sections: Iterable[Section]) -> str:
    return "\n\n".join("\n".join([section.title.upper(), *section.lines]).strip() for section in sections) + "\n"


def _html(sections: Iterable[Section]) -> str:
    """As plain as can be: mail programs show little more."""
    parts = []
    for section in sections:
        title = f"<h3>{escape(section.title)}</h3>" if section.title else ""
        lines = "".join(f"<p>{escape(line).replace(chr(10), '<br>')}</p>" for line in section.lines)
        parts.append(title + lines)
    return f'<!DOCTYPE html><html lang="fr"><body>{"".join(parts)}</body></html>\n'
