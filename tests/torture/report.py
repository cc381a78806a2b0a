"""docs/reliability.md: promise × tries × result."""

import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree

import yaml

from knowledge.content.calendar import PARIS
from tests.torture.play import Result

HERE = Path(__file__).parents[2]
WRITTEN = HERE / "docs" / "reliability.md"
_PROMISES = yaml.safe_load(Path(__file__).with_name("promises.yaml").read_text("utf-8"))
IDS: tuple[str, ...] = tuple(row["id"] for row in _PROMISES)
_MOST = 3  # of what went wrong, told in the table

_HEAD = """\
# Ce qui est promis, et ce qui le met à l'épreuve

Fait par `make torture`, le {day} : un vrai processus, des serveurs qui tiennent leurs propres registres, {minutes} \
minutes, graine {seed} (`python -m tests.torture --seed {seed}` rejoue les mêmes choix ; l'ordinateur, lui, n'est \
jamais deux fois aussi occupé). Une conversation est comparée, message par message, à la même sans panne.

| | promesse | essais | résultat |
| --- | --- | --- | --- |
"""


def behind(ids: Sequence[str] = IDS) -> list[str]:
    """What these promises stand on: scenarios, and files of the suite."""
    return sorted({name for row in _PROMISES if row["id"] in ids for name in row.get("by", ())})


def suites(ids: Sequence[str] = IDS) -> list[str]:
    """Of these, the files of the suite."""
    return [name for name in behind(ids) if name.endswith(".py")]


def run_suites(folder: Path, names: Sequence[str]) -> dict[str, Result]:
    """Run these files; by file, how many tests and which failed."""
    found = folder / "suites.xml"
    files = [str(HERE / "tests" / name) for name in names]
    command = [sys.executable, "-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider", f"--junitxml={found}", *files]
    subprocess.run(command, cwd=HERE, capture_output=True, check=False)
    run: Counter[str] = Counter()
    wrong: dict[str, list[str]] = {}
    for case in ElementTree.parse(found).iter("testcase"):
        name = "/".join(case.attrib["classname"].split(".")[1:]) + ".py"
        if case.find("skipped") is None:
            run[name] += 1
        if case.find("failure") is not None or case.find("error") is not None:
            wrong.setdefault(name, []).append(case.attrib["name"])
    return {name: Result(f"{run[name]} tests ({name})", wrong.get(name, [])) for name in names if run[name]}


def lines() -> Result:
    """How many lines of tests there are for how many of code."""
    tests, code = (_lines_in(names) for names in (("tests",), ("bot", "handlers", "knowledge")))
    return Result(f"{tests} lignes de tests pour {code} de code", [] if tests >= code else ["moins de tests"])


def _lines_in(names: Sequence[str]) -> int:
    return sum(len(path.read_text("utf-8").splitlines()) for name in names for path in (HERE / name).rglob("*.py"))


def written(results: Mapping[str, Result], seed: int, minutes: float) -> str:
    """The page."""
    head = _HEAD.format(day=f"{datetime.now(PARIS):%d/%m/%Y}", minutes=round(minutes), seed=seed)
    return head + "".join(_row(row, results) for row in _PROMISES)


def rewritten(page: str, ids: Sequence[str], results: Mapping[str, Result], seed: int) -> str:
    """The page with these rows written again. Each says when, and its seed: the head tells of another run."""
    lines = page.splitlines(keepends=True)
    for row in _PROMISES:
        if row["id"] in ids:
            again = f"repris le {datetime.now(PARIS):%d/%m/%Y}, graine {seed}" if row.get("by") else ""
            at = next(n for n, line in enumerate(lines) if line.startswith(f"| {row['id']} |"))
            lines[at] = _row(row, results, again)
    return "".join(lines)


def _row(row: Mapping[str, object], results: Mapping[str, Result], again: str = "") -> str:
    names = row.get("by", [])
    assert isinstance(names, list)
    found = [results[name] for name in names if name in results]
    wrong = [one for result in found for one in result.wrong]
    is_held = row.get("holds", bool(found) or None) and not wrong
    outcome = "non essayé" if is_held is None else "tenu" if is_held else "non tenu"
    tried = " ; ".join(filter(None, [*(result.tried for result in found), str(row.get("apart", "")), again]))
    detail = f" : {' ; '.join(wrong[:_MOST])}" if wrong else ""
    return f"| {row['id']} | {row['promise']} | {tried} | {outcome}{detail.replace('|', '/')} |\n"
