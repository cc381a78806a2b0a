"""What the guides tell newcomers is there: files, tests, settings, names of the code."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
GUIDES = [
    ROOT / "README.md",
    ROOT / "ARCHITECTURE.md",
    ROOT / "CONTRIBUTING.md",
    *sorted((ROOT / "docs").rglob("*.md")),
]
OURS = ("bot", "handlers", "knowledge", "tests", "docs", "deploy")
FILES = [path.relative_to(ROOT) for room in (*OURS, ".github") for path in (ROOT / room).rglob("*")]
FILES += [path.relative_to(ROOT) for path in ROOT.glob("*.*")]
MADE = re.compile(r"(pertes-acceptees|appel|pays)[\w-]*\.yaml")
"""Files that people make."""


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: str(guide.relative_to(ROOT)))
def test_every_file_of_the_house_that_a_guide_names_is_there(guide: Path) -> None:
    named = re.findall(r"`([\w./-]+\.(?:py|yaml|json|typ))`", guide.read_text("utf-8"))
    named += re.findall(rf"`((?:{'|'.join(OURS)})/[\w./-]*)`", guide.read_text("utf-8"))

    missing = [name for name in named if not is_there(name) and not MADE.fullmatch(Path(name).name)]
    assert missing == []


def is_there(name: str) -> bool:
    """Whether it is the end of a path."""
    return any(f"/{path}".endswith(f"/{name.rstrip('/')}") for path in FILES)
