"""What pydantic refuses in a file → the sentence of `editor.yaml` that tells its editor, and the line put right."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from knowledge.checks.marks import lone_brace, of_mark
from knowledge.checks.model_keys import is_element_of, keys_at
from knowledge.checks.slips import as_written, precisely
from knowledge.words.errors import Problem, explain, problem_at, word_list
from knowledge.words.line_shapes import column_of, is_joined
from knowledge.words.line_slips import ODD_DASH
from knowledge.words.meant import nearest, suggestion
from knowledge.words.yaml_file import KeyPath, YamlFile

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


_OF_A_LINE = ("brace_colon", "comma_in_text")
"""Slips after which nothing else that their line says is read as it was meant."""
_FOREIGN = 3
"""Unknown keys in one element, from which it is another file's."""
_NO = word_list("no_words")
_BRACES = re.compile(r"\{[^{}]*\}")


def explained(file: YamlFile, model: type[BaseModel], error: ValidationError, root: Path) -> Iterator[Problem]:
    """pydantic's errors, with the sentence, the value and what was probably meant; `root`: the content's folder."""
    details = [*_branches(file, error.errors(include_url=False))]
    if lost := _lost_names(file, details):
        yield from lost.values()
        details = [one for one in details if _real(file, one["loc"]) not in lost and one["loc"][:-1] not in lost]
    unknown = [detail["loc"] for detail in details if detail["type"] == "extra_forbidden"]
    meant = {(*place[:-1], nearest(str(place[-1]), keys_at(model, place))) for place in unknown}
    strange: defaultdict[KeyPath, list[str]] = defaultdict(list)
    for place in unknown:
        strange[place[:-1]].append(str(place[-1]))
    foreign = {place for place, keys in strange.items() if place and _is_foreign(keys, keys_at(model, (*place, "")))}
    yield from (_foreign(file, place, strange[place]) for place in foreign)
    told = [_explained(file, model, one, root) for one in _first(details, meant, foreign)]
    broken = {problem.line for problem in told if problem.kind in _OF_A_LINE}
    yield from (one for one in told if one.kind in _OF_A_LINE or one.line not in broken)


def _first(details: list[ErrorDetails], meant: set[KeyPath], foreign: set[KeyPath]) -> Iterator[ErrorDetails]:
    """Without those that come from a key which is misspelt, or another file's."""
    for detail in details:
        place = detail["loc"]
        if detail["type"] == "missing" and place in meant:
            continue  # it is there, misspelt
        if any(place[: len(one)] == one for one in foreign):
            continue
        yield detail


def _lost_names(file: YamlFile, details: list[ErrorDetails]) -> dict[KeyPath, Problem]:
    """Texts whose key lacks, joined to the one above: by the place of that one, and by that of the key that lacks."""
    lost: dict[KeyPath, Problem] = {}
    typed = file.typed
    for detail in details:
        if detail["type"] != "missing":
            continue
        place, key = detail["loc"], str(detail["loc"][-1])
        beside = file.at(_real(file, place[:-1]))
        if not any(line.strip(" -") == f"{key}: |" for line in typed):
            continue
        for name, value in beside.items():
            here = (*_real(file, place[:-1]), name)
            line = file.line(here)
            if isinstance(value, str) and is_joined(typed, line):
                above = typed[line - 1]
                told = {"above": name, "key": key, "line": above.strip(), "n": column_of(above)}
                problem = problem_at(file.name, line + 1, "key_of_text", **told)
                lost |= {here: problem, _real(file, place): problem}
    return lost


def _explained(file: YamlFile, model: type[BaseModel], detail: ErrorDetails, root: Path) -> Problem:
    place, given, context = detail["loc"], detail["input"], detail.get("ctx", {})
    key = _SENTENCES.get(detail["type"], "wrong_value")
    if not place and key in ("wrong_value", "not_mapping"):
        key = "not_a_content_file"
    if isinstance(given, str) and key == "too_many":  # pydantic counts characters of a checked text so
        key = "text_too_long"
    here = _real(file, place) or (("questions",) if key == "no_email_question" else ())
    name = next((step for step in reversed(here) if isinstance(step, str) and "[" not in step), "")
    if isinstance(given, str) and file.typed and is_joined(file.typed, number := file.line(here)):
        told = {"name": name, "n": column_of(file.typed[number - 1])}
        return problem_at(file.name, number + 1, "joined_text", **told)
    expected = re.findall("'([^']*)'", str(context.get("expected", "")))
    values: dict[str, object] = {
        "mark": context.get("mark", ""),  # tells the line, before the name of the key
        "name": name,
        "value": as_written(given),
        "length": len(given) if isinstance(given, str | list | tuple) else "",
        "limit": context.get("max_length", context.get("min_length", "")),
        **context,
        "shown": _shown_of(file, name) if key == "missing_key" else "",
        "meant": "false" if str(given).casefold() in _NO else "true",
        "expected": " · ".join(expected),
        "suggestion": suggestion(str(given), expected),
        "number": 4,
        "time": "14:30",
        "line": _mended(file, here, str(given), nearest(str(given), expected)) or explain("not_among_where"),
    }
    if key == "missing_key" and isinstance(place[-1], int):
        return file.problem(here, "pair_missing", name=name, value=", ".join(map(str, given)))
    if not place and given is None:
        key = "empty_file"
    number = file.line(here) + 1  # below its key
    if key == "not_list" and number <= len(file.typed) and (odd := ODD_DASH.match(file.typed[number - 1])):
        return problem_at(file.name, number, "odd_dash", line=f"- {odd[2]}")
    if key == "unknown_key":
        return _unknown_key(file, model, place, values)
    if key == "bad_placeholder":
        return next(lone_brace(file, here, str(given)), None) or _bad_placeholder(file, here, values)
    if key == "bad_markup":
        key, more = of_mark(file, here, str(context["mark"]))
        return file.problem(here, key, **values | more)
    key, more = precisely(file, here, name, key, given, str(context.get("pattern", "")), root)
    return file.problem(here, key, **values | more)


def _branches(file: YamlFile, details: list[ErrorDetails]) -> Iterator[ErrorDetails]:
    """The errors, but those of a way to write a value which was not tried, and those told by others."""
    places = {id(detail): _real(file, detail["loc"]) for detail in details}
    for detail in details:
        given, here = detail["input"], places[id(detail)]
        others = [one for one in details if one is not detail and places[id(one)][: len(here)] == here]
        if detail["type"] == "tuple_type" and isinstance(given, dict) and others:
            continue
        if detail["type"] in ("model_type", "dict_type", "model_attributes_type") and others:
            continue
        if here and str(detail["loc"][-1]).startswith("literal["):
            continue  # « a date, or unknown »: the wrong date is told already
        if detail["type"] == "too_short" and len(given) >= detail["ctx"]["min_length"]:
            continue  # pydantic counts the elements that are right: those that are wrong are told already
        yield detail


def _real(file: YamlFile, place: KeyPath) -> KeyPath:
    """A place without the steps that are pydantic's own: which way to write a value was tried."""
    value, steps = file.data, list[str | int]()
    for n, step in enumerate(place):
        is_there = (isinstance(value, dict) and step in value) or (
            isinstance(value, list) and isinstance(step, int) and step < len(value)
        )
        if is_there:
            value = value[step]  # type: ignore[index]
            steps.append(step)
        elif n == len(place) - 1 and isinstance(value, dict) and "[" not in str(step):
            steps.append(step)  # the key that lacks
    return tuple(steps)


def _unknown_key(file: YamlFile, model: type[BaseModel], place: KeyPath, values: dict[str, object]) -> Problem:
    here, keys = _real(file, place), keys_at(model, place)
    name, parent = str(here[-1]), file.at(here[:-1])
    if parent[name] is None and (mended := _without_colon(file, here, keys)):
        return file.problem(here, "brace_colon", line=mended)
    if parent[name] is None and (before := _cut_by_comma(file, here)):
        return file.problem(here, "comma_in_text", value=before[0], line=before[1])
    meant = nearest(name, keys)
    line = file.typed[file.line(here) - 1].strip(" -").replace(name, meant, 1) + "   " if meant and file.typed else ""
    return file.problem(here, "unknown_key", **values | {
        "name": name, "suggestion": suggestion(name, keys), "keys": ", ".join(keys), "line": line,
    })  # fmt: skip


def _without_colon(file: YamlFile, here: KeyPath, keys: list[str]) -> str:
    """Within braces, a key whose colon, or the space after it, is lost: the line put right."""
    line, name = file.typed[file.line(here) - 1].strip() if file.typed else "", str(here[-1])
    key, _, value = name.replace(":", " ").replace("=", " ").partition(" ")
    if key in keys and value:
        return line.replace(name, f"{key}: {value.strip()}", 1)
    before = next((one for one in keys if re.search(rf"\b{one}, *{re.escape(name)}\b", line)), "")
    return re.sub(rf"\b{before}, *(?={re.escape(name)})", f"{before}: ", line, count=1) if before else ""


def _cut_by_comma(file: YamlFile, here: KeyPath) -> tuple[str, str] | None:
    """Within braces, an unquoted text that its comma cuts: the text, and the line with its quotes."""
    line = file.typed[file.line(here) - 1].strip() if file.typed else ""
    rest = rf"{re.escape(str(here[-1]))}(?:,(?! *[\w-]+:)[^{{}}:]*?)?(?=, *[\w-]+:|\}})"
    found = re.search(rf"[\w-]+: *([^\"'{{}}\[\]]*, *{rest})", line)
    return (found[1], line.replace(found[1], f'"{found[1]}"', 1)) if found else None


def _bad_placeholder(file: YamlFile, here: KeyPath, values: Mapping[str, object]) -> Problem:
    name, known = str(values["name"]), _BRACES.findall(str(values.get("known", "")))
    meant = nearest(name, known)
    line = file.mended(here, name, meant) if meant else explain("bad_placeholder_where")
    return file.problem(here, "bad_placeholder", **{**values, "suggestion": suggestion(name, known), "line": line})


def _is_foreign(keys: list[str], known: list[str]) -> bool:
    """Whether so many keys are unknown in one element that it is another file's, and not misspelt."""
    return len(keys) >= _FOREIGN and sum(not nearest(key, known) for key in keys) >= _FOREIGN - 1


def _foreign(file: YamlFile, place: KeyPath, keys: list[str]) -> Problem:
    here = _real(file, place)
    names = [*file.at(here)] if isinstance(file.at(here), dict) else keys
    where = is_element_of(names)
    return file.problem((*here, keys[0]), "foreign_element", keys=", ".join(keys), line=explain(where))


def _mended(file: YamlFile, here: KeyPath, given: str, meant: str) -> str:
    return file.mended(here, given, meant) if meant else ""


def _shown_of(file: YamlFile, name: str) -> str:
    """What stands under that key elsewhere in the file, where it is short."""
    if name == "id":
        return explain("shown_id")
    value = re.compile(rf"^[^#]*?\b{re.escape(name)}: +([^\s,|>{{}}\[\]][^,|>{{}}\[\]]{{0,40}})(?:[,}}]|$)")
    found = next(filter(None, map(value.search, file.typed)), None)
    return found[1].strip() if found else "…"
