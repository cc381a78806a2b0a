"""The benchmark as pictures."""

from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("agg")
from matplotlib import pyplot

Rows = list[dict[str, Any]]


def draw(folder: Path, methods: Rows, curve: Rows, reliability: Rows, growth: Rows) -> list[Path]:
    """One picture a table; their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    figures = {
        "methods": _methods(methods),
        "learning-curve": _curve(curve),
        "reliability": _reliability(reliability),
        "growth": _growth(growth),
    }
    paths = []
    for name, figure in figures.items():
        path = folder / f"{name}.png"
        figure.savefig(path, dpi=110, bbox_inches="tight")
        pyplot.close(figure)
        paths.append(path)
    return paths


def _methods(rows: Rows) -> Any:
    figure, axes = pyplot.subplots(figsize=(8, 3.5))
    names = [row["method"] for row in rows][::-1]
    axes.barh(names, [row["three %"] for row in rows][::-1], color="#c5d5ea", label="among three")
    axes.barh(names, [row["first %"] for row in rows][::-1], color="#2b5c9e", label="first")
    axes.set(xlim=(0, 100), xlabel="% of questions", title="Right topic")
    axes.legend(loc="upper right")
    return figure


def _curve(rows: Rows) -> Any:
    figure, axes = pyplot.subplots(figsize=(6, 3.5))
    for key in ("right", "right or offered", "wrong", "fooled"):
        axes.plot([row["phrases"] for row in rows], [row[key] for row in rows], marker="o", label=key)
    axes.set(xlabel="phrases", ylabel="%", ylim=(0, 100), title="More phrases, better answers")
    axes.legend()
    return figure


def _reliability(rows: Rows) -> Any:
    figure, axes = pyplot.subplots(figsize=(4.5, 4.5))
    said = [int(row["said"].split("–")[0]) + 5 for row in rows]
    axes.plot([0, 100], [0, 100], color="#bbbbbb")
    axes.scatter(said, [row["right %"] for row in rows], s=[8 + row["messages"] for row in rows], color="#2b5c9e")
    axes.set(xlabel="probability said, %", ylabel="right, %", xlim=(0, 100), ylim=(0, 100), title="Reliability")
    return figure


def _growth(rows: Rows) -> Any:
    figure, axes = pyplot.subplots(figsize=(6, 3.5))
    for key in ("median ms", "p99 ms"):
        axes.plot([row["phrases"] for row in rows], [row[key] for row in rows], marker="o", label=key)
    axes.set(xlabel="phrases", ylabel="ms a question", ylim=(0, None), title="Time as the content grows")
    axes.legend()
    return figure
