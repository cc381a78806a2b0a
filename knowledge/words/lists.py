"""Lists of a file as they are typed: `key: [a, b]` on one line, or a line for each element."""

import re

_ON_A_LINE = re.compile(r"^ *(?:- )?([\w-]+): +\[(.*)\] *(?:#.*)?$")
_BELOW = re.compile(r"^ *(?:- )?[\w-]+: *(?:#.*)?$")
_ELEMENT = re.compile(r'"[^"]*"|[^",]+')


def again_as(lines: list[str], was: int, now: int) -> tuple[str, str]:
    """How a list written on these lines (from 1) is told, and both as one where each is on its line; else nothing."""
    first, again = lines[was - 1], lines[now - 1]
    one, other = _ON_A_LINE.match(first), _ON_A_LINE.match(again)
    if was == now:
        return "duplicate_in_braces", ""
    if one and other:
        found = (element.strip() for element in _ELEMENT.findall(f"{one[2]}, {other[2]}"))
        elements = dict.fromkeys(filter(None, found))
        if not any(element.isdigit() for element in elements):
            return "duplicate_line", f"{one[1]}: [{', '.join(elements)}]"
    if one and _BELOW.match(again):
        return "duplicate_below", ""
    return ("duplicate_list", "") if _BELOW.match(first) and (other or _BELOW.match(again)) else ("", "")
