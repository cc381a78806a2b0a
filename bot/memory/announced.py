"""What announces a name or an address in a question, as French says it: words live in YAML."""

from knowledge.words.module_lists import words_beside

_READ = words_beside(__file__, "annonces")

CIVILITIES: str = _READ["civilities"]
"""An expression, as all those in capitals that follow."""
INTRODUCTIONS: str = _READ["introductions"]
CLOSINGS: str = _READ["closings"]
SHORT_CIVILITIES: str = _READ["short_civilities"]
"""The same, but for small letters and capitals, which tell « M. » from « m » ."""
STREETS: str = _READ["streets"]
HAMLETS: str = _READ["hamlets"]
"""Places without a number."""
OF_STREETS: str = _READ["of_streets"]
PARTICLES: str = _READ["particles"]

MAY_SAY_MORE: frozenset[str] = frozenset(_READ["may_say_more"])
"""What introduces many things beside a name."""
PLACES: frozenset[str] = frozenset(_READ["places"])
"""Words after which a first name is part of a place's name."""
