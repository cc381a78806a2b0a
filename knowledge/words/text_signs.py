"""The bytes of a file as text, or what an editor is told of signs that another program left in them."""

import re

import yaml

from knowledge.words.errors import ContentError, Problem, problem_at
from knowledge.words.excerpt import shown_around

_INVISIBLE = re.compile("[\u00ad\ue000-\uf8ff\u200b\u200e\u200f\u2060\ufeff]")
"""Signs that a word processor leaves: nobody sees them, and no search finds the word that holds them."""
_UNREADABLE = yaml.reader.Reader.NON_PRINTABLE
_SPOILT = re.compile("\\w{0,30}(?:Ã[\u0080-\u00bf\u2030\u20ac\u0160\u0152\u0153]|\u00e2\u20ac)\\w*")
"""UTF-8 that was read as something else, and written again."""
_MISREAD = re.compile("[ÃÂÅ].|\u00e2\u20ac.")
_ACCENT = re.compile("[éèêàùçô]")
_OLD = "cp1252"
"""What old programs of Windows save in."""


def readable(name: str, raw: bytes) -> str:
    """The text of a file, all of whose signs can be seen. Raises ContentError with the first sign that cannot."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ContentError([_not_utf8(name, raw, error.start)]) from None
    if found := _UNREADABLE.search(text) or _INVISIBLE.search(text):
        raise ContentError([_unprintable(name, text, found.start())])
    if found := _SPOILT.search(text):
        raise ContentError(_spoilt(name, text, found))
    return text


def _spoilt(name: str, text: str, first: re.Match[str]) -> list[Problem]:
    """The whole file where no accent is left in it, and else each line that was pasted so, put right."""
    if not _ACCENT.search(text):
        line = text[: first.start()].count("\n") + 1
        return [problem_at(name, line, "spoilt", value=first[0])]
    lines = ((number, line, _SPOILT.search(line)) for number, line in enumerate(text.splitlines(), 1))
    return [
        problem_at(name, number, "spoilt_line", value=found[0], line=_MISREAD.sub(_reread, line).strip())
        for number, line, found in lines
        if found
    ]


def _reread(found: re.Match[str]) -> str:
    """The sign that two or three signs of the old code stand for; these, where they stand for none."""
    try:
        return found[0].encode(_OLD).decode("utf-8")
    except UnicodeError:
        return found[0]


def _not_utf8(name: str, raw: bytes, at: int) -> Problem:
    """Each byte is a sign in the old programs' code: the word that holds this one can be shown."""
    start = raw.rfind(b"\n", 0, at) + 1
    line = raw[start:].split(b"\n", 1)[0].decode(_OLD, "replace")
    return problem_at(name, raw[:at].count(b"\n") + 1, "not_utf8", value=_word_at(line, at - start))


def _unprintable(name: str, text: str, at: int) -> Problem:
    """The word that holds the sign, and its line without it."""
    start = text.rfind("\n", 0, at) + 1
    line = text[start:].split("\n", 1)[0]
    word, mended = _word_at(_seen(line), len(_seen(line[: at - start]))), shown_around(_seen(line).strip(), (0, 0), "")
    return problem_at(name, text[:start].count("\n") + 1, "unprintable", value=word, line=mended)


def _word_at(line: str, at: int) -> str:
    return "".join(re.findall(r"[\w-]{0,30}$", line[:at])[:1] + re.findall(r"^[\w-]{1,30}", line[at:]))


def _seen(text: str) -> str:
    """The signs that show."""
    return _INVISIBLE.sub("", _UNREADABLE.sub("", text))
