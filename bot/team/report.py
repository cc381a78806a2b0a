"""`tevo report`: what the assistant did, as a page for people and a table for a spreadsheet. Pure."""

import csv
import io
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.alerts.queue import AlertState, AnnouncementProgress
from bot.dossiers.desk import DossierLine
from bot.inert_cells import inert
from bot.memory.counts import PEOPLE, Count
from bot.sentences import tell
from bot.team import charts
from bot.team.figures import PERIODS, Cells, Figures, Mail
from bot.team.groups import Group, commonest
from bot.team.page import page, page_words
from bot.team.patches import Patch, group_name, patches
from knowledge.content.models import Content
from knowledge.feedback import Vain
from knowledge.understanding.pointing import Pointing

_MOST_GROUPS = 60
_MOST_LINES = 1_000  # smaller groups, told in a line each
_MOST_BARS = 15
_SHORT = {
    "people": PEOPLE,
    "answered": "read:answer",
    "offered": "read:choice",
    "unknown": "read:unknown",
    "consent": "screen:consent",
    "sent": "screen:sent",
    "dates": "screen:dates",
}
_OUTCOMES = ("met", "open", "unmet", "ending")


@dataclass(frozen=True)
class Material:
    """What the report is made of."""

    counts: Sequence[Count]
    votes: Sequence[tuple[str, int, int]]
    groups: Sequence[Group]
    dossiers: Sequence[DossierLine]
    subscribers: int
    announcements: Sequence[AnnouncementProgress]
    files: Mapping[str, str]
    """The file of each entry."""
    regions: Mapping[str, str]
    """The name of each région, by its code."""


class Report:
    """The report of one day."""

    def __init__(self, material: Material, content: Content, today: date, pointing: Pointing | None = None) -> None:
        self._material = material
        self._content = content
        self._today = today
        self._pointing = pointing
        self._figures = Figures(material.counts, content, today)
        self._t = page_words("report")

    def html(self, csv_name: str) -> str:
        """The page, which needs nothing else."""
        return page(
            "report",
            today=self._today,
            version=self._content.version,
            csv=csv_name,
            periods=PERIODS,
            short=self._short(),
            **self._days(),
            **self._entries(),
            votes=self._votes(),
            groups=[self._group(group) for group in self._material.groups[:_MOST_GROUPS]],
            others=[self._line(group) for group in self._material.groups[_MOST_GROUPS:_MOST_LINES]],
            groups_left=max(0, len(self._material.groups) - _MOST_LINES),
            **self._funnel(),
            verdicts=self._verdicts(),
            dimensions={name: self._by(name) for name in ("kind", "region", "zone")},
            **self._mail(),
            subscribers=self._material.subscribers,
            announcements=[_announced(one) for one in self._material.announcements],
        )

    def csv(self) -> str:
        """The figures as a table: semicolons, as French spreadsheets read."""
        sections = self._t["sections"]
        out = io.StringIO()
        table = csv.writer(out, delimiter=";")
        table.writerow([*self._t["csv"].values()][1:] + [self._t["periods"].format(n=days) for days in PERIODS])
        for name, cells in self._short().items():
            table.writerow([sections["short"], self._t["short"][name], *cells])
        for title, cells in self._figures.entries():
            table.writerow([sections["entries"], title, *cells])
        for label, cells in self._verdicts().items():
            table.writerow([sections["verdicts"], label, *cells])
        days = self._t["days"]
        table.writerow([])
        vain = self._t["vain"]
        table.writerow([sections["vain"], vain["times"], vain["first"], vain["last"], vain["because"]])
        for group in map(self._line, self._material.groups):
            row = [group["questions"][0], *(group[key] for key in ("size", "first", "last", "whys"))]
            table.writerow([inert(str(cell)) for cell in row])
        table.writerow([])
        table.writerow([days[key] for key in ("day", "people", "answered", "offered", "unknown")])
        for one in self._figures.days():
            table.writerow([one.day.isoformat(), one.people, one.answered, one.offered, one.unknown])
        return out.getvalue()

    def _short(self) -> dict[str, Cells]:
        found: dict[str, Cells] = {key: self._figures.over_periods(name) for key, name in _SHORT.items()}
        read = zip(found["answered"], found["offered"], found["unknown"], strict=True)
        found["share"] = tuple(_percent(one[0] or 0, sum(n or 0 for n in one)) for one in read)
        done = zip(*self._verdicts().values(), strict=True) if self._verdicts() else [(0,)] * len(PERIODS)
        found["verdict"] = tuple(sum(n or 0 for n in one) for one in done)
        return {key: found[key] for key in self._t["short"]}

    def _votes(self) -> list[tuple[str, int, int]]:
        """By entry, those of entries that it took the place of with it; the least useful first."""
        totals: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
        for topic, useful, useless in self._material.votes:
            total = totals[self._content.current(topic)]
            total[0], total[1] = total[0] + useful, total[1] + useless
        found = [(self._title(topic), useful, useless) for topic, (useful, useless) in totals.items()]
        return sorted(found, key=lambda one: (-one[2], one[0]))

    def _days(self) -> dict[str, Any]:
        days = self._figures.days()
        series = {
            self._t["days"][key]: [getattr(one, key) for one in days] for key in ("answered", "offered", "unknown")
        }
        return {"days": days, "days_chart": charts.stacked([f"{one.day:%d/%m}" for one in days], series)}

    def _entries(self) -> dict[str, Any]:
        entries = self._figures.entries()
        top = entries[:_MOST_BARS]
        series = {self._t["periods"].format(n=PERIODS[-1]): [cells[-1] for _, cells in top]}
        return {"entries": entries, "entries_chart": charts.rows([title for title, _ in top], series)}

    def _funnel(self) -> dict[str, Any]:
        steps = self._figures.funnel()
        series = {self._t["form"][key]: [getattr(one, key) for one in steps] for key in ("reached", "passed")}
        return {"funnel": steps, "funnel_chart": charts.rows([one.label for one in steps], series)}

    def _verdicts(self) -> dict[str, Cells]:
        found = {self._t["verdicts"][name]: self._figures.over_periods(f"verdict:{name}") for name in _OUTCOMES}
        return dict(found) if any(map(any, found.values())) else {}

    def _by(self, dimension: str) -> dict[str, Cells]:
        kinds = self._content.form.words.kinds if self._content.form else {}
        names = {"kind": kinds, "region": self._material.regions, "zone": self._t["verdicts"]["zones"]}[dimension]
        found = self._figures.verdicts(dimension)
        return dict(sorted((names.get(name, name), cells) for name, cells in found.items()))

    def _mail(self) -> dict[str, Any]:
        mail = Mail.of(self._material.dossiers)
        said = self._t["dossiers"]
        delay = (
            said["delay"].format(usual=self._lasting(mail.usual), slow=self._lasting(mail.slow)) if mail.slow else ""
        )
        return {"states": {tell(f"state_{state}"): n for state, n in mail.states.most_common()}, "delay": delay}

    def _lasting(self, seconds: float) -> str:
        unit, size = next((one for one in (("hours", 3600), ("minutes", 60)) if seconds >= 2 * one[1]), ("seconds", 1))
        return str(self._t["dossiers"][unit].format(n=round(seconds / size)))

    def _line(self, group: Group) -> dict[str, Any]:
        return {
            "name": group_name(group),
            "size": group.size,
            "first": min(group.days),
            "last": max(group.days),
            "questions": group.wordings,
            "whys": commonest({tell(f"vain_{why}"): n for why, n in group.whys.items()}),
        }

    def _group(self, group: Group) -> dict[str, Any]:
        is_known = set(group.whys) == {Vain.ADMITTED}  # no wording lacks, but the knowledge
        return {
            **self._line(group),
            "answered": commonest({self._title(topic): n for topic, n in group.answered.items()}),
            "nearest": commonest({self._title(topic): n for topic, n in group.nearest.items()}),
            "patches": [] if is_known else self._patches(group),
        }

    def _patches(self, group: Group) -> list[Patch]:
        return patches(group, self._content, self._material.files, self._today, self._pointing)

    def _title(self, topic: str) -> str:
        current = self._content.current(topic)
        return self._content.topics[current].title if current in self._content.topics else topic


def _announced(one: AnnouncementProgress) -> tuple[str, tuple[int, ...]]:
    sent = one.counts.get(AlertState.SENT, 0)
    return one.announcement, (one.total, sent, one.left, one.total - sent - one.left - one.open)


def _percent(part: int, whole: int) -> int:
    return round(100 * part / whole) if whole else 0
