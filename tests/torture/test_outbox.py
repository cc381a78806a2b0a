"""A short torture in every run; `make torture` for the long one."""

from pathlib import Path

from tests.torture.outbox import torture


def test_killed_at_random_nothing_is_lost_and_duplicates_are_recognised(tmp_path: Path) -> None:
    verdict = torture(tmp_path, kills=12, seed=20261125)

    assert verdict.acknowledged > 12
    assert verdict.lost == []
    assert verdict.twice <= verdict.kills
    assert verdict.unlike == []
    assert verdict.unknown == []
