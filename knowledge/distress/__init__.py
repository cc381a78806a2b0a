"""Whether somebody is in distress: read before anything else, by itself, from word lists that the team edits."""

from knowledge.distress.reader import Reader
from knowledge.distress.word_lists import Met

__all__ = ["Met", "Reader"]
