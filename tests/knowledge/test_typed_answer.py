"""What a typed answer means, and when it is left to a button."""

from typing import get_args

import pytest

from knowledge.content.models import Content
from knowledge.content.questionnaire import Option, Question
from knowledge.questionnaire.kinds import kind_of


@pytest.mark.parametrize(
    ("question", "typed", "meant"),
    [
        ("need", "non", "no"),
        ("need", "non, pas pour l'instant", "no"),
        ("need", "non, on sait faire", "no"),
        ("need", "non on n'a personne pour ça", None),
        ("need", "non on y connaît rien", None),
        ("country", "le Togo", "listed"),
        ("country", "oui, le Sénégal", "listed"),
        ("country", "pourquoi pas le Togo", "listed"),
        ("country", "hors UE : Maroc", "listed"),
        ("country", "le Québec", "unsure"),
        ("country", "Roumanie", "not-listed"),
        ("country", "surtout pas le Mali", None),
        ("country", "pas l'Europe en tout cas", None),
        ("country", "non, nous n'avons pas encore choisi", "none-yet"),
        ("approval", "vsi et service civique", "both"),
        ("approval", "ni VSI ni service civique", "none"),
        ("approval", "aucun des deux", "none"),
        ("members", "pas tous", "some"),
        ("direction", "pas accueillir, envoyer", "send"),
    ],
)
def test_a_denial_is_heard_and_what_may_mean_two_things_is_not_guessed(
    packaged: Content, question: str, typed: str, meant: str | None
) -> None:
    assert packaged.form
    (asked,) = [one for one in packaged.form.questions if one.id == question]

    assert kind_of(asked).read(typed, packaged.form.words.dont_know_also) == meant


ANY = Question(id="any", text="?", label="?", options=(Option(id="a", label="Alpha"), Option(id="b", label="Beta")))
TYPED = {
    "choice": ("2", "b"),
    "several": ("alpha", ["a"]),
    "number": ("environ 1 200 habitants", 1200),
    "text": ("Bonjour\u200b à tous", "Bonjour  à tous"),
    "email": ("c'est Jeanne@Mairie.FR.", "Jeanne@mairie.fr"),
    "phone": ("06 12 34 56 78", "+33612345678"),
}


@pytest.mark.parametrize("name", get_args(Question.model_fields["kind"].annotation))
def test_every_kind_takes_what_it_read_and_knows_what_to_say_otherwise(packaged: Content, name: str) -> None:
    assert packaged.form
    words = packaged.form.words
    kind = kind_of(ANY.model_copy(update={"kind": name}))

    assert kind.sorry(words)
    assert kind.valid(object()) is None
    for value in kind.possible([]):
        assert kind.valid(value) == value
    if name in TYPED:
        typed, value = TYPED[name]
        assert kind.valid(kind.read(typed, ())) == value
        assert kind.said(value, words)
