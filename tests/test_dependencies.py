"""What is installed: pinned, by its digest, under a licence that is told."""

import re
import tomllib
from pathlib import Path

import pytest

from tests import licences

HERE = Path(__file__).parents[1]


def pins(name: str) -> dict[str, str]:
    return dict(
        re.findall(r"^([\w.-]+)==([^\s\\;]+)", (HERE / name).read_text("utf-8").lower().replace("_", "-"), re.M)
    )


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_package_has_digests_and_the_version_of_the_constraints(name: str) -> None:
    constraints = pins("constraints.txt")
    blocks = re.split(r"\n(?=\w)", (HERE / name).read_text("utf-8"))[1:]

    assert blocks
    assert all("--hash=sha256:" in block for block in blocks)
    assert {n: v for n, v in pins(name).items() if n in constraints and constraints[n] != v} == {}


def test_every_dependency_is_pinned() -> None:
    project = tomllib.loads((HERE / "pyproject.toml").read_text("utf-8"))
    installed = project["project"]["dependencies"] + project["project"]["optional-dependencies"]["postgresql"]
    wanted = [*installed, *project["dependency-groups"]["dev"]]
    names = {re.match(r"[\w.-]+", line)[0].lower().replace(".", "-") for line in wanted}  # type: ignore[index]

    assert names <= pins("requirements.txt").keys() | pins("requirements-dev.txt").keys()


def test_the_licence_of_every_package_is_told() -> None:
    told = dict(re.findall(r"^\| ([\w.-]+) \| \S+ \| (.+) \|$", licences.WRITTEN.read_text("utf-8"), re.M))

    assert told.keys() >= licences.pinned().keys()
    assert not [name for name, licence in told.items() if re.search(r"\bA?GPL\b|UNKNOWN", licence)]


def test_the_image_takes_a_digest_and_no_secret() -> None:
    image = (HERE / "Dockerfile").read_text("utf-8")
    assert "ARG BASE=" in image
    assert image.count("FROM ${BASE}") == 2
    assert "--require-hashes" in image
    assert {".env", ".env.*", "data", ".git"} <= set((HERE / ".dockerignore").read_text("utf-8").split())
    limits = (HERE / "compose.yaml").read_text("utf-8")
    assert all(name in limits for name in ("mem_limit", "cpus", "pids_limit", "read_only"))
