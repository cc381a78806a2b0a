"""What the tool says to the people who run it: sentences live in `operator.yaml`, in French."""

from functools import cache
from pathlib import Path

import yaml


@cache
def _sentences() -> dict[str, str]:
    sentences: dict[str, str] = yaml.safe_load(Path(__file__).with_name("operator.yaml").read_text("utf-8"))
    return sentences


def tell(key: str, /, **values: object) -> str:
    """The sentence `key` of `operator.yaml`, its {placeholders} filled. KeyError: a mistake in the code."""
    return _sentences()[key].format(**values)


def has(key: str, /) -> bool:
    """Whether there is a sentence under that key."""
    return key in _sentences()
