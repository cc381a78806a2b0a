"""A picture of a questionnaire: questions as boxes, one column for each first answer, arrows for what leads where."""

import textwrap
from collections.abc import Iterator
from html import escape

from knowledge.checks.questionnaire import strolls
from knowledge.content.questionnaire import Form
from knowledge.questionnaire.engine import Questionnaire
from knowledge.words.errors import explain

_WIDTH, _HEIGHT, _GAP_X, _GAP_Y, _MARGIN = 300, 96, 60, 74, 260
_STYLE = (
    "text{font:13px sans-serif}.b{fill:#eef3fa;stroke:#2b5c9e}.e{fill:#fdf0e6;stroke:#c05a00}"
    ".v{fill:#e9f6ec;stroke:#2a7d3f}.a{stroke:#555;fill:none;marker-end:url(#m)}.s{font-size:11px;fill:#555}"
)

_Position = tuple[int, int]
"""Column and row."""


def draw(form: Form) -> str:
    """The picture, as SVG."""
    arrows = _arrows(form)
    places = _places(form, arrows)
    columns = 1 + max(column for column, _ in places.values())
    rows = 1 + max(row for _, row in places.values())
    width, height = columns * (_WIDTH + _GAP_X) + _MARGIN, rows * (_HEIGHT + _GAP_Y) + _GAP_Y
    parts = [*_lines(arrows, places), *(_box(form, node, place) for node, place in places.items())]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f"<style>{_STYLE}</style>"
        '<defs><marker id="m" markerWidth="8" markerHeight="8" refX="7" refY="3" orient="auto">'
        '<path d="M0,0 L7,3 L0,6 z" fill="#555"/></marker></defs>'
        f'<rect width="100%" height="100%" fill="white"/>{"".join(parts)}</svg>\n'
    )


def _arrows(form: Form) -> dict[tuple[str, str], list[str]]:
    """From a question to what comes next (question, ending or verdict): the answers that lead there."""
    questionnaire = Questionnaire(form)
    found: dict[tuple[str, str], dict[str, None]] = {}
    for answers in strolls(form):
        said = list(answers)
        for question, following in zip(said, [*said[1:], None], strict=True):
            ending = questionnaire.ending(answers)
            target = following or (f"end:{ending.id}" if ending else f"verdict:{said[1] if said[1:] else ''}")
            labels = {option.id: option.label for option in questionnaire.questions[question].options}
            label = labels.get(answers[question], "") if isinstance(answers[question], str) else ""
            found.setdefault((question, target), {})[label] = None
    return {arrow: [label for label in labels if label] for arrow, labels in found.items()}


def _places(form: Form, arrows: dict[tuple[str, str], list[str]]) -> dict[str, _Position]:
    """A column for each node that the first question leads to; the longest way there is its row."""
    first = form.questions[0].id
    options = [option.label for option in form.questions[0].options]
    starts = [
        (options.index(labels[0]) if labels else 0, target) for (s, target), labels in arrows.items() if s == first
    ]
    column = {first: 0} | {target: n for n, (_, target) in enumerate(sorted(starts))}
    order = [question.id for question in form.questions]
    rows = {first: 0}
    for node in [*order, *sorted({t for _, t in arrows if t not in order})]:
        before = [source for source, target in arrows if target == node and source in rows]
        if before:
            rows[node] = 1 + max(rows[source] for source in before)
            column.setdefault(node, min(column[source] for source in before if source in column))
    return {node: (column[node], row) for node, row in rows.items()}


def _lines(arrows: dict[tuple[str, str], list[str]], places: dict[str, _Position]) -> Iterator[str]:
    several = {source for source, _ in arrows if sum(s == source for s, _ in arrows) > 1}
    for (source, target), labels in arrows.items():
        x1, y1 = _corner(places[source])
        x2, y2 = _corner(places[target])
        start, end = (x1 + _WIDTH / 2, y1 + _HEIGHT), (x2 + _WIDTH / 2, y2)
        bend = _GAP_X / 2 + _WIDTH / 2 if x1 == x2 and y2 - y1 > _HEIGHT + _GAP_Y else 0
        middle = (start[1] + end[1]) / 2
        yield (
            f'<path class="a" d="M{start[0]},{start[1]} C{start[0] + bend * 1.3},{middle} '
            f'{end[0] + bend * 1.3},{middle} {end[0]},{end[1]}"/>'
        )
        if source in several:
            said = textwrap.shorten(" / ".join(labels), 46, placeholder="…")
            x = (start[0] + end[0]) / 2 + bend + 6 if x1 == x2 else end[0] + 6
            yield f'<text class="s" x="{x}" y="{end[1] - 12 if x1 != x2 else middle}">{escape(said)}</text>'


def _box(form: Form, node: str, place: _Position) -> str:
    x, y = _corner(place)
    kind, _, name = node.partition(":")
    if kind == "end":
        style, title = "e", next(ending.text for ending in form.endings if ending.id == name)
    elif kind == "verdict":
        style, title = "v", explain("graph_verdict")
    else:
        style, title = "b", next(question.text for question in form.questions if question.id == node)
    lines = textwrap.wrap(title, 40, max_lines=4, placeholder=" …")
    text = "".join(f'<text x="{x + 12}" y="{y + 26 + 18 * n}">{escape(line)}</text>' for n, line in enumerate(lines))
    return f'<rect class="{style}" x="{x}" y="{y}" rx="8" width="{_WIDTH}" height="{_HEIGHT}"/>{text}'


def _corner(place: _Position) -> tuple[float, float]:
    return _GAP_X + place[0] * (_WIDTH + _GAP_X), _GAP_Y + place[1] * (_HEIGHT + _GAP_Y)
