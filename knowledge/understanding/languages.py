"""Whether a message is in another language than French, by its most common little words."""

from functools import cache
from pathlib import Path

import yaml

from knowledge.understanding.decision import Why
from knowledge.words.text import words


@cache
def _little_words() -> dict[str, frozenset[str]]:
    lists = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text("utf-8"))
    return {language: frozenset(line.split()) for language, line in lists.items()}


def foreign(text: str) -> Why | None:
    """ENGLISH or OTHER_LANGUAGE when most known little words are of that language; else None."""
    typed = words(text)
    counts = {name: sum(word in known for word in typed) for name, known in _little_words().items()}
    for name, why in (("english", Why.ENGLISH), ("other", Why.OTHER_LANGUAGE)):
        # Two such words, more than the French ones, and a quarter of the message at least.
        if counts[name] >= 2 and counts[name] > counts["french"] and counts[name] * 4 >= len(typed):
            return why
    return None
