"""The e-mail of a dossier: text, HTML, the recap in PDF, and the same as data."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape

from bot.dossiers.claim import Claim
from knowledge.content.calendar import PARIS
from knowledge.content.dossier import DossierForm, MailWords, detail_said, told
from knowledge.submission import Dossier, Recap

_NOT_IN_A_NAME = re.compile(r"[^\w\s'’.,:()&/«»°–—-]|_")
_LONGEST_IN_A_HEADER = 120

# Seven bits on the wire: no mail server on the way can spoil an accent. Python 3.11 loses a space when it
# refolds a long accented header; one that is not folded it leaves alone.
_POLICY = SMTP.clone(cte_type="7bit", max_line_length=998)


@dataclass(frozen=True)
class Section:
    """A part of the message, under its title if it has one."""

    title: str
    lines: tuple[str, ...]


def compose(claim: Claim, form: DossierForm, sender: str, recipient: str, pdf: bytes | None) -> EmailMessage:
    """The message: what a header holds is validated (the address to reply to) or made of plain letters (who applies).

    The same revision gives the same message: a mailbox that gets it twice shows it once.
    """
    dossier = claim.dossier
    mail = EmailMessage(policy=_POLICY)
    mail["From"] = sender
    mail["To"] = recipient
    mail["Subject"] = subject(dossier, form.mail)
    mail["Date"] = format_datetime(datetime.fromtimestamp(claim.changed_at, UTC))
    mail["Message-ID"] = message_id(dossier, sender)
    if earlier := _earlier(dossier, sender):
        mail["In-Reply-To"] = earlier[-1]
        mail["References"] = " ".join(earlier)
    # Without an address, a reply comes back to the team instead of being lost with the assistant.
    mail["Reply-To"] = _one_address(dossier.email) if dossier.email else recipient
    sections = _sections(claim, form, has_pdf=pdf is not None)
    mail.set_content(_text(sections))
    mail.add_alternative(_html(sections), subtype="html")
    if pdf is not None:
        name = form.recap.file.format(reference=dossier.reference)
        mail.add_attachment(pdf, maintype="application", subtype="pdf", filename=name)
    dates = {"filed_at": _iso(claim.filed_at), "changed_at": _iso(claim.changed_at)}
    data = json.dumps(asdict(dossier) | dates, ensure_ascii=False, indent=2).encode("utf-8", "replace")
    mail.add_attachment(data, maintype="application", subtype="json", filename=f"{dossier.reference}.json")
    mail.set_boundary(f"=={dossier.reference}.{dossier.revision}==")
    for number, part in enumerate(part for part in mail.iter_parts() if part.is_multipart()):
        part.set_boundary(f"=={dossier.reference}.{dossier.revision}.{number}==")
    return mail


def _one_address(typed: str) -> str:
    """The address, once it is sure that every mail program reads it, and nothing else, in the header.

    Raises ValueError: an encoded word would be decoded into other addresses, a control character into other headers.
    """
    read = EmailMessage(policy=_POLICY)
    if "=?" not in typed and typed.isprintable():
        read["Reply-To"] = typed
    if [address.addr_spec for address in getattr(read["Reply-To"], "addresses", ())] != [typed]:
        raise ValueError("not one address")
    return typed


def _earlier(dossier: Dossier, sender: str) -> list[str]:
    """The messages that this one follows: of the dossier that it completes, of its own before it was corrected."""
    own = dossier.reference if dossier.revision else ""
    first = (replace(dossier, reference=one, revision=0) for one in (dossier.completes, own) if one)
    return [message_id(one, sender) for one in first]


def message_id(dossier: Dossier, sender: str) -> str:
    """The same for each attempt, another for each correction."""
    revision = f".{dossier.revision}" if dossier.revision else ""
    return f"<{dossier.reference}{revision}@{sender.rpartition('@')[2]}>"


def subject(dossier: Dossier, words: MailWords) -> str:
    """Who applies, whatever was corrected: a mailbox shows a dossier and its corrections together."""
    if dossier.recap is None:
        return words.subject_question.format(
            reference=dossier.reference, who=_in_a_header(dossier.asker) or words.unnamed
        )
    return words.subject.format(reference=dossier.reference, who=_in_a_header(dossier.recap.who) or words.no_authority)


def verdict(recap: Recap, words: MailWords) -> str:
    """The outcome, with how many criteria came out so."""
    return words.verdicts[recap.outcome].format(n=recap.count(recap.outcome))


def _in_a_header(typed: str) -> str:
    """What may stand in a header of a name: no sign that a mail program would read as anything but itself."""
    return " ".join(_NOT_IN_A_NAME.sub(" ", typed).split())[:_LONGEST_IN_A_HEADER]


def _sections(claim: Claim, form: DossierForm, *, has_pdf: bool) -> list[Section]:
    dossier, words = claim.dossier, form.mail
    recap = dossier.recap
    reply = words.reply.format(email=dossier.email) if dossier.email else ""
    reply = reply or words.reply_here.format(reference=dossier.reference)
    about = [_intro(claim, words), reply, words.unverified]
    if recap is None:
        known = [_listed(words.known_title, dossier.known, words)] if dossier.known else []
        return [Section("", tuple(about)), _who(dossier, form), *known, Section("", (words.closing_question,))]
    if recap.call:
        about.append(recap.call)
    if dossier.completes:
        about.append(words.completes.format(reference=dossier.completes))
    about.append(words.has_pdf if has_pdf else words.no_pdf)
    return [
        Section("", tuple(about)),
        *_differences(dossier, form.mail),
        *_changes(dossier, form),
        _who(dossier, form),
        _listed(words.answers_title, recap.answers, words),
        Section(words.verdict_title.format(verdict=verdict(recap, words)), tuple(_points(recap, words))),
        Section(words.questions_title, recap.unsaid or recap.to_ask),
        Section("", (words.closing,)),
    ]


def _intro(claim: Claim, words: MailWords) -> str:
    """What this is, since when, and whether it was corrected."""
    dossier = claim.dossier
    if dossier.recap is None:
        sentence = words.intro_unanswered if dossier.unanswered else words.intro_question
    else:
        sentence = words.intro_update if dossier.revision else words.intro
        if dossier.revision and not dossier.before:  # what it corrects never left
            sentence = words.intro_first_update
    filed, changed = (
        datetime.fromtimestamp(at, PARIS).strftime(words.day) for at in (claim.filed_at, claim.changed_at)
    )
    return sentence.format(reference=dossier.reference, filed=filed, changed=changed, n=dossier.revision)


def _who(dossier: Dossier, form: DossierForm) -> Section:
    """Who applies, and the person to answer."""
    words, recap = form.mail, dossier.recap
    asked = form.asked(inquiry=recap is None)
    details = [(question.label, detail_said(question, dossier.details.get(question.id, ""))) for question in asked]
    applicant = [(words.applicant, recap.who or words.no_authority)] if recap else []
    return _listed(words.who_title if recap else words.asked_title, [*applicant, *details], words)


def _differences(dossier: Dossier, words: MailWords) -> list[Section]:
    """What is not as in the dossier of the colleague that this one completes."""
    if not dossier.completed or dossier.recap is None:
        return []
    lines = _compared(dict(dossier.completed), dict(dossier.recap.answers), words)
    title = words.differences_title.format(reference=dossier.completes)
    return [Section(title, tuple(lines) or (words.no_change,))]


def _changes(dossier: Dossier, form: DossierForm) -> list[Section]:
    """What is not as the team received it last."""
    if not dossier.before:
        return []
    details = {question.label: question for question in form.questions}

    def said(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
        return {name: detail_said(details[name], value) if name in details else value for name, value in pairs}

    lines = _compared(said(dossier.before), said(told(dossier, form)), form.mail)
    return [Section(form.mail.changes_title, tuple(lines) or (form.mail.no_change,))]


def _compared(before: dict[str, str], after: dict[str, str], words: MailWords) -> Iterator[str]:
    """« Pays : Maroc → Bénin », for each answer that is not the same."""
    for name in {**before, **after}:
        earlier, now = before.get(name, ""), after.get(name, "")
        if earlier != now:
            yield words.change.format(label=name, before=earlier or words.nothing, after=now or words.nothing)


def _points(recap: Recap, words: MailWords) -> Iterator[str]:
    """The criteria, those that want a decision first."""
    for outcome in ("unmet", "open", "met"):
        for point in recap.criteria:
            if point.outcome == outcome:
                mark = words.marks[point.outcome]
                yield words.point.format(mark=mark, title=point.title, text=point.team or point.text)


def _listed(title: str, pairs: Iterable[tuple[str, str]], words: MailWords) -> Section:
    return Section(title, tuple(words.line.format(label=label, value=value) for label, value in pairs if value))


def _iso(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, PARIS).isoformat(timespec="seconds")


def _text(sections: Iterable[Section]) -> str:
    return "\n\n".join("\n".join(_lines(section)).strip() for section in sections) + "\n"


def _lines(section: Section) -> list[str]:
    """Under a title, items; else sentences."""
    return [section.title.upper(), *(f"- {line}" for line in section.lines)] if section.title else [*section.lines]


def _html(sections: Iterable[Section]) -> str:
    """As plain as can be: mail programs show little more."""
    parts = []
    for section in sections:
        lines = [escape(line).replace("\n", "<br>") for line in section.lines]
        if section.title:
            items = "".join(f"<li>{line}</li>" for line in lines)
            parts.append(f"<h3>{escape(section.title)}</h3><ul>{items}</ul>")
        else:
            parts.append(f"<p>{'<br>'.join(lines)}</p>")
    return f'<!DOCTYPE html><html lang="fr"><body>{"".join(parts)}</body></html>\n'
