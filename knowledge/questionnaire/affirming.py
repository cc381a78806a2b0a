"""Whether what is typed says yes to what was proposed just before. How people say so is in `affirming.yaml`."""

from knowledge.questionnaire.typed_answer import says_loosely
from knowledge.words.module_lists import words_beside
from knowledge.words.text import says_only

_LISTS = words_beside(__file__)
_SAID, _AROUND = (frozenset(_LISTS[name].split("|")) for name in ("says", "around"))

WAYS: tuple[str, ...] = tuple(_LISTS["ways"])
"""Those that say so within a sentence as well."""


def affirms(text: str) -> bool:
    """« oui c bien ça », « c'est exactement elle » : it says so, and nothing more."""
    return "?" not in text and (says_loosely(text, *WAYS) or says_only(text, _SAID, _AROUND))
