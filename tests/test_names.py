"""One name a thing: no public class stands for two, and a file is found by its name alone."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
FILES = sorted(path for house in ("bot", "handlers", "knowledge") for path in (ROOT / house).rglob("*.py"))


def named(file: Path) -> Iterator[str]:
    """The public classes and types of a file."""
    for node in ast.parse(file.read_text("utf-8")).body:
        match node:
            case ast.ClassDef(name=name):
                yield name
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                if name[0].isupper() and not name.isupper():
                    yield name


def test_no_public_class_name_stands_for_two_things() -> None:
    found = defaultdict(list)
    for file in FILES:
        for name in named(file):
            if not name.startswith("_"):
                found[name].append(str(file.relative_to(ROOT)))

    assert {name: files for name, files in found.items() if len(files) > 1} == {}
