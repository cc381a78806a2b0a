"""From probabilities to a decision: what each threshold lets through, to the hair; and what a reading makes of them."""

from typing import cast

import numpy as np
import pytest

from knowledge.content.models import OFF_TOPIC, Content
from knowledge.understanding.deciding import Decider
from knowledge.understanding.decision import Acknowledgement, Answer, Choice, Decision, Part, Reading, Unknown, Why
from knowledge.understanding.thresholds import Thresholds

SET = Thresholds()
HAIR = 1e-6


@pytest.fixture(scope="module")
def decider(packaged: Content) -> Decider:
    return Decider(packaged, [*packaged.topics, OFF_TOPIC], SET)


@pytest.fixture(scope="module")
def courtesy(packaged: Content) -> str:
    return next(name for name, topic in packaged.topics.items() if topic.courtesy)


@pytest.fixture(scope="module")
def apart(packaged: Content) -> list[str]:
    """One topic of each theme, none related to another before it."""
    found: list[str] = []
    for theme in packaged.themes:
        for topic in theme.topics:
            is_near = any(topic.id in packaged.topics[one].related or one in topic.related for one in found)
            if not topic.courtesy and not is_near:
                found.append(topic.id)
                break
    assert len(found) >= 4
    return found


def decided(decider: Decider, off: float, likely: dict[str, float]) -> Decision:
    """With these probabilities, and none for the others."""
    return decider.decide(np.array([likely.get(topic, 0.0) for topic in decider.topics[:-1]] + [off]))


def offered(topics: tuple[str, ...], confidence: float) -> Choice:
    """A choice as sure as that, but for what adding leaves."""
    return Choice(topics, cast("float", pytest.approx(confidence)))


def among_strangers(decider: Decider, off: float, likely: dict[str, float]) -> Decision:
    """The same, all that comes next being topics that do not go with the first."""
    best, topics = next(iter(likely)), decider.content.topics
    others = [topic for topic in topics if topic not in likely and not topics[topic].courtesy]
    strangers = [topic for topic in others if not decider.content.go_together(best, topic)][:6]
    return decided(decider, off, {topic: 1e-6 / n for n, topic in enumerate(strangers, 1)} | likely)


def test_a_topic_answers_from_its_share_of_what_is_ours(decider: Decider, apart: list[str]) -> None:
    best, *_ = apart

    assert decided(decider, 0.0, {best: SET.answer_at}) == Answer(best, SET.answer_at)
    assert isinstance(decided(decider, 0.0, {best: SET.answer_at - HAIR}), Choice)
    assert isinstance(decided(decider, 0.1, {best: SET.answer_at * 0.9 + HAIR}), Answer)
    assert isinstance(decided(decider, 0.1, {best: SET.answer_at * 0.9 - HAIR}), Choice)


def test_a_topic_must_be_so_many_times_likelier_than_not_ours(decider: Decider, apart: list[str]) -> None:
    best, off = apart[0], 0.3

    assert isinstance(decided(decider, off, {best: off * SET.over_off_topic}), Answer)
    assert isinstance(decided(decider, off, {best: off * SET.over_off_topic - HAIR}), Choice)


def test_a_courtesy_must_be_surer_than_a_question(decider: Decider, courtesy: str, apart: list[str]) -> None:
    assert isinstance(decided(decider, 0.0, {courtesy: SET.courtesy_at}), Answer)
    assert not isinstance(decided(decider, 0.0, {courtesy: SET.courtesy_at - HAIR}), Answer)
    assert isinstance(decided(decider, 0.0, {apart[0]: SET.courtesy_at - HAIR}), Answer)


def test_beside_an_answer_two_others_are_told_at_most_and_no_courtesy(
    decider: Decider, courtesy: str, apart: list[str]
) -> None:
    best, second, third, fourth = apart[:4]
    likely = {best: 0.5, second: 0.1, third: 0.09, fourth: 0.08, courtesy: 0.2}

    assert decided(decider, 0.0, likely) == Answer(best, 0.5, also=(second, third))
    assert decided(decider, 0.0, {best: 0.9, second: SET.also_at}) == Answer(best, 0.9, also=(second,))
    assert decided(decider, 0.0, {best: 0.9, second: SET.also_at - HAIR}) == Answer(best, 0.9)


def test_what_is_surely_not_ours_offers_nothing(decider: Decider, apart: list[str]) -> None:
    left = {apart[0]: 1 - SET.off_topic_at}

    assert decided(decider, SET.off_topic_at, left) == Unknown(Why.NOT_OURS, confidence=SET.off_topic_at)
    assert isinstance(decided(decider, SET.off_topic_at - HAIR, left), Choice)


def test_what_is_hardly_likely_is_not_offered_but_named_as_nearest(decider: Decider, apart: list[str]) -> None:
    best, second, third, fourth = apart[:4]
    low = SET.offer_at

    assert isinstance(decided(decider, 0.9, {best: low}), Choice)
    likely = {best: low - 0.001, second: low - 0.002, third: low - 0.003, fourth: low - 0.004}
    assert decided(decider, 0.9, likely) == Unknown(Why.NOT_COVERED, (best, second, third), 1 - (low - 0.001))


def test_what_is_offered_is_nearly_as_likely_or_goes_with_the_best(
    decider: Decider, packaged: Content, apart: list[str]
) -> None:
    best, second, third, fourth = apart[:4]
    least = SET.choice_at * 0.2
    (theme,) = [theme for theme in packaged.themes if best in {topic.id for topic in theme.topics}]
    beside = next(topic.id for topic in theme.topics if topic.id != best and not topic.courtesy)

    assert among_strangers(decider, 0.5, {best: 0.2, second: least, third: least - HAIR}) == offered(
        (best, second), 0.2 + least
    )
    likely = {best: 0.2, second: 0.1, third: 0.09, fourth: 0.08}
    assert among_strangers(decider, 0.5, likely) == offered((best, second, third), 0.39)
    assert among_strangers(decider, 0.5, {best: 0.2, second: 0.015, beside: 0.001}) == offered((best, beside), 0.201)
    assert among_strangers(decider, 0.5, {best: 0.2, second: 0.015}) != Choice((best,), 0.2)  # one alone is no choice


def test_what_one_entry_refers_to_goes_with_it_either_way(decider: Decider, packaged: Content) -> None:
    themes = {topic.id: theme.theme for theme in packaged.themes for topic in theme.topics}
    one, other = next(
        (name, other)
        for name, topic in packaged.topics.items()
        for other in topic.related
        if name in themes
        and other in themes
        and themes[name] != themes[other]
        and name not in packaged.topics[other].related
        and not topic.courtesy
        and not packaged.topics[other].courtesy
    )

    assert among_strangers(decider, 0.5, {one: 0.2, other: 0.001}) == offered((one, other), 0.201)
    assert among_strangers(decider, 0.5, {other: 0.2, one: 0.001}) == offered((other, one), 0.201)


def test_only_the_five_next_are_looked_at_for_what_goes_together(
    decider: Decider, packaged: Content, apart: list[str]
) -> None:
    best, *_ = apart
    strangers = [
        topic
        for topic in packaged.topics
        if not decider.content.go_together(best, topic) and not packaged.topics[topic].courtesy
    ]
    beside = next(t for t in packaged.topics if t != best and decider.content.go_together(best, t))
    near = {stranger: 0.015 - n * 0.0001 for n, stranger in enumerate(strangers[:5])}

    four = dict(list(near.items())[:4])
    assert decided(decider, 0.5, {best: 0.2, **four, beside: 0.001}) == offered((best, beside), 0.201)
    five = decided(decider, 0.5, {best: 0.2, **near, beside: 0.001})
    assert five == offered((best, strangers[0]), 0.215)


def test_a_courtesy_is_never_offered_with_questions(decider: Decider, courtesy: str, apart: list[str]) -> None:
    best, second, *_ = apart

    likely = {best: 0.2, second: 0.1, courtesy: 0.3}
    assert among_strangers(decider, 0.4, likely) == offered((best, second), 0.3)


def test_certainly_not_ours_divides_nothing_by_nothing(decider: Decider, apart: list[str]) -> None:
    assert decided(decider, 1.0, {apart[0]: 0.0}) == Unknown(Why.NOT_OURS, confidence=1.0)


def reading(*decisions: Decision) -> Reading:
    return Reading(tuple(Part(f"part {n}", decision) for n, decision in enumerate(decisions)))


def test_each_topic_is_answered_once_in_the_order_asked() -> None:
    found = reading(Answer("price", 0.9), Answer("dates", 0.8), Answer("price", 0.7))

    assert [answer.topic for answer in found.answers] == ["price", "dates"]
    assert (found.kind, found.confidence) == ("answer", 0.7)


def test_what_is_answered_is_not_offered_again() -> None:
    found = reading(Choice(("price", "dates"), 0.4), Answer("price", 0.9, also=("who", "dates")))

    assert found.choices == ("dates", "who")
    assert (found.kind, found.confidence) == ("answer", 0.9)


def test_what_is_least_sure_of_its_kind_counts() -> None:
    unknown, choice = Unknown(Why.NOT_OURS, confidence=0.1), Choice(("price", "dates"), 0.4)

    assert (reading(unknown, choice).kind, reading(unknown, choice).confidence) == ("choice", 0.4)
    assert (reading(unknown).kind, reading(unknown).confidence) == ("unknown", 0.1)
    assert reading(Unknown(Why.NO_WORDS)).confidence == 0.0


def test_what_is_told_is_acknowledged_only_where_nothing_else_is_said() -> None:
    told = Acknowledgement("Bienvenue.", ("price",))

    alone = reading(Unknown(Why.NO_WORDS), told)
    assert (alone.acknowledgement, alone.kind, alone.confidence) == (told, "acknowledgement", 1.0)
    for other in (Answer("price", 0.9), Choice(("price", "dates"), 0.4)):
        assert reading(told, other).acknowledgement is None
    assert reading(Unknown(Why.NO_WORDS)).acknowledgement is None


def test_the_team_sees_the_first_question_about_the_programme_without_an_answer() -> None:
    refused, missed = Unknown(Why.NOT_OURS, ("who",)), Unknown(Why.NOT_COVERED, ("price", "dates"))

    found = reading(refused, Answer("who", 0.9), missed, Unknown(Why.NOT_COVERED, ("price",)))

    assert found.not_covered == "part 2"
    assert found.nearest == ("who", "price", "dates")
    assert len(found.unanswered) == 3
    assert reading(refused).not_covered is None
