"""Charts as SVG inside a page: no script, the page's own colours. Each stands above a table that says the same."""

import itertools
from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element, tostring

import pygal
from pygal.style import Style

_STYLE = Style(
    background="transparent",
    plot_background="transparent",
    foreground="var(--ink)",
    foreground_strong="var(--ink)",
    foreground_subtle="var(--line)",
    guide_stroke_color="var(--line)",
    major_guide_stroke_color="var(--line)",
    colors=("var(--one)", "var(--two)", "var(--three)"),
    opacity=".95",
    font_family="inherit",
    label_font_size=13,
    major_label_font_size=13,
    legend_font_size=13,
)
_SHARED = {
    "style": _STYLE,
    "js": [],
    "disable_xml_declaration": True,
    "legend_at_bottom": True,
    "legend_at_bottom_columns": 3,
    "print_values": False,
    "show_dots": False,
    "margin": 10,
    "truncate_label": -1,
    "width": 760,
}
_TICKS = 5
_ROW = 30  # of the picture's units, for one bar


def stacked(labels: Sequence[str], series: Mapping[str, Sequence[int]]) -> str:
    """Bars a day, one on the other."""
    chart = pygal.StackedBar(**_SHARED, height=300, x_labels_major_every=14, show_minor_x_labels=False)
    return _drawn(chart, labels, series, max(map(sum, zip(*series.values(), strict=True)), default=0))


def rows(labels: Sequence[str], series: Mapping[str, Sequence[int]]) -> str:
    """Bars that lie, the first on top."""
    height = 90 + _ROW * len(labels) * len(series)
    chart = pygal.HorizontalBar(**_SHARED, height=height, show_y_guides=False)
    reversed_series = {name: values[::-1] for name, values in series.items()}
    return _drawn(chart, labels[::-1], reversed_series, max(map(max, filter(None, series.values())), default=0))


def ticks(top: int) -> list[int]:
    """Whole numbers from nought to the largest value or just above: six at most, one, two or five apart, or tens."""
    steps = (digit * 10**power for power in itertools.count() for digit in (1, 2, 5))
    step = next(one for one in steps if one * _TICKS >= top)
    return [*range(0, top + step, step)]


def _drawn(
    chart: "pygal.graph.graph.Graph", labels: Sequence[str], series: Mapping[str, Sequence[int]], top: int
) -> str:
    chart.x_labels, chart.y_labels = labels, ticks(top)
    chart.show_legend = len(series) > 1
    for name, values in series.items():
        chart.add(name, values)
    chart.value_formatter = lambda value: f"{value:.0f}"
    drawing: Element = chart.render_tree()
    for part in list(drawing.iter()):
        for script in part.findall("script"):  # pygal's settings, for scripts that are not in the page
            part.remove(script)
        if part is not drawing:
            part.attrib.pop("id", None)  # the same in every chart
    return tostring(drawing, encoding="unicode")
