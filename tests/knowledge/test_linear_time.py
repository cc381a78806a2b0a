"""Twice as long a text takes twice as long: no pattern of the engine can be made slow by what somebody types."""

import importlib
import pkgutil
import re
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

import bot.memory
import handlers
import knowledge
from knowledge.content.models import Content
from knowledge.conversation import follow_up, spelled_out
from knowledge.understanding.situation.partners import partners
from knowledge.understanding.understanding import LONGEST, Understanding
from knowledge.words.line_slips import SLIPS
from knowledge.words.markup import parse
from knowledge.words.said_once import said_once
from knowledge.words.yaml_file import read_yaml
from tests.conftest import TODAY

SHORT, LONG = 2_000, 8_000
NOTICED = 0.02
"""Seconds below which a growth does not matter; a quadratic pattern takes more."""
ANCHORED = {"_OPEN_QUOTE", "_MEANING_FOLLOWS", "_IN_BRACKETS"}
"""Tried at one place, or on our own files only."""
UNITS = ["@", "a@", "a", ".", "a.", "1", "1 ", " ", "\n", "-", "a-", "[", "[a", "](", "(", "*", "_", "{", "A.", "a b "]
UNITS += [
    "www.",
    "https://",
    "12 mars ",
    "a-t-il ",
    "et ",
    "? ",
    "«",
    "»",
    "/",
    "Saint-",
    "é",
    "d'",
    "je veux",
    "jveuxmourir",
    "j e ",
    "jqz ",
]
SAID = ["a b ", "[a", "a@", "1 ", "12 mars ", "Saint-", "d'", "jeveux", "et a a ", "non, oui, ", "pas de "]
SAID += ["combien ça coûte et qui peut partir ? ", "le maire de Sainte-Rose, l'élue, ", "M. Jean Dupont et Mme "]
SAID += ["est-ce que la commune peut, ", "notre CCAS et le SIVOM de ", "Mali, "]
SAID += ["je ", "il me ", "m o u ", "jveu mourir. ", "a\n", "jqzw "]
"""What a whole reading is timed on."""
ENDS = ["", "!"]


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Those of the rooms that what somebody types goes through."""
    rooms = (knowledge, handlers, bot.memory)
    for module in (one for room in rooms for one in pkgutil.walk_packages(room.__path__, f"{room.__name__}.")):
        for name, value in vars(importlib.import_module(module.name)).items():
            several = value if isinstance(value, tuple) else (value,)
            parts = [part for one in several for part in (one if isinstance(one, tuple) else (one,))]
            found = [part for part in parts if isinstance(part, re.Pattern)]
            if name not in ANCHORED:
                yield from ((f"{module.name}.{name}[{at}]", pattern) for at, pattern in enumerate(found))


def seconds(work: Callable[[str], object], text: str) -> float:
    def once(text: str) -> float:
        started = time.process_time()
        work(text)
        return time.process_time() - started

    return min(once(text), once(text + " "))  # not the same again: what was read is remembered


def grows_too_fast(
    work: Callable[[str], object],
    units: Sequence[str] = UNITS,
    ends: Sequence[str] = ENDS,
    short: int = SHORT,
    long: int = LONG,
    noticed: float = NOTICED,
) -> list[str]:
    slow = []
    for unit in units:
        for end in ends:
            longer = seconds(work, (unit * long)[:long] + end)
            if longer > noticed and longer > 2 * long / short * seconds(work, (unit * short)[:short] + end):
                slow.append(f"{unit!r} … {end!r}: {longer:.2f} s")
    return slow


def test_no_pattern_is_slower_than_its_text_is_long() -> None:
    found = {name: grows_too_fast(lambda text, one=one: one.sub("", text)) for name, one in patterns()}  # type: ignore[misc]

    assert len(found) > 40
    assert {name: slow for name, slow in found.items() if slow} == {}


@pytest.mark.content
def test_no_message_is_slower_to_read_than_it_is_long(packaged_understanding: Understanding) -> None:
    read = packaged_understanding
    assert read._case
    situation = read._case.situation
    for work in (
        situation,
        lambda text: partners(situation(text)),
        read._distress.read,
    ):  # uncut, where a quadratic one shows
        work("bonjour")  # what is made at the first message
        assert grows_too_fast(work, SAID, [""], LONGEST // 4, 3 * LONGEST, 5 * NOTICED) == []


@pytest.mark.content
def test_no_message_that_goes_on_is_slower_to_take_apart_than_it_is_long(packaged: Content) -> None:
    texts = packaged.conversation.follow_ups
    for work in (
        lambda text: spelled_out.of_last_year(f"{text} l'an dernier", 2025, texts),
        lambda text: spelled_out.of_other_form(f"{text} l'autre", "VSI", texts),
        lambda text: spelled_out.without_asked_again(f"{text} ça change quelque chose ?", texts),
        lambda text: said_once(parse(text)),
        lambda text: follow_up.repaired(text, texts),
        lambda text: follow_up.asked_instead(text, texts),
        lambda text: follow_up.last_said(text, texts),
        lambda text: follow_up.without_opening(text, texts),
        lambda text: follow_up.forms_told(text, texts),
    ):
        assert grows_too_fast(work, SAID, [""], SHORT // 2, LONG // 2) == []


def test_no_line_of_content_is_slower_to_look_at_than_it_is_long() -> None:
    for _, pattern, _ in SLIPS:
        assert grows_too_fast(lambda text, one=pattern: one.match(f"a: [{text}"), [", ", "a, "], ENDS, 500, 2_000) == []  # type: ignore[misc]


def test_no_file_of_content_is_slower_to_read_than_it_is_long(tmp_path: Path) -> None:
    def read(text: str) -> None:
        (tmp_path / "a.yaml").write_text(f"says:\n{text}", "utf-8")
        read_yaml(tmp_path / "a.yaml", "a.yaml")

    assert grows_too_fast(read, ["  - un texte\n    de deux lignes\n"], [""], LONG, 4 * LONG) == []


def test_what_is_beyond_the_longest_is_not_read(packaged_understanding: Understanding) -> None:
    asked = "combien ça coûte ?"
    assert packaged_understanding.read(asked, today=TODAY).answers
    assert not packaged_understanding.read("§" * LONGEST + asked, today=TODAY).answers


def test_a_slow_pattern_would_be_seen() -> None:
    # Longer texts than elsewhere: a fast machine takes less than what is noticed for 8,000 characters.
    assert grows_too_fast(lambda text: re.sub(r"a+@", "", text), short=2 * SHORT, long=2 * LONG)
