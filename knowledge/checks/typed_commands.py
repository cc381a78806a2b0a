"""Commands that a text tells people to type: each of them is in the menu."""

import re
from collections.abc import Iterator

from knowledge.checks.files import TYPED_BY_PEOPLE, Package, shown
from knowledge.words.errors import Problem
from knowledge.words.meant import unknown

_COMMAND = re.compile(r"(?<![^\s(«\"“'’])/[^\W\d_][\w-]{2,31}(?![\w/])")


def check_commands(package: Package) -> Iterator[Problem]:
    """Every command that nobody could use, in what the package says itself."""
    known = {f"/{command.name}": (command.description,) for command in package.messages.commands}
    for name, file in package.files.items():
        if name in TYPED_BY_PEOPLE:
            continue
        for place, text in shown(file):
            for typed in _COMMAND.findall(text) if file.lines.get(place) else ():
                if typed not in known:
                    yield unknown(file, place, "unknown_command", typed, known)
