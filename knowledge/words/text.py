"""French as people type it on a phone → plain words."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from functools import lru_cache

from Stemmer import Stemmer  # PyStemmer: Snowball's French stemmer in C

_LETTERS = {"œ": "oe", "æ": "ae", "ß": "ss", "’": "'", "ʼ": "'", "`": "'", "´": "'", "€": " euros "}
_MOST_KNOWN = 2_000
"""Signs of which what they become is remembered: French needs some sixty."""
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|(?<!\S)[^\s@]+@[^\s.]*\.\S+")
_DOTTED = re.compile(r"\b(?:[a-z]\.){2,}[a-z]?\b")
_SPELLED = re.compile(r"\b(?:[b-z] ){2,}[a-z]\b(?! (?:koi|quoi|kwa|ki|qui|est)\b)")
"""« v s i » is one word; the « c » of « v s i c koi » is the next one."""
_STRETCHED = re.compile(r"([a-z])\1\1+")  # three times as fast as {2,}
_WORD = re.compile(r"[a-z]+|[0-9]+")
_PLAIN = re.compile(r"[A-Za-z0-9]")

_stemmer = Stemmer("french")
_stemmer.maxCacheSize = 20_000


@lru_cache(maxsize=1_000)  # a long message is some 500 texts: its pieces are looked at from several sides
def normalise(text: str) -> str:
    """Lower case, no accents, apostrophes, punctuation or web addresses; words separated by one space.

    Acronyms written with dots (« V.S.I. ») or spelled out (« r r m a ») become one word.
    """
    text = unaccented(without_addresses(text))
    if "." in text:
        text = _DOTTED.sub(lambda found: found[0].replace(".", ""), text)
    text = _STRETCHED.sub(r"\1\1", text)
    text = " ".join(_WORD.findall(text))
    return _SPELLED.sub(lambda found: found[0].replace(" ", ""), text)


def words(text: str) -> list[str]:
    """The words and numbers of a text, normalised, in order."""
    return normalise(text).split()


def has_words(text: str) -> bool:
    """Whether `words` finds any."""
    return (not _may_hold_address(text) and bool(_PLAIN.search(text))) or bool(normalise(text))


def _may_hold_address(text: str) -> bool:
    return "@" in text or "/" in text or "www" in text


def without_addresses(text: str) -> str:
    """A text without the addresses of pages and mailboxes."""
    return _ADDRESS.sub(" ", text) if _may_hold_address(text) else text


def unaccented(text: str) -> str:
    """Lower case without accents, ligatures or invisible characters; everything else as it is."""
    return text.lower().translate(_plain)


class _Plain(dict[int, str]):
    """What each sign becomes: nothing, for an accent or a sign that does not show."""

    def __missing__(self, code: int) -> str:
        plain = _LETTERS.get(chr(code)) or "".join(filter(_shows, unicodedata.normalize("NFKD", chr(code)))).lower()
        if len(self) < _MOST_KNOWN:
            self[code] = plain
        return plain


_plain = _Plain()


def _shows(sign: str) -> bool:
    return unicodedata.category(sign) not in ("Mn", "Me", "Cf", "Cs")


def stem(word: str) -> str:
    """The French stem of a normalised word."""
    stemmed: str = _stemmer.stemWord(word)
    return stemmed


# Spelling → sound, in order. Works on unaccented words; close sounds are merged on purpose.
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"([a-z])\1+", r"\1"),
        (r"^h|(?<![cps])h", ""),
        (r"ph", "f"),
        (r"sch|ch", "5"),
        (r"tion", "sion"),
        (r"gn", "n"),
        (r"qu?|ck|cc(?![eiy])", "k"),
        (r"c(?=[eiy])", "s"),
        (r"c", "k"),
        (r"gu(?=[eiy])", "g"),
        (r"ge(?=[ao])|g(?=[eiy])", "j"),
        (r"eau|au", "o"),
        (r"ou|oo", "u"),
        (r"oin", "w2"),
        (r"oi|oua", "wa"),
        (r"(?:ain|ein|in|im|ym|yn|un)(?![aeiouymn])", "2"),
        (r"(?:en|em|an|am)(?![aeiouymn])", "1"),
        (r"(?:on|om)(?![aeiouymn])", "3"),
        (r"ai|ei|ay|ey", "e"),
        (r"ill", "y"),
        (r"(?:er|ez|es|et|e)$", ""),
        (r"x", "ks"),
        (r"z", "s"),
        (r"w", "v"),
        (r"y", "i"),
        (r"(?<=.)[tdsp]+$", ""),
    )
)


@lru_cache(maxsize=20_000)
def sound(word: str) -> str:
    """How a word sounds, roughly: « komen », « coman » and « comment » are one."""
    for pattern, replacement in _SOUNDS:
        word = pattern.sub(replacement, word)
    return word


def is_written_so(word: str, way: str) -> bool:
    """Whether a word is this one, or begins like it: « efface* » is any word that begins so."""
    return word.startswith(way[:-1]) if way.endswith("*") else word == way


def any_written_so(typed: Iterable[str], ways: Collection[str]) -> bool:
    """Whether one of these words is one of those, or begins like it."""
    return any(is_written_so(word, way) for word in typed for way in ways)


def as_said(way: str) -> str:
    """An expression as it stands within a text between spaces; of « publi* », its beginning."""
    return f" {way} ".removesuffix("* ")


def says_any(text: str, ways: Iterable[str]) -> bool:
    """Whether a text says one of these expressions, written as `words` reads them, or a word that begins like it."""
    said = f" {normalise(text)} "
    return any(as_said(way) in said for way in ways)


def says_only(text: str, told: Collection[str], around: Collection[str]) -> bool:
    """Whether a text says one of some words at least, and nothing but these and those around; without accents."""
    said = words(text)
    return any(word in told for word in said) and all(word in told or word in around for word in said)
