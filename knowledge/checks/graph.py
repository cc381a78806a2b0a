"""A picture of a questionnaire: its questions from top to bottom, in each the answers, and where they lead.

What an answer says stands inside the box of its question, so that no line can cross it; arrows run down the margin on
the right, each on a track of its own where two would overlap. It is as narrow as a telephone.
"""

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from knowledge.checks.ways import END, VERDICT, Lead, ways
from knowledge.content.questionnaire import Form, Question
from knowledge.words.errors import explain
from knowledge.words.typography import french

_BOX, _LEFT, _PAD, _LINE, _GAP, _TRACK = 350, 8, 12, 18, 34, 16
_TITLE, _SAID = 40, 47  # characters of a line, in bold and not
_MOST_LINES = 4  # of what is said where the questionnaire ends early
_STYLE = (
    "text{font:13px system-ui,sans-serif;fill:var(--t)}.h{font-weight:600}.q{fill:var(--q);stroke:var(--qs)}"
    ".v{fill:var(--v);stroke:var(--vs)}.e{fill:var(--e)}.a{stroke:var(--l);stroke-width:1.5;fill:none;"
    "marker-end:url(#m)}.r{stroke:var(--qs);stroke-opacity:.4}.m{fill:var(--l)}"
    "svg{--t:#1c1c1a;--q:#eef3fa;--qs:#2b5c9e;--v:#e9f6ec;--vs:#2a7d3f;--e:#fbe6d4;--l:#4a4a47;background:#fff}"
    "@media (prefers-color-scheme:dark){svg{--t:#ececea;--q:#1d2836;--qs:#7fb0ee;--v:#1b2f22;--vs:#6cc48a;"
    "--e:#4a2f16;--l:#c4c4bf;background:#17181a}}"
)


@dataclass(frozen=True)
class _Row:
    """Answers that lead to the same place."""

    lines: list[str]
    to: str

    @property
    def height(self) -> int:
        return len(self.lines) * _LINE + _PAD


@dataclass
class _Box:
    """A question, or a verdict, which has no rows."""

    title: list[str]
    rows: list[_Row]
    top: int = 0

    @property
    def head(self) -> int:
        return len(self.title) * _LINE + _PAD

    @property
    def height(self) -> int:
        return self.head + sum(row.height for row in self.rows)


@dataclass(frozen=True)
class _Arrow:
    """From a height to another, on the right; `track`: how far out."""

    start: int
    end: int
    track: int


def draw(form: Form) -> str:
    """The picture, as SVG."""
    boxes = _boxes(form)
    arrows = list(_arrows(boxes))
    tracks = 1 + max((arrow.track for arrow in arrows), default=0)
    last = [*boxes.values()][-1]
    width, height = _LEFT + _BOX + _TRACK * (tracks + 1), last.top + last.height + _LEFT
    parts = [*(_box(box) for box in boxes.values()), *_straight(boxes), *map(_drawn, arrows)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f"<style>{_STYLE}</style>"
        '<defs><marker id="m" markerWidth="9" markerHeight="8" refX="8" refY="4" orient="auto">'
        f'<path class="m" d="M0,0 L9,4 L0,8 z"/></marker></defs>{"".join(parts)}</svg>\n'
    )


def _boxes(form: Form) -> dict[str, _Box]:
    """In their order from top to bottom: the questions as in the form, each verdict after what leads to it."""
    found = ways(form)
    questions = {question.id: question for question in form.questions}
    verdicts = {way.to: name for name, there in found.items() for way in there if way.to.startswith(VERDICT)}
    boxes: dict[str, _Box] = {}
    for name, there in found.items():
        rows = [_row(form, questions[name], way) for way in there]
        boxes[name] = _Box(_wrapped(questions[name].text, _TITLE), rows)
        for verdict in (to for to, last in verdicts.items() if last == name):
            boxes[verdict] = _Box(_wrapped(explain("graph_verdict"), _TITLE), [])
    top = _LEFT
    for box in boxes.values():
        box.top, top = top, top + box.height + _GAP
    return boxes


def said(question: Question, way: Lead) -> str:
    """The answers of a way, in words."""
    labels = {option.id: option.label for option in question.options}
    named = {"": explain("graph_typed"), "unknown": explain("graph_unknown"), **labels}
    text = " · ".join(named[one] for one in way.answers or labels) or explain("graph_any")
    return explain("graph_depends", answers=text) if way.depends else text


def ending(form: Form, way: Lead) -> str:
    """What is said where the questionnaire ends early; nothing where it goes on."""
    found = (one.text for one in form.endings if f"{END}{one.id}" == way.to)
    return next(found, "")


def _row(form: Form, question: Question, way: Lead) -> _Row:
    lines = _wrapped(said(question, way), _SAID)
    if text := ending(form, way):
        told = _wrapped(explain("graph_end", text=text), _SAID)
        lines += told[:_MOST_LINES]
        if told[_MOST_LINES:]:
            lines[-1] = lines[-1].rstrip(" ,;:") + " …"
    return _Row(lines, way.to)


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(french(text), width, break_on_hyphens=False)


def _is_next(boxes: dict[str, _Box], name: str) -> bool:
    """Whether all that goes on from a box leads to the one right below."""
    names = list(boxes)
    below = names[names.index(name) + 1 :][:1]
    return below == list({row.to for row in boxes[name].rows if not row.to.startswith(END)})


def _straight(boxes: dict[str, _Box]) -> Iterator[str]:
    for name, box in boxes.items():
        if box.rows and _is_next(boxes, name):
            x, y = _LEFT + _BOX // 2, box.top + box.height
            yield f'<path class="a" d="M{x},{y} V{y + _GAP}"/>'


def _arrows(boxes: dict[str, _Box]) -> Iterator[_Arrow]:
    """Those down the margin: the shorter, the nearer; never two on a track at the same height."""
    wanted = []
    for name, box in boxes.items():
        at = box.top + box.head
        for row in box.rows:
            if not row.to.startswith(END) and not _is_next(boxes, name):
                wanted.append((at + row.height // 2, boxes[row.to].top + boxes[row.to].head // 2))
            at += row.height
    taken: list[list[tuple[int, int]]] = []
    for start, end in sorted(wanted, key=lambda one: (one[1] - one[0], one)):
        track = next((n for n, held in enumerate(taken) if _is_free(held, start, end)), len(taken))
        taken += [[]] if track == len(taken) else []
        taken[track].append((start, end))
        yield _Arrow(start, end, track)


def _is_free(held: Iterable[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a track is; two that end at the same place may share it."""
    return all(end < other[0] or start > other[1] or end == other[1] for other in held)


def _drawn(arrow: _Arrow) -> str:
    right = _LEFT + _BOX
    x = right + _TRACK * (arrow.track + 1)
    return f'<path class="a" d="M{right},{arrow.start} H{x} V{arrow.end} H{right}"/>'


def _box(box: _Box) -> str:
    kind = "q" if box.rows else "v"
    parts = [f'<rect class="{kind}" x="{_LEFT}" y="{box.top}" rx="8" width="{_BOX}" height="{box.height}"/>']
    parts += _lines(box.title, box.top, ' class="h"')
    at = box.top + box.head
    for row in box.rows:
        if row.to.startswith(END):
            parts.append(f'<rect class="e" x="{_LEFT + 1}" y="{at}" width="{_BOX - 2}" height="{row.height - 1}"/>')
        parts.append(f'<line class="r" x1="{_LEFT}" x2="{_LEFT + _BOX}" y1="{at}" y2="{at}"/>')
        parts += _lines(row.lines, at)
        at += row.height
    return "".join(parts)


def _lines(lines: list[str], top: int, style: str = "") -> Iterator[str]:
    for n, line in enumerate(lines):
        yield f'<text x="{_LEFT + _PAD}" y="{top + _PAD // 2 + 14 + n * _LINE}"{style}>{escape(line)}</text>'
