"""The lines that somebody types, or that a program pipes."""

import asyncio
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, nullcontext, suppress


async def lines() -> AsyncIterator[str]:
    """The lines typed or piped, without the empty ones, until the end of input."""
    on_terminal = sys.stdin.isatty()
    with _as_found() if on_terminal else nullcontext():
        while True:
            try:
                line = await (_typed("\n> ") if on_terminal else asyncio.to_thread(input))
            except EOFError:
                return
            if line.strip():
                yield line.strip()


async def _typed(prompt: str) -> str:
    """A line typed by the person. The thread is left behind on Ctrl-C: nothing can interrupt its reading."""
    loop = asyncio.get_running_loop()
    typed: asyncio.Future[str | None] = loop.create_future()

    def give(line: str | None) -> None:
        if not typed.done():
            typed.set_result(line)

    def read() -> None:
        line = None
        with suppress(EOFError):
            line = input(prompt)
        loop.call_soon_threadsafe(give, line)

    threading.Thread(target=read, daemon=True).start()
    if (line := await typed) is None:
        raise EOFError
    return line


@contextmanager
def _as_found() -> Iterator[None]:
    """Line editing and history, where the system has them; the terminal is given back as it was."""
    try:
        import readline  # noqa: F401, PLC0415
        import termios  # noqa: PLC0415
    except ImportError:
        yield
        return
    before = termios.tcgetattr(sys.stdin)
    try:
        yield
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)
