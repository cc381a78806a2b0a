"""Messages that are left without an answer because of their language."""

from knowledge.understanding.decision import Why
from knowledge.words.languages import foreign_language

_WHY = {"english": Why.ENGLISH, "other": Why.OTHER_LANGUAGE}


def foreign(text: str) -> Why | None:
    """Why a message in another language than French is left; None for a French one."""
    language = foreign_language(text)
    return _WHY[language] if language else None
