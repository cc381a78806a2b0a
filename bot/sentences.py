"""What the tool says to the people who run it and to the team: sentences live in YAML, in French."""

from functools import cache
from pathlib import Path

import yaml

_FILES = ("operator.yaml", "team/team.yaml")


@cache
def _sentences() -> dict[str, str]:
    texts = ((Path(__file__).parent / name).read_text("utf-8") for name in _FILES)
    return {key: sentence for text in texts for key, sentence in yaml.load(text, Loader=yaml.CSafeLoader).items()}


def tell(key: str, /, **values: object) -> str:
    """The sentence `key`, its {placeholders} filled. KeyError: a mistake in the code."""
    return _sentences()[key].format(**values)


def has(key: str, /) -> bool:
    """Whether there is a sentence under that key."""
    return key in _sentences()
