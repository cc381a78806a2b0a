"""Reading the files of a package as models, keeping every mistake in them, said in French to their editor."""

from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from knowledge.checks.explained import explained
from knowledge.checks.file_names import standing_for
from knowledge.content.defaults import FOLDER as DEFAULTS
from knowledge.content.defaults import filled, lay_over_default
from knowledge.content.open_call import OpenCalls
from knowledge.content.variants import Variants
from knowledge.words.errors import ContentError, Problem, problem_at
from knowledge.words.yaml_file import YamlFile, read_yaml

_Model = TypeVar("_Model", bound=BaseModel)


class FolderReader:
    """Reads the files of a folder, keeping what is wrong with them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.variants = Variants(OpenCalls())
        self.told: dict[str, str] = {}
        self.files: dict[str, YamlFile] = {}
        self.problems: list[Problem] = []

    def read(self, name: str, model: type[_Model]) -> _Model | None:
        """One file as its model; None, and its problems noted, when it is missing or wrong."""
        path = self.root / name
        if not path.is_file():
            stray = standing_for(self.root, name)
            kind = "misnamed_file" if stray else "missing_file"
            self.problems.append(problem_at(stray or name, 1, kind, name=name))
            return None
        try:
            file = self.files[name] = read_yaml(path, name)
            lay_over_default(file, self.told)
            self.problems += self.variants.choose(file)
            return model.model_validate(file.data)
        except ContentError as error:
            self.problems += error.problems
        except ValidationError as error:
            self.problems += explained(file, model, error, self.root)
        return None

    def known(self, name: str, model: type[_Model]) -> _Model | None:
        """The same; the engine's own, where the package has no such file."""
        if (self.root / name).is_file():
            return self.read(name, model)
        self.files[name] = YamlFile(name)
        known = _default(name, model, tuple(self.told.items()))
        assert isinstance(known, model)
        return known

    def has(self, *names: str) -> bool:
        """Whether the package has one of these files."""
        return any((self.root / name).is_file() for name in names)

    def optional(self, name: str, model: type[_Model]) -> _Model | None:
        """The same, where the package has that file."""
        return self.read(name, model) if self.has(name) else None


@lru_cache(maxsize=16)
def _default(name: str, model: type[BaseModel], told: tuple[tuple[str, str], ...]) -> BaseModel:
    """What the engine says by itself, for a programme called so: read once, shared by contents."""
    return model.model_validate(filled(read_yaml(DEFAULTS / name, name).data, dict(told)))
