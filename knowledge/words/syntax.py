"""What libyaml could not read → the line that an editor got wrong, and the sentence that tells what to do."""

import re

import yaml

from knowledge.words.errors import Problem, explain, problem_at
from knowledge.words.line_shapes import column_of, depth_of
from knowledge.words.raw_look import look

_SYNTAX = (
    ("mapping values are not allowed", "colon"),
    ("did not find expected key", "indentation"),
    ("did not find expected '-' indicator", "indentation"),
    ("while scanning a quoted scalar", "quote"),
    ("could not find expected ':'", "missing_colon"),
    ("did not find expected ',' or", "bracket"),
    ("cannot start any token", "reserved_sign"),
    ("unexpected directive", "reserved_sign"),
    ("unknown escape character", "backslash"),
)
_OPEN_QUOTE = re.compile(r"""[^"]*"(?:[^"]*"[^"]*")*[^"]*|\s*(?:- )?[\w-]+:\s+'[^']*""")
"""A line with a quote that it does not close."""

_QUOTED = re.compile(r'"[^"]*"')
_ITEM_HEAD = re.compile(r"^(\s*- )")
_LEADING_TAB = re.compile(r"^[ \t]*(?:-[ \t]*)?(?<=\t)")


def syntax_problem(name: str, text: str, error: yaml.YAMLError) -> Problem:
    """The line that is wrong, and that line put right."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    number = mark.line if mark else 0
    lines = text.split("\n")
    number = min(number, len(lines) - 1)
    line = lines[number]
    if _LEADING_TAB.match(line):  # libyaml words this in many ways
        return _tab(name, lines, number)
    if slip := _closed_too_often(name, line, number + 1):
        return slip
    if slip := look(name, text, number + 1):
        return slip
    start = getattr(error, "context_mark", None) or mark
    for above in range(number, start.line - 1 if start else -1, -1):  # libyaml reads on to the next quote
        if _OPEN_QUOTE.fullmatch(lines[above]):
            return problem_at(name, above + 1, "quote", line=_closed(lines[above].strip()))
    said = f"{getattr(error, 'context', '')} {getattr(error, 'problem', error)}"
    key = next((key for words, key in _SYNTAX if words in said), "syntax")
    if key == "bracket" and start:  # libyaml stops where it no longer can be closed
        number, key = start.line, key if _is_open(lines[start.line]) else "comma_missing"
    if key == "comma_missing":
        return problem_at(name, number + 1, key, line=_with_comma(lines, number))
    if key in ("bracket", "quote"):
        return problem_at(name, number + 1, key, line=_closed(lines[number].strip()))
    if key == "backslash":
        return problem_at(name, number + 1, key, line=lines[number].strip().replace("\\", "/"))
    return problem_at(name, number + 1, key)


def _tab(name: str, lines: list[str], number: int) -> Problem:
    """A tab before a key, before or after a dash: the line with spaces, as many as the one like it above."""
    line = lines[number]
    is_item = line.lstrip().startswith("-")
    text = f"- {line.lstrip().lstrip('-').lstrip()}" if is_item else line.lstrip()
    alike = (one for one in reversed(lines[:number]) if one.strip() and "\t" not in one)
    above = next((one for one in alike if one.lstrip().startswith("- ") == is_item), "")
    depth = depth_of(above) if is_item else column_of(above)
    return problem_at(name, number + 1, "tab", line=text, n=depth)


def _closed_too_often(name: str, line: str, number: int) -> Problem | None:
    """A line with more braces closed than opened: the first is lost, or the last is one too many."""
    bare = _QUOTED.sub("", line)
    if bare.count("}") <= bare.count("{") or "{" in line.partition("}")[0][-2:]:
        return None
    if "{" not in bare:
        return problem_at(name, number, "brace_lost", line=_ITEM_HEAD.sub(r"\1{", line, count=1).strip())
    return problem_at(name, number, "brace_twice", line="".join(line.rsplit("}", 1)).strip())


def _with_comma(lines: list[str], number: int) -> str:
    """The line with the comma that it lacks before a key; a text with « : » in it, in quotes."""
    line = lines[number].strip()
    for found in re.finditer(r"(?<![,{\[]) +(?=([a-z_]+): )", line):
        if any(f"{found[1]}: " in one for n, one in enumerate(lines) if n != number):
            return f"{line[: found.start()]},{line[found.start() :]}"
    quoted = re.sub(r"(: )([^\"'{\[,][^\"',{}]*?: [^\"',{}]*?)(?=[,}])", r'\1"\2"', line, count=1)
    return quoted if quoted != line else explain("comma_missing_where")


def _is_open(line: str) -> bool:
    """Whether a bracket of a line is not closed in it."""
    return line.count("[") > line.count("]") or line.count("{") > line.count("}")


def _closed(line: str) -> str:
    """The line with what it lacks at its end."""
    bare = line.rstrip(")>") if line.count("(") < line.count(")") or line.endswith(">") else line
    if line.count("{") > line.count("}"):
        return f"{bare}}}"
    if line.count("[") > line.count("]"):
        return f"{bare}]"
    return f"{line}'" if line.count("'") == 1 and '"' not in line else f'{line.rstrip("»”’ ")}"'
