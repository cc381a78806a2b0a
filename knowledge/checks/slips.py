"""A value that a model refuses: the sentence that tells this very slip, and what it says more."""

import re
from pathlib import Path

from knowledge.checks import values
from knowledge.checks.model_keys import is_element_of
from knowledge.content.messages import SCREENS
from knowledge.questionnaire.countries import code_meant, country_name
from knowledge.words.content_files import DATES, SOURCES
from knowledge.words.errors import explain
from knowledge.words.line_shapes import column_of
from knowledge.words.line_slips import below
from knowledge.words.meant import Called, nearest
from knowledge.words.text import unaccented
from knowledge.words.yaml_file import KeyPath, YamlFile

_UNQUOTED = re.compile(r"^(\s*(?:- |[\w-]+: ))(.*?)\s*$")
_BETWEEN = re.compile(r"\s*[;,.]\s*|\s+")
_COMMA = re.compile(r"(?<!\s)\s*[;,\t]\s*")
_EQUALS = re.compile(r"(?<![\w.-])([\w.-]+) *[=:] *\"?([\w-]+)\"?")
_LISTED = explain("shown_list")
_RANGE = re.compile(r"(?<!\d)(\d+) *(?:-|à) *(\d+)")
_NAMED = re.compile(r"\bid: *[\"']?([a-z0-9-]+)[\"']?")
_CALLED = re.compile(r"\b(?:title|button|name): *(?:\"([^\"]*)\"|([^,}]*))")
_ID, _CODE, _COMMAND, _PREFIX = r"^[a-z0-9-]{1,32}$", r"^[A-Z]{2}$", r"^[a-z0-9_]{1,32}$", r"^[A-Z]{1,6}$"
_SOURCES = ("source", "sources", "follows")
_ENTRIES = ("topic", "topics", "related", "offered_with", "papers_with", "near_acts", "unless", "instead_of", "beside")
_ANY_DAY = ("date", "until", "dated")
"""Keys of days that may be known to the month, or not at all."""

SlipTold = tuple[str, dict[str, object]]


def precisely(file: YamlFile, place: KeyPath, name: str, key: str, given: object, pattern: str, root: Path) -> SlipTold:
    """The sentence that tells this very slip, where there is one. `name`: of what is wrong; `root`: of the content."""
    if key in ("not_text", "empty_text") and isinstance(place[-1], int):
        return _of_item(file, place, key, given)
    if given is None:
        return "empty_list" if key == "not_list" else key, {"value": as_written(None), "listed": _LISTED}
    if key == "not_text" and isinstance(given, dict) and file.typed:
        line = file.typed[file.line(place) - 1]
        return "colon_in_item", {"line": _UNQUOTED.sub(r'\1"\2"', line).strip()}
    if key == "not_text" and isinstance(given, list) and file.typed and all(isinstance(one, str) for one in given):
        return _list_for_text(file, place, name, given)
    if place and key in ("not_mapping", "not_list", "too_few"):
        return _of_group(file, place, name, key, given)
    written = str(given) if key == "bad_date" else given  # 20250519
    return _of_text(file, place, name, key, written, pattern, root) if isinstance(written, str) else (key, {})


def _list_for_text(file: YamlFile, place: KeyPath, name: str, given: list[str]) -> SlipTold:
    """Elements where one text is wanted: as its lines, where others of the file have several under that key."""
    line = file.typed[file.line(place) - 1]
    if any(one.strip(" -") == f"{name}: |" for one in file.typed):
        n = column_of(line) + 2
        return "list_for_text", {"line": below(f"{name}: |", *(f"{' ' * 2}{one}" for one in given)), "n": n}
    text = " ".join(one.replace('"', "") for one in given)
    return "list_for_line", {"line": f'{name}: "{text}"'}


def _of_group(file: YamlFile, place: KeyPath, name: str, key: str, given: object) -> SlipTold:
    """What must be a list or a mapping; of an element, the sentence tells that one alone."""
    is_group = isinstance(place[-1], int)
    if key == "not_mapping":
        told = _EQUALS.fullmatch(str(given))
        inside = f"{told[1]}: [{told[2]}]" if told else explain("shown_pair")
        return ("not_mapping_item" if is_group else key), {"inside": inside}
    if key == "not_list":
        text = given.strip(" ()[]") if isinstance(given, str) else ""
        parts = ages.groups() if (ages := _RANGE.fullmatch(text)) else _COMMA.split(text)
        return ("not_list_item" if is_group else key), {"listed": ", ".join(parts) or _LISTED}
    if not isinstance(given, list):
        return key, {}
    if len(given) == 1 and isinstance(given[0], list):
        return _of_item(file, place, key, given)
    parts = _COMMA.split(str(given[0])) if len(given) == 1 else []
    if len(parts) > 1:
        head = "-" if is_group else f"{name}:"
        return "no_comma", {"value": given[0], "line": f"{head} [{', '.join(parts)}]"}
    listed = ", ".join(map(str, given[:1] + _LISTED.split(", ")[len(given[:1]) :]))
    return ("too_few_item" if is_group else key), {"listed": listed}


def _of_text(file: YamlFile, place: KeyPath, name: str, key: str, given: str, pattern: str, root: Path) -> SlipTold:
    match key:
        case "not_number":
            return key, {"number": values.whole_number(given) or "4"}
        case "bad_time":
            return key, {"time": values.clock(given) or "14:30"}
        case "bad_date":
            return _day(name, given, may_be_unknown=name == "date" and file.name == DATES)
        case "bad_pattern":
            return _pattern(file, place, name, given, pattern, root)
    return key, {}


def as_written(value: object) -> str:
    """As the editor wrote it, or nearly."""
    text = {"None": explain("shown_nothing"), "True": "true", "False": "false"}.get(str(value), str(value))
    return text if len(text) <= 60 else f"{text[:59]}…"


def _of_item(file: YamlFile, place: KeyPath, key: str, given: object) -> SlipTold:
    line = file.typed[file.line(place) - 1] if file.typed else ""
    if isinstance(given, list) and "[[" in line:
        return "double_brackets", {"line": line.strip().replace("[[", "[").replace("]]", "]")}
    if isinstance(given, dict) and len(given) > 1:
        return "element_among_texts", {"keys": ", ".join(given), "line": explain(is_element_of(given))}
    if isinstance(given, dict):
        return "colon_in_item", {"line": _UNQUOTED.sub(r'\1"\2"', line).strip()}
    text = given[0] if isinstance(given, list) and len(given) == 1 else given
    shown = explain("shown_text") if text is None else as_written(text)
    value = line.strip(" -") if isinstance(given, list) and file.typed else given
    return ("empty_item" if key == "empty_text" else "not_text_item"), {"value": as_written(value), "text": shown}


def _day(name: str, given: str, *, may_be_unknown: bool) -> SlipTold:
    if day := values.iso_day(given):
        return "date_order", {"iso": day}
    if month := values.iso_month(given):
        return ("date_order", {"iso": month}) if name in _ANY_DAY else ("day_missing", {"iso": f"{month}-01"})
    if (two := values.two_moments(given)) and name in _ANY_DAY:
        return "two_moments", {"line": f"{name}: {two}"}
    if name in _ANY_DAY and (nearest(given, ["unknown"]) or not values.names_a_day(given)):
        left_out = "step_left_out" if name == "date" else "date_left_out"
        return ("date_unknown" if may_be_unknown else left_out), {}
    if day := values.last_day(given):
        return "no_such_day", {"iso": day}
    return ("bad_day" if may_be_unknown else "bad_known_day" if name in _ANY_DAY else "bad_date"), {}


def _pattern(file: YamlFile, place: KeyPath, name: str, given: str, pattern: str, root: Path) -> SlipTold:
    if name == "email":
        return "bad_email", {"address": values.email_address(given)}
    if name in ("url", "site", "form", "rules") and "http" in pattern:
        return "bad_url", {"address": values.web_address(given)}
    if pattern == _CODE:
        return "bad_code", {"line": country_line(file, place, given) or explain("bad_code_where")}
    if pattern == _COMMAND:
        taken = {str(one.get("name")) for one in file.at(place[:-2]) if isinstance(one, dict)}
        command = nearest(given, SCREENS - taken) or values.slug(given).replace("-", "_")
        return "bad_command", {"line": f"{name}: {command}"}
    if pattern == _PREFIX:
        letters = re.sub(r"[^A-Z]", "", unaccented(given).upper())[:6]
        return "bad_prefix", {"letters": letters or "REF"}
    if given == "+":
        return "plus_first", {"line": _plus_first(file, place)}
    if pattern == _ID:
        return _not_id(file, place, name, given, root)
    right = next((one for one in (given.upper(), unaccented(given)) if re.search(pattern, one)), "")
    return "bad_pattern", {"line": file.mended(place, given, right) if right else explain("bad_pattern_where")}


def _not_id(file: YamlFile, place: KeyPath, name: str, given: str, root: Path) -> SlipTold:
    parts = [part for part in _BETWEEN.split(given.strip()) if part]
    known = _named(root, SOURCES if name in _SOURCES else "topics/*.yaml" if name in _ENTRIES else "")
    is_listed = isinstance(place[-1], int)
    if is_listed and len(parts) > 1 and (not known or all(part in known for part in parts)):
        elements = (part for one in file.at(place[:-1]) for part in _BETWEEN.split(str(one).strip()))
        return "no_comma", {"line": f"{name}: [{', '.join(elements)}]"}
    meant = nearest(given, known) or values.slug(given)
    if not is_listed:
        return "bad_id", {"line": f"{name}: {meant}"}
    others = (meant if n == place[-1] else one for n, one in enumerate(file.at(place[:-1])))
    return "bad_id", {"line": f"{name}: [{', '.join(map(str, others))}]"}


def _named(root: Path, files: str) -> Called:
    """The ids written in these files, which may be wrong otherwise, and what people call what they name."""
    found: dict[str, tuple[str, ...]] = {}
    for path in root.glob(files) if files else ():
        current = ""
        for line in path.read_text("utf-8", "replace").splitlines():
            if named := _NAMED.search(line):
                current = named[1] if line.startswith(("  - id:", "  - {id:")) else ""
                found |= {current: ()} if current else {}
            if current and line.startswith(("  - ", "    title:", "    button:")):
                found[current] += tuple(one[1] or one[2].strip() for one in _CALLED.finditer(line))
    return found


def country_line(file: YamlFile, place: KeyPath, given: str) -> str:
    """The line with the code that was meant, and its country in words; empty where no single one was."""
    code = code_meant(given)
    return f"{file.mended(place, given, code)}   ({code} : {country_name(code)})" if code else ""


def _plus_first(file: YamlFile, place: KeyPath) -> str:
    others = [str(one) for one in file.at(place[:-1]) if one != "+"]
    return f"{place[-2]}: [+, {', '.join(others)}]"
