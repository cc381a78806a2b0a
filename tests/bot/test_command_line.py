"""The command line as somebody new to it tries it."""

import subprocess
import sys
from pathlib import Path

import pytest

TEVO = Path(sys.executable).with_name("tevo")


def said(*arguments: str) -> str:
    run = subprocess.run([TEVO, *arguments], capture_output=True, text=True, check=False)
    return run.stdout + run.stderr


@pytest.mark.parametrize("arguments", [[], ["-h"], ["--help"]])
def test_alone_or_asked_for_help_it_shows_its_commands(arguments: list[str]) -> None:
    told = said(*arguments)

    assert "Usage : tevo" in told
    assert "chat" in told


def test_a_mistyped_command_gets_the_one_that_was_meant() -> None:
    assert "Vouliez-vous dire « check » ?" in said("chekc")
    assert "Vouliez-vous dire" not in said("zzzzzz")


def test_the_version_is_told() -> None:
    assert said("--version").startswith("tevo 0")
