"""What the assistant says, and understands, in any programme: `knowledge/defaults/`, under what a package says instead.

A package's file needs only what it says otherwise: it is merged, key by key, over the default of the same name.
A list is taken whole; one that begins with « + » adds to the default's, and lays items over those with the same `id`.
`{programme}`, `{short_name}`, `{team}` and `{slug}` are filled from `programme.yaml`.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from knowledge.words.yaml_file import KeyPath, YamlFile, read_yaml

FOLDER = Path(__file__).parents[1] / "defaults"
_OURS = re.compile(r"\{(programme|short_name|team|slug)\}")
MORE = "+"
"""The first item of a list that adds to the default's."""


def has_default(name: str) -> bool:
    """Whether the engine says something where a package has no file of that name."""
    return (FOLDER / name).is_file()


@cache
def default_data(name: str) -> object:
    """The data of the default of that name; it is shared, and not to be changed."""
    return read_yaml(FOLDER / name, name).data


def lay_over_default(file: YamlFile, told: Mapping[str, str]) -> None:
    """Put the data of a package's file over the default of its name, where there is one; lines stay the file's."""
    if not has_default(file.name) or not isinstance(file.data, dict):
        return
    moved: dict[KeyPath, dict[int, int]] = {}
    file.data = filled(_merged(default_data(file.name), file.data, (), moved), told)
    if moved:
        file.lines = file.lines.moved(lambda place: _moved(place, moved))


def filled(data: object, told: Mapping[str, str]) -> object:
    """The data of a default, with what the programme is called in its sentences."""
    match data:
        case str():
            return _OURS.sub(lambda name: told.get(name[1], name[0]), data)
        case dict():
            return {key: filled(value, told) for key, value in data.items()}
        case list():
            return [filled(value, told) for value in data]
    return data


def _merged(default: object, own: object, place: KeyPath, moved: dict[KeyPath, dict[int, int]]) -> object:
    """`moved`: filled with the lists whose items end elsewhere than in the package's file: where each of them is."""
    if isinstance(own, dict):
        first = default if isinstance(default, dict) else {}
        return {**first, **{key: _merged(first.get(key), value, (*place, key), moved) for key, value in own.items()}}
    if isinstance(own, list) and own[:1] == [MORE]:
        return _added(default if isinstance(default, list) else [], own, place, moved)
    return own


def _added(
    default: list[object], own: list[object], place: KeyPath, moved: dict[KeyPath, dict[int, int]]
) -> list[object]:
    """A list with more items; one whose `id` is there already is laid over it."""
    known = {item["id"]: n for n, item in enumerate(default) if isinstance(item, dict) and "id" in item}
    result, at = list(default), {}
    for n, item in enumerate(own[1:], start=1):
        at[n] = known.get(item.get("id"), len(result)) if isinstance(item, dict) else len(result)
        under = default[at[n]] if at[n] < len(default) else None
        result[at[n] : at[n] + 1] = [_merged(under, item, (*place, n), moved)]
    moved[place] = at
    return result


def _moved(place: KeyPath, moved: Mapping[KeyPath, Mapping[int, int]]) -> KeyPath:
    """Where a place of the package's file is once it is laid over the default."""
    result: list[str | int] = []
    for n, step in enumerate(place):
        among = moved.get(place[:n])
        result.append(among.get(step, step) if among and isinstance(step, int) else step)
    return tuple(result)
