"""A model kept between starts, in the file of one array: JSON, with the name of each class.

What is kept was valid when it was written, by this very code: it is put back as it was, not validated, and classes of
which nothing is validated are not even built by pydantic. Only classes of this package are put back, so that a file
laid there by others, in a folder that is this account's alone, could say wrong things but not run anything.
"""

import json
import sys
from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from pydantic import BaseModel

from knowledge.learning.kept import keep_arrays, kept_arrays

_HOUSE = __name__.partition(".")[0] + "."

_Kept = TypeVar("_Kept", bound=BaseModel)


def keep_model(model: BaseModel, folder: Path, name: str) -> None:
    """Keep a model under this name, and the latest others. Where nothing can be written, nothing is.

    Raises TypeError for a kind of value that is not foreseen here.
    """
    written = json.dumps(_flat(model, {}), separators=(",", ":")).encode()
    keep_arrays({"json": np.frombuffer(written, np.uint8)}, folder, name)


def kept_model(folder: Path, name: str, model: type[_Kept]) -> _Kept | None:
    """The model kept under this name; None without a file that is as it was written."""
    arrays = kept_arrays(folder, name, lambda found: found["json"].dtype == np.uint8)
    if arrays is None:
        return None
    try:
        found = _Made().value(json.loads(bytes(arrays["json"])))
    except (AttributeError, LookupError, TypeError, ValueError):  # of another code, whatever its name says
        return None
    return found if isinstance(found, model) else None


def _flat(value: object, seen: dict[int, int]) -> Any:
    """As JSON can hold it; what comes twice is written once. Lists begin with what they stand for."""
    match value:
        case Enum():
            return ["one", _name(value), value.value]
        case None | bool() | int() | float() | str():
            return value
        case list():
            return ["list", *(_flat(item, seen) for item in value)]
        case tuple():
            return ["all", *(_flat(item, seen) for item in value)]
        case dict():
            return ["by", *(_flat(item, seen) for pair in value.items() for item in pair)]
    if id(value) in seen:
        return ["again", seen[id(value)]]
    names = _fields(type(value))
    seen[id(value)] = len(seen)
    return ["of", _name(value), *(_flat(getattr(value, name), seen) for name in names)]


class _Made:
    """Puts values back, remembering those that come again."""

    def __init__(self) -> None:
        self._made: list[object] = []

    def value(self, flat: Any) -> Any:
        """What was made flat."""
        if not isinstance(flat, list):
            return flat
        match flat[0]:
            case "all":
                return tuple(map(self.value, flat[1:]))
            case "list":
                return list(map(self.value, flat[1:]))
            case "by":
                return dict(zip(*[map(self.value, flat[1:])] * 2, strict=True))
            case "again":
                return self._made[flat[1]]
            case "one":
                return _class(flat[1])(flat[2])
        return self._object(_class(flat[1]), flat[2:])

    def _object(self, of: type[Any], values: list[Any]) -> object:
        place = len(self._made)
        self._made.append(None)
        given = dict(zip(_fields(of), map(self.value, values), strict=True))
        made = of.model_construct(**given) if issubclass(of, BaseModel) else of(**given)
        self._made[place] = made
        return made


def _fields(of: type[Any]) -> list[str]:
    """The fields of a model or a dataclass. Raises TypeError for any other class."""
    return list(of.model_fields) if issubclass(of, BaseModel) else [one.name for one in fields(of)]


def _name(value: object) -> str:
    return f"{type(value).__module__}:{type(value).__name__}"


def _class(name: str) -> type[Any]:
    """Raises KeyError, AttributeError or TypeError for what is no class of values of this package."""
    module, _, own = name.partition(":")
    found = getattr(sys.modules[module], own)
    if not (module.startswith(_HOUSE) and isinstance(found, type) and _holds_values(found)):
        raise TypeError(name)
    return found


def _holds_values(found: type[Any]) -> bool:
    return issubclass(found, BaseModel | Enum) or is_dataclass(found)
