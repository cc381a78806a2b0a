"""Signs said aloud are read as signs."""

import pytest

from knowledge.words.dictation import punctuated


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("bonjour virgule combien ça coûte point d'interrogation", "bonjour, combien ça coûte ?"),
        ("merci Point d exclamation", "merci !"),
        ("3 virgule 5 millions", "3 virgule 5 millions"),
        ("il manque la virgule dans le titre", "il manque la virgule dans le titre"),
        ("un point de vue", "un point de vue"),
        ("virgule", "virgule"),
    ],
)
def test_signs_said_aloud_are_read_as_signs(said: str, read: str) -> None:
    assert punctuated(said) == read
