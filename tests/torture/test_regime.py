"""The table that `make torture` writes."""

import random
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.torture.damage import damage
from tests.torture.play import Result
from tests.torture.report import behind, rewritten, suites, written


def test_the_table_says_what_was_not_tried_and_what_does_not_hold() -> None:
    page = written({"soak": Result("10 messages", ["fuite | grave"]), "backlog": Result("5 messages")}, 7, 1.0)
    rows = {line.split(" | ")[0].strip("| "): line for line in page.splitlines() if line.startswith("| ")}

    assert rows["A2"].endswith("| non essayé |")
    assert rows["E2"].endswith("| tenu |")  # measured apart
    assert rows["A6"].endswith("| tenu |")
    assert "non tenu : fuite / grave" in rows["C9"]


def test_a_row_that_is_played_again_says_when_and_changes_no_other() -> None:
    page = written({"soak": Result("10 messages", ["fuite"]), "backlog": Result("5 messages")}, 7, 1.0)

    again = rewritten(page, ["C9"], {name: Result("20 messages") for name in behind(["C9"])}, 8)

    (before, after) = (set(one.splitlines()) for one in (page, again))
    (row,) = after - before
    assert row.startswith("| C9 |")
    assert "20 messages ; repris le " in row
    assert row.endswith(", graine 8 | tenu |")
    assert len(before - after) == 1


def test_what_stands_for_a_promise_is_there() -> None:
    assert all((Path(__file__).parents[1] / name).is_file() for name in suites())


def test_what_it_damages_of_a_database_held_something(tmp_path: Path) -> None:
    path = tmp_path / "tevo.db"
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE kept (body)")
        database.executemany("INSERT INTO kept VALUES (?)", [("x" * 9000,)] * 40)
        database.execute("DELETE FROM kept WHERE rowid > 2")  # nearly all of its pages are free
        database.commit()

    damage(path, random.Random(1))

    assert not is_whole(path)


def is_whole(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as database:
        try:
            return bool(database.execute("PRAGMA integrity_check").fetchall() == [("ok",)])
        except sqlite3.DatabaseError:
            return False
