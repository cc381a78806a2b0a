"""The door to a content: a folder of YAML files, or what was kept of it when it was found right."""

import contextlib
from datetime import date
from pathlib import Path

from knowledge import PACKAGED
from knowledge.content.models import Content
from knowledge.version import code_version, version_of
from knowledge.words.errors import Problem

__all__ = ["PACKAGED", "load"]


def load(
    folder: Path = PACKAGED,
    *,
    today: date | None = None,
    kept: Path | None = None,
    advice: list[Problem] | None = None,
) -> Content:
    """Read and check a content package; `today` asks for what only its editor must mend, too.

    That is: days of reading that are still to come, labels of `examples/` that name no entry.
    `kept`: a private folder where a content that this very code found right is kept: as long as no file changes, a
    start then neither reads nor checks any. `advice`: filled with what may be a slip, where `today` is told too.
    Raises ContentError with every mistake found, by file and line.
    """
    version = version_of(folder)  # before it is read: what changes meanwhile is another version
    if kept is None or today:
        return _read(folder, version, today, advice)
    from knowledge.learning.kept_model import keep_model, kept_model  # noqa: PLC0415  (numpy: an editor's check has none)

    place, name = kept / "content", f"{version[:24]}-{code_version()}"
    if found := kept_model(place, name, Content):
        return found
    content = _read(folder, version)
    with contextlib.suppress(TypeError):  # an answer of a kind that JSON has not: it is read again at each start
        keep_model(content, place, name)
    return content


def _read(folder: Path, version: str, today: date | None = None, advice: list[Problem] | None = None) -> Content:
    from knowledge.checks.content_folder import read_folder  # noqa: PLC0415  (all checks: not for what is kept)

    return read_folder(folder, version, today, advice)
