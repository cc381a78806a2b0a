"""`python -m tests.torture.mutation [GROUP…] [--share 0.2] [--seed N]`: would the tests see a mistake?

Each mistake (`mutants.py`) is made in memory, in a fork of a process that has imported what is not ours, and the
tests that call its function are run until one fails.
"""

import argparse
import importlib
import json
import os
import random
import signal
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType, FrameType, ModuleType
from typing import Any

import pytest

from tests.torture.mutants import Mutant, mutants

HERE = Path(__file__).parents[2]
GROUPS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "eligibility": (
        ("knowledge/questionnaire/engine.py", "knowledge/questionnaire/condition.py"),
        (
            *("knowledge/test_questionnaire.py", "knowledge/test_open_call.py", "handlers/test_prequalification.py"),
            *("handlers/test_applicant.py", "handlers/test_naming.py", "handlers/test_in_own_words.py"),
        ),
    ),
    "decision": (
        ("knowledge/understanding/decision.py", "knowledge/understanding/deciding.py"),
        ("knowledge/test_deciding.py", "knowledge/test_understanding.py", "handlers/test_conversation.py"),
    ),
    "intake": (
        ("bot/telegram/intake.py", "bot/telegram/inbox.py", "bot/telegram/handling.py", "bot/telegram/lanes.py"),
        (
            *("bot/test_intake.py", "bot/test_faults.py", "bot/test_unit.py", "bot/test_retention.py"),
            *("bot/test_lanes.py", "bot/test_leftovers.py", "bot/test_polling.py", "bot/test_rotation.py"),
            "bot/test_stores.py",
        ),
    ),
    "outbox": (
        ("bot/dossiers/outbox.py", "bot/dossiers/rows.py", "bot/dossiers/courier.py"),
        (
            *("bot/test_outbox.py", "bot/test_courier.py", "bot/test_outbox_desk.py", "bot/test_smtp.py"),
            *("bot/test_brake.py", "bot/test_replies.py", "bot/test_retention.py", "bot/test_rotation.py"),
            *("bot/test_stores.py", "handlers/test_dossier.py"),
        ),
    ),
}
"""By name: the modules, and the files of tests that answer for them."""

_NOT_OURS = ("aiogram", "aiohttp", "aiosmtpd.controller", "aiosmtplib", "alembic", "numpy", "sqlalchemy")
_LONGEST = 120  # seconds that a mistake may take: one that never ends is seen


class _Seen:
    """By file and function, the tests that call it; and how long each test takes."""

    def __init__(self, files: Sequence[Path]) -> None:
        self._files = {str(file) for file in files}
        self._test = ""
        self.tests: dict[str, set[str]] = defaultdict(set)
        self.seconds: dict[str, float] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self._test, began = item.nodeid, time.monotonic()
        sys.settrace(self._enter)
        threading.settrace(self._enter)
        try:
            return (yield)
        finally:
            sys.settrace(None)
            self.seconds[item.nodeid] = time.monotonic() - began

    def _enter(self, frame: FrameType, _: str, __: object) -> None:
        code = frame.f_code
        if code.co_filename in self._files:
            self.tests[f"{code.co_filename}:{code.co_firstlineno}"].add(self._test)

    def save(self, path: Path) -> None:
        """Write it down."""
        tests = {place: sorted(found) for place, found in self.tests.items()}
        path.write_text(json.dumps({"tests": tests, "seconds": self.seconds}))


class _Only:
    """Those tests in that order, and no other; none is begun after half our patience."""

    def __init__(self, tests: Sequence[str]) -> None:
        self._order = {test: number for number, test in enumerate(tests)}
        self._end = time.monotonic() + _LONGEST / 2

    def pytest_runtest_setup(self) -> None:
        if time.monotonic() > self._end:
            pytest.skip("long enough")

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        wanted = [item for item in items if item.nodeid in self._order]
        items[:] = sorted(wanted, key=lambda item: self._order[item.nodeid])


class _Mistaken(SourceFileLoader):
    """Finds one module, with a mistake, and writes it nowhere."""

    def __init__(self, name: str, mutant: Mutant) -> None:
        super().__init__(name, str(mutant.path))
        self._mutant = mutant

    def find_spec(self, name: str, _: object, __: ModuleType | None = None) -> ModuleSpec | None:
        return spec_from_file_location(name, self.path, loader=self) if name == self.name else None

    def get_code(self, _: str) -> CodeType:
        return compile(self._mutant.code(), self.path, "exec")


def _run(files: Sequence[str], mutant: Mutant | None, plugin: object, then: Callable[[int], object]) -> int | None:
    """The exit code of the tests, in a fork; None when they did not end."""
    child = os.fork()
    if child == 0:
        os.setsid()
        silent = os.open(os.devnull, os.O_RDWR)
        for stream in range(3):
            os.dup2(silent, stream)
        if mutant:
            name = ".".join(mutant.path.relative_to(HERE).with_suffix("").parts)
            sys.meta_path.insert(0, _Mistaken(name, mutant))
        code = pytest.main(["-q", "-x", "-n0", "-p", "no:cacheprovider", *files], plugins=[plugin])
        then(code)
        os._exit(code)
    end = time.monotonic() + (_LONGEST if mutant else 20 * _LONGEST)
    try:
        while time.monotonic() < end:
            if (ended := os.waitpid(child, os.WNOHANG))[0]:
                child = 0
                return os.waitstatus_to_exitcode(ended[1])
            time.sleep(0.02)
        return None
    finally:
        if child:
            os.killpg(child, signal.SIGKILL)
            os.waitpid(child, 0)


def _reached(files: Sequence[str], paths: Sequence[Path], kept: Path) -> dict[str, Any]:
    """What `_Seen` has seen; read again from `kept` if it was found already."""
    if not kept.exists():
        seen = _Seen(paths)
        if (code := _run(files, None, seen, lambda _: seen.save(kept))) != 0:
            kept.unlink(missing_ok=True)
            raise SystemExit(f"the tests fail without any mistake: {code}")
    found: dict[str, Any] = json.loads(kept.read_text())
    return found


def _judge(mutant: Mutant, reached: dict[str, Any]) -> str:
    """Nothing when a test saw it. The quickest tests come first."""
    tests, seconds = reached["tests"], reached["seconds"]
    found = tests.get(f"{mutant.path}:{mutant.function}", []) if mutant.function else list(seconds)
    if not found:
        return "no test comes there"
    files = sorted({test.partition("::")[0] for test in found})
    code = _run(files, mutant, _Only(sorted(found, key=lambda test: seconds[test])), lambda _: None)
    return "survives" if code == 0 else ""


def main() -> None:
    """Try a share of the mistakes of each group, drawn by the seed; name those that nothing saw."""
    parser = argparse.ArgumentParser()
    parser.add_argument("groups", nargs="*", default=list(GROUPS))
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--part", default="1/1", help="2/4: the second quarter of those drawn")
    parser.add_argument("--kept", type=Path, default=Path("build"), help="where is kept which test calls what")
    asked = parser.parse_args()
    for name in _NOT_OURS:
        importlib.import_module(name)
    os.chdir(HERE)
    asked.kept.mkdir(exist_ok=True)
    part, parts = map(int, asked.part.split("/"))
    for group in asked.groups:
        paths = [HERE / name for name in GROUPS[group][0]]
        files = [f"tests/{name}" for name in GROUPS[group][1]]
        reached = _reached(files, paths, asked.kept / f"reached-{group}.json")
        possible = [one for path in paths for one in mutants(path)]
        drawn = random.Random(asked.seed).sample(possible, round(len(possible) * asked.share))
        tried = drawn[part - 1 :: parts]
        print(f"{group}: {_tried(tried, reached)}, of {len(possible)} possible", flush=True)


def _tried(drawn: Sequence[Mutant], reached: dict[str, Any]) -> str:
    """How many were seen; ctrl-C ends it, and what was tried so far counts."""
    left = done = 0
    with suppress(KeyboardInterrupt):
        for one in drawn:
            if verdict := _judge(one, reached):
                left += 1
                print(f"  {one.path.relative_to(HERE)}:{one.line} {one.what}: {verdict}", flush=True)
            done += 1
    return f"{done - left} of {done} seen"


if __name__ == "__main__":
    main()
