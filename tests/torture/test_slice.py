"""Half a minute of the regime in every run of the suite, as typed; `make torture` for all of it."""

import subprocess
import sys
from pathlib import Path

import pytest

_SCENARIOS = [
    ("kills_at_random", "mail_faults", "database_faults", "stops_at_random"),
    ("kills_at_failpoints", "power_cuts", "backups", "backlog"),
]


@pytest.mark.parametrize("names", _SCENARIOS, ids=" ".join)
def test_a_slice_of_the_regime_holds(names: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "tests.torture", "--scale", "0.01", "--seed", "20261127", "--only", *names]

    done = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr[-2000:]
    assert "seed 20261127" in done.stdout
    assert all(f"{name} (" in done.stdout for name in names)
