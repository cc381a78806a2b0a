"""The e-mail of a dossier, and the ways for it to leave."""

import json
from collections.abc import Awaitable, Callable
from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import unquote, urlsplit

import aiosmtplib

from knowledge.dossier import Dossier
from knowledge.dossier_form import DossierForm

_HERE = ("127.0.0.1", "::1", "localhost")

SECONDS = 30.0
"""For each step of a conversation with the mail server."""

# Python 3.11 loses a space when it refolds a long accented header; one that is not folded it leaves alone.
_POLICY = SMTP.clone(max_line_length=998)

Send = Callable[[EmailMessage], Awaitable[None]]
"""Hands a message over. Raises RefusedError for good, any other error when trying again may help."""


class RefusedError(Exception):
    """The mail server will never take this message: the code of its answer."""


def compose(dossier: Dossier, form: DossierForm, sender: str, recipient: str) -> EmailMessage:
    """The message: no header holds what somebody typed, but the validated address to reply to."""
    words = form.mail
    mail = EmailMessage(policy=_POLICY)
    mail["From"] = sender
    mail["To"] = recipient
    mail["Subject"] = words.subject.format(
        reference=dossier.reference,
        authority=dossier.authority or words.no_authority,
        verdict=words.verdicts[dossier.verdict],
    )
    # The same for each attempt: a mailbox that gets it twice shows it once.
    mail["Message-ID"] = f"<{dossier.reference}@{sender.rpartition('@')[2]}>"
    if dossier.reply_to.isascii():
        mail["Reply-To"] = dossier.reply_to
    mail.set_content(_text(dossier, form))
    data: dict[str, object] = {
        "reference": dossier.reference,
        "authority": dossier.authority,
        "verdict": dossier.verdict,
    }
    data |= {"answers": dict(dossier.answers), "contact": dict(dossier.contact)}
    mail.add_attachment(
        json.dumps(data, ensure_ascii=False, indent=2).encode(),
        maintype="application",
        subtype="json",
        filename=f"{dossier.reference}.json",
    )
    return mail


def _text(dossier: Dossier, form: DossierForm) -> str:
    words = form.mail
    return words.body.format(
        reference=dossier.reference,
        contact="\n".join(f"{label} : {value}" for label, value in dossier.contact),
        verdict=words.verdicts[dossier.verdict],
        criteria="\n".join(f"{words.marks[mark]} {title} : {text}" for mark, title, text in dossier.criteria),
        answers="\n".join(f"{label} : {answer}" for label, answer in dossier.answers),
    )


def smtp(url: str) -> Send:
    """A way through this server: `smtps://…`, or `smtp://…` with STARTTLS; in clear on this machine only."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    implicit = parts.scheme == "smtps"

    async def send(mail: EmailMessage) -> None:
        try:
            await aiosmtplib.send(
                mail.as_bytes(),
                sender=str(mail["From"]),
                recipients=[str(mail["To"])],
                hostname=host,
                port=parts.port or (465 if implicit else 587),
                username=unquote(parts.username) if parts.username else None,
                password=unquote(parts.password) if parts.password else None,
                use_tls=implicit,
                start_tls=not (implicit or host in _HERE),
                timeout=SECONDS,
            )
        except aiosmtplib.SMTPRecipientsRefused as error:
            code = max(refused.code for refused in error.recipients)
            if code >= 500:
                raise RefusedError(str(code)) from None
            raise
        except aiosmtplib.SMTPResponseException as error:
            # Wrong credentials are the operator's to mend: the dossier waits.
            if error.code >= 500 and not isinstance(error, aiosmtplib.SMTPAuthenticationError):
                raise RefusedError(str(error.code)) from None
            raise

    return send
