"""`make bench`: quality and speed, as tables on the terminal and pictures in build/bench/."""

from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from knowledge import PACKAGED
from knowledge.loading import load
from knowledge.understanding.matching import Matcher
from tests.benchmarks import longest, quality, report, speed
from tests.benchmarks.labelled import asker, measure, noisy, rates
from tests.benchmarks.labelled import load as load_labelled
from tests.benchmarks.plots import draw

PICTURES = Path("build/bench")
SIZES = (400, 4_000, 20_000)
INTERACTIONS = (5_000, 50_000)


def main() -> None:
    """Everything, in about three minutes."""
    content = load(PACKAGED)
    matcher = Matcher(content)
    sets = {path.stem: load_labelled(path) for path in sorted((PACKAGED / "examples").glob("*questions*.yaml"))}
    items = [item for labelled in sets.values() for item in labelled]

    methods = quality.against_others(content, matcher, items)
    show("Right topic first, and among three", methods)
    ask = asker(matcher.find, content)
    rows = [
        {"set": name, "messages": len(labelled), **rates(measure(labelled, ask))} for name, labelled in sets.items()
    ]
    rows.append({"set": "all", "messages": len(items), **rates(measure(items, ask))})
    rows.append({"set": "all, more mistakes", "messages": len(items), **rates(measure(noisy(items), ask))})
    show("Decisions, in per cent", rows)
    show("Without each part in turn, in per cent", quality.ablation(content, items))
    curve = quality.learning_curve(content, items)
    show("With fewer phrases, in per cent", curve)
    reliability = quality.reliability(matcher, items)
    show("Probabilities against facts", reliability)
    show("Confusions that remain", quality.confusions(matcher, items))
    growth = speed.growth(content, items, SIZES)
    show("As the content grows", growth)
    show("The longest messages, the dearest of them", longest.costs(content, [item.q for item in items])[:10])
    show("Starting", speed.starts())
    show("tevo report, as traffic grows", [report.timed(content, size) for size in INTERACTIONS])
    for path in draw(PICTURES, methods, curve, reliability, growth):
        print(path)


def show(title: str, rows: list[dict[str, Any]]) -> None:
    """One table."""
    table = Table(title=title, title_justify="left")
    for column in rows[0] if rows else ():
        table.add_column(column, justify="left" if isinstance(rows[0][column], str) else "right")
    for row in rows:
        table.add_row(*(str(value) for value in row.values()))
    Console().print(table)


if __name__ == "__main__":
    main()
