"""What a mail server says, or fails to say, told apart: later, never, perhaps, or a setting to change."""

import asyncio
import ssl
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from bot.dossiers import smtp as module
from bot.dossiers.mail_files import folder
from bot.dossiers.smtp import DoubtError, RefusedError, Send, SetupError, smtp
from tests.bot.smtp_server import Mailbox, scripted

LATER = Exception
DAY = timedelta(days=1)


def mail() -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Message-ID"] = "a@exemple.fr", "b@exemple.fr", "<TV-AAAA-AAAA@exemple.fr>"
    message.set_content("Bonjour")
    return message


class Handing:
    """Whether the message was about to be given when it failed."""

    def __init__(self) -> None:
        self.begun = False

    async def __call__(self) -> None:
        self.begun = True


async def outcome(send: Send, handing: Handing) -> type[Exception] | None:
    try:
        await send(mail(), handing)
    except (RefusedError, DoubtError, SetupError) as error:
        return type(error)
    except Exception:
        return LATER
    return None


@pytest.mark.parametrize(
    ("verb", "answer", "expected"),
    [
        ("QUIT", None, None),  # it had the message: how it says goodbye does not matter
        ("QUIT", "500 what?", None),
        ("connect", "421 busy", LATER),
        ("connect", "554 no", LATER),
        ("connect", None, LATER),
        ("EHLO", None, LATER),
        ("MAIL", "451 later", LATER),
        ("MAIL", "550 not you", SetupError),
        ("MAIL", None, LATER),
        ("RCPT", "450 greylisted", LATER),
        ("RCPT", "452 full", LATER),
        ("RCPT", "550 no such user", RefusedError),
        ("RCPT", "552 full", RefusedError),
        ("RCPT", None, LATER),
        ("DATA", "451 later", LATER),
        ("DATA", "554 no", RefusedError),
        ("DATA", None, DoubtError),
        (".", "421 busy", LATER),
        (".", "450 later", LATER),
        (".", "552 too big", RefusedError),
        (".", "554 no", RefusedError),
        (".", None, DoubtError),
        (".", "200 what?", DoubtError),
    ],
)
async def test_each_fault_has_its_outcome(verb: str, answer: str | None, expected: type[Exception] | None) -> None:
    async with scripted(at={verb: answer}) as (url, messages):
        handing = Handing()

        assert await outcome(smtp(url), handing) == expected
    assert bool(messages) == (verb in (".", "QUIT"))
    if expected is DoubtError:
        assert handing.begun


async def test_nobody_listening_is_for_later(unused_tcp_port: int) -> None:
    handing = Handing()

    assert await outcome(smtp(f"smtp://127.0.0.1:{unused_tcp_port}"), handing) == LATER
    assert not handing.begun


@pytest.mark.parametrize(("verb", "expected"), [("connect", LATER), ("RCPT", LATER), (".", DoubtError)])
async def test_a_server_that_hangs_is_left_in_time(
    verb: str, expected: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LAST_SECONDS" if verb == "." else "SECONDS", 0.2)
    silent: asyncio.Event = asyncio.Event()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        answers = {"EHLO": "250 OK", "MAIL": "250 OK", "RCPT": "250 OK", "DATA": "354 go on"}
        if verb != "connect":
            writer.write(b"220 here\r\n")
            while (word := (await reader.readline()).split(maxsplit=1)[:1]) and word[0].decode().upper() != verb:
                writer.write(answers.get(word[0].decode().upper(), "250 OK").encode() + b"\r\n")
                if word[0] == b"DATA":
                    break
        await silent.wait()
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    try:
        url = f"smtp://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        assert await outcome(smtp(url), Handing()) == expected
    finally:
        silent.set()
        server.close()


async def test_a_server_elsewhere_without_encryption_is_told_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_HERE", ())  # as if loopback were another machine
    async with scripted(at={}) as (url, messages):
        handing = Handing()

        assert await outcome(smtp(url), handing) == SetupError
    assert messages == []
    assert not handing.begun


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
async def test_a_certificate_of_nobody_is_refused(scheme: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(module, "_HERE", ())
    tls, box, handing = self_signed(tmp_path), Mailbox(), Handing()
    starts_tls: dict[str, Any] = {"tls_context": tls, "require_starttls": True} if scheme == "smtp" else {}
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(box, **starts_tls), "127.0.0.1", 0, ssl=None if starts_tls else tls
    )
    try:
        with pytest.raises(SetupError, match="CERTIFICATE"):
            await smtp(f"{scheme}://127.0.0.1:{server.sockets[0].getsockname()[1]}")(mail(), handing)
    finally:
        server.close()
    assert box.raw == []
    assert not handing.begun


def self_signed(place: Path) -> ssl.SSLContext:
    """What a server shows whose certificate no authority signed."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + DAY)
    pem = builder.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM)
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (place / "tls.pem").write_bytes(secret + pem)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(place / "tls.pem")
    return context


async def test_a_password_that_is_refused_is_a_setting() -> None:
    async with scripted(at={"AUTH": "535 no"}, extensions=("AUTH PLAIN LOGIN",)) as (url, messages):
        with_password = url.replace("smtp://", "smtp://jeanne:secret%2F@")

        with pytest.raises(SetupError) as caught:
            await smtp(with_password)(mail(), Handing())
    assert "secret" not in str(caught.value)
    assert messages == []


async def test_without_a_server_the_message_is_a_file_for_this_account_only(tmp_path: Path) -> None:
    await folder(tmp_path / "courriels")(mail(), Handing())

    (path,) = (tmp_path / "courriels").iterdir()
    assert path.name == "TV-AAAA-AAAA.eml"
    assert path.stat().st_mode & 0o077 == 0
    assert b"Bonjour" in path.read_bytes()
