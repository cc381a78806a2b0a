"""Mail servers on loopback: a real one (aiosmtpd), and one that follows a script, faults included."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.smtp import SMTP, Envelope, Session


class Mailbox:
    """What a real server received; `answers` are what it says to the next messages."""

    def __init__(self) -> None:
        self.url = ""
        self.raw: list[bytes] = []
        self.answers: list[str] = []
        self.refusals: list[str] = []

    @property
    def received(self) -> list[EmailMessage]:
        return [message_from_bytes(content, policy=default) for content in self.raw]

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.refusals:
            return self.refusals.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith("250"):
            assert isinstance(envelope.content, bytes)
            self.raw.append(envelope.content)
        return answer


@asynccontextmanager
async def scripted(
    *, at: dict[str, str | None], extensions: tuple[str, ...] = ()
) -> AsyncIterator[tuple[str, list[bytes]]]:
    """A server that answers 250, except to the verbs of `at`: another answer, or (None) the line is cut.

    Verbs are those of SMTP, and « connect », and « . » for the end of a message. Yields its URL and the messages.
    """
    messages: list[bytes] = []
    talks: set[asyncio.Task[None]] = set()

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talks.add(asyncio.current_task())  # type: ignore[arg-type]
        with contextlib.suppress(OSError, UnicodeDecodeError, asyncio.IncompleteReadError):  # the client went away
            await talk(reader, writer)
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async def say(verb: str, usual: str) -> bool:
            answer = at.get(verb, usual)
            if answer is not None:
                writer.write(f"{answer}\r\n".encode())
                await writer.drain()
            return answer is not None

        is_open = await say("connect", "220 here")
        while is_open and (line := await reader.readline()):
            verb = line.split(maxsplit=1)[0].decode().upper()
            if verb == "EHLO" and verb not in at:
                writer.write("".join(f"250-{name}\r\n" for name in extensions).encode())
            is_open = await say(verb, "354 go on" if verb == "DATA" else "250 OK")
            if is_open and verb == "DATA" and at.get(verb, "3").startswith("3"):  # type: ignore[union-attr]
                messages.append(await reader.readuntil(b"\r\n.\r\n"))
                is_open = await say(".", "250 taken")
            is_open = is_open and verb != "QUIT"

    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    try:
        yield f"smtp://127.0.0.1:{server.sockets[0].getsockname()[1]}", messages
    finally:
        server.close()
        await asyncio.gather(*talks)
