"""Files that name people: for this account only, never through a link that somebody else laid."""

import os
import stat
from pathlib import Path

_MODE = 0o600
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)  # Windows has no such links


def create_private(path: Path, content: bytes) -> None:
    """Write a file that is not there yet. Raises OSError; FileExistsError when it, or a link of that name, is."""
    _write(path, content, os.O_CREAT | os.O_EXCL)


def replace_private(path: Path, content: bytes) -> None:
    """Write a file anew: a reader sees the old one or the new one, never half. Raises OSError."""
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    create_private(draft, content)
    draft.replace(path)


def append_private(path: Path, content: bytes) -> None:
    """Add to a file, and wait until it is on the disk. Raises OSError."""
    _write(path, content, os.O_CREAT | os.O_APPEND)


def is_private_folder(folder: Path) -> bool:
    """Whether it is a folder of this account, made if needed, where nobody else can lay a file; no link."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid() and not found.st_mode & 0o022


def _write(path: Path, content: bytes, how: int) -> None:
    descriptor = os.open(path, how | os.O_WRONLY | _NO_LINK, _MODE)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
