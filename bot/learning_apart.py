"""A content is learnt by another process, at its first start: what that takes of memory goes with the process.

Whoever serves then maps what was kept. Where nothing can be kept, or the other process fails, it learns by itself.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from knowledge.learning.kept import is_kept, keep_arrays, name_of
from knowledge.version import version_of

_MUCH = 200_000
"""Bytes of entries from which learning takes longer than beginning a process."""


@contextmanager
def learnt_apart(folder: Path, models: Path | None) -> Iterator[None]:
    """At the end all is learnt from a content, by a process that is waited for, unless it was before."""
    if models is None or not os.access(models, os.W_OK) or not _is_much(folder) or _is_learnt(folder, models):
        yield
        return
    process = begin_learning(folder, models)
    try:
        yield
    finally:
        process.wait()


def learning_command(folder: Path, models: Path, *how: str) -> list[str]:
    """The command that checks the content of a folder and keeps what is learnt from it in another."""
    return [sys.executable, "-m", "bot.learning", str(folder), str(models), *how]


def begin_learning(folder: Path, models: Path, *how: str) -> "subprocess.Popen[bytes]":
    """A process of `bot.learning`; how it ends tells nothing that is not told again, or learnt, by whoever needs it."""
    return subprocess.Popen(  # noqa: S603 (this very program)
        learning_command(folder, models, *how),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def note_learnt(folder: Path, models: Path) -> None:
    """All that is learnt from this content is kept."""
    keep_arrays({"learnt": np.ones(1, np.bool_)}, *_note(folder, models))


def _is_learnt(folder: Path, models: Path) -> bool:
    return is_kept(*_note(folder, models))


def _note(folder: Path, models: Path) -> tuple[Path, str]:
    """Where it is noted that this very content was learnt by this very code."""
    return models / "learnt", name_of(version_of(folder))


def _is_much(folder: Path) -> bool:
    return sum(path.stat().st_size for path in folder.glob("topics/*.yaml")) >= _MUCH
