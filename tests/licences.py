"""docs/licences.md: what is installed and shipped with the assistant, and under which licence.

`python -m tests.licences` writes it; a test fails when a package is missing from it.
"""

import re
from importlib.metadata import PackageMetadata, metadata
from pathlib import Path

HERE = Path(__file__).parents[1]
WRITTEN = HERE / "docs" / "licences.md"

_HEAD = """\
# Licences

L'assistant est sous licence [MIT](../LICENSE). Ce qu'il installe (`requirements.txt`) garde la sienne ; cette liste \
est faite par `python -m tests.licences`, d'après ce que chaque paquet dit de lui-même.

| paquet | version | licence |
| --- | --- | --- |
"""
_TAIL = """
Livrés avec l'assistant :

| quoi | où | licence |
| --- | --- | --- |
| police DejaVu Sans | `bot/papers/fonts/` | [la sienne](../bot/papers/fonts/LICENSE.txt), libre |
| registre des collectivités et communes anciennes | `knowledge/register/` | voir [knowledge/register/README.md](../knowledge/register/README.md) |
| liste de mots français | `knowledge/words/french.txt.gz` | voir [knowledge/words/LISEZMOI.md](../knowledge/words/LISEZMOI.md) |
"""  # noqa: E501 (rows of a table)


def pinned() -> dict[str, str]:
    """The packages of `requirements.txt`, and their versions."""
    return dict(re.findall(r"^([\w.-]+)==(\S+)", (HERE / "requirements.txt").read_text("utf-8"), re.M))


def text() -> str:
    """The whole page."""
    rows = (f"| {name} | {version} | {licence(metadata(name))} |\n" for name, version in sorted(pinned().items()))
    return _HEAD + "".join(rows) + _TAIL


def licence(package: PackageMetadata) -> str:
    """What a package says of its licence, in a few words."""
    (said,) = package.get_all("License-Expression") or [""]
    classified = [line.rpartition(" :: ")[2] for line in package.get_all("Classifier") or [] if "License ::" in line]
    (short,) = package.get_all("License") or [""]
    return said or ", ".join(classified) or short.splitlines()[0]


if __name__ == "__main__":
    WRITTEN.write_text(text(), "utf-8")
