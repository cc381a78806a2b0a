"""The command line as somebody new to it tries it."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.forks import tevo

TEVO = Path(sys.executable).with_name("tevo")


def said(*arguments: str) -> str:
    run = tevo(*arguments)
    return run.stdout + run.stderr


@pytest.mark.parametrize("arguments", [[], ["-h"], ["--help"]])
def test_alone_or_asked_for_help_it_shows_its_commands(arguments: list[str]) -> None:
    told = said(*arguments)

    assert "Usage : tevo" in told
    assert "chat" in told


def test_a_mistyped_command_gets_the_one_that_was_meant() -> None:
    assert "Vouliez-vous dire « check » ?" in said("chekc")
    assert "Vouliez-vous dire" not in said("zzzzzz")


def test_the_version_is_told_by_the_script_that_is_installed() -> None:
    run = subprocess.run([TEVO, "--version"], capture_output=True, text=True, check=True)

    assert run.stdout.startswith("tevo 0")
