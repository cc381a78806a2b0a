"""What the tool says to the people who run it and to the team: sentences live in YAML, in French."""

from functools import cache

from knowledge.words.module_lists import words_beside


@cache
def _sentences() -> dict[str, str]:
    return words_beside(__file__, "operator") | words_beside(__file__, "team/team")


def tell(key: str, /, **values: object) -> str:
    """The sentence `key`, its {placeholders} filled. KeyError: a mistake in the code."""
    return _sentences()[key].format(**values)


def has(key: str, /) -> bool:
    """Whether there is a sentence under that key."""
    return key in _sentences()
