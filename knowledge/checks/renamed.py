"""An id that was changed where it is given, while others still name it as before: told once, with all that name it."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from knowledge.checks.files import NOT_SHOWN, Package
from knowledge.words.content_files import DATES, DOSSIER, FACTS, FORM, OPEN_CALL, SITUATION, SOURCES
from knowledge.words.errors import Problem, explain, lines_told, problem_at
from knowledge.words.yaml_file import KeyPath, YamlFile

_PLACEHOLDER = re.compile(r"\{(?:date|fact):([a-z0-9-]+)\}")
_NAMED_OFTEN = 3
"""Places that name the same thing which does not exist: it existed, and was renamed or erased."""
_LISTED = 12

_GIVEN: dict[str, tuple[str, str]] = {
    "unknown_fact": (FACTS, "facts"),
    "unknown_source": (SOURCES, "sources"),
    "unknown_date": (DATES, "milestones"),
    "unknown_topic": ("topics/", "topics"),
    "unknown_criterion": (FORM, "criteria"),
    "unknown_ending": (FORM, "endings"),
    "form_unknown_question": (FORM, "questions"),
    "form_unknown_option": (FORM, "options"),
    "situation_unknown_actor": (SITUATION, "actors"),
}
"""By the sentence that tells a name as unknown, the files and the list that give such names."""
_ALIKE = {"example_unknown_topic": "unknown_topic"}
_ALL_NAMED = frozenset({"unknown_fact", "unknown_criterion", "unknown_ending", "form_unknown_question"})
"""Those of things that are there to be named: the only one that nothing names is rather the one that was renamed."""
_MANY_ALIKE = frozenset({"unknown_topic", "unknown_source", "unknown_date"})
"""Those of things with names alike: « ami-1-cloture » is near « ami-4-cloture », and another."""
_NAMING_OF_FORM = (FORM, SITUATION, DOSSIER, OPEN_CALL)
"""The files that name what these two give."""
_WORDS = NOT_SHOWN | {"called", "label", "usual"}
"""Keys of words that people type or read: « besoin » there names no question."""

Given = dict[str, tuple[YamlFile, KeyPath]]
"""By id, where it is given."""


def told_once(problems: Iterable[Problem], package: Package) -> Iterator[Problem]:
    """The problems; those that an id renamed or erased brings are one."""
    kinds: defaultdict[str, defaultdict[str, list[Problem]]] = defaultdict(lambda: defaultdict(list))
    for problem in problems:
        kinds[_ALIKE.get(problem.kind, problem.kind)][problem.about].append(problem)
    for kind, names in kinds.items():
        given = _given(package, kind)
        known = names_used(package, kind) if given else Counter()
        unnamed = [one for one in given if not known[one]]
        only = unnamed[0] if kind in _ALL_NAMED and len(unnamed) == len(names) == 1 else ""
        for name, told in names.items():
            if new := _near(name, told, unnamed) or only:
                file, place = given[new]
                yield file.problem(place, "renamed", name=name, new=new, where=_where(told))
            elif given and len(told) >= _NAMED_OFTEN:
                yield _lost(name, told, unnamed, _GIVEN[kind][0])
            else:
                yield from told


def _near(name: str, told: list[Problem], unnamed: list[str]) -> str:
    """The id that a name told several times has become, where it is sure; told once, it is rather misspelt there."""
    meant = told[0].meant
    if meant not in unnamed or len(told) == 1:
        return ""
    is_longer = meant.startswith(name) or name.startswith(meant)
    return meant if is_longer or told[0].kind not in _MANY_ALIKE else ""


def _lost(name: str, told: list[Problem], unnamed: list[str], start: str) -> Problem:
    """A name that so many have is no slip of theirs: another that exists, however near, would be wrong."""
    listed = explain("shown_unnamed", known=", ".join(unnamed)) if 0 < len(unnamed) <= _LISTED else ""
    first = min(told)
    values = {"name": name, "where": _where(told), "given": start, "listed": listed}
    return problem_at(first.file, first.line, "lost_id", **values)


def _where(told: list[Problem]) -> str:
    places: defaultdict[str, list[int]] = defaultdict(list)
    for problem in told:
        places[problem.file].append(problem.line)
    return " ; ".join(f"{file}, {lines_told(lines)}" for file, lines in sorted(places.items()))


def names_used(package: Package, kind: str = "") -> Counter[str]:
    """How often each name stands alone, as a key, a value or in a placeholder, in the files where this kind may be.

    Where an id is given does not count.
    """
    found: Counter[str] = Counter()
    is_of_form = kind in _GIVEN and _GIVEN[kind][0] in (FORM, SITUATION)
    waiting: list[object] = [
        file.data for name, file in package.files.items() if not is_of_form or name.startswith(_NAMING_OF_FORM)
    ]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            found.update(str(key).partition(".")[0] for key in value)
            waiting += [part for key, part in value.items() if key != "id" and not _is_typed(key, part)]
        elif isinstance(value, list):
            waiting += value
        elif isinstance(value, str):
            found.update({value, *_PLACEHOLDER.findall(value)})
    return found


def _is_typed(key: str, part: object) -> bool:
    """Whether a part is what people type: « besoin » is a word of theirs there, not an id."""
    texts = [one for one in (part if isinstance(part, list) else [part]) if isinstance(one, str)]
    is_list = isinstance(part, list) and len(texts) == len(part) > 0
    return (is_list and any(" " in one for one in texts)) or (key in _WORDS and (is_list or isinstance(part, str)))


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
