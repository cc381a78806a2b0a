"""What was copied and not changed: told in one sentence, the copy being blamed, not the original."""

from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.checks.files import Package
from knowledge.content.models import Topic
from knowledge.words.errors import Problem
from knowledge.words.text import normalise
from knowledge.words.yaml_file import KeyPath, YamlFile

_FEWEST = 3  # questions in common, from which an entry is a copy


@dataclass(frozen=True)
class _Entry:
    file: YamlFile
    place: KeyPath
    topic: Topic
    questions: frozenset[str]

    @property
    def key(self) -> tuple[str, KeyPath]:
        return self.file.name, self.place


class Copies:
    """The entries of a package that repeat another one."""

    def __init__(self, package: Package) -> None:
        self._copies: list[tuple[_Entry, _Entry]] = []
        seen: list[_Entry] = []
        for entry in sorted(_entries(package), key=lambda one: (len(one.file.name), one.file.name, one.place[1:])):
            if original := next((one for one in seen if _repeats(entry, one)), None):
                self._copies.append((entry, original))
            else:
                seen.append(entry)
        self._keys = {copy.key for copy, _ in self._copies}

    def has(self, file: YamlFile, place: KeyPath) -> bool:
        """Whether the entry at that place is a copy: what it repeats need not be told again."""
        return (file.name, place[:2]) in self._keys

    def problems(self, package: Package) -> Iterator[Problem]:
        """A sentence for each file that is copied whole, and for each other entry."""
        whole: set[str] = set()
        for name, theme in package.themes.items():
            sources = [original.file.name for copy, original in self._copies if copy.file.name == name]
            if len(sources) == len(theme.topics) > 1 and set(sources) != {name}:
                whole.add(name)
                yield package.files[name].problem((), "copied_file", n=len(sources), file=sources[0])
        for copy, original in self._copies:
            if copy.file.name not in whole:
                shared = len(copy.questions & original.questions)
                line = original.file.line(original.place)
                told = {"id": original.topic.id, "file": original.file.name, "line": line, "n": shared}
                yield copy.file.problem(copy.place, "copied_entry", **told)


def _entries(package: Package) -> Iterator[_Entry]:
    for file, place, topic in package.topics():
        yield _Entry(file, place, topic, frozenset(map(normalise, topic.questions)))


def _repeats(entry: _Entry, other: _Entry) -> bool:
    shared = len(entry.questions & other.questions)
    is_same = entry.topic.id == other.topic.id and shared == len(entry.questions)
    return is_same or (shared >= _FEWEST and 2 * shared >= len(entry.questions))
