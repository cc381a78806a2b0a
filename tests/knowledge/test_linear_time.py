"""Twice as long a text takes twice as long: no pattern of the engine can be made slow by what somebody types."""

import importlib
import pkgutil
import re
import time
from collections.abc import Callable, Iterator

import knowledge

SHORT, LONG = 2_000, 8_000
NOTICED = 0.02
"""Seconds below which a growth does not matter; a quadratic pattern takes more."""
ANCHORED = {"_OPEN_QUOTE", "_MEANING_FOLLOWS", "_IN_BRACKETS"}
"""Tried at one place, or on our own files only."""
UNITS = ["@", "a@", "a", ".", "a.", "1", "1 ", " ", "\n", "-", "a-", "[", "[a", "](", "(", "*", "_", "{", "A.", "a b "]
UNITS += ["www.", "https://", "12 mars ", "a-t-il ", "d'", "et ", "? ", "«", "»", "/", "Saint-", "é"]
ENDS = ["", "!"]


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    for module in pkgutil.walk_packages(knowledge.__path__, "knowledge."):
        for name, value in vars(importlib.import_module(module.name)).items():
            several = value if isinstance(value, tuple) else (value,)
            parts = [part for one in several for part in (one if isinstance(one, tuple) else (one,))]
            found = [part for part in parts if isinstance(part, re.Pattern)]
            if name not in ANCHORED:
                yield from ((f"{module.name}.{name}[{at}]", pattern) for at, pattern in enumerate(found))


def seconds(work: Callable[[str], object], text: str) -> float:
    def once() -> float:
        started = time.process_time()
        work(text)
        return time.process_time() - started

    return min(once() for _ in range(2))


def grows_too_fast(work: Callable[[str], object]) -> list[str]:
    slow = []
    for unit in UNITS:
        for end in ENDS:
            longer = seconds(work, (unit * LONG)[:LONG] + end)
            if longer > NOTICED and longer > 2 * LONG / SHORT * seconds(work, (unit * SHORT)[:SHORT] + end):
                slow.append(f"{unit!r} … {end!r}: {longer:.2f} s")
    return slow


def test_no_pattern_is_slower_than_its_text_is_long() -> None:
    found = {name: grows_too_fast(lambda text, one=one: one.sub("", text)) for name, one in patterns()}  # type: ignore[misc]

    assert len(found) > 40
    assert {name: slow for name, slow in found.items() if slow} == {}


def test_a_slow_pattern_would_be_seen() -> None:
    assert grows_too_fast(lambda text: re.sub(r"a+@", "", text))
