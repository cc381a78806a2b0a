"""`tevo health` tells the truth."""

import json
import time
from pathlib import Path

import pytest

from bot.health import Heartbeat, report
from bot.settings import Settings


def told(folder: Path) -> tuple[bool, str]:
    return report(Settings(data=folder))


def test_it_is_well_once_heard(tmp_path: Path) -> None:
    Heartbeat(tmp_path).beat()

    assert told(tmp_path)[0]


@pytest.mark.parametrize(("seconds", "well"), [(0, True), (3, True), (60, False), (86400, False)])
def test_a_sign_of_life_from_the_future_is_none(tmp_path: Path, seconds: int, well: bool) -> None:
    kept = {"heard_at": time.time() + seconds, "trouble": None}
    (tmp_path / "heartbeat").write_text(json.dumps(kept))

    assert told(tmp_path)[0] == well


def test_dossiers_that_do_not_leave_are_told_until_they_do(tmp_path: Path) -> None:
    heartbeat = Heartbeat(tmp_path)
    heartbeat.beat()
    heartbeat.queue(is_stuck=True)
    heartbeat.beat()
    well, sentence = told(tmp_path)
    assert not well
    assert "tevo outbox list" in sentence

    heartbeat.queue(is_stuck=False)
    assert told(tmp_path)[0]


def test_nothing_heard_yet_is_not_well(tmp_path: Path) -> None:
    Heartbeat(tmp_path).queue(is_stuck=True)

    assert not told(tmp_path)[0]
