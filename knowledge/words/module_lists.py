"""The words that a module knows French by: in a YAML file beside it."""

from pathlib import Path
from typing import Any

import yaml


def words_beside(module: str, name: str = "") -> dict[str, Any]:
    """What stands in the YAML file of a module, given by its `__file__`; or in `name`, another one in its folder."""
    path = Path(module).parent / f"{name}.yaml" if name else Path(module).with_suffix(".yaml")
    data: dict[str, Any] = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return data
