"""Reading the files of a package as models, keeping every mistake in them, said in French to their editor."""

import contextlib
import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from knowledge.checks.package import nearest, suggestion
from knowledge.content.defaults import FOLDER as DEFAULTS
from knowledge.content.defaults import filled, lay_over_default
from knowledge.content.open_call import OpenCalls
from knowledge.content.variants import Variants
from knowledge.words.errors import ContentError, Problem, explain, problem_at
from knowledge.words.text import words
from knowledge.words.yaml_file import KeyPath, YamlFile, read_yaml

# pydantic's error types → sentences of editor.yaml; any other is `wrong_value`.
_SENTENCES = {
    "missing": "missing_key",
    "extra_forbidden": "unknown_key",
    "string_type": "not_text",
    "string_too_short": "empty_text",
    "string_too_long": "text_too_long",
    "string_pattern_mismatch": "bad_pattern",
    "too_short": "too_few",
    "too_long": "too_many",
    "tuple_type": "not_list",
    "dict_type": "not_mapping",
    "model_type": "not_mapping",
    "model_attributes_type": "not_mapping",
    "literal_error": "not_among",
    "enum": "not_among",
    "bool_parsing": "not_bool",
    "int_parsing": "not_number",
    "int_parsing_size": "not_number",
    "int_type": "not_number",
    "bad_date": "bad_date",
    "bad_time": "bad_time",
    "bad_markup": "bad_markup",
    "bad_placeholder": "bad_placeholder",
    "lost_placeholder": "lost_placeholder",
    "one_line": "one_line",
    "no_email_question": "no_email_question",
    "quote_or_says": "quote_or_says",
}

_UNQUOTED = re.compile(r"^(\s*(?:- |[\w-]+: ))(.*?)\s*$")
_BETWEEN = re.compile(r"\s*[;,.]\s*|\s+")
_COMMA = re.compile(r"(?<!\s)\s*[;,]\s*")
_LISTED = explain("shown_list")
_NO = explain("no_words").split("|")
_MONTHS = explain("whole_month_words").split("|")
_DAY = re.compile(rf"(\d{{1,4}})(?:er)?[/. -]+(\d{{1,2}}|{'|'.join(_MONTHS)})[/. -]+(\d{{1,4}})", re.IGNORECASE)
_RANGE = re.compile(r"(?<!\d)(\d+) *(?:-|à) *(\d+)")
_HOST = re.compile(r"(?<![\w.-])(?:https?:/*)?((?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?)")

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
            self.problems.append(problem_at(name, 1, "missing_file", name=name))
            return None
        try:
            file = self.files[name] = read_yaml(path, name)
            lay_over_default(file, self.told)
            self.problems += self.variants.choose(file)
            return model.model_validate(file.data)
        except ContentError as error:
            self.problems += error.problems
        except ValidationError as error:
            self.problems += _explained(file, model, error)
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


def _explained(file: YamlFile, model: type[BaseModel], error: ValidationError) -> Iterator[Problem]:
    """pydantic's errors, with the sentence, the value and the nearest known key."""
    details = error.errors(include_url=False)
    unknown = [detail["loc"] for detail in details if detail["type"] == "extra_forbidden"]
    meant = {(*place[:-1], nearest(str(place[-1]), _keys(model, place))) for place in unknown}
    for detail in details:
        place: KeyPath = detail["loc"]
        if detail["type"] == "missing" and place in meant:
            continue  # it is there, misspelt
        if place and str(place[-1]).startswith("literal["):
            continue  # « a date, or unknown »: the wrong date is told already
        given = detail["input"]
        if detail["type"] == "too_short" and len(given) >= detail["ctx"]["min_length"]:
            continue  # pydantic counts the elements that are right: those that are wrong are told already
        key = _SENTENCES.get(detail["type"], "wrong_value") if place else "not_a_content_file"
        if isinstance(given, str) and key == "too_many":  # pydantic counts characters of a checked text so
            key = "text_too_long"
        context: dict[str, object] = detail.get("ctx", {})
        name = next((step for step in reversed(place) if isinstance(step, str) and "[" not in step), "")
        values = {
            "name": name,
            "value": _shortened(given),
            "length": len(given) if isinstance(given, str | list | tuple) else "",
            "limit": context.get("max_length", context.get("min_length", "")),
            **context,
            "shown": _shown_of(file, name) if key == "missing_key" else "",
            "meant": "false" if str(given).casefold() in _NO else "true",
            "expected": " · ".join(re.findall("'([^']*)'", str(context.get("expected", "")))),
        }
        key, more = _precisely(file, place, name, key, given)
        values |= more
        if key == "unknown_key":
            keys = _keys(model, place)
            values |= {"suggestion": suggestion(str(place[-1]), keys), "keys": ", ".join(keys)}
            values |= {"line": _renamed(file, place, nearest(str(place[-1]), keys))}
        yield file.problem(place, key, **values)


def _precisely(file: YamlFile, place: KeyPath, name: str, key: str, given: object) -> tuple[str, dict[str, object]]:
    """The sentence that tells this very slip, where there is one, and what it says more. `name`: of what is wrong."""
    if key in ("not_text", "empty_text") and isinstance(place[-1], int) and not isinstance(given, dict):
        text = given[0] if isinstance(given, list) and len(given) == 1 else given
        shown = explain("shown_text") if text is None else _shortened(text)
        value = file.typed[file.line(place) - 1].strip(" -") if isinstance(given, list) and file.typed else given
        return ("empty_item" if key == "empty_text" else "not_text_item"), {"value": _shortened(value), "text": shown}
    if given is None:
        return "empty_list" if key == "not_list" else key, {"value": _shortened(None), "listed": _LISTED}
    if key == "not_text" and isinstance(given, dict) and file.typed:
        line = file.typed[file.line(place) - 1]
        return "colon_in_item", {"line": _UNQUOTED.sub(r'\1"\2"', line).strip()}
    if key == "not_list":
        text = given.strip(" ()") if isinstance(given, str) else ""
        parts = ages.groups() if (ages := _RANGE.fullmatch(text)) else _COMMA.split(text)
        return key, {"listed": ", ".join(parts) or _LISTED}
    if not isinstance(given, str):
        return key, {}
    if key == "bad_date" and (day := _iso(given)):
        return "date_order", {"iso": day}
    return _precise_pattern(file, place, name, given) if key == "bad_pattern" else (key, {})


def _iso(given: str) -> str:
    """A day as it should be written, whatever the order and the signs between; empty where it is no day."""
    if not (found := _DAY.fullmatch(given.strip())):
        return ""
    first, second, third = (
        str(_MONTHS.index(one.lower()) + 1) if one.lower() in _MONTHS else one for one in found.groups()
    )
    third = f"20{third}" if len(third) == 2 and len(first) < 4 else third
    year, month, day = (first, second, third) if len(first) == 4 else (third, second, first)
    for numbers in ((year, month, day), (year, day, month)):
        with contextlib.suppress(ValueError):
            return date(*map(int, numbers)).isoformat() if len(year) == 4 else ""
    return ""


def _shown_of(file: YamlFile, name: str) -> str:
    """What stands under that key elsewhere in the file, where it is short."""
    if name == "id":
        return explain("shown_id")
    value = re.compile(rf"^[^#]*?\b{re.escape(name)}: +([^\s,|>{{}}\[\]][^,|>{{}}\[\]]{{0,40}})(?:[,}}]|$)")
    found = next(filter(None, map(value.search, file.typed)), None)
    return found[1].strip() if found else "…"


def _precise_pattern(file: YamlFile, place: KeyPath, name: str, given: str) -> tuple[str, dict[str, object]]:
    if name == "email":
        return "bad_email", {}
    if name in ("url", "site"):
        host = _HOST.fullmatch(given.strip())
        return "bad_url", {"address": f"https://{host[1] if host else explain('shown_host')}"}
    if name == "id":
        return "bad_id", {"slug": _slug(given)}
    if not isinstance(place[-1], int):
        return "bad_pattern", {}
    if not _BETWEEN.search(given.strip()):
        return "bad_id", {"slug": f"[{', '.join(_slug(str(one)) for one in file.at(place[:-1]))}]"}
    elements = (part for one in file.at(place[:-1]) for part in _BETWEEN.split(str(one).strip()))
    return "no_comma", {"listed": ", ".join(elements)}


def _slug(text: str) -> str:
    return "-".join(words(text))[:32].strip("-") or explain("shown_id")


def _renamed(file: YamlFile, place: KeyPath, key: str) -> str:
    """The line of an unknown key with the one that was meant, and a space; empty where none is near."""
    number = file.line(place)
    if not key or len(file.typed) < number:
        return ""
    return f"{file.typed[number - 1].strip(' -').replace(str(place[-1]), key, 1)}   "


def _shortened(value: object) -> str:
    """As the editor wrote it, or nearly."""
    text = {"None": explain("shown_nothing"), "True": "true", "False": "false"}.get(str(value), str(value))
    return text if len(text) <= 60 else f"{text[:59]}…"


def _keys(model: type[BaseModel], place: KeyPath) -> Iterable[str]:
    """The keys allowed where `place` stands, found by walking down the model's fields."""
    current: type[BaseModel] | None = model
    for step in place[:-1]:
        if current and isinstance(step, str) and step in current.model_fields:
            current = _model_in(current.model_fields[step].annotation)
    return [field.alias or name for name, field in current.model_fields.items()] if current else ()


def _model_in(annotation: object) -> type[BaseModel] | None:
    """The model that a field's type contains, however it is wrapped."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_model_in(part) for part in getattr(annotation, "__args__", ()))
    return next((model for model in found if model), None)
