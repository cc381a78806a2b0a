"""Questions asked in vain, grouped: what is alike together, the same groups at every run."""

import itertools
import random
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml

from bot.team.groups import Group, grouped
from bot.team.subject import Subject
from knowledge.content.models import Content
from knowledge.feedback import Missed, Vain
from knowledge.understanding.understanding import Understanding

LABELLED = yaml.safe_load(Path(__file__).with_name("groupes.yaml").read_text("utf-8"))
LABELS = {question: number for number, group in enumerate(LABELLED) for question in group}


@pytest.fixture(scope="module")
def subject(packaged: Content, packaged_understanding: Understanding) -> Subject:
    return Subject(packaged, packaged_understanding.matcher.lexicon)


def groups_of(questions: list[str], subject: Subject) -> list[Group]:
    first = date(2026, 11, 1)
    kept = [(first + timedelta(days=len(q) % 7), Missed(q, Vain.UNKNOWN, (), ("contact",))) for q in questions]
    return grouped(kept, subject)


def test_groups_are_pure_and_hold_most_of_what_belongs_together(subject: Subject) -> None:
    groups = groups_of(list(LABELS), subject)
    place = {question: number for number, group in enumerate(groups) for question in group.questions}
    pairs = list(itertools.combinations(LABELS, 2))
    joined = [pair for pair in pairs if place[pair[0]] == place[pair[1]]]
    same = [pair for pair in pairs if LABELS[pair[0]] == LABELS[pair[1]]]

    assert sum(LABELS[one] == LABELS[other] for one, other in joined) >= 0.9 * len(joined)
    assert sum(place[one] == place[other] for one, other in same) >= 0.7 * len(same)


def test_groups_do_not_depend_on_the_order_of_arrival(subject: Subject) -> None:
    questions = list(LABELS)
    before = groups_of(questions, subject)
    random.Random(7).shuffle(questions)

    assert groups_of(questions, subject) == before


def test_a_group_tells_how_often_when_why_and_what_comes_closest(subject: Subject) -> None:
    days = [date(2026, 11, 3), date(2026, 11, 1), date(2026, 11, 2)]
    asked = ["faut-il un permis de chasse", "permis de chasse ?", "permis de chasse ?"]
    whys = [Vain.USELESS, Vain.UNKNOWN, Vain.UNKNOWN]
    kept = [(d, Missed(q, why, ("price",), ())) for d, q, why in zip(days, asked, whys, strict=True)]

    (group,) = grouped(kept, subject)

    assert group.size == 3
    assert group.wordings == ["permis de chasse ?", "faut-il un permis de chasse"]
    assert (min(group.days), max(group.days)) == (date(2026, 11, 1), date(2026, 11, 3))
    assert group.whys == {Vain.UNKNOWN: 2, Vain.USELESS: 1}
    assert group.nearest == {"price": 3}


def test_what_has_no_telling_word_stays_alone(subject: Subject) -> None:
    assert len(groups_of(["et pour nous ?", "c'est quoi ?"], subject)) == 2
