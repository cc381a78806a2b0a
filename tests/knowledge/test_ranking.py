"""Which entry a message is about, in its conversation: by its own words, and by what was talked about before."""

from collections.abc import Callable

import pytest

from knowledge.content.models import Content
from knowledge.conversation.frame import Frame
from knowledge.conversation.ranking import WEIGHTS, Placed, Ranking
from knowledge.understanding.understanding import Understanding
from tests.conftest import TODAY

pytestmark = pytest.mark.content

Meant = Callable[..., str]


@pytest.fixture
def meant(packaged: Content, packaged_understanding: Understanding) -> Meant:
    """The entry that a message is about, after these entries."""
    ranking = Ranking(packaged, packaged_understanding.matcher, lambda topic: packaged.topics[topic].answer)

    def likeliest(said: str, *topics: str, before: tuple[str, ...] = ()) -> str:
        reading = packaged_understanding.read(said, today=TODAY)
        alone = tuple(answer.topic for answer in reading.answers)
        message = Placed(said, alone, reading.choices)
        return ranking.ranked(message, Frame(topics=topics, before=before))[0][0]

    return likeliest


@pytest.mark.parametrize(
    ("said", "after"),
    [
        ("ça prend combien de temps ?", "agrement"),
        ("et qui s'en occupe", "tuteur"),
        ("c'est obligatoire ?", "tuteur"),
        ("à la louche", "reste-a-charge"),
    ],
)
def test_a_few_words_without_a_subject_are_about_the_entry_shown(meant: Meant, said: str, after: str) -> None:
    assert meant(said, after) == after


@pytest.mark.parametrize("after", ["agrement", "pays", "contact"])
def test_what_is_clear_by_itself_is_what_it_is_whatever_was_shown(meant: Meant, after: str) -> None:
    assert meant("combien ça coûte à la commune ?", after) == "reste-a-charge"


def test_one_comes_back_to_what_was_talked_about_before(meant: Meant) -> None:
    assert meant("et le logement alors", "indemnites", before=("logement",)) == "logement"


def test_the_chances_of_all_entries_make_one(packaged: Content, packaged_understanding: Understanding) -> None:
    ranking = Ranking(packaged, packaged_understanding.matcher, lambda topic: packaged.topics[topic].answer)
    ranked = ranking.ranked(Placed("et à Mayotte ?"), Frame(topics=("antennes",)))
    assert sum(chance for _, chance in ranked) == pytest.approx(1)
    assert [topic for topic, _ in ranked] == [t for t, _ in sorted(ranked, key=lambda one: -one[1])]


def test_each_weight_has_its_reason(packaged: Content, packaged_understanding: Understanding) -> None:
    ranking = Ranking(packaged, packaged_understanding.matcher, lambda topic: packaged.topics[topic].answer)
    reasons = ranking.reasons(Placed("combien ?"), Frame(topics=("pays",)))
    assert reasons.shape == (len(packaged.topics), len(WEIGHTS))
