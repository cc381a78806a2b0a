"""Commands that a text tells people to type: each of them is in the menu."""

import re
from collections.abc import Iterator

from knowledge.checks.files import Package, shown
from knowledge.content.messages import OTHER_COMMANDS, SCREENS
from knowledge.words.content_files import MESSAGES, TYPED_BY_PEOPLE
from knowledge.words.errors import Problem, explain
from knowledge.words.meant import unknown
from knowledge.words.yaml_file import KeyPath

_COMMAND = re.compile(r"(?<![^\s(«\"“'’])/[^\W\d_][\w-]{2,31}(?![\w/])")


def check_commands(package: Package) -> Iterator[Problem]:
    """Every command that nobody could use, in what the package says itself."""
    if unmet := [*_unmet(package)]:
        yield from unmet  # the texts that name the right ones would be told as wrong
        return
    known = {f"/{command.name}": (command.description,) for command in package.messages.commands}
    for name, file in package.files.items():
        if name in TYPED_BY_PEOPLE:
            continue
        for place, text in shown(file):
            for typed in _COMMAND.findall(text) if file.lines.get(place) else ():
                if typed not in known:
                    yield unknown(file, place, "unknown_command", typed, known)


def _unmet(package: Package) -> Iterator[Problem]:
    """Commands of the menu that open no entry, and that no screen of the assistant is called by."""
    commands = package.messages.commands
    free = SCREENS - {command.name for command in commands}
    file = package.files[MESSAGES]
    for n, command in enumerate(commands):
        if command.topic is None and command.name not in SCREENS | OTHER_COMMANDS:
            place: KeyPath = ("commands", n, "name")
            if len(free) == 1:  # the only one that the menu lacks is the one that was renamed
                line = file.mended(place, command.name, only := min(free))
                told = {"name": command.name, "suggestion": explain("suggestion", name=only), "line": line}
                yield file.problem(place, "command_of_nothing", **told)
            else:
                yield unknown(file, place, "command_of_nothing", command.name, free or SCREENS)
