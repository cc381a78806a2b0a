"""One name a thing: no public class stands for two, a file is found by its name alone, and is read at one sitting."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
FILES = sorted(path for house in ("bot", "handlers", "knowledge") for path in (ROOT / house).rglob("*.py"))


_FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)


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


SAME = {
    "draw": "the papers; the graph of the questionnaire",
    "explain": "a sentence for editors; a handler",
    "features": "of what is learnt beside; of the entries",
    "is_said_aside": "of the form; of the dossier",
    "learn": "a model; all that is learnt later",
    "load": "what a file holds",
    "register": "what a room handles",
    "register_members": "who joins and leaves",
    "ways": "through the questionnaire; to read a phrase",
}
"""Public functions of one name in two modules: the same thing for two matters. Commands bear the name that is typed."""


def test_a_public_function_name_stands_for_one_thing() -> None:
    found = defaultdict(list)
    for file in FILES:
        functions = [one for one in ast.parse(file.read_text("utf-8")).body if isinstance(one, _FUNCTION)]
        if file.parent.name not in ("commands", "versions"):
            for function in functions:
                found[function.name].append(str(file.relative_to(ROOT)))

    twice = {name: files for name, files in found.items() if len(files) > 1 and not name.startswith("_")}
    assert {name: files for name, files in twice.items() if name not in SAME} == {}
    assert set(SAME) - set(twice) == set()


ALIKE = {
    "banner": "read from its file; what it is",
    "checks": "what `tevo check` looks at in a room",
    "feedback": "kept; what is kept",
    "handover": "kept; on the screen",
    "likeness": "to examples of dialogue acts; to examples of distress",
    "recap": "drawn; made of answers",
    "screens": "of the dossier; of the questionnaire",
    "situation": "its sentences; what was read",
}
"""Files of one name in two rooms: the same thing at two levels, or what each room has of its own."""


def test_a_file_is_found_by_its_name_alone() -> None:
    rooms = defaultdict(list)
    for file in FILES:
        # A command, and a check, bear the name of what they are for.
        if file.parent.name not in ("commands", "checks") and not file.stem.startswith("__"):
            rooms[file.stem].append(str(file.relative_to(ROOT)))

    assert sorted(name for name, files in rooms.items() if len(files) > 1) == sorted(ALIKE)


def test_no_module_has_more_than_300_lines() -> None:
    lines = {str(file.relative_to(ROOT)): len(file.read_text("utf-8").splitlines()) for file in FILES}

    assert {name: count for name, count in lines.items() if count > 300} == {}
