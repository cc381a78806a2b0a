"""What a line of YAML looks like, read by itself: prose, a key with its value, how deep it stands."""

import re

STARTS_A_VALUE = re.compile(r"""^\s*(?:- |-$|-(?=["'\w])|[a-z](?:[\w.' -]*\w)?:(?: |$)|[\["'#]|\{(?![a-z]+[:}]))""")
FOLLOWS_A_TEXT = re.compile(r"^ *(?:#|(?:- )?\{?[\w.-]+:(?: |$)|-\s*$|\}|\])")
VALUE = re.compile(r"^( *)(- )?([\w-]+): +[^\s|>\[{#]")


def is_text(line: str) -> bool:
    """Whether a line is neither a key, nor an element, nor a remark: prose."""
    return bool(line.strip()) and not STARTS_A_VALUE.match(line) and not FOLLOWS_A_TEXT.match(line)


def is_joined(lines: list[str], number: int) -> bool:
    """Whether a text without quotes, beside its key, goes on with prose on the next line."""
    value, below = VALUE.match(lines[number - 1]), lines[number] if number < len(lines) else ""
    is_bare = value is not None and value[0][-1] not in "\"'&*!"
    return is_bare and is_text(below) and depth_of(below) > column_of(lines[number - 1])


def column_of(line: str) -> int:
    """Where the key of a line begins."""
    return len(line) - len(line.lstrip(" -"))


def depth_of(line: str) -> int:
    """How many spaces begin a line."""
    return len(line) - len(line.lstrip(" "))
