"""Whether what is typed says yes to what was proposed just before. How people say so is in `affirming.yaml`."""

from knowledge.words.module_lists import words_beside
from knowledge.words.text import says_only

_SAID = {name: frozenset(said.split("|")) for name, said in words_beside(__file__).items()}


def affirms(text: str) -> bool:
    """« oui c bien ça », « c'est exactement elle » : it says so, and nothing more."""
    return "?" not in text and says_only(text, _SAID["says"], _SAID["around"])
