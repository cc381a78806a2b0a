"""Answers stay short enough to be read standing, today and in two years."""

import statistics

from knowledge.content.models import Content
from tests.benchmarks.lengths import lengths


def test_answers_are_short_everything_included(packaged: Content) -> None:
    for day, found in lengths(packaged).items():
        long = {topic: length for topic, length in found.items() if length > 600}

        assert statistics.mean(found.values()) <= 500, day
        assert len(long) <= 0.1 * len(found), long
        assert max(found.values()) <= 900, long


def test_an_answer_has_four_bullets_at_most(packaged: Content) -> None:
    many = {t.id: t.answer.count("\n- ") + t.answer.startswith("- ") for t in packaged.topics.values()}

    assert {topic: bullets for topic, bullets in many.items() if bullets > 4} == {}
