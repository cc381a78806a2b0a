"""Read one, two or three years later, no sentence says something that has become false."""

import re
from datetime import date

import pytest

from knowledge.content.models import Content
from knowledge.rendering import Renderer
from knowledge.words.markup import plain_text

AS_OF_TODAY = re.compile(
    r"candidatures sont ouvertes|ouverture prévue le|"
    r"annoncée?s? pour 202[5-7]|(?:est|sont) (?:annoncée?s?|prévue?s?) |"
    r"\bdans \d+ (?:jours?|mois|ans?)\b|cette année|l.an prochain|l.année prochaine|prochainement|bientôt|"
    r"récemment|actuellement|sera ouvert|d.ici (?:fin|la fin)",
    re.IGNORECASE,
)
"""What holds on a day only, and would be false a year later."""


@pytest.mark.parametrize("day", [date(2026, 11, 26), date(2027, 11, 26), date(2028, 11, 26)], ids=str)
def test_no_sentence_has_become_false(packaged: Content, day: date) -> None:
    renderer = Renderer(packaged, lambda: day)
    said = {topic.id: plain_text(renderer.answer(topic)) for topic in packaged.topics.values()}
    said |= {f"{t.id}, details": plain_text(renderer.details(t)) for t in packaged.topics.values() if t.details}
    assert packaged.situation
    told_apart = (*packaged.situation.precise, *packaged.situation.premises)
    said |= {one.id: plain_text(renderer.text(one.says)) for one in told_apart}

    assert {name: found[0] for name, text in said.items() if (found := AS_OF_TODAY.search(text))} == {}


@pytest.mark.parametrize("day", [date(2027, 11, 26), date(2028, 11, 26)], ids=str)
def test_an_old_oui_has_become_i_do_not_know(packaged: Content, day: date) -> None:
    renderer = Renderer(packaged, lambda: day)

    assert "Oui" not in plain_text(renderer.answer(packaged.topics["actualite"]))
    assert "Je ne sais pas si un appel est ouvert" in plain_text(renderer.answer(packaged.topics["appel-en-cours"]))
