"""How long each answer is, everything included, on a few days: `python -m tests.benchmarks.lengths [before.json]`.

Written as a table in Markdown, to be put in docs/longueurs.md. `before.json`: the same figures of another version, by
date then entry, as `--json` prints them.
"""

import json
import statistics
import sys
from datetime import date
from pathlib import Path

from knowledge import PACKAGED
from knowledge.content.models import Content
from knowledge.loading import load
from knowledge.rendering import Renderer
from knowledge.words.markup import plain_text

DAYS = (date(2026, 11, 26), date(2027, 11, 26), date(2028, 11, 26))

Lengths = dict[str, dict[str, int]]
"""Characters, by date and entry."""


def lengths(content: Content, days: tuple[date, ...] = DAYS) -> Lengths:
    """Characters of every answer as rendered on these days; « Me prévenir » included, where it stands under it."""
    offer = content.calendar.alerts.offer if content.calendar else ""
    offered = content.calendar.screen.offered_with if content.calendar else ()
    found: Lengths = {}
    for day in days:
        renderer = Renderer(content, lambda day=day: day)  # type: ignore[misc]
        below = 2 + len(plain_text(renderer.text(offer))) if offer else 0
        found[str(day)] = {
            topic.id: len(plain_text(renderer.answer(topic))) + (below if topic.id in offered else 0)
            for topic in content.topics.values()
        }
    return found


def table(now: Lengths, before: Lengths) -> str:
    """A row an entry, then the mean, the share at most 600 and the longest."""
    days = list(now)
    first = before.get(days[0], {})
    rows = [f"| entrée | avant | {' | '.join(days)} |", "| --- " * (len(days) + 2) + "|"]
    for topic in now[days[0]]:
        rows.append(f"| {topic} | {first.get(topic, '–')} | {' | '.join(str(now[day][topic]) for day in days)} |")
    columns = [list(first.values()), *(list(now[day].values()) for day in days)]
    for name, summary in (("moyenne", _mean), ("600 au plus", _short), ("la plus longue", _longest)):
        rows.append(f"| **{name}** | {' | '.join(summary(column) for column in columns)} |")
    return "\n".join(rows)


def _mean(column: list[int]) -> str:
    return str(round(statistics.mean(column))) if column else "–"


def _short(column: list[int]) -> str:
    return f"{sum(n <= 600 for n in column) / len(column):.0%}" if column else "–"


def _longest(column: list[int]) -> str:
    return str(max(column)) if column else "–"


if __name__ == "__main__":
    if "--json" in sys.argv:
        print(json.dumps(lengths(load(PACKAGED))))
    else:
        kept = json.loads(Path(sys.argv[1]).read_text("utf-8")) if len(sys.argv) > 1 else {}
        print(table(lengths(load(PACKAGED)), kept))
