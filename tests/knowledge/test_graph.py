"""The picture of the questionnaire: everything is in it, nothing is crossed, and words say the same."""

import re
from xml.etree import ElementTree

import pytest

from knowledge.checks.graph import draw
from knowledge.checks.ways import ways
from knowledge.content.models import Content
from knowledge.content.questionnaire import Form

SPACE = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def form(packaged: Content) -> Form:
    assert packaged.form is not None
    return packaged.form


def test_the_picture_names_every_question_and_end(form: Form) -> None:
    said = " ".join(text.text or "" for text in ElementTree.fromstring(draw(form)).iter(f"{SPACE}text"))

    for text in (one.text for some in (form.questions, form.endings) for one in some):
        assert text[:30] in said


def test_no_arrow_runs_over_a_word(form: Form) -> None:
    picture = ElementTree.fromstring(draw(form))
    boxes = [
        {key: int(part.get(key, 0)) for key in ("x", "y", "width", "height")} for part in picture.iter(f"{SPACE}rect")
    ]
    right = max(box["x"] + box["width"] for box in boxes)
    arrows = [part.attrib["d"] for part in picture.iter(f"{SPACE}path") if part.get("class") == "a"]

    assert len(arrows) > 10
    for arrow in arrows:
        start, *along = (int(number) for number in re.findall(r"\d+", arrow))
        if "H" in arrow:  # down the margin
            assert start == right
            assert along[1] > right
        else:  # from the bottom of a box to the next
            assert not [box for box in boxes if box["y"] <= along[0] + 1 < box["y"] + box["height"]]


def test_two_arrows_share_no_track_where_both_run(form: Form) -> None:
    ends: dict[int, list[tuple[int, int]]] = {}
    for part in ElementTree.fromstring(draw(form)).iter(f"{SPACE}path"):
        if found := re.fullmatch(r"M\d+,(\d+) H(\d+) V(\d+) H\d+", part.attrib["d"]):
            ends.setdefault(int(found[2]), []).append((int(found[1]), int(found[3])))

    for held in ends.values():
        for one, other in zip(sorted(held), sorted(held)[1:], strict=False):
            assert one[1] <= other[0] or one[1] == other[1]


def test_where_each_answer_leads_is_told(form: Form) -> None:
    leads = {question: [(lead.to, lead.answers) for lead in there] for question, there in ways(form).items()}

    assert ("authority", ("authority",)) in leads["applicant"]
    assert ("end:individual", ("individual",)) in leads["applicant"]
    assert leads["need"] == [("direction", ())]
