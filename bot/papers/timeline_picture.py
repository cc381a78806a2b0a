"""The calls on a scale of years, today marked: a PNG drawn by Typst from `timeline.typ`, for a phone's screen."""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from knowledge.content.calendar import Call, CallState, Milestone, MilestoneKind, call_state
from knowledge.content.models import Content
from knowledge.dates.wording import Wording

_TEMPLATE = Path(__file__).with_name("timeline.typ")
_PIXELS_PER_INCH = 216.0  # 1,080 pixels wide: what a phone shows without enlarging

_MISSIONS = (MilestoneKind.MISSIONS_START, MilestoneKind.MISSIONS_END)


def draw_timeline(content: Content, today: date) -> bytes:
    """The picture as of `today`."""
    import typst  # noqa: PLC0415  (a compiler of 80 MB: loaded by whoever first asks)

    drawn = typst.compile(
        _TEMPLATE.read_bytes(),
        format="png",
        ppi=_PIXELS_PER_INCH,
        sys_inputs={"data": json.dumps(layout(content, today), ensure_ascii=False)},
    )
    assert isinstance(drawn, bytes)  # one page, one file
    return drawn


def layout(content: Content, today: date) -> dict[str, Any]:
    """What the template places: positions are parts of the width, from 0 to 1."""
    assert content.calendar is not None
    words, wording = content.calendar.picture, Wording(content.messages.rendering, today)
    scale = _Scale(today, content.calls)
    return {
        "title": words.title,
        "subtitle": words.subtitle,
        "today": {"at": scale.at(today), "label": words.today.format(date=wording.date(today))},
        "years": [{"at": scale.at(date(year, 1, 1)), "label": str(year)} for year in scale.years],
        "rows": [_row(call, content, wording, scale) for call in content.calls],
        "legend": [words.legend_call, words.legend_missions, words.legend_vague],
    }


class _Scale:
    """Whole years, from the first date to the last, today within."""

    def __init__(self, today: date, calls: Iterable[Call]) -> None:
        days = [m.known.first_day for call in calls for m in call.milestones if m.known] + [today]
        self.years = range(min(days).year, max(days).year + 1)
        self._start = date(self.years[0], 1, 1)
        self._length = (date(self.years[-1] + 1, 1, 1) - self._start).days

    def at(self, day: date) -> float:
        return (day - self._start).days / self._length

    def bar(self, kind: str, first: Milestone, last: Milestone) -> dict[str, Any] | None:
        if first.known is None or last.known is None:
            return None
        end = (last.until or last.known).next_day
        return {"kind": kind, "from": self.at(first.known.first_day), "to": min(1.0, self.at(end))}


def _row(call: Call, content: Content, wording: Wording, scale: _Scale) -> dict[str, Any]:
    assert content.calendar is not None
    words = content.calendar.picture
    known = [milestone for milestone in call.milestones if milestone.known]
    if not known:
        return {"title": call.title, "detail": words.undated, "bars": [], "state": CallState.UNDATED}
    by_kind = {milestone.kind: milestone for milestone in reversed(known)}
    begin = by_kind.get(MilestoneKind.OPENING) or by_kind.get(MilestoneKind.ANNOUNCEMENT) or known[0]
    closing = by_kind.get(MilestoneKind.CLOSING)
    state = call_state(call, wording.today)
    bars = [scale.bar("call" if closing else "vague", begin, closing or begin)]
    missions = [by_kind[kind] for kind in _MISSIONS if kind in by_kind]
    if missions:
        bars.append(scale.bar("missions", missions[0], missions[-1]))
    detail = (
        words.coming.format(when=wording.milestone(begin))
        if state == CallState.UPCOMING
        else words.closing.format(when=wording.milestone(closing))
        if closing
        else words.other.format(label=begin.label, when=wording.milestone(begin))
    )
    return {"title": call.title, "detail": detail, "bars": [bar for bar in bars if bar], "state": state}
