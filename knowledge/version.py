"""What tells one state of a content's folder, or of the code that reads it, from another."""

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from knowledge.content.defaults import FOLDER as DEFAULTS

_EXAMPLES = "examples"
"""The folder of labelled messages: they change nothing of what is said."""


def version_of(folder: Path) -> str:
    """64 hexadecimal digits that change with any file that is read, or taken for one that is, and with the defaults.

    Raises OSError.
    """
    digest = _defaults().copy()
    for path in sorted(_files(folder)):
        digest.update(f"{path.relative_to(folder).as_posix()}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


@cache
def _defaults() -> "hashlib._Hash":
    digest = hashlib.sha256()
    for path in sorted(DEFAULTS.glob("*.yaml")):
        digest.update(path.read_bytes())
    return digest


@cache
def code_version() -> str:
    """12 hexadecimal digits that change with the code that reads and checks, and with its sentences."""
    digest = hashlib.sha256()
    for path in sorted((*Path(__file__).parent.rglob("*.py"), *DEFAULTS.glob("*.yaml"))):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _files(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*.y*ml"):
        names = path.relative_to(folder).parts
        if names[0] != _EXAMPLES and not any(name.startswith(".") for name in names):
            yield path
