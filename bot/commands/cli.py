"""`tevo …`: which command is where. Each is imported when it is asked for: `ask` and `check` never load aiogram."""

import io
import os
import sys

import click

from bot.commands.french_click import LazyGroup, run
from bot.sentences import tell

_TALK = {"ask": "ask:ask", "locate": "locate:locate", "chat": "serving:chat", "run": "serving:run_bot"}
_OPERATE = {
    "health": "serving:health",
    "version": "serving:version",
    "alerts": "alerts:alerts",
    "inbox": "inbox:inbox",
    "outbox": "outbox:outbox",
    "reply": "reply:reply",
    "purge": "data:purge",
    "backup": "backup:backup",
    "restore": "backup:restore",
    "database": "backup:database",
    "rotate-key": "data:rotate_key",
    "erase-again": "data:erase_again",
    "doctor": "doctor:doctor",
}
_EDIT = {
    "check": "check:check",
    "banner": "banner:banner",
    "missed": "missed:missed",
    "report": "report:report",
    "preview": "preview:preview",
    "suggest": "suggest:suggest",
    "stale": "reading:stale",
    "verify": "reading:verify",
    "retire": "reading:retire_entry",
    "review": "review:review",
    "votes": "data:opinions",
    "eval": "effects:evaluate",
    "diff": "effects:diff",
}


@click.group(
    cls=LazyGroup, places={**_TALK, **_OPERATE, **_EDIT}, subcommand_metavar=tell("subcommand"), help=tell("help_tevo")
)
@click.version_option(package_name="tevo", message=tell("version", version="%(version)s"), help=tell("help_version"))
def tevo() -> None:
    """The command line."""


def main() -> None:
    """Entry point of the console script."""
    os.umask(0o077)  # whatever is written names people, or may
    # numpy's threads wait for one another by spinning: our matrices are small, and two processes learn side by side.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    _speak_utf8()
    sys.exit(run(tevo.main))


def _speak_utf8() -> None:
    """Whatever the locale; a byte that is no text is read as « � » instead of stopping everything."""
    for stream, encoding in ((sys.stdin, "utf-8-sig"), (sys.stdout, "utf-8"), (sys.stderr, "utf-8")):
        if isinstance(stream, io.TextIOWrapper):  # absent when started without a standard stream
            stream.reconfigure(encoding=encoding, errors="replace")
