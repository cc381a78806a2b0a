"""All that is learnt from a content, learnt before anybody asks; as a program, in two processes of their own.

    python -m bot.learning FOLDER MODELS [patiently]

Checks the content of a folder as a start does and keeps what is learnt in another, from which it is read in an
instant. Ends with 0, or with 2 and what is wrong with the content on standard output. `patiently`: whoever is being
answered meanwhile comes first.
"""

import contextlib
import gc
import os
import sys
from pathlib import Path

from bot.dossiers.samples import broken_messages
from bot.learning_apart import begin_learning, note_learnt
from knowledge.conversation.dialogue_reader import DialogueReader, conversation_reader
from knowledge.conversation.going_on import going_on
from knowledge.loading import load
from knowledge.understanding.understanding import Understanding, distress_reader
from knowledge.words.errors import ContentError

REFUSED = 2
"""The exit code for a content with mistakes."""

PATIENTLY = "patiently"
_BESIDE = "beside"
"""How the other of the two processes is begun: it learns what does not need the matcher."""

_NICE = 10


def learn(understanding: Understanding, reader: DialogueReader) -> None:
    """What is learnt when it is first asked for is learnt now, before the first message."""
    _ = understanding.pointing.scores
    going_on(understanding.content, understanding.models)
    understanding.distress("")
    reader.read("bonjour")


def _beside(folder: Path, models: Path) -> int:
    content = load(folder, kept=models)
    distress_reader(content, models)
    conversation_reader(content, models).read("bonjour")
    return 0


def _main(folder: Path, models: Path) -> int:
    try:
        content = load(folder, kept=models)
    except ContentError as error:
        sys.stdout.buffer.write(f"{error}\n".encode())
        return REFUSED
    if wrong := broken_messages(content):
        sys.stdout.buffer.write("\n".join(wrong).encode())
        return REFUSED
    other = begin_learning(folder, models, _BESIDE)
    understanding = Understanding(content, models)
    _ = understanding.pointing.scores
    other.wait()
    learn(understanding, conversation_reader(content, models))  # what the other has not kept, too
    note_learnt(folder, models)
    return 0


if __name__ == "__main__":
    gc.disable()  # it ends soon: looking for garbage would take a sixth of its time
    if PATIENTLY in sys.argv[3:]:
        with contextlib.suppress(OSError):  # where a service may not
            os.nice(_NICE)
    work = _beside if _BESIDE in sys.argv[3:] else _main
    sys.exit(work(Path(sys.argv[1]), Path(sys.argv[2])))
