"""What tests of a content that is wrong share."""

import shutil
from pathlib import Path

import pytest

from tests.conftest import HERE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the minimal package, to break."""
    return Path(shutil.copytree(HERE / "content" / "minimal", tmp_path / "content"))
