"""The words of what is typed that ask nothing, though elsewhere they ask: « quoi ». They are in `filler.yaml`."""

import re

from knowledge.questionnaire.typed_answer import ARTICLES
from knowledge.words.module_lists import words_beside
from knowledge.words.text import words

_SAID = words_beside(__file__)
_ASKS_WHAT, _ASKING_ENDS = frozenset(_SAID["asks_what"].split("|")), tuple(_SAID["asks_what_ends"].split("|"))
_FILLED = re.compile(rf"(?<![ ,])[ ,]+{_SAID['word']}(?=\s*(?:,|$))", re.IGNORECASE)
_FILLER_BEFORE = re.compile(rf"^{_SAID['before']}", re.IGNORECASE)


def without_filler(text: str) -> str:
    """« bah l'océan quoi, le lagon » : without the words that ask nothing; « vous faites quoi » as it is."""
    ended = text.rstrip(" \n.!…")
    left = _FILLED.sub(lambda found: "" if _is_filler(ended[: found.start()]) else found[0], ended)
    return _FILLER_BEFORE.sub("", left) if left != ended else text


def _is_filler(before: str) -> bool:
    """Whether after these words the filler asks nothing: after a name, or what goes on with one."""
    said = words(_FILLER_BEFORE.sub("", before))
    is_told = len(said) > 1 and (said[0] in ARTICLES or "," in before)
    return is_told and said[-1] not in _ASKS_WHAT and not said[-1].endswith(_ASKING_ENDS)
