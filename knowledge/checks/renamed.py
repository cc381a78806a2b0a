"""An id that was changed where it is given, while others still name it as before: told once, where it was changed."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from knowledge.checks.files import TYPED_BY_PEOPLE, Package
from knowledge.content.questionnaire import FORM
from knowledge.content.situation import SITUATION
from knowledge.words.errors import Problem, lines_told
from knowledge.words.meant import nearest
from knowledge.words.yaml_file import KeyPath, YamlFile

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

Given = dict[str, tuple[YamlFile, KeyPath]]
"""By id, where it is given."""


def told_once(problems: Iterable[Problem], package: Package) -> Iterator[Problem]:
    """The problems; those that an id renamed brings are one."""
    kinds: defaultdict[str, defaultdict[str, list[Problem]]] = defaultdict(lambda: defaultdict(list))
    for problem in problems:
        kinds[problem.kind][problem.about].append(problem)
    named = _named(package) if kinds.keys() & _GIVEN.keys() else Counter()
    for kind, names in kinds.items():
        given = _given(package, kind)
        unnamed = [one for one in given if named[one] == 1]
        for name, told in names.items():
            is_sure = kind in _ALL_NAMED and len(unnamed) == len(names) == 1
            new = _near(name, len(told), unnamed, given) or (unnamed[0] if is_sure else "")
            yield from [_told(name, new, told, *given[new])] if new else told


def _near(name: str, times: int, unnamed: list[str], given: Given) -> str:
    """The id, near it, that a name told so many times has become; told once, it is rather misspelt there."""
    near = nearest(name, [*given])
    return near if near in unnamed and times > 1 else ""


def _told(name: str, new: str, told: list[Problem], file: YamlFile, place: KeyPath) -> Problem:
    places: defaultdict[str, list[int]] = defaultdict(list)
    for problem in told:
        places[problem.file].append(problem.line)
    where = " ; ".join(f"{file_name}, {lines_told(lines)}" for file_name, lines in places.items())
    return file.problem(place, "renamed", name=name, new=new, where=where, line=file.mended(place, new, name))


def _named(package: Package) -> Counter[str]:
    """How often each name is written in the files, but those of what people type."""
    typed = (file.typed for name, file in package.files.items() if name not in TYPED_BY_PEOPLE)
    return Counter(name for lines in typed for line in lines for name in _NAME.findall(line))


_GIVEN: dict[str, tuple[str, str]] = {
    "unknown_fact": ("facts.yaml", "facts"),
    "unknown_source": ("sources.yaml", "sources"),
    "unknown_date": ("dates.yaml", "milestones"),
    "unknown_topic": ("topics/", "topics"),
    "unknown_criterion": (FORM, "criteria"),
    "unknown_ending": (FORM, "endings"),
    "form_unknown_question": (FORM, "questions"),
    "situation_unknown_actor": (SITUATION, "actors"),
}
"""By the sentence that tells a name as unknown, the files and the list that give such names."""

_ALL_NAMED = frozenset({"unknown_fact", "unknown_criterion", "form_unknown_question", "situation_unknown_actor"})
"""Those of things that are there to be named: the only one that nothing names is rather the one that was renamed."""


def _given(package: Package, kind: str) -> Given:
    if kind not in _GIVEN:
        return {}
    start, key = _GIVEN[kind]
    return {
        str(file.at(place)): (file, place)
        for name, file in package.files.items()
        if name.startswith(start)
        for place in file.lines
        if place[-1] == "id" and len(place) > 2 and place[-3] == key
    }
