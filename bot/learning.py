"""All that is learnt from a content, learnt before anybody asks; as a program, in a process of its own.

    python -m bot.learning FOLDER MODELS [beside]

Checks the content of a folder as a start does and keeps what is learnt in another, from which it is read in an
instant. Ends with 0, or with 2 and what is wrong with the content on standard output. `beside`: only what does not
need the matcher, while a first start learns the rest.
"""

import contextlib
import os
import sys
from pathlib import Path

from bot.dossiers.samples import broken
from bot.sentences import tell
from knowledge.content.models import Content
from knowledge.conversation.dialogue_reader import DialogueReader, conversation_reader
from knowledge.conversation.going_on import going_on
from knowledge.loading import load
from knowledge.understanding.understanding import Understanding, distress_reader
from knowledge.words.errors import ContentError

REFUSED = 2
"""The exit code for a content with mistakes."""

BESIDE = "beside"

_NICE = 10  # whoever is being answered comes first


def learn(understanding: Understanding, reader: DialogueReader) -> None:
    """What is learnt when it is first asked for is learnt now, before the first message."""
    _ = understanding.pointing.scores
    going_on(understanding.content, understanding.models)
    understanding.distress("")
    reader.read("bonjour")


def broken_messages(content: Content) -> list[str]:
    """The e-mails that a content would break, each in a sentence."""
    found = broken(content.dossier) if content.dossier else ()
    return [tell("check_message", name=name, reason=reason) for name, reason in found]


def _beside(folder: Path, models: Path) -> int:
    """Another process may be about to: whoever comes second waits for the first, and finds what it has learnt."""
    content = load(folder, kept=models)
    distress_reader(content, models)
    conversation_reader(content, models).read("bonjour")
    return 0


def _main(folder: Path, models: Path) -> int:
    with contextlib.suppress(OSError):  # where a service may not
        os.nice(_NICE)
    try:
        content = load(folder, kept=models)
    except ContentError as error:
        sys.stdout.buffer.write(f"{error}\n".encode())
        return REFUSED
    if wrong := broken_messages(content):
        sys.stdout.buffer.write("\n".join(wrong).encode())
        return REFUSED
    learn(Understanding(content, models), conversation_reader(content, models))
    return 0


if __name__ == "__main__":
    work = _beside if sys.argv[3:] == [BESIDE] else _main
    sys.exit(work(Path(sys.argv[1]), Path(sys.argv[2])))
