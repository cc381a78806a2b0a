"""What a typed answer means, and when it is left to a button."""

import pytest

from knowledge.content.models import Content
from knowledge.questionnaire.typed_answer import read_answer


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

    assert read_answer(asked, typed, packaged.form.words.dont_know_also) == meant
