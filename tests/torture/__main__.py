"""`python -m tests.torture [--scale 1] [--seed N] [--only NAME… | --rows A9…] [--write]`: the regime, and its table."""

import argparse
import asyncio
import random
import sys
import tempfile
import time
import traceback
from pathlib import Path

from tests.torture import itself, report, scenarios, storage, strange
from tests.torture.play import NotHereError, Play, Result, Scenario

ALL: dict[str, Scenario] = {
    scenario.__name__: scenario
    for scenario in (
        scenarios.kills_at_failpoints,
        scenarios.kills_at_random,
        scenarios.stops_at_random,
        scenarios.telegram_faults,
        scenarios.mail_faults,
        storage.database_faults,
        storage.power_cuts,
        storage.backups,
        storage.postgresql_cuts,
        storage.postgresql_restarts,
        scenarios.clock_jumps,
        scenarios.backlog,
        scenarios.floods,
        strange.generated_updates,
        scenarios.alerts,
        scenarios.soak,
        scenarios.kills_while_mailing,
        itself.same_seed,
    )
}


async def played(scenario: Scenario, play: Play) -> Result | None:
    """Its result; None where what it needs is not on this machine."""
    try:
        return await scenario(play)
    except NotHereError as error:
        print(f"{scenario.__name__}: {error}", flush=True)
        return None
    except Exception as error:  # the regime goes on, and says it
        traceback.print_exc()
        return Result("interrompu", [f"{type(error).__name__}: {error}"])


def main() -> int:
    """Play them all; 1 when something is not as promised."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--scale", type=float, default=1.0, help="1: about a quarter of an hour on two cores")
    parser.add_argument("--seed", type=int, default=random.randrange(2**31))
    parser.add_argument("--only", nargs="*", choices=[*ALL, "suites"], default=[*ALL, "suites"])
    parser.add_argument("--rows", nargs="+", choices=report.IDS, help="only what these promises stand on")
    parser.add_argument("--write", action="store_true", help="write docs/reliability.md, or these rows of it")
    asked = parser.parse_args()
    print(f"seed {asked.seed}", flush=True)
    began = time.monotonic()
    names = report.behind(asked.rows) if asked.rows else asked.only
    results: dict[str, Result] = {}
    with tempfile.TemporaryDirectory(prefix="tevo-torture-") as folder:
        for name in (one for one in names if one in ALL):
            at = time.monotonic()
            place = Path(folder) / name
            place.mkdir()
            if result := asyncio.run(played(ALL[name], Play(place, asked.seed, asked.scale))):
                results[name] = result
                print(f"{name} ({time.monotonic() - at:.0f} s): {result.tried}", flush=True)
                print("".join(f"  ! {one}\n" for one in result.wrong), end="", flush=True)
        if files := report.suites() if "suites" in names else [name for name in names if name.endswith(".py")]:
            results |= report.run_suites(Path(folder), files)
    if asked.write:
        results["lines"] = report.lines()
        if asked.rows:
            page = report.rewritten(report.WRITTEN.read_text("utf-8"), asked.rows, results, asked.seed)
        else:
            page = report.written(results, asked.seed, (time.monotonic() - began) / 60)
        report.WRITTEN.write_text(page, "utf-8")
    return int(any(result.wrong for name, result in results.items() if name != "lines"))


if __name__ == "__main__":
    sys.exit(main())
