"""A second programme: the minimal content with a questionnaire, dossiers and a calendar of its own."""

import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from knowledge.content.models import Content
from knowledge.loading import load
from tests.conftest import TODAY
from tests.quick import quick

CONTENT = Path(__file__).parent / "content"


@cache
def gardens() -> Content:
    """The content, checked as an editor's is."""
    with TemporaryDirectory() as made:
        return quick(load(gardens_in(Path(made)), today=TODAY))


def gardens_in(folder: Path) -> Path:
    """Its files, in a folder where they can be changed."""
    for name in ("minimal", "gardens"):
        shutil.copytree(CONTENT / name, folder, dirs_exist_ok=True)
    return folder
