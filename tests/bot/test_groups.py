"""Questions asked in vain, grouped: what is alike together, the same groups at every run."""

import itertools
import random
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
import yaml

import bot.team.groups as groups_module
from bot.team.groups import Group, group_questions
from bot.team.joining import merged
from bot.team.subject import Subject
from knowledge.feedback import Missed, Vain
from knowledge.understanding.understanding import Understanding

LABELLED = yaml.safe_load(Path(__file__).with_name("groupes.yaml").read_text("utf-8"))
LABELS = {question: number for number, group in enumerate(LABELLED) for question in group}


@pytest.fixture(scope="module")
def subject(packaged_understanding: Understanding) -> Subject:
    return Subject(packaged_understanding.matcher)


def groups_of(questions: list[str], subject: Subject) -> list[Group]:
    first = date(2026, 11, 1)
    kept = [(first + timedelta(days=len(q) % 7), Missed(q, Vain.UNKNOWN, (), ("contact",))) for q in questions]
    return group_questions(kept, subject)


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

    (group,) = group_questions(kept, subject)

    assert group.size == 3
    assert group.wordings == ["permis de chasse ?", "faut-il un permis de chasse"]
    assert (min(group.days), max(group.days)) == (date(2026, 11, 1), date(2026, 11, 3))
    assert group.whys == {Vain.UNKNOWN: 2, Vain.USELESS: 1}
    assert group.nearest == {"price": 3}


def test_what_has_no_telling_word_stays_alone_unless_it_is_the_same(subject: Subject) -> None:
    groups = groups_of(["et pour nous ?", "c'est quoi ?", "Et pour nous"], subject)

    assert [group.size for group in groups] == [2, 1]


def test_what_asks_the_same_of_an_entry_is_grouped_though_no_word_is_shared(subject: Subject) -> None:
    cost = ["c'est quel prix pour une ville", "quel budget prévoir pour la collectivité"]

    groups = groups_of([*cost, "faut-il un permis bateau"], subject)

    assert [sorted(group.questions) for group in groups] == [sorted(cost), ["faut-il un permis bateau"]]


def test_groups_are_joined_by_how_alike_their_members_are_on_average() -> None:
    alike = np.zeros((4, 4), np.uint8)
    for one, other, how in ((0, 1, 200), (1, 2, 180), (2, 3, 190)):
        alike[one, other] = alike[other, one] = how

    assert merged(alike.copy(), 130).tolist() == [0, 0, 2, 2]  # 180 between two of them is 45 on average
    assert merged(alike.copy(), 40).tolist() == [0, 0, 0, 0]
    assert merged(alike, 201).tolist() == [0, 1, 2, 3]


def test_many_questions_are_grouped_by_parts(subject: Subject, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(groups_module, "_AT_ONCE", 50)

    groups = groups_of(list(LABELS), subject)

    assert sorted(question for group in groups for question in group.questions) == sorted(LABELS)
    assert len(groups) < len(LABELS)


def test_progress_tells_of_each_question_once(subject: Subject) -> None:
    told: list[int] = []
    asked = ["permis de chasse ?", "permis de chasse ?", "et pour nous ?", "faut-il un vélo"]

    group_questions([(date(2026, 11, 1), Missed(one, Vain.UNKNOWN)) for one in asked], subject, told.append)

    assert sum(told) == len(asked)
