"""What announces a name or an address in a question, as French says it: words live in YAML."""

from pathlib import Path

import yaml

_READ = yaml.load(Path(__file__).with_name("annonces.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader)

CIVILITIES: str = _READ["civilities"]
"""An expression, as the four that follow."""
INTRODUCTIONS: str = _READ["introductions"]
CLOSINGS: str = _READ["closings"]
STREETS: str = _READ["streets"]
PARTICLES: str = _READ["particles"]

MAY_SAY_MORE: frozenset[str] = frozenset(_READ["may_say_more"])
"""What introduces many things beside a name."""
PLACES: frozenset[str] = frozenset(_READ["places"])
"""Words after which a first name is part of a place's name."""
