"""The report: what the assistant did, for a director and an editor; nobody can be recognised in it."""

import asyncio
import csv
import io
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.commands.cli import tevo
from bot.commands.setup import paris_today
from bot.dossiers.desk import DossierLine
from bot.memory.counts import Count
from bot.settings import load_settings
from bot.stores import Stores, open_stores
from bot.team.figures import Figures, Mail, hidden
from bot.team.groups import Group
from knowledge.content.models import Content
from knowledge.feedback import Missed, Vain
from knowledge.submission import Delivery
from tests.browser import looked_through
from tests.conftest import TODAY


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An assistant that was talked to by six people."""
    monkeypatch.setenv("TEVO_DATA", str(tmp_path / "data"))

    async def fill(stores: Stores) -> None:
        for person in range(1, 7):
            await stores.counts.add(person, {"read:answer", "entry:contact", "reached:applicant", "verdict:met"})
        await stores.counts.add(1, {"read:unknown", "verdict:met:region:76", "verdict:open:region:76"})
        await stores.feedback.vote(1, "contact", 1, False, "v")
        for question in ("faut-il un permis de chasse", "permis de chasse ?"):
            await stores.feedback.missed(Missed(question, Vain.UNKNOWN, (), ("contact",)))
        await stores.subscriptions.subscribe(1)

    async def run() -> None:
        async with open_stores(load_settings(), paris_today) as (_, _, stores):
            await fill(stores)

    asyncio.run(run())
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(tevo, [*arguments], standalone_mode=False)


def test_a_page_and_a_table_are_written_beside_each_other(data: Path, packaged: Content) -> None:
    result = run("report", str(data / "rapport.html"))

    assert result.return_value in (0, None)
    page = (data / "rapport.html").read_text("utf-8")
    rows = list(csv.reader((data / "rapport.csv").read_text("utf-8-sig").splitlines(), delimiter=";"))
    assert packaged.topics["contact"].title in page
    assert "permis de chasse ?" in page
    assert "<svg" in page
    assert "<script" not in page
    assert ["En bref", "Questions qui ont une réponse", "6", "6", "6"] in rows
    assert rows[-1] == [paris_today().isoformat(), "6", "6", "0", "1"]


@pytest.mark.parametrize("asked", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_what_people_wrote_is_never_computed_by_a_spreadsheet(packaged: Content, asked: str) -> None:
    from bot.team.report import Material, Report  # what draws its pictures hooks the imports of all that follow

    group = Group()
    group.add(TODAY, Missed(asked, Vain.UNKNOWN))

    table = Report(Material((), (), [group], (), 0, (), {}, {}), packaged, TODAY).csv()

    told = next(row for row in csv.reader(io.StringIO(table, newline=""), delimiter=";") if row and asked in row[0])
    assert told[:4] == [f"'{asked}", "1", TODAY.isoformat(), TODAY.isoformat()]


def test_each_group_comes_with_edits_ready_to_be_pasted(data: Path) -> None:
    run("report", str(data / "rapport.html"))

    page = (data / "rapport.html").read_text("utf-8")
    assert "topics/99-assistant.yaml" in page
    assert "&#34;permis de chasse ?&#34;" in page
    assert "hors-sujet.yaml" in page
    assert "id: permis-chasse" in page
    for option in ("--to contact", "--new", "--off-topic", "--leave"):
        assert re.search(rf"<code>tevo suggest [0-9a-f]{{6}} {option}</code>", page)


def test_a_report_on_nothing_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEVO_DATA", str(tmp_path / "data"))

    run("report", str(tmp_path / "rapport.html"))

    assert "Rien encore." in (tmp_path / "rapport.html").read_text("utf-8")


def test_a_file_that_cannot_be_written_is_one_line(data: Path) -> None:
    result = run("report", str(data / "nowhere" / "rapport.html"))

    assert result.return_value == 1
    assert "ne peut pas être écrit" in result.output


@pytest.mark.parametrize(
    ("top", "shown"), [(0, [0]), (3, [0, 1, 2, 3]), (7, [0, 2, 4, 6, 8]), (61, [0, 20, 40, 60, 80])]
)
def test_a_chart_counts_in_whole_numbers(top: int, shown: list[int]) -> None:
    from bot.team.charts import ticks  # what draws hooks the imports of all that follow

    assert ticks(top) == shown


def test_no_column_is_without_a_name(data: Path) -> None:
    run("report", str(data / "rapport.html"))

    assert '<th scope="col"></th>' not in (data / "rapport.html").read_text("utf-8")


def test_small_numbers_are_hidden_and_cannot_be_counted_back() -> None:
    rows = {"Occitanie": (20, 0), "Bretagne": (6, 7), "Corse": (2, 8)}

    assert hidden(rows) == {"Occitanie": (20, 0), "Bretagne": (None, 7), "Corse": (None, 8)}
    assert hidden({}) == {}


def test_periods_end_today_and_the_longest_holds_the_others(packaged: Content) -> None:
    days = [TODAY - timedelta(days=back) for back in (0, 6, 7, 29, 30, 89, 90)]
    figures = Figures([Count(day, "read:answer", 1) for day in days], packaged, TODAY)

    assert figures.over_periods("read:answer") == (2, 4, 6)
    assert [one.day for one in figures.days()][::89] == [TODAY - timedelta(days=89), TODAY]


def test_the_funnel_tells_where_people_stop(packaged: Content) -> None:
    assert packaged.form is not None
    first = packaged.form.questions[0]
    counts = [Count(TODAY, f"reached:{first.id}", 9), Count(TODAY, f"passed:{first.id}", 7)]

    (step,) = Figures(counts, packaged, TODAY).funnel()

    assert (step.label, step.left) == (first.label, 2)


def test_delays_are_those_of_dossiers_that_left() -> None:
    def line(state: Delivery, sent_at: int | None) -> DossierLine:
        return DossierLine("TV-0000-AAAA", state, 0, 1, 0, 100, sent_at, "")

    mail = Mail.of([line(Delivery.SENT, 100 + n) for n in range(1, 10)] + [line(Delivery.WAITING, None)])

    assert (mail.usual, mail.states[Delivery.WAITING]) == (5, 1)
    assert Mail.of([]).slow == 0
    assert Mail.of([line(Delivery.SENT, 130)]).slow == 30


@pytest.mark.parametrize(("width", "dark"), [(1200, False), (400, True)])
def test_nothing_in_the_page_keeps_anybody_out(data: Path, width: int, dark: bool) -> None:
    run("report", str(data / "rapport.html"))

    found = looked_through(data / "rapport.html", data, width=width, dark=dark)

    assert found["told"] == []
    assert found["passes"] > 15


def test_what_is_older_than_the_report_is_not_in_it(packaged: Content) -> None:
    assert Figures([Count(date(2020, 1, 1), "entry:contact", 3)], packaged, TODAY).days()[0].answered == 0
