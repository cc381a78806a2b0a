"""What the assistant says of itself in any programme: `knowledge/defaults/`, under what a package says instead.

A package's file needs only what it says otherwise: it is merged, key by key, over the default of the same name.
A list is taken whole. `{programme}`, `{short_name}`, `{team}` and `{slug}` are filled from `programme.yaml`.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from knowledge.words.yaml_file import read_yaml

FOLDER = Path(__file__).parents[1] / "defaults"
_OURS = re.compile(r"\{(programme|short_name|team|slug)\}")


def over_default(name: str, data: object, told: Mapping[str, str]) -> object:
    """The data of a package's file over the default of that name, where there is one."""
    default = _default(name)
    if default is None or not isinstance(data, dict):
        return data
    return _filled(_merged(default, data), told)


@cache
def _default(name: str) -> object:
    path = FOLDER / name
    return read_yaml(path, name).data if path.is_file() else None


def _merged(default: object, own: object) -> object:
    if isinstance(default, dict) and isinstance(own, dict):
        return {**default, **{key: _merged(default.get(key), value) for key, value in own.items()}}
    return own


def _filled(data: object, told: Mapping[str, str]) -> object:
    match data:
        case str():
            return _OURS.sub(lambda name: told.get(name[1], name[0]), data)
        case dict():
            return {key: _filled(value, told) for key, value in data.items()}
        case list():
            return [_filled(value, told) for value in data]
    return data
