"""Slips of one line of YAML, as it was typed: what it looks like, the sentence that tells it, the line put right."""

import re
from collections.abc import Callable

GLUED_DASH = re.compile(r"^(\s*)-((?=[\"'\w])(?!-).*)$")
ODD_DASH = re.compile(r"^(\s*)(?:[•–—·‣▪]\s*|\*\s+|--(?=[\s\"'\w])\s*)(.*)$")


def _quoted(found: re.Match[str]) -> str:
    return f'{found[1]}"{found[2].rstrip()}"'


def _spaced(found: re.Match[str]) -> str:
    head = found[1]
    if head.strip():
        return f"{head.rstrip()} {found[2]}"
    width = found.end() - found.start() - len(found[2])
    return " " * width + found[2]


def _without_inner_quotes(found: re.Match[str]) -> str:
    text = (found[2] + found[3]).replace('"', "").rstrip()
    return f'{found[1]}"{text}"'


def _mended_quotes(found: re.Match[str]) -> str:
    return f'{found[1]}"{found[2]}"'


def below(*lines: str) -> str:
    """Lines below each other, as an example shows them."""
    return f"\n{' ' * 14}".join(lines)


def _requoted(found: re.Match[str]) -> str:
    return f'{found[1]}"{found[2]}"{found[3]}'


LONGEST = 2_000  # characters of a line that is looked at
_Fix = Callable[[re.Match[str]], str]

SLIPS: tuple[tuple[str, re.Pattern[str], _Fix], ...] = (
    ("hard_space", re.compile(r"^( *(?:- ?)?(?:[\w-]+:)?)[\u00a0\u202f]+[ \u00a0\u202f]*(.*)$"), _spaced),
    ("after_bar", re.compile(r"^(\s*(?:- )?[\w-]+: \|) +(?![#\d+-])(.+)$"), lambda m: m[1]),
    ("two_items", re.compile(r'^(\s*- "[^"]*")\s*[,;]?\s*-?\s*("[^"]*")\s*$'), lambda m: below(m[1], f"- {m[2]}")),
    ("comma_after", re.compile(r'^(\s*- "[^"]*") *[,;.]\s*$'), lambda m: m[1]),
    ("after_quote", re.compile(r'^(\s*(?:- |[\w-]+: ))"([^"]*)"( *[^\s,\]}#].*)$'), _without_inner_quotes),
    ("mixed_quotes", re.compile(r'^(\s*(?:- |[\w-]+: ))(?=.*[“”])["“”]([^"“”]*)["“”]\s*$'), _mended_quotes),
    (
        "comma_twice",  # without possessive quantifiers, which Python 3.11.2 misreads in groups
        re.compile(r"^(\s*(?:- )?[\w-]+: \[[^\],\"]*(?:, *[^\],\" ][^\],\"]*)*),(?: *,)+ *(?! *,)([^\]\"]*\].*)$"),
        lambda m: f"{m[1].rstrip(' ')}, {m[2]}",
    ),
    ("odd_dash", ODD_DASH, lambda m: f"- {m[2]}"),
    ("equal_sign", re.compile(r"^(\s*(?:- )?[a-z][a-z_]*) ?= ?(.+)$"), lambda m: f"{m[1]}: {m[2]}"),
    ("inner_apostrophe", re.compile(r"^(\s*(?:- |[\w-]+: ))'(.*\w'\w.*)'\s*$"), _quoted),
    ("dash_space", GLUED_DASH, lambda m: f"{m[1]}- {m[2]}"),
    ("colon_space", re.compile(r"^(\s*(?:- )?[a-z][\w-]*):(?=[^\s:/])(.*)$"), lambda m: f"{m[1]}: {m[2]}"),
    ("empty_value", re.compile(r"^(.*?[{,] *[\w-]+):( *[,}].*)$"), lambda m: f"{m[1]}: …{m[2]}"),
    (
        "braces_missing",
        re.compile(r"^(\s*- )([a-z_]+: [^\s:\"'{\[|>][^:\"{]*(?:, [a-z_]+: [^\s:{][^:{]*)+)$"),
        lambda m: f"- {{{m[2].rstrip()}}}",
    ),
    (
        "after_bracket",
        re.compile(r"^(\s*(?:- )?[\w-]+: \[[^\[\]]*)\] *,? *([^\s#,\[\]{}][^#\[\]{}]*)$"),
        lambda m: f"{m[1]}, {m[2].rstrip()}]",
    ),
    (
        "colon_line",
        re.compile(r"^(\s*(?:- |[\w-]+: ))([^\s\"'\[{|>#*&!%@`][^:#]*[^a-z:#-][^:#]*: [^#]*?)\s*$"),
        _quoted,
    ),
    ("inner_apostrophe", re.compile(r"^(.*[{,] *[\w-]+: )'([^'\"{}]*\w'\w[^'\"{}]*)'( *[,}].*)$"), _requoted),
    ("backslash", re.compile(r'^(\s*(?:- |[\w-]+: )"[^"]*)\\"\s*$'), lambda m: f'{m[1]}"'),
    ("reserved_start", re.compile(r"^(\s*(?:- |[\w-]+: ))([*&!%@`].*|[?-] .*)$"), _quoted),
)
"""Slips of one line: the sentence, what the line looks like, the line put right."""
