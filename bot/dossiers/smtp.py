"""How a message leaves through a mail server.

What the server answers before it has the message is told apart from what happens after: only then may it have
taken it without our knowing (RFC 1047).
"""

import ssl
from collections.abc import Awaitable, Callable
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

import aiosmtplib

_HERE = ("127.0.0.1", "::1", "localhost")

SECONDS = 30.0
"""For each step of a conversation with the mail server."""

LAST_SECONDS = 600.0
"""For its answer to the whole message: RFC 5321 gives it ten minutes."""

Handing = Callable[[], Awaitable[None]]

Send = Callable[[EmailMessage, Handing], Awaitable[None]]
"""Hands a message over, after awaiting `handing`: from there on, the server may have it.

Raises RefusedError for good, DoubtError when the server perhaps has it, SetupError when a setting must be
changed; any other error when trying again may help.
"""


class RefusedError(Exception):
    """The mail server will never take this message: the code of its answer."""


class DoubtError(Exception):
    """The mail server perhaps took it: it was given everything, and did not say."""


class SetupError(Exception):
    """Nothing will leave before somebody changes a setting: encryption, certificate, password."""


def smtp(url: str) -> Send:
    """A way through this server: `smtps://…`, or `smtp://…` with STARTTLS; in clear on this machine only."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    implicit = parts.scheme == "smtps"

    async def send(mail: EmailMessage, handing: Handing) -> None:
        client = aiosmtplib.SMTP(
            hostname=host,
            port=parts.port or (465 if implicit else 587),
            username=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
            use_tls=implicit,
            start_tls=not (implicit or host in _HERE),
            timeout=SECONDS,
        )
        try:
            await _until_message(client, mail)
            await handing()
            await _message(client, mail)
        finally:
            await _leave(client)

    return send


async def _until_message(client: aiosmtplib.SMTP, mail: EmailMessage) -> None:
    try:
        await client.connect()
        await client.mail(str(mail["From"]))
        await client.rcpt(str(mail["To"]))
    except (aiosmtplib.SMTPRecipientRefused, aiosmtplib.SMTPSenderRefused) as error:
        if error.code < 500:
            raise
        if isinstance(error, aiosmtplib.SMTPSenderRefused):
            raise SetupError(f"TEVO_MAIL_FROM, {error.code}") from None
        raise RefusedError(str(error.code)) from None
    except (aiosmtplib.SMTPException, ssl.SSLError) as error:
        if setting := _setting(error):
            raise SetupError(setting) from None
        raise


def _setting(error: Exception) -> str | None:
    """What the operator must look at, when trying again alone will not help."""
    cause = error if isinstance(error, ssl.SSLError) else error.__cause__
    if isinstance(cause, ssl.SSLError):
        return f"TLS, {cause.reason or type(cause).__name__}"
    if isinstance(error, aiosmtplib.SMTPAuthenticationError | aiosmtplib.SMTPNotSupported):
        return type(error).__name__
    # aiosmtplib has no class for a server that offers no STARTTLS; nothing was said to it in clear.
    return "STARTTLS" if type(error) is aiosmtplib.SMTPException else None


async def _message(client: aiosmtplib.SMTP, mail: EmailMessage) -> None:
    try:
        await client.data(mail.as_bytes(), timeout=LAST_SECONDS)
    except aiosmtplib.SMTPResponseException as error:
        if error.code >= 500:
            raise RefusedError(str(error.code)) from None
        if error.code < 400:  # not a code of the protocol
            raise DoubtError(type(error).__name__) from None
        raise
    except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
        raise DoubtError(type(error).__name__) from None


async def _leave(client: aiosmtplib.SMTP) -> None:
    """Whatever the server says to our goodbye, its answer to the message stands."""
    try:
        if client.is_connected:
            await client.quit(timeout=5)
    except (aiosmtplib.SMTPException, OSError, TimeoutError):
        client.close()
