"""Marks of other editors in a text that people read: the sentence that tells which, and its line put right."""

import html
import re
from collections.abc import Iterator

from knowledge.checks import values
from knowledge.checks.files import Package, shown
from knowledge.words.errors import Problem, explain
from knowledge.words.excerpt import shown_around
from knowledge.words.yaml_file import KeyPath, YamlFile

_LINK = re.compile(r"\[([^\[\]\n]+)\]\s*\(\s*<?([^()\s>]*)>?\s*\)?")
_SWAPPED = re.compile(r"\(([^()\n]+)\)\s*\[(\S+\.\S+)\]")
_RIGHT = re.compile(r"https://\S+")
_LINKS = ("](", ")[", "] (")
_HALF_BOLD = re.compile(r"\*\*([^*\n]+)\*(?!\*)|(?<!\*)\*([^*\n]+)\*\*")
_LAST_BOLD = re.compile(r"^(.*)\*\*([^*]*)$")
_END_OF_BOLD = re.compile(r"[.,;:!?({\"]|$")
_HEAD = re.compile(r"^( *(?:- )?(?:[\w-]+: )?[\"']?)")
_BULLETS = "*+•‣▪·o–—-"
_BULLET = re.compile(r"^( *)(?:[*+•‣▪·o–—][\s\u00a0]+|-(?=[^\W\d]))")
_OTHERS = (
    (re.compile(r"</?(?:b|strong|i|em|u)>"), "**"),
    (re.compile(r"<br ?/?>"), " "),
    (re.compile(r"</?[a-zA-Z]+>|\[\d+\]|`|~~|\$(?=\{)"), ""),
    (re.compile(r"__(\w[^_\n]*)__|(?<!\w)\*(\w[^*\n]*)\*(?!\*)|(?<!\w)_(\w[^_\n]*)_(?!\w)"), r"**\1\2\3**"),
    (re.compile(r"[\[<]([a-z]+(?::[\w-]+)?)[\]>](?!\()"), r"{\1}"),
    (re.compile(r"^( *)#{1,6} +(.*?)\s*$"), r"\1**\2**"),
)

_WHOLE = re.compile(r"\{\{[^{}]*\}\}|\{[^{}\n]*\}")
_FOLDED = 8
"""Lines that a text between quotes may go on for."""
_LONE = re.compile(r"\{[\w:…-]*|(?<![\w:…-])[\w:…-]*\}")


def of_mark(file: YamlFile, place: KeyPath, mark: str) -> tuple[str, dict[str, object]]:
    """The sentence for this mark, which pydantic found in the text at `place`, and what it says more."""
    number = file.line_of(place, [mark])
    line = file.typed[number - 1] if number <= len(file.typed) else ""
    if mark.startswith(_LINKS) or f"{mark}(" in line:
        kind, mended = "bad_link", _SWAPPED.sub(r"[\1](\2)", line)
        mended = _LINK.sub(_link, mended)
    elif mark == "**":
        kind, mended = "bad_bold", _with_bold(line)
    elif mark in _BULLETS and _BULLET.match(line):
        kind, mended = "bad_bullet", _BULLET.sub(r"\1- ", line)
    else:
        kind, mended = "bad_markup", _without_others(line)
    if mended == line:
        kind, mended = "bad_markup", explain("bad_markup_where")
    return kind, {"line": mended.strip()}


def lone_braces(package: Package) -> Iterator[Problem]:
    """Braces without their like, in any text of any file: it would be shown as it is."""
    for file in package.files.values():
        for place, text in shown(file, everything=True):
            yield from lone_brace(file, place, text)


def lone_brace(file: YamlFile, place: KeyPath, text: str) -> Iterator[Problem]:
    """The first of a text."""
    if ("{" in text or "}" in text) and (lone := _LONE.search(_WHOLE.sub(" ", text))):
        yield file.problem(place, "lone_brace", name=lone[0], line=_with_both(file, place, lone[0]))


def _with_both(file: YamlFile, place: KeyPath, lone: str) -> str:
    word = lone.strip("{}")
    apart = rf"{re.escape(lone)}(?![\w:…-]*\}})" if lone.startswith("{") else rf"(?<![{{\w:…-]){re.escape(lone)}"
    lines = file.typed[file.line_of(place, [lone]) - 1 :]
    found = next((one for line in lines[:_FOLDED] if (one := re.search(apart, line))), None) if word else None
    return shown_around(found.string, found.span(), f"{{{word}}}").strip() if found else explain("lone_brace_where")


def _link(found: re.Match[str]) -> str:
    label, address = found.groups()
    if "@" in address:
        return "{contact}"
    return f"[{label}]({address if _RIGHT.fullmatch(address) else values.web_address(address)})"


def _with_bold(line: str) -> str:
    """Closed where it was to be, or opened: of an odd number of marks, the last has no other."""
    if (mended := _HALF_BOLD.sub(r"**\1\2**", line)) != line:
        return mended
    if not (last := _LAST_BOLD.match(line)) or line.count("**") % 2 == 0:
        return line
    before, after = last.groups()
    if before and not before[-1].isspace() and not after[:1].isalnum():
        opened = _HEAD.sub(r"\g<1>**", before, count=1)
        return f"{opened}**{after}"
    end = _END_OF_BOLD.search(after)
    bold = after[: end.start()].rstrip() if end else after
    return f"{before}**{bold}**{after[len(bold) :]}"


def _without_others(line: str) -> str:
    for pattern, right in _OTHERS:
        line = pattern.sub(right, line)
    return html.unescape(line)
