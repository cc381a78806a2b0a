"""Pages for the team: one file each, that needs nothing else, prints, and reads in light and dark."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from knowledge.words.module_lists import words_beside
from knowledge.words.typography import french, grouped

_FOLDER = Path(__file__).with_name("pages")


def page(name: str, **values: Any) -> str:
    """The page `name`, with its words of `pages/NAME.yaml` as `t`."""
    return _environment().get_template(f"{name}.html").render(t=page_words(name), **values)


@cache
def page_words(name: str) -> dict[str, Any]:
    """The words of a page, set in French typography."""
    return {key: _set(value) for key, value in words_beside(__file__, f"pages/{name}").items()}


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
