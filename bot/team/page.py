"""Pages for the team: one file each, that needs nothing else, prints, and reads in light and dark."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from knowledge.words.typography import french, grouped

_FOLDER = Path(__file__).with_name("pages")


def page(name: str, **values: Any) -> str:
    """The page `name`, with its words of `pages/NAME.yaml` as `t`."""
    return _environment().get_template(f"{name}.html").render(t=_words(name), **values)


def page_words(name: str) -> dict[str, Any]:
    """The words of a page, set in French typography."""
    return _words(name)


@cache
def _words(name: str) -> dict[str, Any]:
    read = yaml.load((_FOLDER / f"{name}.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    return {key: _set(value) for key, value in read.items()}


def _set(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _set(one) for key, one in value.items()}
    return french(value) if isinstance(value, str) else value


@cache
def _environment() -> Environment:
    found = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters["n"] = lambda number: "" if number is None else grouped(number)
    found.filters["french"] = french
    found.filters["day"] = lambda day: f"{day:%d/%m/%Y}" if isinstance(day, date) else str(day)
    return found
